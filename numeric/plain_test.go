package numeric_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
)

// TestPlain: a generic function keeps to the settings of a scheme.
func TestPlain(t *testing.T) {
	type length float64
	lowest := math.Inf(1)
	root := func(x length) length {
		lowest = min(lowest, float64(x))
		return length(math.Sqrt(float64(x)))
	}
	within := func(lower ...float64) numeric.Scheme { return numeric.Richardson.With(numeric.Settings{Lower: lower}) }
	inside := within(0.5, 0.5)
	optest.Within(t, "PlainNumber", []float64{within(0.5).Derivative(numeric.PlainNumber(root), 0.5)}, []float64{math.Sqrt(0.5)}, 1e-9)
	sum := func(x []length) length { return root(x[0]) + 2*root(x[1]) }
	optest.Within(t, "Plain", inside.Gradient(numeric.Plain(sum), []float64{0.5, 1}), []float64{math.Sqrt(0.5), 1}, 1e-9)
	both := func(x []length) []length { return []length{root(x[0]), root(x[1])} }
	optest.Within(t, "PlainVector", inside.JVP(numeric.PlainVector(both), []float64{0.5, 1}, []float64{0, 2}), []float64{0, 1}, 1e-9)
	if lowest != 0.5 {
		t.Errorf("evaluated at %v, want nothing below 0.5", lowest)
	}
}
