package notes

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
)

// dualText writes a dual number.
func dualText(x dual.Number) string {
	sign := " + "
	if x.Tangent() < 0 {
		sign = " − "
	}
	return num(x.Value()) + sign + num(math.Abs(x.Tangent())) + "ε"
}

func dualNumbers(s *sheet) {
	s.p("A dual number is a + bε with ε² = 0. It looks like a complex number with another rule for the square of its unit. ε is nilpotent, an element of R[ε]/(ε²). It is no small number, and no limit is taken: what comes out is exact.")
	s.misprint(0, "the Reviews call ε infinitesimal. Nothing here is small; numbers are divided as long as the real part of the divisor is not 0.")
	s.h("Arithmetic")
	s.eq(24, "(a + εb) + (c + εd) = (a + c) + ε(b + d)")
	s.eq(25, "(a + εb)(c + εd) = ac + ε(bc + ad)")
	x, y := dual.New(3, 1), dual.New(2, 5)
	s.table("With x = 3 + 1ε and y = 2 + 5ε", []string{"what", "comes to", "because"}, [][]string{
		{"x + y", dualText(x.Add(y)), "parts are added (24)"},
		{"x − y", dualText(x.Sub(y)), "likewise"},
		{"x · y", dualText(x.Mul(y)), "3·2, and 1·2 + 3·5; the term 1·5·ε² is 0 (25)"},
		{"x / y", dualText(x.Div(y)), "(1·2 − 3·5)/2²: the quotient rule, by expanding with 2 − 5ε"},
		{"ε · ε", dualText(dual.New(0, 1).Mul(dual.New(0, 1))), "the one new rule"},
	})
	s.p("The product rule was not put in. It is what multiplying out leaves. So a program that computes with dual numbers differentiates on the way, in the order in which it computes.")

	s.h("Functions")
	s.eq(26, "f(a + εb) = f(a) + f′(a)/1! · εb + f″(a)/2! · ε²b² + …")
	s.eq(27, "f(a + εb) = f(a) + εb·f′(a)")
	s.p("All terms from ε² on are 0, so (27) is no approximation. It holds for every f that is differentiable at a: the series is only a way to remember it. A series that keeps more powers of ε has higher derivatives, too.")
	c := dual.Taylor(ad.Sin[dual.Jet], 1, 5)
	var rows [][]string
	for k, v := range c {
		rows = append(rows, []string{fmt.Sprintf("ε%s", superscript(k)), fix(v, 6), fix(v*float64(ad.Gamma(ad.Real(k+1))), 6)})
	}
	s.table("sin(1 + ε) with five powers of ε", []string{"power", "coefficient", "derivative"}, rows)
	p := newPlot(axes{w: 520, h: 320, x0: -2, x1: 5, y0: -2, y1: 2, title: "What is left of sin at 1 when powers are cut off", xTitle: "x"})
	p.curve("k1", math.Sin)
	for k, order := range []int{1, 3, 5} {
		class := []string{"k2", "k3", "k4"}[k]
		p.curve(class, func(x float64) float64 {
			sum := 0.0
			for i := order; i >= 0; i-- {
				sum = sum*(x-1) + c[i]
			}
			return sum
		})
		p.key(class, fmt.Sprintf("order %d", order))
	}
	p.dots("d1", 3.5, []float64{1}, []float64{math.Sin(1)})
	s.figure("Dual numbers know the tangent line (order 1), with the slope exactly. Series with more powers hug the curve for longer.", p.done("The sine with its Taylor polynomials around 1."))

	s.h("A worked example")
	s.p("f(x) = x²·sin x at x = 2. The input is 2 + 1ε, and the tangent of every line is its derivative.")
	v0 := dual.New(2, 1)
	v1 := v0.Mul(v0)
	v2 := ad.Sin(v0)
	v3 := v1.Mul(v2)
	s.table("Line by line", []string{"line", "value + derivative·ε", "by"}, [][]string{
		{"v₀ = x", dualText(v0), "the seed"},
		{"v₁ = v₀·v₀", dualText(v1), "(25): 2·1 + 1·2"},
		{"v₂ = sin v₀", dualText(v2), "(27): cos 2 · 1"},
		{"v₃ = v₁·v₂", dualText(v3), "(25): the answer"},
	})
	f := func(x numeric.Real) numeric.Real { return x * x * ad.Sin(x) }
	r := numeric.DerivativeResult(f, 2)
	s.p("f′(2) = %s. Differences of values find %s and expect an error of %s.", fix(v3.Tangent(), 10), fix(r.Value, 10), num(r.Err))
	s.h("Two derivatives at once need two units")
	s.p("For x·d/dy(x + y), at x = y = 1, an inner derivative runs within an outer one. If both use the same ε, the inner one also sees that x moves, and says 2 in place of 1: the answer becomes 2 and not 1. Package dual tells the numbers apart by tags, and refuses to mix them; `explain -exercise bugs` has an engine without tags.")
	s.sources("Clifford, Preliminary sketch of biquaternions (1873).", "Wengert, A simple automatic derivative evaluation program (1964).", "Griewank and Walther, Evaluating derivatives (2008), chapters 3 and 13.", "Fike and Alonso, Hyper-dual numbers (2011), AIAA 2011-886, for second derivatives.", "Siskind and Pearlmutter, Nesting forward-mode AD (2008), for the confusion.")
}
