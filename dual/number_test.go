package dual

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

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
