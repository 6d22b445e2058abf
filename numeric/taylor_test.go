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
	if c, errs := numeric.Taylor(func(complex128) complex128 { return cmplx.NaN() }, 1, 3); !cmplx.IsNaN(c[0]) || !math.IsInf(errs[3], 1) {
		t.Errorf("the series of NaN is %v ± %v", c, errs)
	}
	optest.Panics(t, "numeric.Taylor: n is -1, want 0 to 255", func() { numeric.Taylor(cmplx.Exp, 0, -1) })
	optest.Panics(t, "numeric.Taylor: n is 256, want 0 to 255", func() { numeric.Taylor(cmplx.Exp, 0, 256) })
}
