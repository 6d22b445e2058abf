package reverse

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/rule"
)

// TestLogSigmoidOfArrays: values and slopes are the row's, at extremes and over many
// elements.
func TestLogSigmoidOfArrays(t *testing.T) {
	x := []float64{math.Inf(1), math.Inf(-1), math.NaN(), 0, math.Copysign(0, -1), 800, -800, 745, -745, 1e300, -1e300, 1e-300}
	for i := range 600 {
		x = append(x, float64(i-300)/7)
	}
	grad, w := make([]float64, len(x)), make([]float64, len(x))
	for i := range w {
		w[i] = float64(i % 3) // some are 0
	}
	y := ad.LogSigmoid(NewTape().Param(x, grad))
	y.BackwardFrom(w)
	for i, v := range y.Values() {
		want := rule.LogSigmoid.Value(x[i])
		if !(golden.ULP(v, want) <= 4) || math.Signbit(v) != math.Signbit(want) && v == v {
			t.Errorf("LogSigmoid(%v) = %v, want %v", x[i], v, want)
		}
		slope := w[i] * rule.LogSigmoid.Slope(x[i], want)
		if w[i] == 0 {
			slope = 0
		}
		if !(golden.ULP(grad[i], slope) <= 4) {
			t.Errorf("slope %v at %v, want %v", grad[i], x[i], slope)
		}
	}
}
