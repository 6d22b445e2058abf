package reverse

import (
	"math"
	"testing"
)

// An adjoint of 0 contributes nothing against the NaN that a choice by NaN has for a
// slope.
func TestIfPosOfNaNNotTaken(t *testing.T) {
	tape := NewTape()
	x := tape.Param([]float64{1, 2}, nil)
	choice := tape.Const([]float64{math.NaN(), 1}).IfPos(x, x.Neg())
	y := Where([]bool{false, true}, choice, x).Sum()
	y.Backward()
	if g := x.Grad(); g[0] != 1 || g[1] != 1 {
		t.Errorf("gradient %v, want [1 1]", g)
	}
}
