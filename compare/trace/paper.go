package trace

import "github.com/quartet-ad/ad/symbolic"

// A Derivation is the derivative by one input, on paper.
type Derivation struct {
	Input      int     `json:"input"`
	Steps      []Step  `json:"steps"` // none if the formula is too large to be read
	Result     Formula `json:"result"`
	Simplified Formula `json:"simplified"`
	Value      Float   `json:"value"` // at the point
}

// A Step is one application of a rule; see symbolic.Step.
type Step struct {
	Rule   string `json:"rule"`
	Text   string `json:"text"`
	LaTeX  string `json:"latex"`
	MathML string `json:"mathml"`

	Part  Formula `json:"part"` // what is differentiated
	After Formula `json:"after"`
	Basic bool    `json:"basic,omitempty"` // for constants, variables and sums
}

// What is derived step by step has at most so many nodes, and is printed with at most so
// many terms.
const (
	readableNodes = 300
	readableTerms = 2000
)

// onPaper is paper, and says why if there is none: a function of the user's may not know its
// derivative as text.
func (r *tracer) onPaper() {
	if err := attempt("on paper", r.paper); err != nil {
		r.t.Derivations = nil
		r.t.Lacks = append(r.t.Lacks, err.Error())
	}
}

// paper writes the formula down, and derives it.
func (r *tracer) paper() {
	if r.formula == nil {
		e := at[symbolic.Expr](r.f, r.values, nil)(append([]symbolic.Expr(nil), r.vars...))
		r.formula, r.t.OnPath = &e, r.looked
	}
	e := *r.formula
	r.t.Formula = printed(e)
	for i, x := range r.vars {
		d := Derivation{Input: i}
		derivative := symbolic.D(e, x)
		d.Result = printed(derivative)
		d.Value = Float(symbolic.Eval(derivative, r.vars, reals(r.x)))
		if derivative.Terms() <= readableTerms {
			d.Simplified = printed(symbolic.Simplify(derivative))
		}
		if e.Nodes() <= readableNodes && e.Terms() <= readableTerms {
			for _, s := range symbolic.Steps(e, x, true) {
				d.Steps = append(d.Steps, Step{s.Rule, natural(s.String()), s.LaTeX(), s.MathML(), formula(s.Part), formula(s.After), s.Basic})
			}
		}
		r.t.Derivations = append(r.t.Derivations, d)
	}
}

// printed returns the writing of an expression, or a summary of a large one.
func printed(e symbolic.Expr) Formula {
	if e.Terms() > readableTerms {
		text := "an expression of " + Short(e.Terms()) + " terms"
		return Formula{Text: text, MathML: "<math><mtext>" + text + "</mtext></math>"}
	}
	return formula(e)
}
