package numeric_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// only returns f where ok, else NaN.
func only(ok func(x float64) bool, f func(float64) float64) func(float64) float64 {
	return func(x float64) float64 {
		if !ok(x) {
			return math.NaN()
		}
		return f(x)
	}
}

func TestHardPoints(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	id := func(x float64) float64 { return x }
	line := func(x float64) float64 { return 3*x + 1 }
	expFrom1 := only(func(x float64) bool { return x >= 1 }, math.Exp)
	expTo1 := only(func(x float64) bool { return x <= 1 }, math.Exp)
	square := func(x float64) float64 { return x * x }
	for _, c := range []struct {
		name string
		f    func(float64) float64
		x    float64
		want float64
		tol  float64 // relative, absolute where want is 0
		is   numeric.Status
	}{
		{"exp", math.Exp, 0, 1, 1e-12, numeric.Converged},
		{"exp", math.Exp, math.Copysign(0, -1), 1, 1e-12, numeric.Converged},
		{"exp", math.Exp, 1e-300, 1, 1e-12, numeric.Converged},
		{"exp", math.Exp, -1e-8, math.Exp(-1e-8), 1e-12, numeric.Converged},
		{"exp", math.Exp, 700, math.Exp(700), 1e-10, numeric.Converged},
		{"log", math.Log, 1e-300, 1e300, 1e-10, numeric.Converged},
		{"log", math.Log, 1e200, 1e-200, 1e-10, numeric.Converged},
		{"sqrt", math.Sqrt, 1e-3, 0.5 / math.Sqrt(1e-3), 1e-11, numeric.Converged},
		{"sqrt", math.Sqrt, 1e-300, 0.5e150, 1e-11, numeric.Converged},
		{"square", square, 0, 0, 1e-15, numeric.RoundoffLimited},
		{"square", square, 1e-100, 2e-100, 1e-12, numeric.Converged},
		{"square", square, 1e150, 2e150, 1e-12, numeric.Converged},
		{"reciprocal", func(x float64) float64 { return 1 / x }, 1e-100, -1e200, 1e-11, numeric.Converged},
		{"sin", math.Sin, 1e5, math.Cos(1e5), 1e-12, numeric.Converged},
		{"sin", math.Sin, 1e10, math.Cos(1e10), 1e-8, numeric.Converged},
		{"sin(1e4x)", func(x float64) float64 { return math.Sin(1e4 * x) }, 1, 1e4 * math.Cos(1e4), 1e-8, numeric.Converged},
		{"asin", math.Asin, 0.999, 1 / math.Sqrt(1-0.999*0.999), 1e-10, numeric.DomainLimited},
		{"atanh", math.Atanh, -0.99999, 1 / (1 - 0.99999*0.99999), 1e-8, numeric.DomainLimited},
		{"exp from 1 on", expFrom1, 1, math.E, 1e-10, numeric.DomainLimited},
		{"exp from 1 on", expFrom1, 1 + 1e-12, math.E, 1e-10, numeric.DomainLimited},
		{"exp up to 1", expTo1, 1, math.E, 1e-10, numeric.DomainLimited},
		{"x√x", func(x float64) float64 { return x * math.Sqrt(x) }, 0, 0, 1e-3, numeric.DomainLimited},
		{"constant", func(float64) float64 { return 0 }, 1, 0, 0, numeric.RoundoffLimited},
		{"constant", func(float64) float64 { return 7 }, 0, 0, 0, numeric.RoundoffLimited},
		{"constant", func(float64) float64 { return -7 }, 1e200, 0, 0, numeric.RoundoffLimited},
		{"constant", func(float64) float64 { return 7 }, -1e-300, 0, 0, numeric.RoundoffLimited},
		{"x", id, 0.1, 1, 1e-14, numeric.Converged},
		{"x", id, -1e300, 1, 1e-14, numeric.Converged},
		{"x", id, math.MaxFloat64, 1, 1e-14, numeric.DomainLimited},
		{"3x+1", line, 0, 3, 1e-14, numeric.Converged},
		{"3x+1", line, 1e-300, 3, 1e-14, numeric.Converged},
		{"3x+1", line, 0.1, 3, 1e-13, numeric.Converged},
		{"3x+1", line, 1e200, 3, 1e-13, numeric.Converged},
		{"x|x|", func(x float64) float64 { return x * math.Abs(x) }, 0, 0, 1e-6, numeric.Converged},
		{"floor", math.Floor, 1.5, 0, 0, numeric.RoundoffLimited},

		{"floor", math.Floor, 1, nan, 0, numeric.Diverged},
		{"cbrt", math.Cbrt, 0, nan, 0, numeric.Diverged},
		{"sqrt", math.Sqrt, 0, nan, 0, numeric.Diverged},
		{"sqrt", math.Sqrt, -1, nan, 0, numeric.Diverged},
		{"1/x", func(x float64) float64 { return 1 / x }, 0, nan, 0, numeric.Diverged},
		{"noise", noise, 1, nan, 0, numeric.Diverged},
		{"sin", math.Sin, 1e22, nan, 0, numeric.Diverged},
		{"sin", math.Sin, inf, nan, 0, numeric.Diverged},
		{"tanh", math.Tanh, inf, nan, 0, numeric.Diverged},
		{"tanh", math.Tanh, -inf, nan, 0, numeric.Diverged},
		{"constant", func(float64) float64 { return 7 }, nan, nan, 0, numeric.Diverged},
		{"NaN", func(float64) float64 { return nan }, 1, nan, 0, numeric.Diverged},
		{"one point", only(func(x float64) bool { return x == 1 }, id), 1, nan, 0, numeric.Diverged},
	} {
		r := numeric.DerivativeResult(c.f, c.x)
		if r.Status != c.is {
			t.Errorf("%s at %v: %+v, want %v", c.name, c.x, r, c.is)
		}
		if r.Evals > 200 {
			t.Errorf("%s at %v took %d evaluations", c.name, c.x, r.Evals)
		}
		if c.is == numeric.Diverged {
			if !math.IsInf(r.Err, 1) {
				t.Errorf("%s at %v: %+v, want no estimate", c.name, c.x, r)
			}
			continue
		}
		off := math.Abs(r.Value - c.want)
		if scale := math.Abs(c.want); off > c.tol*scale && !(scale == 0 && off <= c.tol) {
			t.Errorf("%s at %v: %v, want %v", c.name, c.x, r.Value, c.want)
		}
		if off > 10*r.Err {
			t.Errorf("%s at %v: %v ± %v, want %v", c.name, c.x, r.Value, r.Err, c.want)
		}
		if c.want == 0 && c.tol == 0 && r.Err*max(1, math.Abs(c.x)) > 1e-13 {
			t.Errorf("%s at %v: the error estimate is %v", c.name, c.x, r.Err)
		}
	}
}

func TestHardSecondDerivatives(t *testing.T) {
	expFrom1 := only(func(x float64) bool { return x >= 1 }, math.Exp)
	for _, c := range []struct {
		name string
		f    func(x, y float64) float64
		x, y float64
		want [3]float64 // xx, xy, yy
		tol  float64
	}{
		{"exp·log", func(x, y float64) float64 { return math.Exp(x) * math.Log(y) }, 1e-10, 1e5,
			[3]float64{math.Log(1e5), 1e-5, -1e-10}, 1e-6},
		{"√x·y³", func(x, y float64) float64 { return math.Sqrt(x) * y * y * y }, 1e-3, 10,
			[3]float64{-0.25 * math.Pow(1e-3, -1.5) * 1e3, 0.5 / math.Sqrt(1e-3) * 300, math.Sqrt(1e-3) * 60}, 1e-7},
		{"exp from (1, 1) on", func(x, y float64) float64 { return expFrom1(x) * expFrom1(y) }, 1, 1,
			[3]float64{math.E * math.E, math.E * math.E, math.E * math.E}, 1e-6},
		{"linear", func(x, y float64) float64 { return 3*x - 2*y + 1 }, 0.1, 1e-300, [3]float64{}, 1e-11},
	} {
		h := numeric.HessianResult(func(x []float64) float64 { return c.f(x[0], x[1]) }, []float64{c.x, c.y})
		for i, r := range []numeric.Result{h[0][0], h[0][1], h[1][1]} {
			off := math.Abs(r.Value - c.want[i])
			if off > 10*r.Err || off > c.tol*max(math.Abs(c.want[i]), 1e-12) && !(c.want[i] == 0 && off <= c.tol) {
				t.Errorf("%s, entry %d: %+v, want %v", c.name, i, r, c.want[i])
			}
		}
		if h[0][1] != h[1][0] {
			t.Errorf("%s: the Hessian is not symmetric", c.name)
		}
	}
	for name, f := range map[string]func([]float64) float64{
		"|x|":   func(x []float64) float64 { return math.Abs(x[0]) },
		"cbrt":  func(x []float64) float64 { return math.Cbrt(x[0]) },
		"floor": func(x []float64) float64 { return math.Floor(x[0]) },
	} {
		if r := numeric.HessianResult(f, []float64{0})[0][0]; r.Status != numeric.Diverged {
			t.Errorf("second derivative of %s at 0: %+v", name, r)
		}
	}
	x := []float64{0}
	if r := numeric.HessianResult(func(x []float64) float64 { return x[0] * math.Abs(x[0]) }, x)[0][0]; r.Status != numeric.Kinked || math.Abs(r.Err-2) > 1e-6 {
		t.Errorf("second derivative of x|x| at 0: %+v, want 0 ± 2", r)
	}
}
