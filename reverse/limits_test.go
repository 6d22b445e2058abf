package reverse

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// The lengths of a shape whose product wraps round do not pass for a small one.
func TestShapeOverflows(t *testing.T) {
	tape := NewTape()
	const half = math.MaxInt/2 + 1
	optest.Panics(t, fmt.Sprintf("reverse: too many elements in the shape [%d %[1]d]", half), func() {
		tape.Const(nil, half, half)
	})
	optest.Panics(t, fmt.Sprintf("reverse: too many elements in the shape [1 %d 4]", half), func() {
		tape.Const(nil).Reshape(-1, half, 4)
	})
	optest.Panics(t, fmt.Sprintf("reverse: too many elements in the shape [%d 2]", math.MaxInt), func() {
		tape.Const(make([]float64, 1), 1).BroadcastTo(math.MaxInt, 2)
	})
	if n := tape.Const(nil, 0, 1<<20).Size(); n != 0 {
		t.Errorf("%d elements, want 0", n)
	}
}

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

// More axes than there may be are named, whichever operation comes first.
func TestTooManyAxes(t *testing.T) {
	tape := NewTape()
	shape := make([]int, 17)
	for i := range shape {
		shape[i] = 1
	}
	optest.Panics(t, "reverse: an array of 17 axes; there may be 16", func() { tape.Const([]float64{1}, shape...) })
	optest.Panics(t, "reverse: an array of 17 axes; there may be 16", func() { tape.Const([]float64{1}).Reshape(shape...) })
}
