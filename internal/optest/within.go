package optest

import (
	"math"

	"github.com/quartet-ad/ad/internal/golden"
)

// Within fails the test unless got lies within the tolerance of want: every entry
// relative to the largest that is finite. NaN equals NaN, and an infinity itself.
func Within(t TB, what string, got, want []float64, tolerance float64) {
	t.Helper()
	if d := relative(got, want); !(d <= tolerance) {
		t.Errorf("%s: %v, want %v (relative distance %.2g)", what, got, want, d)
	}
}

// relative returns the largest distance of two entries, relative to the largest
// finite entry of want. It is infinite if the lengths differ, or where one of two entries
// is not finite.
func relative(got, want []float64) float64 {
	if len(got) != len(want) {
		return math.Inf(1)
	}
	scale, worst := 1e-300, 0.0
	for _, w := range want {
		if w-w == 0 {
			scale = max(scale, math.Abs(w))
		}
	}
	for i, w := range want {
		if golden.ULP(got[i], w) == 0 {
			continue
		}
		d := math.Abs(got[i]-w) / scale
		if d != d {
			return math.Inf(1)
		}
		worst = max(worst, d)
	}
	return worst
}
