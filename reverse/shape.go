package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// Reshape returns the elements in the same order, in another shape. One of its
// lengths may be -1, for what is left.
//
// Cost: none but for the adjoints: the elements are not copied.
//
// Reshape panics if the shape has another number of elements.
func (x Array) Reshape(shape ...int) Array {
	t := tapeOf(x)
	if t == nil {
		if len(shape) > 0 {
			noTape("Reshape", shape)
		}
		return x
	}
	t.shape = append(t.shape[:0], shape...)
	if i := slices.Index(t.shape, -1); i >= 0 {
		t.shape[i] = 1
		if rest := layout.Size(t.shape); rest != 0 {
			t.shape[i] = x.a.size / rest
		}
	}
	if layout.Size(t.shape) != x.a.size {
		panic(fmt.Sprintf("reverse: Reshape of shape %v to %v", slices.Clone(x.a.shape), slices.Clone(shape)))
	}
	out := t.lentArray(t.shape, x.a.data[primal])
	newNode[reshapeOp](t, out, x.a)
	return t.wrap(out)
}

// noTape is the panic of an operation that would make an array of a shape from a
// constant without a tape.
func noTape(name string, shape []int) {
	panic(fmt.Sprintf("reverse: %s of a constant without a tape to shape %v; use Tape.Const", name, slices.Clone(shape)))
}

// reshapeOp is the operand in another shape.
type reshapeOp struct{ linear }

func (*reshapeOp) name() string { return "Reshape" }

func (*reshapeOp) push(n *node) { copy(n.out.data[tangent], n.in[0].data[tangent]) }

func (*reshapeOp) pull(n *node, q quantity) { vector.Add(n.in[0].data[q], n.out.data[q]) }

// Transpose returns x with its axes in another order: axis i of the result is
// axes[i] of x. If none are given, the order is turned round. A negative axis counts
// from the end. Products need none of it: see MatMulT and TMatMul.
//
// Cost: a copy.
//
// Transpose panics unless every axis is listed once.
func (x Array) Transpose(axes ...int) Array {
	t := tapeOf(x)
	shape := x.Shape()
	if len(axes) != 0 && len(axes) != len(shape) {
		panic(fmt.Sprintf("reverse: Transpose of shape %v to axes %v", slices.Clone(shape), slices.Clone(axes)))
	}
	if t == nil {
		return x
	}
	var order [layout.MaxRank]int
	var seen [layout.MaxRank]bool
	t.shape = t.shape[:0]
	for i := range shape {
		order[i] = len(shape) - 1 - i
		if len(axes) != 0 {
			order[i] = layout.Axis("Transpose", axes[i], shape)
		}
		if seen[order[i]] {
			panic(fmt.Sprintf("reverse: Transpose to an axis twice: %v", slices.Clone(axes)))
		}
		seen[order[i]] = true
		t.shape = append(t.shape, shape[order[i]])
	}
	out := t.newArray(t.shape)
	o := newMove(t, "Transpose", out, x.a)
	m := &o.moves[0]
	m.Begin(0, 0)
	for i, d := range out.shape {
		m.Axis(d, layout.Stride(shape, order[i]), layout.Stride(out.shape, i))
	}
	m.Carry(out.data[primal], x.a.data[primal])
	return t.wrap(out)
}

// BroadcastTo returns x repeated to a shape that it broadcasts to, as operations of
// two arrays do by themselves.
//
// BroadcastTo panics if x does not broadcast to the shape.
func (x Array) BroadcastTo(shape ...int) Array {
	t := tapeOf(x)
	if t == nil {
		if len(shape) > 0 {
			noTape("BroadcastTo", shape)
		}
		return x
	}
	in := x.a.shape
	missing := len(shape) - len(in)
	fits := missing >= 0
	for i := 0; fits && i < len(in); i++ {
		fits = in[i] == 1 || in[i] == shape[missing+i]
	}
	if !fits {
		panic(fmt.Sprintf("reverse: BroadcastTo of shapes %v and %v", slices.Clone(in), slices.Clone(shape)))
	}
	out := t.newArray(shape)
	o := newMove(t, "BroadcastTo", out, x.a)
	m := &o.moves[0]
	m.Begin(0, 0)
	for i, d := range out.shape {
		from := 0
		if i >= missing && in[i-missing] != 1 {
			from = layout.Stride(in, i-missing)
		}
		m.Axis(d, from, layout.Stride(out.shape, i))
	}
	m.Carry(out.data[primal], x.a.data[primal])
	return t.wrap(out)
}
