package trace

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A Trace is what four methods do to differentiate a function of one result at a point.
type Trace struct {
	Name   string  `json:"name"`   // the text, or what a Go function is called
	Inputs []Input `json:"inputs"` // the point
	Value  Float   `json:"value"`
	Output string  `json:"output"` // what the result is called: y, or f or u if an input is y

	// The formula, in three ways of writing. If OnPath is set, it is that of the path that
	// a function takes which looks at values.
	Formula Formula `json:"formula"`
	OnPath  bool    `json:"on_path,omitempty"`

	Lines         []Line         `json:"lines"`         // inputs first, then operations
	Result        int            `json:"result"`        // the line of the result, -1 if it is a constant
	Contributions []Contribution `json:"contributions"` // of the backward sweep, in its order

	Gradient    []Slope      `json:"gradient"` // by input
	Paths       []Paths      `json:"paths"`
	Derivations []Derivation `json:"derivations"`
	Studies     []Study      `json:"differences"`
	Prices      []Price      `json:"prices"`
	Second      *Second      `json:"second,omitempty"` // if it was asked for, and there is
	Lacks       []string     `json:"lacks,omitempty"`  // what could not be shown, and why
	Verdict     Verdict      `json:"verdict"`
}

// An Input is a variable and its value.
type Input struct {
	Name   string `json:"name"`
	MathML string `json:"mathml"`
	Value  Float  `json:"value"`
}

// A Formula is an expression in three ways of writing: for a terminal, and two for pages.
type Formula struct {
	Text   string `json:"text"`
	LaTeX  string `json:"latex,omitempty"`
	MathML string `json:"mathml,omitempty"`
}

func formula(e symbolic.Expr) Formula { return Formula{natural(e.Unicode()), e.LaTeX(), e.MathML()} }

// A Line is an input or an operation.
type Line struct {
	Name     string    `json:"name"` // v₋₁, v₀ for inputs, v₁ for the first operation
	MathML   string    `json:"mathml"`
	Op       string    `json:"op"` // input, add, sub, mul, div, neg, ifpos, or a function's name
	Operands []Operand `json:"operands,omitempty"`
	Place    string    `json:"place,omitempty"` // file.go:12, of Go code

	Value    Float   `json:"value"`
	Tangents []Float `json:"tangents"` // by input
	Adjoint  Float   `json:"adjoint"`

	// What the operation is, and its tangent, in names and in numbers; the tangent in
	// numbers by input.
	Text           Formula  `json:"text"`
	Numbers        string   `json:"numbers,omitempty"`
	Tangent        Formula  `json:"tangent"`
	TangentNumbers []string `json:"tangent_numbers,omitempty"`
}

// An Operand is what an operation is applied to.
type Operand struct {
	Line   int     `json:"line"` // -1 for a constant
	Value  Float   `json:"value"`
	Slope  Float   `json:"slope"` // of the operation in it, 0 for a constant
	Text   Formula `json:"text"`  // the slope in names
	Number string  `json:"number,omitempty"`
	Term   Formula `json:"term"` // the adjoint of the line times the slope
}

// A Contribution is a += of the backward sweep; see reverse.Contribution.
type Contribution struct {
	From    int   `json:"from"`
	Operand int   `json:"operand"` // of From
	To      int   `json:"to"`
	Adjoint Float `json:"adjoint"`
	Slope   Float `json:"slope"`
	Term    Float `json:"term"`
	Sum     Float `json:"sum"`
	First   bool  `json:"first"` // nothing had been added to To before
}

// A Slope is the derivative by one input, by every method.
type Slope struct {
	Dual     Float `json:"dual"`
	Reverse  Float `json:"reverse"`
	Symbolic Float `json:"symbolic"`

	Differences Float  `json:"differences"`
	Estimate    Float  `json:"estimate"` // of the error of Differences, its own
	Evaluations int    `json:"evaluations"`
	Status      string `json:"status"`

	// Referee is the derivative in arithmetic of more than 200 bits, with 30 digits, and
	// Nearest the number next to it. Referee is "" where there is none: at kinks and
	// singular points, for functions that it does not know, and for large ones.
	Referee string `json:"referee,omitempty"`
	Nearest Float  `json:"nearest,omitempty"`
}

// A Verdict is what the judge says; see compare.Report.
type Verdict struct {
	Verdict       string `json:"verdict"` // agree, disagree, undecided, or not asked
	Class         string `json:"class"`   // of the point: smooth, kink, jump or undefined
	Comparisons   int    `json:"comparisons"`
	Skipped       int    `json:"skipped"`
	WorstULP      Float  `json:"worst_ulp"`
	WorstEstimate Float  `json:"worst_estimate"`
	Culprit       string `json:"culprit,omitempty"`
	Text          string `json:"text"` // the whole report
}

// Options say what is traced beside the first order.
type Options struct {
	Second bool // second derivatives, too
	Brief  bool // without the studies of differences, prices, the referee and the verdict, which take the most time
}

// Text traces the formula that a text writes, as symbolic.Parse reads it, where the
// variables of these names have the values x.
//
// Text returns an error if the text is no formula, has a variable that is not among the
// names, or has more operations or inputs than are traced.
func Text(text string, names []string, x []float64, options Options) (t *Trace, err error) {
	vars, err := variables(names, x)
	if err != nil {
		return nil, err
	}
	f, e, err := fromText(text, vars)
	if err != nil {
		return nil, err
	}
	return (&tracer{name: text, f: f, formula: &e, vars: vars, names: names, x: x, options: options}).trace()
}

// Go traces a Go function that is generic over ad.Scalar or ad.Ordered: its instance for
// Number, which the compiler infers. Names are those of the inputs, x1, x2, … if nil.
// Lines say in which file and line of the function they were asked for.
//
// Go returns an error if the function panics, or has more operations or inputs than are
// traced.
func Go(name string, f Function, names []string, x []float64, options Options) (*Trace, error) {
	if names == nil {
		for i := range x {
			names = append(names, "x"+strconv.Itoa(i+1))
		}
	}
	vars, err := variables(names, x)
	if err != nil {
		return nil, err
	}
	return (&tracer{name: name, f: f, vars: vars, names: names, x: x, options: options}).trace()
}

// mostInputs is how many inputs are traced: every one has a column.
const mostInputs = 64

func variables(names []string, x []float64) (vars []symbolic.Expr, err error) {
	switch {
	case len(names) != len(x):
		return nil, fmt.Errorf("%d names for %d values", len(names), len(x))
	case len(x) == 0:
		return nil, fmt.Errorf("no input: give a variable a value, such as x=2")
	case len(x) > mostInputs:
		return nil, fmt.Errorf("%d inputs; the limit is %d", len(x), mostInputs)
	}
	seen := make(map[symbolic.Expr]bool)
	for _, name := range names {
		err = attempt("the name "+strconv.Quote(name), func() { vars = append(vars, symbolic.Var(name)) })
		if err != nil {
			return nil, err
		}
		if v := vars[len(vars)-1]; seen[v] {
			return nil, fmt.Errorf("%s has two values", name)
		}
		seen[vars[len(vars)-1]] = true
	}
	return vars, nil
}

// A tracer runs a function on every engine.
type tracer struct {
	name    string
	f       Function
	formula *symbolic.Expr // of a text
	vars    []symbolic.Expr
	names   []string
	x       []float64
	options Options

	values []float64 // of the lines
	size   int       // operands of all operations
	looked bool
	tape   *reverse.Func
	t      *Trace
}

func (r *tracer) trace() (*Trace, error) {
	r.t = &Trace{Name: r.name}
	for _, r.t.Output = range []string{"y", "f", "u", "result"} {
		if !slices.Contains(r.names, r.t.Output) {
			break
		}
	}
	for i, v := range r.vars {
		r.t.Inputs = append(r.t.Inputs, Input{r.names[i], v.MathML(), Float(r.x[i])})
	}
	type stage struct {
		name string
		run  func()
	}
	stages := []stage{
		{"evaluating the function", r.plain},
		{"writing it down", r.onPaper},
		{"on a tape", r.backward},
		{"with dual numbers", r.forward},
		{"gradients", r.gradient},
	}
	if r.options.Brief {
		r.t.Verdict = Verdict{Verdict: "not asked", Text: "the judge was not asked"}
	} else {
		stages = append(stages, stage{"differences", r.differences}, stage{"counting operations", r.price}, stage{"refereeing", r.referee}, stage{"comparing", r.judge})
	}
	for _, stage := range stages {
		if err := attempt(stage.name, stage.run); err != nil {
			return nil, err
		}
	}
	if err := attempt("second order", r.second); err != nil { // a function may have none
		r.t.Second = nil
		r.t.Lacks = append(r.t.Lacks, err.Error())
	}
	r.t.paths()
	return r.t, nil
}

// plain evaluates the function and notes its lines.
func (r *tracer) plain() {
	var log []step
	e := &engine[ad.Real]{log: &log, looked: &r.looked, places: r.formula == nil}
	x := make([]ad.Real, len(r.x))
	for i, v := range r.x {
		x[i] = ad.Real(v)
	}
	y := r.f(e.start(x))
	r.t.Value = Float(e.lift(y))
	r.size = e.size
	r.t.Result = -1
	if y.run != nil {
		r.t.Result = y.at
	}
	for i, v := range e.v {
		l := Line{Op: "input", Value: Float(v)}
		l.Name, l.MathML = lineName(i-len(x)+1, "")
		if i < len(x) {
			l.Text = formula(r.vars[i])
			l.Numbers = Short(float64(v))
		} else {
			s := log[i-len(x)]
			l.Op, l.Place = s.name, s.place
			for _, a := range s.x {
				o := Operand{Line: -1, Value: Float(a.c)}
				if a.run != nil {
					o.Line, o.Value = a.at, Float(e.v[a.at])
				}
				l.Operands = append(l.Operands, o)
			}
		}
		r.t.Lines = append(r.t.Lines, l)
		r.values = append(r.values, float64(v))
	}
	for i, s := range log {
		r.t.describe(i+len(x), s)
	}
}

// backward puts the function on a tape, as it is written, and sweeps it.
func (r *tracer) backward() {
	n := len(r.x)
	r.tape = reverse.RecordAsWritten(at[reverse.Var](r.f, r.values, nil), n)
	lines := r.t.Lines
	for i, op := range r.tape.Ops(r.x) {
		if op.Name == "constant" {
			continue
		}
		if i >= len(lines) || len(op.Operands) > len(lines[i].Operands) {
			panic("the function does not do the same when it runs again")
		}
		lines[i].Adjoint = Float(op.Adjoint)
		operands := lines[i].Operands
		for k, o := range op.Operands { // a choice by a constant NaN has its branches alone
			operands[len(operands)-len(op.Operands)+k].Slope = Float(o.Slope)
		}
	}
	touched := make([]bool, len(lines))
	which := make([]int, len(lines)) // the operand that comes next
	for c := range r.tape.Contributions(r.x) {
		for lines[c.From].Operands[which[c.From]].Line != c.To {
			which[c.From]++
		}
		r.t.Contributions = append(r.t.Contributions, Contribution{
			From: c.From, Operand: which[c.From], To: c.To, Adjoint: Float(c.Adjoint), Slope: Float(c.Slope), Term: Float(c.Term), Sum: Float(c.Sum), First: !touched[c.To]})
		which[c.From]++
		touched[c.To] = true
	}
}

// forward runs the function on dual numbers, once for each input.
func (r *tracer) forward() {
	for i := range r.x {
		v := make([]float64, len(r.x))
		v[i] = 1
		f := at(r.f, r.values, func(lines []dual.Number) {
			if len(lines) != len(r.t.Lines) {
				panic("the function does not do the same when it runs again")
			}
			for k, z := range lines {
				r.t.Lines[k].Tangents = append(r.t.Lines[k].Tangents, Float(z.Tangent()))
			}
		})
		dual.JVP(vector(f), r.x, v)
	}
	r.t.describeTangents()
}

func vector[T any](f func([]T) T) func([]T) []T {
	return func(x []T) []T { return []T{f(x)} }
}

// gradient asks the operators.
func (r *tracer) gradient() {
	forward := dual.Gradient(over[dual.Number](r.f), r.x)
	backward := reverse.Gradient(over[reverse.Var](r.f), r.x)
	paper := slices.Repeat([]float64{math.NaN()}, len(r.x))
	if len(r.t.Derivations) > 0 {
		paper = symbolic.Gradient(at[symbolic.Expr](r.f, r.values, nil), r.x)
	}
	for i, d := range numeric.GradientResult(over[numeric.Real](r.f), r.x) {
		r.t.Gradient = append(r.t.Gradient, Slope{
			Dual: Float(forward[i]), Reverse: Float(backward[i]), Symbolic: Float(paper[i]),
			Differences: Float(d.Value), Estimate: Float(d.Err), Evaluations: d.Evals, Status: d.Status.String(),
		})
	}
}

// mostJudged bounds the square of the inputs times the lines: differences of second order
// cost thirty evaluations for each pair of inputs.
const mostJudged = 50_000

// judge asks package compare.
func (r *tracer) judge() {
	if n := len(r.x); n*n*r.size > mostJudged {
		r.t.Verdict = Verdict{Verdict: "not asked", Text: "the judge was not asked: the function is too large for second differences"}
		return
	}
	paper := over[symbolic.Expr](r.f)
	if r.looked {
		paper = nil
	}
	fn := compare.New(r.name, over[numeric.Real](r.f), over[dual.Number](r.f), over[dual.Hyper](r.f), over[reverse.Var](r.f), paper)
	c := compare.Check(fn, r.x)
	r.t.Verdict = Verdict{
		Verdict: c.Verdict().String(), Class: c.Class.String(), Comparisons: c.Comparisons, Skipped: c.Skipped,
		WorstULP: Float(c.WorstULP), WorstEstimate: Float(c.WorstEstimate), Culprit: c.Culprit, Text: c.String(),
	}
}
