package notes

import (
	"fmt"
	"html/template"
	"math"

	"github.com/quartet-ad/ad/compare/trace"
)

// places are where the lines of the example stand: v₋₁, v₀, then v₁ to v₅.
var places = [][2]float64{{8, 30}, {232, 30}, {4, 134}, {120, 134}, {236, 134}, {62, 238}, {120, 342}}

// graph draws the trace of the example: every node with its value, and its tangent or its adjoint;
// every edge with its slope.
func graph(t *trace.Trace, backwards bool, title string) template.HTML {
	const w, h = 110, 60
	d := &drawing{w: 350, h: 410}
	d.text("ti", 4, 16, "start", title)
	for k, l := range t.Lines {
		for _, o := range l.Operands {
			if o.Line < 0 {
				continue
			}
			a, b := places[o.Line], places[k]
			x0, y0, x1, y1 := a[0]+w/2, a[1]+h, b[0]+w/2, b[1]
			class := "tan"
			if backwards {
				class = "adj"
				x0, y0, x1, y1 = x1, y1, x0, y0
			}
			d.add(`<path class="%s" d="M%.0f %.0fL%.0f %.0f"/><circle class="%s" cx="%.0f" cy="%.0f" r="3"/>`, class, x0, y0, x1, y1, class, x1, y1)
			d.text("sm hal", (x0+x1)/2, (y0+y1)/2+4, "middle", num3(float64(o.Slope)))
		}
	}
	for k, l := range t.Lines {
		x, y := places[k][0], places[k][1]
		d.add(`<rect class="cell" rx="5" x="%.0f" y="%.0f" width="%d" height="%d"/>`, x, y, w, h)
		d.text("ti", x+w/2, y+17, "middle", l.Name+" = "+l.Text.Text)
		d.text("", x+w/2, y+34, "middle", num3(float64(l.Value)))
		if backwards {
			d.text("aa", x+w/2, y+51, "middle", "adjoint "+num3(float64(l.Adjoint)))
		} else {
			d.text("ta", x+w/2, y+51, "middle", "tangent "+num3(float64(l.Tangents[0])))
		}
	}
	return d.done(title)
}

// num3 writes a number as the tables of the literature do.
func num3(x float64) string { return fix(x, 3) }

func autodiff(s *sheet) {
	t, err := trace.Text("ln(x1)+x1*x2-sin(x2)", []string{"x1", "x2"}, []float64{2, 5}, trace.Options{})
	if err != nil {
		panic(fmt.Sprintf("notes: %v", err)) // the formula is a constant
	}
	s.p("A program is a graph of small operations, whose slopes are known. The chain rule combines them. It can be read in two directions, and both are exact: no formula is rewritten, and no step is taken.")
	s.p("The example is that of Baydin and others: y = ln x₁ + x₁x₂ − sin x₂ at x₁ = 2, x₂ = 5.")
	s.h("Forwards: what does this input change?")
	s.eq(0, "v̇ₖ = Σⱼ ∂vₖ/∂vⱼ · v̇ⱼ")
	s.p("One input gets the tangent 1, the others 0. Every operation passes its tangent on, beside its value. At the end stands the derivative by that one input; for the other input all of it is done again.")
	s.figure("Forwards: value and tangent of every line, for the input x₁. The numbers on the lines are the local slopes.", graph(t, false, "Tangents by x₁"))
	var rows [][]string
	for _, l := range t.Lines {
		rows = append(rows, []string{l.Name + " = " + l.Text.Text, num3(float64(l.Value)), l.Tangent.Text, num3(float64(l.Tangents[0])), num3(float64(l.Tangents[1]))})
	}
	s.table("The forward sweep", []string{"line", "value", "tangent", "by x₁", "by x₂"}, rows)

	s.h("Backwards: what does this value matter?")
	s.eq(0, "v̄ⱼ = Σₖ v̄ₖ · ∂vₖ/∂vⱼ")
	s.p("The result gets the adjoint 1. From there every operation gives a share of its adjoint to each of its operands: its adjoint times the local slope. Where a value was used twice, two shares arrive, and add. One sweep has the derivatives by all inputs.")
	s.figure("Backwards: value and adjoint of every line. The same slopes, read the other way.", graph(t, true, "Adjoints of y"))
	rows = nil
	for _, c := range t.Contributions {
		sign := "="
		if !c.First {
			sign = "+="
		}
		if c.To < 0 || c.From < 0 || c.From >= len(t.Lines) {
			continue
		}
		rows = append(rows, []string{t.Lines[c.From].Name + " gives to " + t.Lines[c.To].Name, num3(float64(c.Adjoint)) + " · " + num3(float64(c.Slope)), sign, num3(float64(c.Term)), num3(float64(c.Sum))})
	}
	s.table("The backward sweep, share by share", []string{"share", "adjoint · slope", "", "is", "adjoint so far"}, rows)
	g := t.Gradient
	apart := 0.0
	for _, d := range g {
		apart = max(apart, math.Abs(float64(d.Dual-d.Reverse)), math.Abs(float64(d.Symbolic-d.Reverse)))
	}
	agreement := "give the same bits"
	if apart > 0 {
		agreement = "are at most " + num(apart) + " apart"
	}
	s.p("The gradient is (%s, %s). Dual numbers, the tape and paper %s.", num3(float64(g[0].Reverse)), num3(float64(g[1].Reverse)), agreement)

	s.h("Which way is cheaper?")
	s.p("Forwards costs a pass for each input, backwards a sweep for each result. A loss has one result and a million inputs; that is why networks are trained backwards. The price is memory: the sweep needs the values, or at least the slopes, after the program has moved on.")
	p := newPlot(axes{x0: 2, x1: 16, y0: 1, y1: 500, logX: true, logY: true, title: "Operations for a gradient, per operation of y", xTitle: "inputs"})
	var n, forward, backward, differences []float64
	rows = nil
	for _, c := range t.Prices {
		if c.Results != 1 {
			continue
		}
		n = append(n, float64(c.Inputs))
		forward = append(forward, float64(c.Forward)/float64(c.Operations))
		backward = append(backward, float64(c.Backward)/float64(c.Operations))
		differences = append(differences, float64(c.Differences)/float64(c.Operations))
		rows = append(rows, []string{fmt.Sprint(c.Inputs), num(forward[len(n)-1]), num(backward[len(n)-1]), num(differences[len(n)-1])})
	}
	p.line("tan", n, forward)
	p.line("adj", n, backward)
	p.line("k4", n, differences)
	p.key("tan", "forwards")
	p.key("adj", "backwards")
	p.key("k4", "differences")
	s.figure("Copies of the example side by side, with inputs of their own and one sum as the result. Operations were counted while the engines ran.", p.done("Forwards grows with the inputs, backwards stays level."))
	s.table("Operations by inputs, in evaluations of y", []string{"inputs", "forwards", "backwards", "differences"}, rows)
	s.p("See every step of a formula of yours: `go run ./compare/explain 'ln(x1)+x1*x2-sin(x2)' x1=2 x2=5`.")
	s.sources("Baydin and others, Automatic differentiation in machine learning (2018), Journal of Machine Learning Research 18(153).", "Linnainmaa (1970) and Speelpenning (1980), for the backward sweep.", "Griewank and Walther, Evaluating derivatives (2008), chapter 3.")
}
