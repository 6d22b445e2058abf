package corpus

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestRules: derivatives that comments state, at first and at second order, against
// differences and against a derivative by hand.
func TestRules(t *testing.T) {
	for _, x := range [][]float64{{0.7, 1.2, -0.4}, {2.1, 0.3}} {
		compare.TestGradient(t, waves, func(grad, x []float64) { wavesGrad(grad, x) }, x)
		compare.TestProducts(t, func(x []float64) []float64 { return []float64{waves(x)} },
			func(dst, x, v []float64) { _, dst[0] = wavesJVP(x, v) }, nil, x)
		gradient := func(x []float64) []float64 {
			grad := make([]float64, len(x))
			wavesGrad(grad, x)
			return grad
		}
		compare.TestProducts(t, gradient, func(dst, x, v []float64) { wavesHVP(make([]float64, len(x)), dst, x, v) }, nil, x)
	}
	x, grad := []float64{0.8, 1.1}, make([]float64, 2)
	y := dragGrad(grad, x, 3)
	if want := drag(x, 3); !sameValue(y, want) {
		t.Errorf("value %v, want %v", y, want)
	}
	p := x[0] * x[1]
	optest.Within(t, "by hand", grad, []float64{
		3*(2+x[1])*p*p*x[1] + (math.Jn(2, x[0])-math.Jn(4, x[0]))/2,
		3*(2+x[1])*p*p*x[0] + p*p*p,
	}, 1e-14)
}
