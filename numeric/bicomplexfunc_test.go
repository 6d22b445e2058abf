package numeric_test

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// bicomplexFunctions are those of Bicomplex with a form over complex numbers, and where the real part may be.
var bicomplexFunctions = []struct {
	name   string
	f      func(numeric.Bicomplex) numeric.Bicomplex
	peer   func(complex128) complex128
	lo, hi float64
}{
	{"exp", numeric.Bicomplex.Exp, cmplx.Exp, -3, 3},
	{"expm1", numeric.Bicomplex.Expm1, func(z complex128) complex128 { return cmplx.Exp(z) - 1 }, -3, 3},
	{"log", numeric.Bicomplex.Log, cmplx.Log, 1, 5},
	{"log1p", numeric.Bicomplex.Log1p, func(z complex128) complex128 { return cmplx.Log(1 + z) }, 0, 5},
	{"sqrt", numeric.Bicomplex.Sqrt, cmplx.Sqrt, 1, 5},
	{"x^2.5", func(x numeric.Bicomplex) numeric.Bicomplex { return x.Pow(2.5) }, func(z complex128) complex128 { return cmplx.Pow(z, 2.5) }, 1, 5},
	{"x^5", func(x numeric.Bicomplex) numeric.Bicomplex { return x.Pow(5) }, func(z complex128) complex128 { return z * z * z * z * z }, -2, 2},
	{"x^-2", func(x numeric.Bicomplex) numeric.Bicomplex { return x.Pow(-2) }, func(z complex128) complex128 { return 1 / (z * z) }, -5, -1},
	{"x^101", func(x numeric.Bicomplex) numeric.Bicomplex { return x.Pow(101) }, func(z complex128) complex128 { return cmplx.Pow(z, 101) }, 0.9, 1.1},
	{"sin", numeric.Bicomplex.Sin, cmplx.Sin, -3, 3},
	{"cos", numeric.Bicomplex.Cos, cmplx.Cos, -3, 3},
	{"tan", numeric.Bicomplex.Tan, cmplx.Tan, -1, 1},
	{"sinh", numeric.Bicomplex.Sinh, cmplx.Sinh, -3, 3},
	{"cosh", numeric.Bicomplex.Cosh, cmplx.Cosh, -3, 3},
	{"tanh", numeric.Bicomplex.Tanh, cmplx.Tanh, -3, 3},
	{"asin", numeric.Bicomplex.Asin, cmplx.Asin, -0.5, 0.5},
	{"acos", numeric.Bicomplex.Acos, cmplx.Acos, -0.5, 0.5},
	{"atan", numeric.Bicomplex.Atan, cmplx.Atan, -3, 3},
	{"asinh", numeric.Bicomplex.Asinh, cmplx.Asinh, -3, 3},
	{"acosh", numeric.Bicomplex.Acosh, cmplx.Acosh, 1.5, 4},
	{"atanh", numeric.Bicomplex.Atanh, cmplx.Atanh, -0.5, 0.5},
}

// TestBicomplexFunctions: A + B·j is a pair of complex numbers, A - B·i and A + B·i, and a function
// of it is the function of both.
func TestBicomplexFunctions(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, c := range bicomplexFunctions {
		for range 200 {
			a := complex(c.lo+(c.hi-c.lo)*rng.Float64(), 0.2*rng.NormFloat64())
			b := complex(0.1*rng.NormFloat64(), 0.1*rng.NormFloat64())
			left, right := c.peer(a-b*1i), c.peer(a+b*1i)
			got, want := c.f(numeric.Bicomplex{A: a, B: b}), numeric.Bicomplex{A: (left + right) / 2, B: (left - right) * 1i / 2}
			if d := got.Sub(want); !(cmplx.Abs(d.A)+cmplx.Abs(d.B) <= 1e-12*(cmplx.Abs(left)+cmplx.Abs(right)+1e-3)) {
				t.Errorf("%s of %v + %v·j: %v, want %v", c.name, a, b, got, want)
			}
		}
	}
	// Far out and near 0, where other forms overflow or cancel.
	for _, c := range []struct {
		name         string
		f            func(numeric.Bicomplex) numeric.Bicomplex
		x            float64
		slope, curve float64
	}{
		{"tanh", numeric.Bicomplex.Tanh, 30, 4 * math.Exp(-60), -8 * math.Exp(-60)},
		{"tanh", numeric.Bicomplex.Tanh, 800, 0, 0},
		{"asinh", numeric.Bicomplex.Asinh, -1e30, 1e-30, 1e-60},
		{"asinh", numeric.Bicomplex.Asinh, 1e-20, 1, -1e-20},
		{"acosh", numeric.Bicomplex.Acosh, 1e30, 1e-30, -1e-60},
		{"expm1", numeric.Bicomplex.Expm1, 1e-20, 1, 1},
		{"log1p", numeric.Bicomplex.Log1p, 1e-20, 1, -1},
		{"atan", numeric.Bicomplex.Atan, 1e30, 1e-60, -2e-90},
		{"x²", func(x numeric.Bicomplex) numeric.Bicomplex { return x.Pow(2) }, 0, 0, 2},
		{"x⁻³", func(x numeric.Bicomplex) numeric.Bicomplex { return x.Pow(-3) }, -2, -3.0 / 16, -12.0 / 32},
	} {
		_, slope, curve := numeric.BicomplexStep(c.f, c.x)
		if !(math.Abs(slope-c.slope) <= 4e-15*math.Abs(c.slope) && math.Abs(curve-c.curve) <= 4e-15*math.Abs(c.curve)) {
			t.Errorf("%s at %v: slope %v and curve %v, want %v and %v", c.name, c.x, slope, curve, c.slope, c.curve)
		}
	}
}
