package numeric_test

import (
	"math"
	"math/cmplx"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// complexFunctions are those for the complex step, with a form of their own, a real form, its
// slope, and where they are smooth.
var complexFunctions = []struct {
	name       string
	f, peer    func(complex128) complex128
	real, want func(float64) float64
	lo, hi     float64
}{
	{"asin", numeric.ComplexAsin, cmplx.Asin, math.Asin, func(x float64) float64 { return 1 / math.Sqrt((1-x)*(1+x)) }, -1, 1},
	{"acos", numeric.ComplexAcos, cmplx.Acos, func(x float64) float64 { return 2 * math.Atan2(math.Sqrt(1-x), math.Sqrt(1+x)) }, func(x float64) float64 { return -1 / math.Sqrt((1-x)*(1+x)) }, -1, 1},
	{"atan", numeric.ComplexAtan, cmplx.Atan, math.Atan, func(x float64) float64 { return 1 / math.Hypot(1, x) / math.Hypot(1, x) }, math.Inf(-1), math.Inf(1)},
	{"asinh", numeric.ComplexAsinh, cmplx.Asinh, math.Asinh, func(x float64) float64 { return 1 / math.Hypot(1, x) }, math.Inf(-1), math.Inf(1)},
	{"acosh", numeric.ComplexAcosh, cmplx.Acosh, math.Acosh, func(x float64) float64 { return 1 / math.Sqrt(x-1) / math.Sqrt(x+1) }, 1, math.Inf(1)},
	{"atanh", numeric.ComplexAtanh, cmplx.Atanh, math.Atanh, func(x float64) float64 { return 1 / (1 - x) / (1 + x) }, -1, 1},
	{"log1p", numeric.ComplexLog1p, func(z complex128) complex128 { return cmplx.Log(1 + z) }, math.Log1p, func(x float64) float64 { return 1 / (1 + x) }, -1, math.Inf(1)},
	{"expm1", numeric.ComplexExpm1, func(z complex128) complex128 { return cmplx.Exp(z) - 1 }, math.Expm1, math.Exp, math.Inf(-1), math.Inf(1)},
	{"cube", func(z complex128) complex128 { return numeric.ComplexPow(z, 3) }, func(z complex128) complex128 { return z * z * z },
		func(x float64) float64 { return x * x * x }, func(x float64) float64 { return 3 * x * x }, math.Inf(-1), math.Inf(1)},
	{"x⁻²", func(z complex128) complex128 { return numeric.ComplexPow(z, -2) }, func(z complex128) complex128 { return 1 / (z * z) },
		func(x float64) float64 { return 1 / x / x }, func(x float64) float64 { return -2 / x / x / x }, math.Inf(-1), math.Inf(1)},
	{"log", cmplx.Log, cmplx.Log, math.Log, func(x float64) float64 { return 1 / x }, 0, math.Inf(1)},
	{"sqrt", cmplx.Sqrt, cmplx.Sqrt, math.Sqrt, func(x float64) float64 { return 0.5 / math.Sqrt(x) }, 0, math.Inf(1)},
	{"sin", cmplx.Sin, cmplx.Sin, math.Sin, math.Cos, math.Inf(-1), math.Inf(1)},
	{"tanh", numeric.ComplexTanh, cmplx.Tanh, math.Tanh, func(x float64) float64 { return 1 / math.Cosh(x) / math.Cosh(x) }, math.Inf(-1), math.Inf(1)},
	{"tan", numeric.ComplexTan, cmplx.Tan, math.Tan, func(x float64) float64 { return 1 + math.Tan(x)*math.Tan(x) }, math.Inf(-1), math.Inf(1)},
}

// TestComplexFunctions: value and slope along the real axis, in the domain and at the ends of the
// range. Beyond the domain there is no slope, and none is made up.
func TestComplexFunctions(t *testing.T) {
	near := func(got, want float64) bool {
		return math.Abs(got-want) <= 8e-15*math.Abs(want)+1e-300 || got == want
	}
	var points []float64
	for _, x := range []float64{
		0, 5e-324, 1e-310, 1e-160, 1e-20, 1e-9, 1e-3, 0.1, 0.5, 0.9, 1 - 1e-6, 1 - 1e-12, 1 - 0x1p-53, 1 + 0x1p-52, 1 + 1e-10, 1.5, 2, 30, 700,
		1e5, 1e8, 1e20, 1e100, 1e150, 1e152, 1e200, 1e250,
	} {
		points = append(points, x, -x)
	}
	checks := 0
	for _, c := range complexFunctions {
		for _, x := range points {
			got, value := numeric.ComplexStep.Derivative(c.f, x), c.f(complex(x, 0))
			switch inside := x > c.lo && x < c.hi && finite(c.want(x)) && finite(c.real(x)); {
			case x < c.lo-1e-90 || x > c.hi:
				if !math.IsNaN(got) {
					t.Errorf("slope of %s at %v, which is outside: %v", c.name, x, got)
				}
			case inside && math.Abs(c.want(x)) < 1e90: // see the doc comment of ComplexScheme
				lost := c.want(x) != 0 && x*x > 1 && math.Abs(x*c.want(x)) < 1e-90 // the imaginary part underflows
				if !near(got, c.want(x)) && !lost || !near(real(value), c.real(x)) {
					t.Errorf("%s at %v: %v with slope %v, want %v and %v", c.name, x, value, got, c.real(x), c.want(x))
				}
				checks++
			}
			// A zero keeps its sign on both sides of the axis.
			if up, down := c.f(complex(x, 0)), c.f(complex(x, math.Copysign(0, -1))); x > c.lo && x < c.hi && x != 0 && finite(real(up)) &&
				(math.Signbit(imag(up)) == math.Signbit(imag(down)) || imag(up) != 0 || imag(down) != 0) {
				t.Errorf("%s at %v±0i: %v and %v", c.name, x, up, down)
			}
		}
		for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
			if got, want := real(c.f(complex(x, 0))), real(c.peer(complex(x, 0))); got != want && !math.IsNaN(want) {
				t.Errorf("%s at %v: %v, want %v", c.name, x, got, want)
			}
			if got := numeric.ComplexStep.Derivative(c.f, x); finite(got) && got != 0 {
				t.Errorf("slope of %s at %v: %v", c.name, x, got)
			}
		}
	}
	if checks < 450 {
		t.Errorf("%d checks", checks)
	}
}

// TestComplexPlane: away from the axes they are those of math/cmplx, and conjugate
// arguments have conjugate values everywhere.
func TestComplexPlane(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 2000 {
		z := complex(2*rng.NormFloat64(), 2*rng.NormFloat64())
		if math.Abs(imag(z)) < 1e-2 {
			continue
		}
		for _, c := range complexFunctions {
			got, want := c.f(z), c.peer(z)
			if cmplx.Abs(got-want) > 1e-12*max(1, cmplx.Abs(want)) {
				t.Errorf("%s at %v: %v, want %v", c.name, z, got, want)
			}
			if mirrored := c.f(cmplx.Conj(z)); cmplx.Abs(mirrored-cmplx.Conj(got)) > 4e-15*cmplx.Abs(got) {
				t.Errorf("%s at %v: %v, and %v at its conjugate", c.name, z, got, mirrored)
			}
		}
	}
}
