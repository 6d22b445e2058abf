package reverse_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// panicsAbout checks that f panics with a message that contains want.
func panicsAbout(t *testing.T, want string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
			t.Errorf("panic %q, want one with %q", got, want)
		}
	}()
	f()
}

// The lengths of a shape whose product wraps round do not pass for a small one.
func TestShapeOverflows(t *testing.T) {
	tape := reverse.NewTape()
	panicsAbout(t, "too many elements in the shape [4294967296 4294967296]", func() {
		tape.Const(nil, 1<<32, 1<<32)
	})
	panicsAbout(t, "too many elements in the shape [1 4611686018427387904 4]", func() {
		tape.Const(nil).Reshape(-1, 1<<62, 4)
	})
	panicsAbout(t, "too many elements in the shape", func() {
		tape.Const(make([]float64, 1), 1).BroadcastTo(math.MaxInt, 2)
	})
	if n := tape.Const(nil, 0, 1<<32).Size(); n != 0 {
		t.Errorf("%d elements, want 0", n)
	}
}

// An adjoint, or a tangent, of 0 contributes nothing against an infinite factor.
func TestScaleByInfinity(t *testing.T) {
	tape := reverse.NewTape()
	x := tape.Param([]float64{1, 2}, nil)
	y := reverse.Where([]bool{true, false}, x, x.Scale(math.Inf(1))).Slice(reverse.Range{Stop: 1})
	if got := y.JVP([]reverse.Array{x}, [][]float64{{1, 0}}); got[0] != 1 {
		t.Errorf("JVP %v, want 1", got)
	}
	z := x.Scale(math.Inf(1))
	if got := z.JVP([]reverse.Array{x}, [][]float64{{1, 0}}); got[0] != math.Inf(1) || got[1] != 0 {
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
	tape := reverse.NewTape()
	x := tape.Param([]float64{1, 2}, nil)
	choice := tape.Const([]float64{math.NaN(), 1}).IfPos(x, x.Neg())
	y := reverse.Where([]bool{false, true}, choice, x).Sum()
	y.Backward()
	if g := x.Grad(); g[0] != 1 || g[1] != 1 {
		t.Errorf("gradient %v, want [1 1]", g)
	}
}

// More axes than there may be are named, whichever operation comes first.
func TestTooManyAxes(t *testing.T) {
	tape := reverse.NewTape()
	shape := make([]int, 17)
	for i := range shape {
		shape[i] = 1
	}
	panicsAbout(t, "17 axes", func() { tape.Const([]float64{1}, shape...) })
	panicsAbout(t, "17 axes", func() { tape.Const([]float64{1}).Reshape(shape...) })
}
