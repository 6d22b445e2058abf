package numeric_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

// TestWorkers: results are the same bit by bit.
func TestWorkers(t *testing.T) {
	x, v, w := []float64{0.8, -0.3, 1.5}, []float64{1, 2, -0.5}, []float64{2, -1, 0.5, 0, 3}
	f, g := plain(mixture[Real]), plainVector(helix[Real])
	for _, s := range all {
		for _, n := range []int{2, 3, 16} {
			many := s.scheme.With(numeric.Settings{Workers: n})
			optest.Equal(t, s.name+": GradientResult", many.GradientResult(f, x), s.scheme.GradientResult(f, x))
			optest.Equal(t, s.name+": HessianResult", many.HessianResult(f, x), s.scheme.HessianResult(f, x))
			optest.Equal(t, s.name+": HVPResult", many.HVPResult(f, x, v), s.scheme.HVPResult(f, x, v))
			optest.Equal(t, s.name+": JacobianResult", many.JacobianResult(g, x), s.scheme.JacobianResult(g, x))
			optest.Equal(t, s.name+": VJPResult", many.VJPResult(g, x, w), s.scheme.VJPResult(g, x, w))
		}
	}
}

// TestBudget: f is called no more often than allowed, and what is found by then is honest.
func TestBudget(t *testing.T) {
	for _, s := range all {
		whole := s.scheme.DerivativeResult(wave, 1)
		for n := 1; n <= whole.Evals+3; n++ {
			calls := 0
			r := s.scheme.With(numeric.Settings{MaxEvals: n}).DerivativeResult(func(x float64) float64 {
				calls++
				return wave(x)
			}, 1)
			if calls > n || r.Evals != calls {
				t.Errorf("%s with %d evaluations took %d, and says %d", s.name, n, calls, r.Evals)
			}
			if n >= whole.Evals {
				optest.Equal(t, s.name, r, whole)
			} else if r.Status != numeric.Stopped || !(math.Abs(r.Value-waveSlope(1)) <= honesty*r.Err || math.IsInf(r.Err, 1)) {
				t.Errorf("%s with %d evaluations: %+v, want %v", s.name, n, r, waveSlope(1))
			}
		}
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, s := range all {
		calls := 0
		for i, r := range s.scheme.With(numeric.Settings{Context: ctx}).GradientResult(func(x []float64) float64 {
			calls++
			return x[0] * x[1]
		}, []float64{1, 2}) {
			if r.Status != numeric.Stopped || !math.IsInf(r.Err, 1) || !math.IsNaN(r.Value) {
				t.Errorf("%s, entry %d: %+v", s.name, i, r)
			}
		}
		if calls != 1 {
			t.Errorf("%s called f %d times", s.name, calls)
		}
	}
	ctx, cancel = context.WithCancel(context.Background())
	var calls atomic.Int64
	numeric.Richardson.With(numeric.Settings{Context: ctx, Workers: 4}).Gradient(func(x []float64) float64 {
		if calls.Add(1) == 10 {
			cancel()
		}
		return x[0] * math.Sin(x[50])
	}, make([]float64, 100))
	if n := calls.Load(); n > 20 {
		t.Errorf("f was called %d times, and the context was done after 10", n)
	}
}

// TestNoise: a noise that is given is in the estimate, and a quotient's step goes by it.
func TestNoise(t *testing.T) {
	for _, level := range []float64{1e-12, 1e-8, 1e-5, 1e-3} {
		f := func(x float64) float64 { return math.Sin(x) + level*noise(x) }
		for _, s := range all {
			worst := 0.0
			for x := 0.5; x < 3; x += 1.0 / 32 {
				r := s.scheme.With(numeric.Settings{Noise: level}).DerivativeResult(f, x)
				if off := math.Abs(r.Value - math.Cos(x)); off > honesty*r.Err {
					t.Errorf("%s, noise of %v at %v: %+v, want %v", s.name, level, x, r, math.Cos(x))
				} else if r.Status != numeric.Diverged {
					worst = max(worst, off)
				}
			}
			// What a quotient to one side can do is 2√(noise·|f″|), or so.
			if worst > 20*math.Sqrt(level) {
				t.Errorf("%s, noise of %v: an error of %v", s.name, level, worst)
			}
		}
	}
}

// TestTinyNoise: a noise below the last place of f changes nothing, and a huge one is in the estimate.
func TestTinyNoise(t *testing.T) {
	for _, scale := range []float64{1e-300, 1, 1e10, 1e300} {
		f := func(x float64) float64 { return scale * math.Sin(x) }
		for _, s := range all {
			for _, tiny := range []float64{math.SmallestNonzeroFloat64, 1e-310, 1e-320 * scale} {
				if off := math.Abs(s.scheme.With(numeric.Settings{Noise: tiny}).Derivative(f, 1) - s.scheme.Derivative(f, 1)); off > 1e-7*scale && tiny < 1e-20*scale {
					t.Errorf("%s of %v·sin: a noise of %v changes the derivative by %v", s.name, scale, tiny, off)
				}
			}
			r := s.scheme.With(numeric.Settings{Noise: 1e300}).DerivativeResult(f, 1)
			if !(r.Err > 1e299) {
				t.Errorf("%s of %v·sin with a noise of 1e300: %+v", s.name, scale, r)
			}
		}
	}
	for _, y := range []float64{math.NaN(), math.Inf(1), 0} {
		for _, s := range all {
			r := s.scheme.With(numeric.Settings{Noise: 1e-3}).DerivativeResult(func(float64) float64 { return y }, 1)
			if (y == 0) != (r.Value == 0) || r.Err < 1e-3 {
				t.Errorf("%s of %v with noise: %+v", s.name, y, r)
			}
		}
	}
}

// TestSettingsAreCopied: a scheme keeps the bounds that it was given, and later settings leave nothing of
// earlier ones; the step of At stays.
func TestSettingsAreCopied(t *testing.T) {
	lower, upper := []float64{0}, []float64{1}
	in := numeric.Richardson.With(numeric.Settings{Lower: lower, Upper: upper})
	want := in.DerivativeResult(math.Exp, 0.5)
	lower[0], upper[0] = math.NaN(), -7
	optest.Equal(t, "after a change of the bounds", in.DerivativeResult(math.Exp, 0.5), want)
	for _, s := range all {
		usual, at := s.scheme.DerivativeResult(math.Exp, 1), s.scheme.At(1e-2).DerivativeResult(math.Exp, 1)
		for name, c := range map[string]struct {
			scheme numeric.Scheme
			want   numeric.Result
		}{
			"With, With":     {s.scheme.With(numeric.Settings{Step: 0.5, MaxEvals: 3}).With(numeric.Settings{}), usual},
			"At, With":       {s.scheme.At(1e-2).With(numeric.Settings{}), at},
			"At, With, With": {s.scheme.At(1e-2).With(numeric.Settings{Step: 0.5}).With(numeric.Settings{}), at},
			"With, At":       {s.scheme.With(numeric.Settings{Step: 0.5}).At(1e-2), at},
			"At, With step":  {s.scheme.At(0.5).With(numeric.Settings{Step: 1e-2}), at},
		} {
			optest.Equal(t, s.name+": "+name, c.scheme.DerivativeResult(math.Exp, 1), c.want)
		}
	}
}

// TestPanicError: what f panics with comes with the point.
func TestPanicError(t *testing.T) {
	cause := errors.New("the argument is below -1")
	acos := func(x []float64) float64 {
		if x[0] < -1 {
			panic(cause)
		}
		return math.Acos(x[0])
	}
	for _, workers := range []int{0, 4} {
		for _, s := range all {
			if s.sided > 0 {
				continue
			}
			func() {
				defer func() {
					err, ok := recover().(*numeric.PanicError)
					if !ok || !errors.Is(err, cause) || len(err.X) != 3 || !(err.X[0] < -1) || !strings.HasPrefix(err.Error(), "numeric.Gradient: f panics at [-1") {
						t.Errorf("%s: panic %v", s.name, err)
					}
				}()
				s.scheme.With(numeric.Settings{Workers: workers, Step: 0.25}).Gradient(acos, []float64{-0.999, 1, 2})
			}()
			in := s.scheme.With(numeric.Settings{Workers: workers, Lower: []float64{-1, -9, -9}})
			if r := in.GradientResult(acos, []float64{-0.999, 1, 2})[0]; math.Abs(r.Value+1/math.Sqrt(1-0.999*0.999)) > honesty*r.Err {
				t.Errorf("%s inside of the bounds: %+v", s.name, r)
			}
		}
	}
}

func TestSettingsMisuse(t *testing.T) {
	nan := math.NaN()
	f := func(x []float64) float64 { return x[0] }
	one, two := []float64{1}, []float64{1, 2}
	with := func(set numeric.Settings) numeric.Scheme { return numeric.Richardson.With(set) }
	for _, m := range []struct {
		do   func()
		want string
	}{
		{func() { with(numeric.Settings{Lower: []float64{0, 3}, Upper: two}) }, "numeric: Settings: coordinate 1 has the bounds [3 2]"},
		{func() { with(numeric.Settings{Lower: []float64{nan}}) }, "numeric: Settings: coordinate 0 has the bounds [NaN +Inf]"},
		{func() { with(numeric.Settings{Upper: []float64{1, nan}}) }, "numeric: Settings: coordinate 1 has the bounds [-Inf NaN]"},
		{func() { with(numeric.Settings{Noise: -1}) }, "numeric: Settings.Noise is -1, want a number that is not negative"},
		{func() { with(numeric.Settings{MaxStep: nan}) }, "numeric: Settings.MaxStep is NaN, want a number that is not negative"},
		{func() { with(numeric.Settings{MaxEvals: -3}) }, "numeric: Settings.MaxEvals is -3, want a number that is not negative"},
		{func() { with(numeric.Settings{Workers: -1}) }, "numeric: Settings.Workers is -1, want a number that is not negative"},
		{func() { with(numeric.Settings{Lower: one}).Gradient(f, two) }, "numeric.Gradient: Settings.Lower has length 1, want 2"},
		{func() { with(numeric.Settings{Upper: two}).Gradient(f, one) }, "numeric.Gradient: Settings.Upper has length 2, want 1"},
		{func() { with(numeric.Settings{Upper: one}).Gradient(f, []float64{2}) }, "numeric.Gradient: x[0] is 2, outside of its bounds [-Inf 1]"},
		{func() { numeric.Stencil(1) }, "numeric.Stencil: 1 points, want at least 2"},
		{func() { numeric.Stencil(1, 0, 1) }, "numeric.Weights: points 0 and 2 are both 1"},
		{func() { numeric.Stencil(1, nan) }, "numeric.Weights: point 1 is NaN, want a finite number"},
		{func() { numeric.Stencil(0, 1).Hessian(f, one) }, "numeric.Hessian: a derivative of order 2 by a stencil of 2 points, want more points"},
	} {
		optest.Panics(t, m.want, m.do)
	}
}
