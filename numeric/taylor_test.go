package numeric_test

import (
	"math"
	"math/cmplx"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

func TestTaylor(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func(complex128) complex128
		z    complex128
		c    func(n int) complex128
		tol  float64 // of the first 10 coefficients
	}{
		{"exp", cmplx.Exp, 1, func(n int) complex128 { return complex(math.E/factorial(n), 0) }, 1e-13},
		{"exp", cmplx.Exp, 2i, func(n int) complex128 { return cmplx.Exp(2i) / complex(factorial(n), 0) }, 1e-13},
		{"exp(100z)", func(z complex128) complex128 { return cmplx.Exp(100 * z) }, 0, func(n int) complex128 {
			return complex(math.Pow(100, float64(n))/factorial(n), 0)
		}, 1e-11},
		{"1/(1-z)", func(z complex128) complex128 { return 1 / (1 - z) }, -0.5, func(n int) complex128 { return complex(math.Pow(1.5, -float64(n+1)), 0) }, 1e-11},
		{"1/(1-z), near", func(z complex128) complex128 { return 1 / (1 - z) }, 1 - 1.0/8192, func(n int) complex128 { return complex(math.Pow(8192, float64(n+1)), 0) }, 1e-9},
		{"log", cmplx.Log, 1, func(n int) complex128 {
			if n == 0 {
				return 0
			}
			return complex(math.Pow(-1, float64(n-1))/float64(n), 0)
		}, 1e-11},
		{"z⁵", func(z complex128) complex128 { return z * z * z * z * z }, 2, func(n int) complex128 {
			if n > 5 {
				return 0
			}
			return complex(factorial(5)/factorial(5-n)/factorial(n)*math.Pow(2, float64(5-n)), 0)
		}, 1e-12},
		{"3", func(complex128) complex128 { return 3 }, 0, func(n int) complex128 {
			if n > 0 {
				return 0
			}
			return 3
		}, 1e-13},
	} {
		got, errs := numeric.Taylor(c.f, c.z, 40)
		for n := range got {
			want := c.c(n)
			off := cmplx.Abs(got[n] - want)
			if off > errs[n] {
				t.Errorf("%s at %v, coefficient %d: %v ± %v, want %v", c.name, c.z, n, got[n], errs[n], want)
			}
			if n < 10 && off > c.tol*max(cmplx.Abs(want), 1e-3) {
				t.Errorf("%s at %v, coefficient %d: %v, want %v", c.name, c.z, n, got[n], want)
			}
		}
	}
	// Powers of the radius and coefficients go beyond the range of float64.
	cos, errs := numeric.Taylor(cmplx.Cos, 0, 255)
	for k, c := range cos {
		want := 0.0
		if k%2 == 0 {
			want = math.Cos(math.Pi*float64(k/2)) * math.Exp(-lgamma(float64(k+1)))
		}
		if off := math.Abs(real(c) - want); off > errs[k]+1e-12*math.Abs(want) || errs[k] > 1e-8*math.Exp(-lgamma(float64(k+1)))+math.SmallestNonzeroFloat64 {
			t.Errorf("coefficient %d of the cosine is %v ± %v, want %v", k, c, errs[k], want)
		}
	}
	for _, c := range []struct {
		name string
		f    func(complex128) complex128
		z    complex128
	}{
		{"√z at 0", cmplx.Sqrt, 0},
		{"1/z at 0", func(z complex128) complex128 { return 1 / z }, 0},
		{"the conjugate", cmplx.Conj, 0},
		{"exp at NaN", cmplx.Exp, cmplx.NaN()},
		{"exp at infinity", cmplx.Exp, cmplx.Inf()},
	} {
		if c0, errs := numeric.Taylor(c.f, c.z, 2); !math.IsInf(errs[1], 1) || !cmplx.IsNaN(c0[1]) {
			t.Errorf("%s: the series is %v ± %v", c.name, c0, errs)
		}
	}
	for _, n := range []int{0, 1, 31, 255} {
		if c, errs := numeric.Taylor(cmplx.Exp, 0, n); len(c) != n+1 || len(errs) != n+1 || cmplx.Abs(c[0]-1) > errs[0] || !(errs[0] < 1e-14) {
			t.Errorf("exp to order %d: %v ± %v", n, c[0], errs[0])
		}
	}
	for _, radius := range []float64{1e-300, 1e-3, 0.4, 1, 50, 1e300} {
		farthest := 0.0
		c, errs := numeric.TaylorWithin(func(z complex128) complex128 {
			farthest = max(farthest, cmplx.Abs(z-2))
			return cmplx.Log(z)
		}, 2, 5, radius)
		if farthest > radius+0x1p-50*(radius+2) {
			t.Errorf("within %v, f is evaluated at a distance of %v", radius, farthest)
		}
		for k, want := range []float64{math.Ln2, 1.0 / 2, -1.0 / 8, 1.0 / 24, -1.0 / 64, 1.0 / 160} {
			if off := cmplx.Abs(c[k] - complex(want, 0)); off > errs[k] || radius >= 0.4 && !(errs[k] < 1e-10) {
				t.Errorf("log within %v, coefficient %d: %v ± %v, want %v", radius, k, c[k], errs[k], want)
			}
		}
	}
	optest.Panics(t, "numeric.TaylorWithin: the radius is -1, want a positive number", func() { numeric.TaylorWithin(cmplx.Exp, 0, 1, -1) })
	optest.Panics(t, "numeric.TaylorWithin: n is 300, want 0 to 255", func() { numeric.TaylorWithin(cmplx.Exp, 0, 300, 1) })
	if c, errs := numeric.Taylor(func(complex128) complex128 { return cmplx.NaN() }, 1, 3); !cmplx.IsNaN(c[0]) || !math.IsInf(errs[3], 1) {
		t.Errorf("the series of NaN is %v ± %v", c, errs)
	}
	optest.Panics(t, "numeric.Taylor: n is -1, want 0 to 255", func() { numeric.Taylor(cmplx.Exp, 0, -1) })
	optest.Panics(t, "numeric.Taylor: n is 256, want 0 to 255", func() { numeric.Taylor(cmplx.Exp, 0, 256) })
}

func lgamma(x float64) float64 {
	l, _ := math.Lgamma(x)
	return l
}
