package numeric_test

import (
	"context"
	"math"
	"math/cmplx"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

func TestLimit(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name string
		f    func(float64) float64
		x    float64
		want float64
		tol  float64
		is   numeric.Status
	}{
		{"sin x / x", func(x float64) float64 { return math.Sin(x) / x }, 0, 1, 1e-12, numeric.Converged},
		{"(eˣ-1)/x", func(x float64) float64 { return (math.Exp(x) - 1) / x }, 0, 1, 1e-12, numeric.Converged},
		{"(1-cos x)/x²", func(x float64) float64 { return (1 - math.Cos(x)) / x / x }, 0, 0.5, 1e-9, numeric.Converged},
		{"(x²-4)/(x-2)", func(x float64) float64 { return (x*x - 4) / (x - 2) }, 2, 4, 1e-12, numeric.Converged},
		{"exp", math.Exp, 1, math.E, 1e-11, numeric.Converged},
		{"3", func(float64) float64 { return 3 }, 0, 3, 1e-14, numeric.Converged},
		{"x·log x", func(x float64) float64 { return x * math.Log(x) }, 0, 0, 1e-6, numeric.DomainLimited},
		{"xˣ", func(x float64) float64 { return math.Pow(x, x) }, 0, 1, 1e-5, numeric.DomainLimited},
		{"sign", func(x float64) float64 { return x / math.Abs(x) }, 0, 0, 1e-12, numeric.Kinked},
		{"atan 1/x", func(x float64) float64 { return math.Atan(1 / x) }, 0, 0, 1e-9, numeric.Kinked},
		{"1/x", func(x float64) float64 { return 1 / x }, 0, nan, 0, numeric.Diverged},
		{"log", math.Log, 0, nan, 0, numeric.Diverged},
		{"sin 1/x", func(x float64) float64 { return math.Sin(1 / x) }, 0, nan, 0, numeric.Diverged},
		{"exp at infinity", math.Exp, math.Inf(1), nan, 0, numeric.Diverged},
		{"atan at infinity", math.Atan, math.Inf(1), math.Pi / 2, 1e-11, numeric.Converged},
		{"atan at -infinity", math.Atan, math.Inf(-1), -math.Pi / 2, 1e-11, numeric.Converged},
		{"(1+1/x)ˣ at infinity", func(x float64) float64 { return math.Pow(1+1/x, x) }, math.Inf(1), math.E, 1e-10, numeric.Converged},
		{"(3x²+1)/(2x²-x) at infinity", func(x float64) float64 { return (3*x*x + 1) / (2*x*x - x) }, math.Inf(1), 1.5, 1e-11, numeric.Converged},
		{"√(x+1)-√x at infinity", func(x float64) float64 { return math.Sqrt(x+1) - math.Sqrt(x) }, math.Inf(1), 0, 1e-4, numeric.SlowlyConvergent},
		{"sin at infinity", math.Sin, math.Inf(1), nan, 0, numeric.Diverged},
		{"log at infinity", math.Log, math.Inf(1), nan, 0, numeric.Diverged},
		{"x/(x+1e8) at infinity", func(x float64) float64 { return x / (x + 1e8) }, math.Inf(1), nan, 0, numeric.Diverged},
		{"x/1e300", func(x float64) float64 { return x / 1e300 }, 1e300, 1, 1e-14, numeric.Converged},
		{"1/x²", func(x float64) float64 { return 1 / x / x }, 0, nan, 0, numeric.Diverged},
		{"NaN", func(float64) float64 { return nan }, 0, nan, 0, numeric.Diverged},
		{"sin at NaN", math.Sin, nan, nan, 0, numeric.Diverged},
	} {
		calls := 0
		r := numeric.Limit(func(x float64) float64 {
			if x == c.x {
				t.Errorf("%s is evaluated at %v", c.name, x)
			}
			calls++
			return c.f(x)
		}, c.x)
		if r.Status != c.is || r.Evals != calls {
			t.Errorf("the limit of %s at %v: %+v after %d calls, want %v", c.name, c.x, r, calls, c.is)
		}
		if c.is == numeric.Diverged {
			if !math.IsInf(r.Err, 1) {
				t.Errorf("the limit of %s at %v: %+v", c.name, c.x, r)
			}
		} else if off := math.Abs(r.Value - c.want); off > honesty*r.Err || off > c.tol {
			t.Errorf("the limit of %s at %v: %+v, want %v", c.name, c.x, r, c.want)
		}
	}
	if l, r := numeric.LimitFrom(math.Floor, 2, -1), numeric.LimitFrom(math.Floor, 2, 1); l.Value != 1 || r.Value != 2 {
		t.Errorf("the limits of floor at 2 are %+v and %+v", l, r)
	}
	for _, sign := range []float64{0, math.Copysign(0, -1), nan, math.Inf(-1)} { // not positive
		if l := numeric.LimitFrom(math.Floor, 2, sign); l.Value != 1 {
			t.Errorf("the limit of floor at 2 from %v is %+v", sign, l)
		}
	}
}

// TestLimitSettings: limits keep to the bounds, the budget and the context.
func TestLimitSettings(t *testing.T) {
	sinc := func(x float64) float64 { return math.Sin(x) / x }
	for _, c := range []struct {
		name         string
		f            func(float64) float64
		x            float64
		lower, upper float64
		want         float64
		is           numeric.Status
	}{
		{"sin x / x", sinc, 0, -1e-3, 1e-3, 1, numeric.DomainLimited},
		{"sin x / x", sinc, 0, 0, 1, 1, numeric.DomainLimited},
		{"sin x / x", sinc, 0, -1, 0, 1, numeric.DomainLimited},
		{"sin x / x", sinc, 0, -1, 1, 1, numeric.Converged},
		{"sin x / x", sinc, 0, 0, 0, math.NaN(), numeric.Diverged},
		{"floor", math.Floor, 1, 1, 2, 1, numeric.DomainLimited},
		{"atan", math.Atan, math.Inf(1), 100, math.Inf(1), math.Pi / 2, numeric.DomainLimited},
		{"atan", math.Atan, math.Inf(-1), math.Inf(-1), -5, -math.Pi / 2, numeric.DomainLimited},
	} {
		set := numeric.Settings{Lower: []float64{c.lower}, Upper: []float64{c.upper}}
		calls := 0
		f := func(x float64) float64 {
			if calls++; !(x >= c.lower && x <= c.upper) {
				panic("outside")
			}
			return c.f(x)
		}
		r := numeric.Richardson.With(set).Limit(f, c.x)
		if r.Status != c.is || r.Evals != calls || math.IsNaN(c.want) != math.IsInf(r.Err, 1) || math.Abs(r.Value-c.want) > r.Err || finite(r.Err) && r.Err > 1e-8 {
			t.Errorf("%s at %v within [%v, %v]: %+v after %d calls, want %v, %v", c.name, c.x, c.lower, c.upper, r, calls, c.want, c.is)
		}
		whole := calls
		for n := 1; n < 40; n++ {
			set.MaxEvals, calls = n, 0
			r := numeric.Richardson.With(set).Limit(f, c.x)
			if calls > 2*n+1 || r.Evals != calls || math.Abs(r.Value-c.want) > r.Err {
				t.Errorf("%s at %v with %d evaluations a side: %+v after %d calls", c.name, c.x, n, r, calls)
			}
			calls = 0
			if numeric.Richardson.With(set).LimitFrom(f, c.x, 1); calls > n {
				t.Errorf("%s at %v from the right: %d of %d evaluations", c.name, c.x, calls, n)
			}
		}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		set.MaxEvals, set.Context, calls = 0, ctx, 0
		if r := numeric.Richardson.With(set).Limit(f, c.x); calls != 0 || !math.IsInf(r.Err, 1) || whole > 0 && r.Status != numeric.Stopped {
			t.Errorf("%s at %v with a context that is done: %+v after %d calls", c.name, c.x, r, calls)
		}
	}
	optest.Panics(t, "numeric.Limit: x[0] is 2, outside of its bounds [-Inf 1]", func() {
		numeric.Richardson.With(numeric.Settings{Upper: []float64{1}}).Limit(sinc, 2)
	})
}

func TestResidue(t *testing.T) {
	for _, c := range []struct {
		name      string
		f         func(complex128) complex128
		z         complex128
		radius    float64
		want      complex128
		noResidue bool
	}{
		{"exp(z)/z³", func(z complex128) complex128 { return cmplx.Exp(z) / z / z / z }, 0, 1, 0.5, false},
		{"exp(1/z)", func(z complex128) complex128 { return cmplx.Exp(1 / z) }, 0, 1, 1, false},
		{"1/sin z", func(z complex128) complex128 { return 1 / cmplx.Sin(z) }, math.Pi, 1, -1, false},
		{"1/(z²+1)", func(z complex128) complex128 { return 1 / (z*z + 1) }, 1i, 0.5, -0.5i, false},
		{"exp", cmplx.Exp, 0, 1, 0, false},
		{"1/sin z through a pole", func(z complex128) complex128 { return 1 / cmplx.Sin(z) }, math.Pi, math.Pi, 0, true},
	} {
		got, err := numeric.Residue(c.f, c.z, c.radius)
		if c.noResidue {
			if !math.IsInf(err, 1) {
				t.Errorf("the residue of %s at %v is %v ± %v", c.name, c.z, got, err)
			}
		} else if off := cmplx.Abs(got - c.want); off > err || err > 1e-12 {
			t.Errorf("the residue of %s at %v is %v ± %v, want %v", c.name, c.z, got, err, c.want)
		}
	}
	optest.Panics(t, "numeric.Residue: the radius is 0, want a positive number", func() { numeric.Residue(cmplx.Exp, 0, 0) })
}
