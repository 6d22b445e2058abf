package notes

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/symbolic"
)

func differences(s *sheet) {
	s.h("Values alone")
	s.eq(23, "∂f/∂xᵢ ≈ (f(x + h·eᵢ) − f(x))/h")
	s.p("A difference quotient needs nothing but values. The step goes along one axis, eᵢ. If it is long, the quotient is the slope of a secant that cuts the bend off, with an error of order h; if it is short, the difference of two almost equal values has few digits left, with an error of order ε/h. In between is the best step. A quotient to both sides has an error of order h².")
	t, err := trace.Text("exp(x)", []string{"x"}, []float64{1}, trace.Options{})
	if err != nil {
		panic(fmt.Sprintf("notes: %v", err)) // the formula is a constant
	}
	study := t.Studies[0]
	p := newPlot(axes{w: 520, h: 330, x0: 1e-16, x1: 1, y0: 1e-15, y1: 10, logX: true, logY: true, title: "Error of the slope of eˣ at 1", xTitle: "step h"})
	var rows [][]string
	for k, scheme := range []string{"forward", "central"} {
		var xs, ys []float64
		for _, q := range study.Points {
			if q.Scheme == scheme && q.Err != 0 {
				xs, ys = append(xs, float64(q.Step)), append(ys, math.Abs(float64(q.Err)))
			}
		}
		p.dots([]string{"d1", "d2"}[k], 2.6, xs, ys)
		p.key([]string{"d1", "d2"}[k], scheme)
		var best trace.Quotient
		for _, q := range study.Points {
			if q.Scheme == scheme && (best.Scheme == "" || math.Abs(float64(q.Err)) < math.Abs(float64(best.Err))) {
				best = q
			}
		}
		rows = append(rows, []string{scheme, num(float64(best.Step)), num(math.Abs(float64(best.Err)))})
	}
	rows = append(rows, []string{"extrapolated", "finds its own", num(math.Abs(float64(study.Found.Err)))})
	s.figure("Measured errors. Down the right side of each V the Taylor series rules, up the left side rounding; at the shortest steps not even the first digit is right.", p.done("Two V-shaped clouds of dots, that of central differences reaching deeper."))
	s.table("The best of the steps tried; where rounding rules, luck plays a part", []string{"quotient", "step", "error"}, rows)
	secant := newPlot(axes{x0: 0, x1: 2.4, y0: 0, y1: 9, title: "Secants of eˣ at 1", xTitle: "x"})
	secant.curve("k1", math.Exp)
	for k, h := range []float64{1, 0.3} {
		d := numeric.Forward.At(h).Derivative(math.Exp, 1)
		secant.curve([]string{"k2", "k3"}[k], func(x float64) float64 { return math.E + d*(x-1) })
		secant.key([]string{"k2", "k3"}[k], fmt.Sprintf("h = %g: %s", h, fix(d, 3)))
	}
	s.figure("Long steps cut corners: the slope is e = 2.718.", secant.done("Secants with a step of 1 and of 0.3, steeper than the curve."))

	s.h("Formulas alone")
	s.p("On paper a derivative is a formula: a rule is applied to every part, from the variables up.")
	x := symbolic.Var("x")
	e, err := symbolic.Parse("sin(x^2)*exp(x)")
	if err != nil {
		panic(fmt.Sprintf("notes: %v", err)) // as above
	}
	var steps [][]string
	for _, st := range symbolic.Steps(e, x, true) {
		steps = append(steps, []string{st.Rule, st.Part.Unicode(), st.After.Unicode()})
	}
	s.table("The derivative of "+e.Unicode()+", rule by rule", []string{"rule", "of", "is"}, steps)
	s.misprint(0, "section 6.1 says that this is basically the method of TensorFlow. TensorFlow records a graph of operations and sweeps it backwards, as the tape does; it never rewrites formulas. On shared graphs the two come to the same computation (Laue 2019).")
	s.p("What symbolic differentiation is known for, formulas that swell, is a matter of writing them as trees. The logistic map x ← 4x(1 − x), applied again and again, shows it: every use of a part is written out again, while a graph stores it once.")
	var ns, tree, graph []float64
	var swell [][]string
	y := x
	for n := 1; n <= 8; n++ {
		y = symbolic.Expr{}.Const(4).Mul(y).Mul(symbolic.Expr{}.Const(1).Sub(y))
		d := symbolic.D(y, x)
		ns, tree, graph = append(ns, float64(n)), append(tree, d.Terms()), append(graph, float64(d.Nodes()))
		if n == 1 || n%2 == 0 {
			swell = append(swell, []string{fmt.Sprint(n), num(d.Terms()), fmt.Sprint(d.Nodes())})
		}
	}
	q := newPlot(axes{x0: 1, x1: 8, y0: 1, y1: 1e4, logY: true, title: "Size of the derivative", xTitle: "applications"})
	q.line("k1", ns, graph)
	q.line("k2", ns, tree)
	q.key("k1", "as a graph")
	q.key("k2", "as a tree")
	s.figure("Figure 2 as a count: the derivative of the map, applied so many times. The tree more than doubles with every application; the graph grows by as much each time.", q.done("The tree grows exponentially, the graph linearly."))
	s.table("Parts of the derivative", []string{"applications", "tree", "graph"}, swell)
	s.sources("Nocedal and Wright, Numerical optimization (2006), chapter 8.", "Baydin and others, Automatic differentiation in machine learning (2018), Journal of Machine Learning Research 18(153).", "Laue, On the equivalence of automatic and symbolic differentiation (2019), arXiv:1904.02990.")
}
