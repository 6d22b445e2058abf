package numeric_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/numeric"
)

// TestOddInputs: where there is no derivative to be had nothing is made up, f is never
// evaluated out of bounds, and the evaluations that are reported are those that there were.
func TestOddInputs(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	box := func(lower, upper float64) numeric.Settings {
		return numeric.Settings{Lower: []float64{lower}, Upper: []float64{upper}}
	}
	square := func(x float64) float64 { return x * x }
	checks := 0
	for _, c := range []struct {
		name string
		f    func(float64) float64
		x    float64
		set  numeric.Settings
		want float64 // NaN if there is no derivative
	}{
		{"no room", square, 1, box(1, 1), nan},
		{"room of one place", square, 1, box(1, math.Nextafter(1, 2)), nan},
		{"little room", square, 1, box(1-1e-10, 1+1e-10), 2},
		{"infinite bounds", square, 1, box(-inf, inf), 2},
		{"x is NaN", square, nan, box(0, 1), nan},
		{"x is infinite", math.Tanh, inf, numeric.Settings{}, nan},
		{"one evaluation", square, 1, numeric.Settings{MaxEvals: 1}, nan},
		{"a context that is done", square, 1, numeric.Settings{Context: stopped}, nan},
		{"f is NaN", func(float64) float64 { return nan }, 1, numeric.Settings{}, nan},
		{"f is infinite", func(float64) float64 { return inf }, 1, numeric.Settings{}, nan},
		{"a pole", func(x float64) float64 { return 1 / x / x }, 0, numeric.Settings{}, nan},
		{"a huge constant", func(float64) float64 { return 1e300 }, 0, numeric.Settings{}, 0},
		{"a constant", func(float64) float64 { return 3 }, 1e300, numeric.Settings{}, 0},
		{"a huge f", func(x float64) float64 { return 1e306 * math.Sin(x) }, 1, numeric.Settings{}, 1e306 * math.Cos(1)},
		{"at 0", square, 0, numeric.Settings{}, 0},
		{"at a subnormal number", func(x float64) float64 { return 3 * x }, 1e-310, numeric.Settings{}, 3},
		{"far out", func(x float64) float64 { return 3 * x }, 1e300, numeric.Settings{}, 3},
	} {
		for _, s := range all {
			calls := 0
			f := func(x float64) float64 {
				if len(c.set.Lower) > 0 && (x < c.set.Lower[0] || x > c.set.Upper[0]) {
					t.Errorf("%s, %s: f at %v", s.name, c.name, x)
				}
				calls++
				return c.f(x)
			}
			r := s.scheme.With(c.set).DerivativeResult(f, c.x)
			checks++
			if off := math.Abs(r.Value - c.want); math.IsNaN(c.want) != math.IsInf(r.Err, 1) || off > honesty*r.Err {
				t.Errorf("%s, %s: %+v, want %v", s.name, c.name, r, c.want)
			}
			if r.Evals != calls {
				t.Errorf("%s, %s: %d evaluations, and %d are reported", s.name, c.name, calls, r.Evals)
			}
			// A derivative of 0 is no reason to go on.
			if c.name == "a constant" && calls > 60 {
				t.Errorf("%s, %s: %d evaluations", s.name, c.name, calls)
			}
		}
	}
	for _, s := range all {
		none := func([]float64) float64 { return 3 }
		got := fmt.Sprint(len(s.scheme.GradientResult(none, nil)), len(s.scheme.HVPResult(none, nil, nil)), len(s.scheme.HessianResult(none, nil)), s.scheme.Laplacian(none, nil))
		if got != "0 0 0 0" {
			t.Errorf("%s of no inputs: %s", s.name, got)
		}
	}
	if checks != 17*len(all) {
		t.Errorf("%d checks", checks)
	}
}
