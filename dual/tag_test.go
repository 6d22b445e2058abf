package dual

import (
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestConfusion: numbers of two derivatives must not meet (Siskind and Pearlmutter
// 2008; JuliaDiff/ForwardDiff.jl#83).
func TestConfusion(t *testing.T) {
	confused := func(what, op string, f func()) {
		want := "dual." + op + ": a variable of another derivative got into the function (perturbation confusion); " +
			"use Hessian or HVP for second derivatives, package symbolic to nest them, " +
			"or DerivativeOf, GradientOf or JVPOf, where what is captured is lifted (Of.Lift)"
		t.Run(what, func(t *testing.T) { optest.Panics(t, want, f) })
	}
	confused("d/dx x·d/dy(x+y)", "Derivative", func() {
		Derivative(func(x Number) Number {
			inner := Derivative(func(y Number) Number { return x.Add(y) }, 1)
			return x.Mul(x.Const(inner))
		}, 1)
	})
	add := func(x, y Number) Number { return x.Add(y) }
	confused("two lambdas of one function", "Derivative", func() {
		Derivative(func(x Number) Number {
			return x.Mul(x.Const(Derivative(func(y Number) Number { return add(x, y) }, 1)))
		}, 1)
	})
	confused("an outer variable alone", "Derivative", func() {
		Derivative(func(x Number) Number { return x.Const(Derivative(func(Number) Number { return x }, 1)) }, 1)
	})
	confused("gradient in a JVP", "GradientTo", func() {
		JVP(func(x []Number) []Number {
			g := Gradient(func(y []Number) Number { return y[0].Mul(x[0]) }, []float64{1})
			return []Number{x[0].Const(g[0])}
		}, []float64{1}, []float64{1})
	})
	for name, x := range map[string]Hyper{"first": {v: 1, e1: 1}, "second": {v: 1, e2: 1}, "cross": {v: 1, e12: 1}, "zero": {v: 0, e1: 1}} {
		confused("Hessian within a Hessian, "+name, "HessianTo", func() {
			Hessian(func(y []Hyper) Hyper { return y[0].Mul(x) }, []float64{0})
		})
		confused("HVP within a Hessian, "+name, "HVPTo", func() {
			HVP(func(y []Hyper) Hyper { return y[0].Mul(x) }, []float64{0}, []float64{1})
		})
	}
	// An inner derivative that keeps to itself is fine.
	d := Derivative(func(x Number) Number {
		inner := Derivative(func(y Number) Number { return y.Mul(y) }, x.Float())
		return x.Mul(x.Const(inner))
	}, 3)
	if d != 6 {
		t.Errorf("derivative of x·c, c = 6: %v", d)
	}
	// What the panic recommends comes out right.
	d = Derivative(func(x Number) Number {
		_, inner := DerivativeOf(func(y Of[Number]) Of[Number] { return y.Lift(x).Add(y) }, x.Const(1))
		return x.Mul(inner)
	}, 1)
	if d != 1 {
		t.Errorf("d/dx x·d/dy(x+y) by DerivativeOf: %v", d)
	}
}
