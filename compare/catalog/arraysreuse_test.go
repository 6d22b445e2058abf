package catalog

import (
	"math"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// swept is what an operation on arrays gives at a point: its results and gradients.
func swept(tape *reverse.Tape, e ArrayEntry, x []float64, weight float64) (values, gradients []float64) {
	x = slices.Clone(x)
	var operands []reverse.Array
	at := 0
	for _, shape := range e.Func.Shapes {
		n := 1
		for _, d := range shape {
			n *= d
		}
		operands = append(operands, tape.Param(x[at:][:n:n], nil, shape...))
		at += n
	}
	y := e.Func.Array(operands)
	w := make([]float64, y.Size())
	for i := range w {
		w[i] = weight * float64(i%5+1)
	}
	y.BackwardFrom(w)
	for _, p := range operands {
		gradients = append(gradients, p.Grad()...)
	}
	return slices.Clone(y.Values()), gradients
}

// TestArraysReuse: on a tape that all operations have used before, the latest at a point of
// NaN, every operation has the results and gradients of a new tape, to the bit.
func TestArraysReuse(t *testing.T) {
	shared, checked := reverse.NewTape(), 0
	for _, e := range Arrays() {
		for _, x := range e.Points {
			shared.Reset()
			swept(shared, e, slices.Repeat([]float64{math.NaN()}, len(x)), 1)
			shared.Reset()
			y, g := swept(shared, e, x, 1)
			wantY, wantG := swept(reverse.NewTape(), e, x, 1)
			if checked++; !slices.EqualFunc(y, wantY, sameBits) || !slices.EqualFunc(g, wantG, sameBits) {
				t.Errorf("%s of shapes %v at %v: %v with gradient %v on a tape in use, %v and %v on a new one", e.Operation, e.Func.Shapes, x, y, g, wantY, wantG)
			}
		}
	}
	if checked < 500 {
		t.Errorf("%d checks", checked)
	}
}

// TestArraysZeroAdjoint: weights of 0 give gradients of 0, at numbers where slopes are
// infinite too.
func TestArraysZeroAdjoint(t *testing.T) {
	checked := 0
	for _, e := range Arrays() {
		for _, v := range []float64{0, 1, -1} {
			x := slices.Repeat([]float64{v}, len(e.Points[0]))
			_, g := swept(reverse.NewTape(), e, x, 0)
			checked++
			if i := slices.IndexFunc(g, func(g float64) bool { return g != 0 }); i >= 0 {
				t.Errorf("%s of shapes %v at %v: the gradient %d is %v without any weight", e.Operation, e.Func.Shapes, v, i, g[i])
			}
		}
	}
	if checked < 500 {
		t.Errorf("%d checks", checked)
	}
}
