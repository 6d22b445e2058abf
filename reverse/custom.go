package reverse

import (
	"fmt"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/internal/kernel"
)

// Custom is an array operation of one's own, on plain slices. Of records it, and
// compare.CheckCustom checks its functions against each other.
//
// Either JVP or VJP may be missing: it is then made of the other, one unit vector
// after the other, at the cost of as many calls as there are elements of the result,
// or of the operands. Without Curve the operation has no second derivative, and HVP
// panics with its name.
//
// The functions must not write to anything but dst and Call.Keep, nor keep their
// arguments.
type Custom struct {
	// Name is what messages call the operation.
	Name string

	// Shape returns the shape of the result, and whether the operands' shapes
	// fit. If it is nil, the result has the shape of the first operand.
	Shape func(x ...[]int) (y []int, ok bool)

	// Value sets c.Y.
	Value func(c *Call)

	// JVP adds to dst, which is 0, the product of the Jacobian with v: the
	// tangents of the operands, nil for those that do not move.
	JVP func(c *Call, dst []float64, v [][]float64)

	// VJP adds to dst[k], which is seldom 0, the product of w with the Jacobian
	// with respect to operand k. It is nil for those that are constant.
	VJP func(c *Call, dst [][]float64, w []float64)

	// Curve adds to dst how quickly what VJP adds for w changes, while the
	// operands move along v, and the result along vy, and w stays. That of a
	// linear operation does nothing.
	Curve func(c *Call, dst [][]float64, w []float64, v [][]float64, vy []float64)
}

// A Call is one use of a Custom operation. Values and shapes must not be written to,
// but for Y by Value.
type Call struct {
	X      [][]float64 // the operands
	Y      []float64   // the result
	Shapes [][]int     // of the operands
	Shape  []int       // of the result

	// Keep is what Value leaves for the sweeps. It comes with what the same
	// operation left at this place of the tape before Reset, to be used again,
	// or nil.
	Keep any
}

// Of records the operation on the operands and returns its result.
//
// Of panics if op has no Name, no Value, or neither JVP nor VJP, if the operands'
// shapes do not fit, or if none of them is on a tape. Where Value panics, nothing
// is recorded that a sweep would go through.
func (op *Custom) Of(x ...Array) Array {
	t := tapeOf(x...)
	switch {
	case op.Name == "" || op.Value == nil || op.JVP == nil && op.VJP == nil:
		panic(fmt.Sprintf("reverse: Custom needs a Name, a Value, and a JVP or a VJP; this one is %q", op.Name))
	case t == nil:
		panic(fmt.Sprintf("reverse: %s of nothing that is on a tape", op.Name))
	}
	out := t.newArray(op.shape(t, x))
	o := newNode[customOp](t, out)
	n, c := t.nodes[t.nodesUsed-1], &o.call
	if o.op != op {
		c.Keep = nil
	}
	o.op, c.X, c.Shapes = op, c.X[:0], c.Shapes[:0]
	active := false
	for _, x := range x {
		a := x.on(t)
		n.in = append(n.in, a)
		active = active || a.active
		c.X, c.Shapes = append(c.X, a.data[primal]), append(c.Shapes, a.shape)
	}
	c.Y, c.Shape = out.data[primal], out.shape
	clear(c.Y)
	op.Value(c)
	out.active = active // not before: if Value panics, no sweep goes through the node
	return t.wrap(out)
}

// shape returns the shape of the result.
func (op *Custom) shape(t *tape, x []Array) []int {
	if op.Shape == nil {
		return x[0].Shape()
	}
	t.shapes = t.shapes[:0]
	for _, x := range x {
		t.shapes = append(t.shapes, x.Shape())
	}
	y, ok := op.Shape(t.shapes...)
	if !ok {
		var list []string
		for _, s := range t.shapes {
			list = append(list, fmt.Sprint(s))
		}
		panic(fmt.Sprintf("reverse: %s of shapes %s", op.Name, strings.Join(list, " and ")))
	}
	return y
}

// customOp is a user's operation.
type customOp struct {
	elementary
	op   *Custom
	call Call
	v, w [][]float64 // quantities of the operands

	// For a JVP by way of VJP, or the other way round: a unit vector, and what
	// it gives.
	unit, y []float64
	units   [][]float64
	room    [][]float64 // for units
}

func (o *customOp) name() string { return o.op.Name }

// quantity returns a quantity of every operand, nil for constants.
func (o *customOp) quantity(dst [][]float64, n *node, q quantity) [][]float64 {
	dst = dst[:0]
	for _, x := range n.in {
		if x.active {
			dst = append(dst, x.data[q])
		} else {
			dst = append(dst, nil)
		}
	}
	return dst
}

func (o *customOp) push(n *node) {
	o.v = o.quantity(o.v, n, tangent)
	dst := n.out.data[tangent]
	if o.op.JVP != nil {
		o.op.JVP(&o.call, dst, o.v)
		return
	}
	o.unit = zeroed(o.unit, len(dst))
	o.units = slices.Grow(o.units[:0], len(o.v))[:len(o.v)]
	o.room = append(o.room, make([][]float64, max(0, len(o.v)-len(o.room)))...)
	for i := range dst {
		for k, v := range o.v {
			o.units[k] = nil
			if v != nil {
				o.room[k] = zeroed(o.room[k], len(v))
				o.units[k] = o.room[k]
			}
		}
		o.unit[i] = 1
		o.op.VJP(&o.call, o.units, o.unit)
		o.unit[i] = 0
		for k, v := range o.v {
			dst[i] += kernel.Dot(o.units[k], v)
		}
	}
}

func (o *customOp) pull(n *node, q quantity) {
	o.v = o.quantity(o.v, n, q)
	w := n.out.data[q]
	if o.op.VJP != nil {
		o.op.VJP(&o.call, o.v, w)
		return
	}
	o.units = slices.Grow(o.units[:0], len(o.v))[:len(o.v)]
	clear(o.units)
	for k, dst := range o.v {
		if dst == nil {
			continue
		}
		o.unit = zeroed(o.unit, len(dst))
		o.units[k] = o.unit
		for i := range dst {
			o.unit[i] = 1
			o.y = zeroed(o.y, len(w))
			o.op.JVP(&o.call, o.y, o.units)
			o.unit[i] = 0
			dst[i] += kernel.Dot(o.y, w)
		}
		o.units[k] = nil
	}
}

func (o *customOp) curve(n *node) {
	if o.op.Curve == nil {
		panic(fmt.Sprintf("reverse: %s has no second derivative", o.name()))
	}
	o.v = o.quantity(o.v, n, tangent)
	o.w = o.quantity(o.w, n, rate)
	o.op.Curve(&o.call, o.w, n.out.data[adjoint], o.v, n.out.data[tangent])
}
