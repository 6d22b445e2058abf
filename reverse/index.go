package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// Take returns the slices of x along an axis that indices name: element i along
// that axis of the result is element indices[i] of x. A negative axis counts from
// the end. The indices are not copied, and must not change before the next Reset.
//
// Cost: a copy.
//
// Take panics if the axis or an index is out of range.
func (x Array) Take(axis int, indices []int) Array {
	t := tapeOf(x)
	axis = layout.Axis("Take", axis, x.Shape())
	in := x.a
	checkIndices("Take", indices, axis, in.shape)
	t.shape = append(t.shape[:0], in.shape...)
	t.shape[axis] = len(indices)
	out := t.newArray(t.shape)
	o := newNode[gatherOp](t, out, in)
	o.label = "Take"
	o.Take(axis, indices, in.shape)
	o.Read(out.data[primal], in.data[primal])
	return t.wrap(out)
}

// Gather returns elements of x that are picked along an axis, one by one: the
// element of the result that has the place i along that axis is the one of x that
// has the place that indices give at i, and the same places along all others.
// Indices lie row by row in the shape of the result, which is that of x but for the
// length of that axis. A negative axis counts from the end. The indices are not
// copied, and must not change before the next Reset.
//
// Cost: a copy.
//
// Gather panics if the axis or an index is out of range, or if the indices do not
// fill a shape.
func (x Array) Gather(axis int, indices []int) Array {
	t := tapeOf(x)
	axis = layout.Axis("Gather", axis, x.Shape())
	in := x.a
	n := 0
	if rest := layout.Size(in.shape[:axis]) * layout.Stride(in.shape, axis); rest > 0 {
		n = len(indices) / rest
	}
	t.shape = append(t.shape[:0], in.shape...)
	t.shape[axis] = n
	if layout.Size(t.shape) != len(indices) {
		panic(fmt.Sprintf("reverse: Gather of %d indices along axis %d of shape %v", len(indices), axis, slices.Clone(in.shape)))
	}
	checkIndices("Gather", indices, axis, in.shape)
	out := t.newArray(t.shape)
	o := newNode[gatherOp](t, out, in)
	o.label = "Gather"
	o.Gather(axis, n, indices, in.shape)
	o.Read(out.data[primal], in.data[primal])
	return t.wrap(out)
}

// IndexAdd returns x with the slices of y along an axis added to those that indices
// name: Take, transposed. An index may occur several times. The indices are not
// copied, and must not change before the next Reset.
//
// Cost: a copy of x, and an addition for every element of y.
//
// IndexAdd panics if the axis or an index is out of range, if y has not as many
// slices as there are indices, or if other axes of x and y differ.
func (x Array) IndexAdd(axis int, indices []int, y Array) Array {
	t := tapeOf(x, y)
	axis = layout.Axis("IndexAdd", axis, x.Shape())
	if !sameBut(axis, x.Shape(), y.Shape()) {
		panicShapes("IndexAdd", x, y)
	}
	if len(indices) != y.Shape()[axis] {
		panic(fmt.Sprintf("reverse: IndexAdd of %d indices along axis %d of shape %v", len(indices), axis, slices.Clone(y.Shape())))
	}
	checkIndices("IndexAdd", indices, axis, x.Shape())
	o, out := newScatter(t, "IndexAdd", x, y)
	o.Take(axis, indices, out.shape)
	o.AddLarge(out.data[primal], y.a.data[primal])
	return t.wrap(out)
}

// ScatterAdd returns x with the elements of y added at places along an axis that
// indices give for every one of them: Gather, transposed. Indices may occur several
// times. They are not copied, and must not change before the next Reset.
//
// Cost: a copy of x, and an addition for every element of y.
//
// ScatterAdd panics if the axis or an index is out of range, if there is not one
// for every element of y, or if other axes of x and y differ.
func (x Array) ScatterAdd(axis int, indices []int, y Array) Array {
	t := tapeOf(x, y)
	axis = layout.Axis("ScatterAdd", axis, x.Shape())
	if !sameBut(axis, x.Shape(), y.Shape()) {
		panicShapes("ScatterAdd", x, y)
	}
	if len(indices) != y.Size() {
		panic(fmt.Sprintf("reverse: ScatterAdd of %d indices with shape %v", len(indices), slices.Clone(y.Shape())))
	}
	checkIndices("ScatterAdd", indices, axis, x.Shape())
	o, out := newScatter(t, "ScatterAdd", x, y)
	o.Gather(axis, y.a.shape[axis], indices, out.shape)
	o.AddLarge(out.data[primal], y.a.data[primal])
	return t.wrap(out)
}

func newScatter(t *tape, name string, x, y Array) (*scatterOp, *array) {
	out := t.newArray(x.a.shape)
	copy(out.data[primal], x.a.data[primal])
	o := newNode[scatterOp](t, out, x.a, y.a)
	o.label = name
	return o, out
}

// checkIndices panics if an index is out of range.
func checkIndices(name string, indices []int, axis int, shape []int) {
	for _, i := range indices {
		if i < 0 || i >= shape[axis] {
			panic(fmt.Sprintf("reverse: %s of index %d along axis %d of shape %v", name, i, axis, slices.Clone(shape)))
		}
	}
}

// gatherOp is Take and Gather: the operand is the large array.
type gatherOp struct {
	labeled
	linear
	layout.Pick
}

func (o *gatherOp) push(n *node) { o.Read(n.out.data[tangent], n.in[0].data[tangent]) }

func (o *gatherOp) pull(n *node, q quantity) { o.AddLarge(n.in[0].data[q], n.out.data[q]) }

// scatterOp is IndexAdd and ScatterAdd: the second operand is the small array.
type scatterOp struct {
	labeled
	linear
	layout.Pick
}

func (o *scatterOp) push(n *node) {
	x, y := n.in[0], n.in[1]
	if x.active {
		copy(n.out.data[tangent], x.data[tangent])
	}
	if y.active {
		o.AddLarge(n.out.data[tangent], y.data[tangent])
	}
}

func (o *scatterOp) pull(n *node, q quantity) {
	x, y := n.in[0], n.in[1]
	if x.active {
		vector.Add(x.data[q], n.out.data[q])
	}
	if y.active {
		o.AddSmall(y.data[q], n.out.data[q])
	}
}

// OneHot returns a constant with a row of the given number of classes for every
// label, which is 1 at the label and 0 elsewhere.
//
// OneHot panics if a label is not at least 0 and below classes.
func (tp *Tape) OneHot(labels []int, classes int) Array {
	t := (*tape)(tp)
	for _, label := range labels {
		if label < 0 || label >= classes {
			panic(fmt.Sprintf("reverse: OneHot of label %d with %d classes", label, classes))
		}
	}
	t.shape = append(t.shape[:0], len(labels), classes)
	out := t.newArray(t.shape)
	out.leaf = true
	clear(out.data[primal])
	for i, label := range labels {
		out.data[primal][i*classes+label] = 1
	}
	return t.wrap(out)
}
