package reverse

import (
	"math"
	"testing"
)

// An adjoint, or a tangent, of 0 contributes nothing against an infinite factor.
func TestScaleByInfinity(t *testing.T) {
	tape := NewTape()
	x := tape.Param([]float64{1, 2}, nil)
	y := Where([]bool{true, false}, x, x.Scale(math.Inf(1))).Slice(Range{Stop: 1})
	if got := y.JVP([]Array{x}, [][]float64{{1, 0}}); got[0] != 1 {
		t.Errorf("JVP %v, want 1", got)
	}
	z := x.Scale(math.Inf(1))
	if got := z.JVP([]Array{x}, [][]float64{{1, 0}}); got[0] != math.Inf(1) || got[1] != 0 {
		t.Errorf("JVP of the product %v, want [+Inf 0]", got)
	}
	y.Backward()
	if g := x.Grad(); g[0] != 1 || g[1] != 0 {
		t.Errorf("gradient %v, want [1 0]", g)
	}
}
