package numeric_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

func wave(x float64) float64 { return math.Sin(x) * math.Exp(x) }

func waveSlope(x float64) float64 { return (math.Sin(x) + math.Cos(x)) * math.Exp(x) }

func waveCurve(x float64) float64 { return 2 * math.Cos(x) * math.Exp(x) }

// Halving the step of a quotient divides its error by 2 to the power of its order.
func TestOrdersOfConvergence(t *testing.T) {
	for _, c := range []struct {
		name   string
		scheme numeric.Scheme
		order  float64
	}{
		{"Forward", numeric.Forward, 1},
		{"Backward", numeric.Backward, 1},
		{"Central", numeric.Central, 2},
	} {
		const x = 0.7
		first := func(h float64) float64 {
			return math.Abs(c.scheme.At(h).Derivative(wave, x) - waveSlope(x))
		}
		second := func(h float64) float64 {
			f := func(x []float64) float64 { return wave(x[0]) }
			return math.Abs(c.scheme.At(h).Hessian(f, []float64{x}).At(0, 0) - waveCurve(x))
		}
		mixed := func(h float64) float64 {
			f := func(x []float64) float64 { return wave(x[0]) * wave(x[1]) }
			return math.Abs(c.scheme.At(h).Hessian(f, []float64{x, 1}).At(0, 1) - waveSlope(x)*waveSlope(1))
		}
		for what, err := range map[string]func(float64) float64{"first": first, "second": second, "mixed": mixed} {
			if order := math.Log2(err(0x1p-8) / err(0x1p-9)); math.Abs(order-c.order) > 0.05 {
				t.Errorf("%s: the %s derivative is of order %.3f, want %v", c.name, what, order, c.order)
			}
		}
	}
}

// The error of a quotient against its step is V-shaped, and the scheme's own step
// lies near the bottom.
func TestDefaultSteps(t *testing.T) {
	for _, s := range schemes[:3] {
		least := math.Inf(1)
		for h := 0x1p-4; h > 0x1p-50; h /= 2 {
			least = min(least, math.Abs(s.scheme.At(h).Derivative(wave, 1)-waveSlope(1)))
		}
		err := math.Abs(s.scheme.Derivative(wave, 1) - waveSlope(1))
		if worst := math.Abs(s.scheme.At(0x1p-4).Derivative(wave, 1) - waveSlope(1)); err > worst/1e4 {
			t.Errorf("%s: error %g with its own step, %g with a coarse one", s.name, err, worst)
		}
		if err > 1e3*least+1e-7 {
			t.Errorf("%s: error %g with its own step, %g with the best", s.name, err, least)
		}
	}
}

func TestSchemesEstimateTheirErrors(t *testing.T) {
	for _, s := range schemes {
		honest, all := 0, 0
		for x := -3.0; x < 3; x += 1.0 / 64 {
			r := s.scheme.DerivativeResult(wave, x)
			all++
			if math.Abs(r.Value-waveSlope(x)) <= 10*r.Err {
				honest++
			}
			if r.Err > 1e-4 || r.Step <= 0 || r.Evals < 3 || r.Status == numeric.Diverged {
				t.Errorf("%s at %v: %+v", s.name, x, r)
			}
		}
		if honest < all-all/100 {
			t.Errorf("%s: %d of %d errors are within ten times their estimates", s.name, honest, all)
		}
	}
}

func TestAt(t *testing.T) {
	for _, s := range schemes[:3] {
		if r := s.scheme.At(0.125).DerivativeResult(wave, 1); r.Step != 0.125 {
			t.Errorf("%s took the step %v, want 0.125", s.name, r.Step)
		}
	}
	// 0.1 is no step that 1000 can take without rounding.
	x := 1000.0
	r := numeric.Forward.At(0.1).DerivativeResult(func(x float64) float64 { return x }, x)
	if r.Value != 1 || r.Step != (x+0.1)-x {
		t.Errorf("a step of 0.1 at 1000 gives %+v", r)
	}
	if r := numeric.Richardson.At(1e-3).DerivativeResult(wave, 1); r.Step > 1e-3 || math.Abs(r.Value-waveSlope(1)) > 10*r.Err {
		t.Errorf("extrapolation from a step of 0.001: %+v, want %v", r, waveSlope(1))
	}
	if got := numeric.Central.At(1e-20).Derivative(wave, 1); !math.IsNaN(got) {
		t.Errorf("a step of 1e-20 at 1 gives %v", got)
	}
}

func TestEvaluationsOfSchemes(t *testing.T) {
	evals := 0
	f := func(x []float64) float64 {
		evals++
		return wave(x[0]) * wave(x[1])
	}
	x := []float64{1, 2}
	for _, c := range []struct {
		name              string
		scheme            numeric.Scheme
		gradient, hessian int
	}{
		{"Forward", numeric.Forward, 1 + 2, 1 + 2*2 + 3},
		{"Backward", numeric.Backward, 1 + 2, 1 + 2*2 + 3},
		{"Central", numeric.Central, 1 + 2*2, 1 + 2*2 + 4},
	} {
		evals = 0
		c.scheme.Gradient(f, x)
		if evals != c.gradient {
			t.Errorf("%s.Gradient: %d evaluations, want %d", c.name, evals, c.gradient)
		}
		evals = 0
		c.scheme.Hessian(f, x)
		if evals != c.hessian {
			t.Errorf("%s.Hessian: %d evaluations, want %d", c.name, evals, c.hessian)
		}
	}
}

// To the left and to the right of a kink the derivatives differ, and so do their
// estimates, by far more than their errors.
func TestOneSidedDerivatives(t *testing.T) {
	for _, c := range []struct {
		name        string
		f           func(float64) float64
		x           float64
		left, right float64
	}{
		{"|x| at 0", math.Abs, 0, -1, 1},
		{"|x-1|eˣ at 1", func(x float64) float64 { return math.Abs(x-1) * math.Exp(x) }, 1, -math.E, math.E},
		{"max(x², 2-x) at 1", func(x float64) float64 { return max(x*x, 2-x) }, 1, -1, 2},
		{"sin at 1", math.Sin, 1, math.Cos(1), math.Cos(1)},
		{"max(0, x) at 1e-5", func(x float64) float64 { return max(0, x) }, 1e-5, 1, 1},
	} {
		left := numeric.RichardsonBackward.DerivativeResult(c.f, c.x)
		right := numeric.RichardsonForward.DerivativeResult(c.f, c.x)
		if off := math.Abs(left.Value - c.left); off > 10*left.Err || left.Err > 1e-9 {
			t.Errorf("%s, from the left: %+v, want %v", c.name, left, c.left)
		}
		if off := math.Abs(right.Value - c.right); off > 10*right.Err || right.Err > 1e-9 {
			t.Errorf("%s, from the right: %+v, want %v", c.name, right, c.right)
		}
		both := numeric.DerivativeResult(c.f, c.x)
		if kinked := c.left != c.right; kinked != (both.Status == numeric.Kinked) {
			t.Errorf("%s: %v", c.name, both.Status)
		} else if kinked && (math.Abs(both.Value-(c.left+c.right)/2) > 1e-3 || math.Abs(both.Err-(c.right-c.left)/2) > 1e-3) {
			t.Errorf("%s: %+v, want the mean of %v and %v", c.name, both, c.left, c.right)
		}
	}
}
