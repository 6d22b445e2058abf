package numeric_test

import (
	"math"
	"testing"
)

// TestFlat: a power of x is flat at 0. Its changes there shrink with the step and are no noise.
func TestFlat(t *testing.T) {
	n := 0
	for _, s := range all {
		for p := 2.0; p <= 7; p++ {
			for _, x := range []float64{0, 1e-200, 1e-20, -1e-10} {
				f := func(z []float64) float64 { return math.Pow(z[0], p) }
				first, second := s.scheme.GradientResult(f, []float64{x})[0], s.scheme.HessianResult(f, []float64{x})[0][0]
				n++
				if !(math.Abs(first.Value-p*math.Pow(x, p-1)) <= first.Err && first.Err < 1e-6) {
					t.Errorf("%s, the slope of x^%v at %v: %+v", s.name, p, x, first)
				}
				if !(math.Abs(second.Value-p*(p-1)*math.Pow(x, p-2)) <= second.Err && second.Err < 1e-3) {
					t.Errorf("%s, the second derivative of x^%v at %v: %+v", s.name, p, x, second)
				}
			}
		}
	}
	if n != len(all)*6*4 {
		t.Errorf("%d checks", n)
	}
}
