package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// Concat returns arrays one after the other along an axis that they have. It counts
// from the end if it is negative.
//
// Cost: a copy.
//
// Concat panics if there are none, or if lengths of other axes differ.
func Concat(axis int, x ...Array) Array {
	t, out := joined("Concat", x)
	axis = layout.Axis("Concat", axis, x[0].Shape())
	out = append(out, x[0].Shape()...)
	out[axis] = 0
	for _, v := range x {
		if !sameBut(axis, v.Shape(), x[0].Shape()) {
			panicShapes("Concat", x[0], v)
		}
		out[axis] += v.Shape()[axis]
	}
	return t.join("Concat", axis, out, x)
}

// StackAlong returns arrays of one shape side by side along a new axis, which is
// that axis of the result. It counts from the end if it is negative. See Stack for
// scalars.
//
// Cost: a copy.
//
// StackAlong panics if there are none, if shapes differ, or if all are constants
// without a tape.
func StackAlong(axis int, x ...Array) Array {
	t, out := joined("StackAlong", x)
	shape := x[0].Shape()
	for _, v := range x {
		if !slices.Equal(v.Shape(), shape) {
			panicShapes("StackAlong", x[0], v)
		}
	}
	out = append(append(out, 1), shape...) // for its rank
	axis = layout.Axis("StackAlong", axis, out)
	if t == nil {
		noTape("StackAlong", []int{len(x)})
	}
	copy(out, shape[:axis])
	out[axis] = len(x)
	copy(out[axis+1:], shape[axis:])
	return t.join("StackAlong", axis, out, x)
}

// joined returns the tape of arrays, and room for a shape.
func joined(name string, x []Array) (*tape, []int) {
	if len(x) == 0 {
		panic(fmt.Sprintf("reverse: %s of no arrays", name))
	}
	t := tapeOf(x...)
	if t == nil {
		return nil, nil
	}
	return t, t.shape[:0]
}

// sameBut reports whether two shapes are the same but for an axis.
func sameBut(axis int, a, b []int) bool {
	return len(a) == len(b) && slices.Equal(a[:axis], b[:axis]) && slices.Equal(a[axis+1:], b[axis+1:])
}

// join lays arrays one after the other along an axis of a shape.
func (t *tape) join(name string, axis int, shape []int, x []Array) Array {
	t.shape = shape
	out := t.newArray(shape)
	t.list = t.list[:0]
	for _, v := range x {
		t.list = append(t.list, v.on(t))
	}
	o := newMove(t, name, out, t.list...)
	outer, inner := layout.Size(out.shape[:axis]), layout.Size(out.shape[axis+1:])
	whole := out.shape[axis] * inner
	into := 0
	for k, a := range t.list {
		part := 0
		if outer > 0 {
			part = a.size / outer
		}
		m := &o.moves[k]
		m.Begin(0, into)
		m.Axis(outer, part, whole)
		m.Axis(part, 1, 1)
		m.Carry(out.data[primal], a.data[primal])
		into += part
	}
	return t.wrap(out)
}
