package reverse

import (
	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// SumSq returns the sums of the squares along axes, as Sum does. Squares may overflow;
// Norm2 does not.
//
// SumSq panics if an axis is out of range or occurs twice.
func (x Array) SumSq(axes ...int) Array {
	t := tapeOf(x)
	if t == nil {
		return Array{c: x.c * x.c}
	}
	in, out := t.reduced("SumSq", x, axes)
	o := newNode[sumSqOp](t, out, in)
	o.over("SumSq", t.shape[:0], in.shape, axes)
	y := out.data[primal]
	o.each(func(at, n, k, step int) {
		v := in.data[primal][at:][:n]
		if step == 0 {
			y[k] += kernel.SumSq(v)
			return
		}
		kernel.MulAdd(y[k:][:n], v, v)
	})
	return t.wrap(out)
}

// sumSqOp is the sum of squares along axes.
type sumSqOp struct {
	elementary
	reduction
}

func (*sumSqOp) name() string { return "SumSq" }

func (o *sumSqOp) push(n *node) {
	x, dy := n.in[0], n.out.data[tangent]
	o.each(func(at, n, k, step int) {
		v, dx := x.data[primal][at:][:n], x.data[tangent][at:][:n]
		if step == 0 {
			dy[k] += 2 * vector.Dot(dx, v)
			return
		}
		for i, d := range dx {
			if d != 0 {
				dy[k+i] += 2 * d * v[i]
			}
		}
	})
}

func (o *sumSqOp) pull(n *node, q quantity) { o.pullWith(n, q, q, primal) }

func (o *sumSqOp) curve(n *node) { o.pullWith(n, rate, adjoint, tangent) }

// pullWith adds to the quantity dst of the operand twice its quantity with, times the
// result's quantity from.
func (o *sumSqOp) pullWith(n *node, dst, from, with quantity) {
	x, a := n.in[0], n.out.data[from]
	o.each(func(at, n, k, step int) {
		d, v := x.data[dst][at:][:n], x.data[with][at:][:n]
		if step == 0 {
			if a[k] != 0 {
				kernel.Axpy(d, 2*a[k], v)
			}
			return
		}
		for i := range d {
			if a := a[k+i]; a != 0 {
				d[i] += 2 * a * v[i]
			}
		}
	})
}
