package nn

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// TestCosineOfNothing: a vector of 0 has the cosine 0, and finite derivatives of first and
// second order.
func TestCosineOfNothing(t *testing.T) {
	tape := reverse.NewTape()
	a, b := tape.Param([]float64{0, 0, 3, 4}, nil, 2, 2), tape.Param([]float64{1, 2, 6, 8}, nil, 2, 2)
	y := CosineSimilarity(a, b, -1)
	y.BackwardFrom([]float64{1, 1})
	if v := y.Values(); v[0] != 0 || !sameNumber(v[1], 1) {
		t.Errorf("cosines %v", v)
	}
	for _, g := range append(a.Grad(), b.Grad()...) {
		if math.IsNaN(g) || math.IsInf(g, 0) {
			t.Errorf("gradients %v and %v", a.Grad(), b.Grad())
		}
	}
	if g := a.Grad(); !sameNumber(g[0], 1e8/math.Sqrt(5)) || !sameNumber(g[1], 2e8/math.Sqrt(5)) { // b/(ε|b|)
		t.Errorf("gradient %v at 0", g)
	}
	for i, g := range y.HVP([]float64{1, 1}, []reverse.Array{a, b}, [][]float64{{1, 2, 3, 4}, {1, 1, 1, 1}}) {
		for _, d := range g {
			if math.IsNaN(d) || math.IsInf(d, 0) {
				t.Errorf("second derivatives %d: %v", i, g)
			}
		}
	}
}
