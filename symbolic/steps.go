package symbolic

import "strings"

// A Step is one application of a rule in a derivation.
type Step struct {
	Rule  string // its name: "product rule"
	Part  Expr   // the part of the expression that is differentiated
	After Expr   // its derivative
	Place []int  // where Part is in the expression: operands to follow from the root, from 0
	Basic bool   // for what the coarse level leaves out: constants, variables, sums
	By    Expr   // the variable
}

// Before returns the derivative that the step is about, unevaluated, as text: d/dx sin(x).
func (s Step) Before() string { return "d/d" + s.By.Infix() + " " + parenthesized(s.Part) }

func parenthesized(e Expr) string {
	text := e.Infix()
	switch e.node().kind {
	case add, sub, neg:
		return "(" + text + ")"
	}
	return text
}

// String returns the step as text: "product rule: d/dx x*sin(x) = sin(x) + x*cos(x)".
func (s Step) String() string { return s.Rule + ": " + s.Before() + " = " + s.After.Infix() }

// LaTeX returns the step as an equation in LaTeX's mathematical mode.
func (s Step) LaTeX() string {
	part := s.Part.LaTeX()
	switch s.Part.node().kind {
	case add, sub, neg:
		part = `\left(` + part + `\right)`
	}
	return `\frac{d}{d` + s.By.LaTeX() + `} ` + part + ` = ` + s.After.LaTeX()
}

// MathML returns the step as an element of MathML.
func (s Step) MathML() string {
	inner := func(e Expr) string {
		text := e.MathML()
		return "<mrow>" + strings.TrimSuffix(text[strings.Index(text, ">")+1:], "</math>") + "</mrow>"
	}
	x := inner(s.By)
	return `<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mfrac><mi>d</mi><mrow><mi>d</mi>` + x + `</mrow></mfrac><mrow><mo>(</mo>` +
		inner(s.Part) + `<mo>)</mo></mrow><mo>=</mo>` + inner(s.After) + `</math>`
}

// Steps returns how D computes the derivative of e with respect to the variable x: a step
// for every distinct part that depends on x, from the variables up, the last for e
// itself. They are recorded by the calls that compute the derivative, so that the last
// After is D(e, x). With coarse set the steps for constants, variables, sums and signs are
// left out.
//
// Cost: as D.
//
// Steps panics like D.
func Steps(e, x Expr, coarse bool) []Step {
	mustBeDerivative(x)
	p := e.compile()
	where := p.places()
	var list []Step
	record := func(i int, d []guarded) {
		s := p.steps[i]
		if !d[i].present && (s.kind != constant && s.kind != variable && int32(i) != p.roots[0]) {
			return
		}
		name, basic := s.ruleName(i, d)
		if basic && coarse && int32(i) != p.roots[0] {
			return
		}
		list = append(list, Step{Rule: name, Part: wrap(s.node), After: d[i].settled(), Place: where(i), Basic: basic, By: x})
	}
	pushRecorded(p, map[*node]Expr{x.node(): number(1)}, record)
	return list
}

// ruleName returns the name of the rule that the derivative of a step comes from.
func (s step) ruleName(i int, d []guarded) (name string, basic bool) {
	switch {
	case s.kind == variable && d[i].present:
		return "variable", true
	case !d[i].present:
		return "constant", true
	}
	varies := func(at int32) bool { return d[at].present }
	switch s.kind {
	case add, sub:
		return "sum rule", true
	case neg:
		return "sign", true
	case mul:
		if varies(s.a) && varies(s.b) {
			return "product rule", false
		}
		return "constant factor", false
	case div:
		if varies(s.b) {
			return "quotient rule", false
		}
		return "constant divisor", false
	case ifPos:
		return "case by case", false
	case logSumExp, softmax, softmaxRate, norm, normSlope, normCurve:
		return "chain rule, " + s.label(), false
	}
	if s.kind == apply2 && s.label() == "pow" {
		switch {
		case varies(s.a) && varies(s.b):
			return "power rule with a variable exponent", false
		case varies(s.b):
			return "exponential rule", false
		case s.args[0].kind == variable:
			return "power rule", false
		}
		return "chain rule, power", false
	}
	if s.kind == apply && s.args[0].kind == variable {
		return "derivative of " + s.label(), false
	}
	return "chain rule, " + s.label(), false
}

// places returns where in the tree steps are: the operands to follow from the root to
// their first occurrence.
func (p *program) places() func(i int) []int {
	parent, which := make([]int32, len(p.steps)), make([]int, len(p.steps))
	for i := range parent {
		parent[i] = -1
	}
	for i := len(p.steps) - 1; i >= 0; i-- {
		for k, at := range p.operandsOf(p.steps[i]) {
			if parent[at] < 0 {
				parent[at], which[at] = int32(i), k
			}
		}
	}
	return func(i int) []int {
		var path []int
		for at := int32(i); parent[at] >= 0; at = parent[at] {
			path = append(path, which[at])
		}
		for a, b := 0, len(path)-1; a < b; a, b = a+1, b-1 {
			path[a], path[b] = path[b], path[a]
		}
		return path
	}
}
