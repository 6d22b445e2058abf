package dual

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

// rounding lets numbers differ by 1e-12 of themselves, and of 1.
var rounding = cmpopts.EquateApprox(1e-12, 1e-12)

func TestOperators(t *testing.T) {
	optest.Operators(t, optest.Backend[Number, Hyper]{
		Name: "dual", Tolerance: 1e-12,
		Derivative: Derivative,
		Gradient:   Gradient,
		GradientTo: GradientTo,
		Jacobian:   Jacobian,
		JacobianTo: JacobianTo,
		JVP:        JVP,
		JVPTo:      JVPTo,
		VJP:        VJP,
		VJPTo:      VJPTo,
		Hessian:    Hessian,
		HessianTo:  HessianTo,
		HVP:        HVP,
		HVPTo:      HVPTo,
	})
}

// TestKnownWrongAnswers are points where gonum's num/dual v0.17.0 is wrong: it
// takes |x| < 1e-15 for 1e-15, and forgets that a constant has no tangent.
func TestKnownWrongAnswers(t *testing.T) {
	at := func(f func(Number) Number, x float64) float64 { return Derivative(f, x) }
	power := func(p float64) func(Number) Number {
		return func(x Number) Number { return ad.PowReal(x, p) }
	}
	for _, test := range []struct {
		name      string
		got, want float64
	}{
		{"x² at 0", at(power(2), 0), 0},
		{"x³ at 1e-20", at(power(3), 1e-20), 3e-40},
		{"x² at 1e-20", at(power(2), 1e-20), 2e-20},
		{"√x at 1e-20", at(ad.Sqrt[Number], 1e-20), 5e9},
		{"x³ at -2", at(power(3), -2), 12},
		{"√c at the constant 0", at(func(x Number) Number { return x.Add(ad.Sqrt(Number{})) }, 1), 1},
		{"log c at the constant 0", at(func(x Number) Number { return x.Sub(ad.Exp(ad.Log(Number{}))) }, 1), 1},
		{"|x| at 0", at(ad.Abs[Number], 0), 0},
		{"|x| at -0", at(ad.Abs[Number], math.Copysign(0, -1)), 0},
		{"1/x at 1e-200, times 1e-250", 1e-250 * at(ad.Reciprocal[Number], 1e-200), -inf},
	} {
		if math.Abs(test.got-test.want) > 1e-15*math.Abs(test.want) {
			t.Errorf("derivative of %s = %v, want %v", test.name, test.got, test.want)
		}
	}
	// A tangent of 1e-250 must not be squared on the way.
	jvp := JVP(func(x []Number) []Number { return []Number{Number{}.Const(1).Div(x[0])} }, []float64{1e-200}, []float64{1e-250})
	if math.Abs(jvp[0]+1e150) > 1e135 {
		t.Errorf("JVP of 1/x at 1e-200 along 1e-250 = %v, want -1e150", jvp[0])
	}
	if v := ad.PowReal(Number{}.Const(-2), 3).Float(); v != -8 {
		t.Errorf("(-2)³ = %v", v)
	}
	if v := ad.PowReal(Number{}, 2).Float(); v != 0 {
		t.Errorf("0² = %v", v)
	}
}

// TestStructuralZero: what is not there contributes nothing, not even against
// an infinite slope; what happens to be 0 follows IEEE 754.
func TestStructuralZero(t *testing.T) {
	zero := Number{}.Const(0)
	for _, test := range []struct {
		name string
		f    func(Number) Number
		x    float64
		want float64
	}{
		{"√(x·x) at 0", func(x Number) Number { return ad.Sqrt(x.Mul(x)) }, 0, nan},
		{"exp(log x) at 0", func(x Number) Number { return ad.Exp(ad.Log(x)) }, 0, nan},
		{"log(relu x) at -1", func(x Number) Number { return ad.Log(ad.ReLU(x)) }, -1, nan},
		{"x > 0 ? √x : 0 at 0", func(x Number) Number { return x.IfPos(ad.Sqrt(x), zero) }, 0, 0},
		{"x > 0 ? √x : x at 0", func(x Number) Number { return x.IfPos(ad.Sqrt(x), x) }, 0, 1},
		{"x + 0·Inf at 1", func(x Number) Number { return x.Add(zero.Mul(Number{}.Const(inf))) }, 1, 1},
		{"Inf·x at 1", func(x Number) Number { return Number{}.Const(inf).Mul(x) }, 1, inf},
		{"x·Inf - x·Inf at 1", func(x Number) Number { y := x.Mul(Number{}.Const(inf)); return y.Sub(y) }, 1, nan},
		{"x/0 at 1", func(x Number) Number { return x.Div(zero) }, 1, inf},
		{"c/x at 0", func(x Number) Number { return Number{}.Const(1).Div(x) }, 0, -inf},
		{"NaN > 0 ? x : x", func(x Number) Number { return Number{}.Const(nan).IfPos(x, x) }, 1, nan},
		{"NaN > 0 ? 1 : 2", func(x Number) Number { return Number{}.Const(nan).IfPos(zero, zero) }, 1, 0},
	} {
		optest.Equal(t, "derivative of "+test.name, Derivative(test.f, test.x), test.want)
	}
	// At second order: √x + y² at x = 0 curves in y alone.
	h := Hessian(func(x []Hyper) Hyper { return ad.Sqrt(x[0]).Add(x[1].Mul(x[1])) }, []float64{0, 3})
	if h.At(0, 0) != -inf || h.At(0, 1) != 0 || h.At(1, 1) != 2 {
		t.Errorf("Hessian of √x + y² at (0, 3): %v", mat.Formatted(h))
	}
	// And what happens to be 0 is not absent: √(x·x) again.
	if d := Hessian(func(x []Hyper) Hyper { return ad.Sqrt(x[0].Mul(x[0])) }, []float64{0}).At(0, 0); d == d {
		t.Errorf("second derivative of √(x·x) at 0 = %v, want NaN", d)
	}
}

// TestHyperParts: arithmetic tells absent parts from parts that are 0.
func TestHyperParts(t *testing.T) {
	x := Hyper{v: 2, e1: 1}
	c := Hyper{v: 3}
	for name, z := range map[string]Hyper{
		"c+c": c.Add(c), "c-c": c.Sub(c), "c*c": c.Mul(c), "c/c": c.Div(c), "-c": c.Neg(),
		"exp c": ad.Exp(c), "hypot(c, c)": ad.Hypot(c, c), "c > 0 ? c : x": c.IfPos(c, x),
	} {
		if !z.IsConst() {
			t.Errorf("%s = %v is not a constant", name, z)
		}
	}
	for name, z := range map[string]Hyper{
		"x-x": x.Sub(x), "x·0": x.Mul(Hyper{}), "-(x-x)": x.Sub(x).Neg(), "sign x": ad.Sign(x),
		"x/Inf": x.Div(Hyper{v: inf}), "cos(x-x)": ad.Cos(x.Sub(x)), "(x-x)-(x-x)": x.Sub(x).Sub(x.Sub(x)),
	} {
		if absent(z.e1) || z.e1 != 0 {
			t.Errorf("%s = %#v: its first tangent should be 0 and present", name, z)
		}
		if !absent(z.e2) || !absent(z.e12) {
			t.Errorf("%s = %#v: its other parts should be absent", name, z)
		}
	}
}

// TestConfusion: numbers of two derivatives must not meet (Siskind and Pearlmutter
// 2008; JuliaDiff/ForwardDiff.jl#83).
func TestConfusion(t *testing.T) {
	confused := func(what, op string, f func()) {
		want := "dual." + op + ": a variable of another derivative got into the function (perturbation confusion); " +
			"use Hessian or HVP for second derivatives, package symbolic to nest them"
		defer func() {
			if message := recover(); message != want {
				t.Errorf("%s: panic %q, want %q", what, message, want)
			}
		}()
		f()
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
}

func TestMisuse(t *testing.T) {
	f := func(x []Number) Number { return x[0] }
	g := func(x []Number) []Number { return x }
	h := func(x []Hyper) Hyper { return x[0] }
	noCurve := ad.NewOp(&ad.Func{Name: "flat", Value: math.Floor, Slope: func(x, y float64) float64 { return 0 }})
	ragged := 0
	for want, f := range map[string]func(){
		"dual.GradientTo: dst has length 1, want 2": func() { GradientTo(make([]float64, 1), f, make([]float64, 2)) },
		"dual.JVP: v has length 1, want 2":          func() { JVP(g, make([]float64, 2), make([]float64, 1)) },
		"dual.JVPTo: dst has length 1, want 2":      func() { JVPTo(make([]float64, 1), g, make([]float64, 2), make([]float64, 2)) },
		"dual.VJP: w has length 1, want 2":          func() { VJP(g, make([]float64, 2), make([]float64, 1)) },
		"dual.VJPTo: dst has length 3, want 2":      func() { VJPTo(make([]float64, 3), g, make([]float64, 2), make([]float64, 2)) },
		"dual.JacobianTo: dst is 3×2, want 2×2":     func() { JacobianTo(mat.NewDense(3, 2, nil), g, make([]float64, 2)) },
		"dual.HessianTo: dst is 3×3, want 2×2":      func() { HessianTo(mat.NewSymDense(3, nil), h, make([]float64, 2)) },
		"dual.HVPTo: dst has length 3, want 2":      func() { HVPTo(make([]float64, 3), h, make([]float64, 2), make([]float64, 2)) },
		"dual.HVPTo: v has length 3, want 2":        func() { HVPTo(make([]float64, 2), h, make([]float64, 2), make([]float64, 3)) },
		"dual.JacobianTo: a 2×0 matrix has no entries": func() {
			Jacobian(func([]Number) []Number { return make([]Number, 2) }, nil)
		},
		"dual.JacobianTo: a 0×2 matrix has no entries": func() {
			Jacobian(func([]Number) []Number { return nil }, make([]float64, 2))
		},
		"dual.HessianTo: a 0×0 matrix has no entries": func() { Hessian(h, nil) },
		"dual.JacobianTo: the result of f has length 2, want 1": func() {
			Jacobian(func(x []Number) []Number { ragged++; return x[:ragged] }, make([]float64, 2))
		},
		"dual: flat has no second derivative (its Curve is nil), which Hessian and HVP need": func() {
			Hessian(func(x []Hyper) Hyper { return x[0].Apply(noCurve) }, make([]float64, 1))
		},
	} {
		func() {
			defer func() {
				if got := recover(); got != want {
					t.Errorf("panic %q, want %q", got, want)
				}
			}()
			f()
		}()
	}
}

// TestScribble: a function may change its argument, or return it.
func TestScribble(t *testing.T) {
	x := []float64{1, 2, 3}
	f := func(x []Number) Number {
		s := ad.SumSq(x)
		clear(x)
		return s
	}
	optest.Equal(t, "gradient", Gradient(f, x), []float64{2, 4, 6}, rounding)
	identity := func(x []Number) []Number { return x }
	if j := Jacobian(identity, x); !mat.Equal(j, mat.NewDiagDense(3, []float64{1, 1, 1})) {
		t.Errorf("Jacobian of the identity %v", mat.Formatted(j))
	}
	optest.Equal(t, "JVP of the identity", JVP(identity, x, x), x, rounding)
}

// TestNorm2: an entry of 0 is nothing special.
func TestNorm2(t *testing.T) {
	h := Hessian(ad.Norm2[Hyper], []float64{0, 2})
	if h.At(0, 0) != 0.5 || h.At(0, 1) != 0 || h.At(1, 1) != 0 {
		t.Errorf("Hessian of the norm at (0, 2): %v", mat.Formatted(h))
	}
}

func TestString(t *testing.T) {
	for want, x := range map[string]interface{ String() string }{
		"2":               Number{v: 2},
		"2-1ε":            Number{2, -1, newTag()},
		"3":               Hyper{v: 3},
		"3+1ε₁-2ε₂+0ε₁ε₂": Hyper{3, 1, -2, math.Copysign(0, -1)},
	} {
		if got := x.String(); got != want {
			t.Errorf("String() = %q, want %q", got, want)
		}
	}
}
