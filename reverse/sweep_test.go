package reverse

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

// TestStructuralZero: what is not there contributes nothing, not even against
// an infinite slope; what happens to be 0 follows IEEE 754.
func TestStructuralZero(t *testing.T) {
	zero := Var{}.Const(0)
	for _, test := range []struct {
		name string
		f    func(Var) Var
		x    float64
		want float64
	}{
		{"√(x·x) at 0", func(x Var) Var { return ad.Sqrt(x.Mul(x)) }, 0, nan},
		{"exp(log x) at 0", func(x Var) Var { return ad.Exp(ad.Log(x)) }, 0, nan},
		{"log(relu x) at -1", func(x Var) Var { return ad.Log(ad.ReLU(x)) }, -1, nan},
		{"x > 0 ? √x : 0 at 0", func(x Var) Var { return x.IfPos(ad.Sqrt(x), zero) }, 0, 0},
		{"x > 0 ? √x : x at 0", func(x Var) Var { return x.IfPos(ad.Sqrt(x), x) }, 0, 1},
		{"√x unused at 0", func(x Var) Var { y := x.Mul(x); ad.Sqrt(x); return y.Add(x) }, 0, 1},
		{"Σ with √x unused at 0", func(x Var) Var { ad.Norm2([]Var{ad.Sqrt(x), x}); return x.Add(x) }, 0, 2},
		{"0·√x at 0", func(x Var) Var { return zero.Mul(ad.Sqrt(x)) }, 0, nan},
		{"Inf·x at 1", func(x Var) Var { return Var{}.Const(inf).Mul(x) }, 1, inf},
		{"x + Inf at 1", func(x Var) Var { return x.Add(Var{}.Const(inf)) }, 1, 1},
		{"x/0 at 1", func(x Var) Var { return x.Div(zero) }, 1, inf},
		{"c/x at 0", func(x Var) Var { return Var{}.Const(1).Div(x) }, 0, -inf},
		{"NaN > 0 ? x : x", func(x Var) Var { return Var{}.Const(nan).IfPos(x, x) }, 1, nan},
		{"NaN > 0 ? 1 : 2", func(x Var) Var { return Var{}.Const(nan).IfPos(zero, zero) }, 1, 0},
	} {
		optest.Equal(t, "derivative of "+test.name, Derivative(test.f, test.x), test.want)
		f := func(x []Var) []Var { return []Var{test.f(x[0])} }
		optest.Equal(t, "JVP of "+test.name, JVP(f, []float64{test.x}, []float64{1})[0], test.want)
	}
	// Inputs that do not move, and results that are left out.
	roots := func(x []Var) []Var { return []Var{ad.Sqrt(x[0]), x[1]} }
	optest.Equal(t, "JVP beside an infinite slope", JVP(roots, []float64{0, 1}, []float64{0, 1}), []float64{0, 1}, rounding)
	optest.Equal(t, "VJP beside an infinite slope", VJP(roots, []float64{0, 1}, []float64{0, 1}), []float64{0, 1}, rounding)
	// One result twice, with weights that cancel, is there all the same.
	twice := func(x []Var) []Var { y := ad.Sqrt(x[0]); return []Var{y, y} }
	if d := VJP(twice, []float64{0}, []float64{1, -1})[0]; d == d {
		t.Errorf("VJP of (√x, √x) at 0 with the weights 1 and -1: %v, want NaN", d)
	}
	// At second order: √x + y² at x = 0 curves in y alone.
	h := Hessian(func(x []Var) Var { return ad.Sqrt(x[0]).Add(x[1].Mul(x[1])) }, []float64{0, 3})
	if h.At(0, 0) != -inf || h.At(0, 1) != 0 || h.At(1, 1) != 2 {
		t.Errorf("Hessian of √x + y² at (0, 3): %v", mat.Formatted(h))
	}
	if d := Hessian(func(x []Var) Var { return ad.Sqrt(x[0].Mul(x[0])) }, []float64{0}).At(0, 0); d == d {
		t.Errorf("second derivative of √(x·x) at 0 = %v, want NaN", d)
	}
	quotient := func(x []Var) Var { return x[0].Div(x[1]).Add(ad.Sqrt(x[2])) }
	optest.Equal(t, "HVP of x/y + √z at (1, 2, 0) along (1, 1, 0)", HVP(quotient, []float64{1, 2, 0}, []float64{1, 1, 0}), []float64{-0.25, 0, 0}, rounding)
}

// TestQuotientAtExtremes: 1/y overflows where y is subnormal, and is infinite at
// 0, but not everything that it goes into is.
func TestQuotientAtExtremes(t *testing.T) {
	quotient := func(x []Var) Var { return x[0].Div(x[1]) }
	inf, tiny := math.Inf(1), math.SmallestNonzeroFloat64
	if g := Gradient(quotient, []float64{0, tiny}); g[0] != inf || g[1] != 0 {
		t.Errorf("gradient of x/y at 0, %g: %v, want [+Inf 0]", tiny, g)
	}
	if h := Hessian(quotient, []float64{0, tiny}); h.At(1, 1) != 0 {
		t.Errorf("∂²/∂y² of x/y at 0, %g: %v, want 0", tiny, h.At(1, 1))
	}
	// The two terms of the derivative of x/y have opposite signs, but the
	// second is of higher order.
	ratio := func(x []Var) []Var { return []Var{quotient(x)} }
	if d := JVP(ratio, []float64{0.7, math.Copysign(0, -1)}, []float64{1, -1}); d[0] != inf {
		t.Errorf("JVP of x/y at 0.7, -0: %v, want +Inf", d)
	}
}

// TestPanicInCurve: a second derivative that panics in the middle of a careful
// sweep leaves nothing behind on the tape for the next derivative.
func TestPanicInCurve(t *testing.T) {
	curves := 0
	op := ad.NewOp(&ad.Func{
		Name:  "mysquare",
		Value: func(x float64) float64 { return x * x },
		Slope: func(x, _ float64) float64 { return 2 * x },
		Curve: func(x, _ float64) float64 {
			if curves++; curves == 2 {
				panic("the second curve")
			}
			return 2
		},
	})
	tp := new(tape)
	hvp := func() (got float64, panicked bool) {
		defer func() {
			if recover() != nil {
				panicked = true
			}
		}()
		x := tp.start([]float64{0, 3})
		y := ad.Sqrt(x[0]).Add(x[1].Apply(op)) // NaN in the quick sweep, where x[0] does not move
		tp.pullSecondOne(y, []float64{0, 1})
		return tp.dadj[2], false
	}
	if _, panicked := hvp(); !panicked {
		t.Fatal("the careful sweep did not take place")
	}
	x := tp.start([]float64{1})
	tp.pullSecondOne(x[0].Mul(x[0]).Mul(x[0]), []float64{1})
	if got := tp.dadj[1]; got != 6 {
		t.Errorf("the next second derivative is %v, want 6", got)
	}
}
