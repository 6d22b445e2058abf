package reverse

import (
	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// Softmax returns along an axis, which counts from the end if it is negative, the
// exponentials divided by their sum, without overflow on the way. The shape stays.
//
// Special cases are:
//
//	an element of -Inf gives 0, with slopes 0
//	elements that are all -Inf, or one of +Inf, give NaN
//
// A slope does not lose digits where an element is close to 1.
//
// Softmax panics if the axis is out of range.
func (x Array) Softmax(axis int) Array {
	t, in, out := alongAxis("Softmax", x, axis)
	o := newNode[softmaxOp](t, out, in)
	o.axis[0] = axis
	o.exponentials(in, o.axis[:])
	o.normalize(o.s)
	y := o.Room(out.data[primal], &o.a)
	copy(y, o.s)
	o.Back(out.data[primal], y)
	return t.wrap(out)
}

// LogSoftmax returns the logarithms of Softmax, accurate where it is close to 0 or
// to 1. Its special cases are those of Softmax, with -Inf for 0.
func (x Array) LogSoftmax(axis int) Array {
	t, in, out := alongAxis("LogSoftmax", x, axis)
	o := newNode[logSoftmaxOp](t, out, in)
	o.axis[0] = axis
	o.exponentials(in, o.axis[:])
	y := o.Room(out.data[primal], &o.a)
	for k := range o.peaks {
		o.peaks[k].logSoftmax(o.Row(y, k), o.Row(o.x, k))
	}
	o.Back(out.data[primal], y)
	o.normalize(o.s)
	return t.wrap(out)
}

// alongAxis returns the operand of an operation along an axis, and the array for a
// result of the same shape.
func alongAxis(name string, x Array, axis int) (t *tape, in, out *array) {
	t = tapeOf(x)
	layout.Axis(name, axis, x.Shape())
	return t, x.a, t.newArray(x.a.shape)
}

// softmaxOp is Softmax.
type softmaxOp struct {
	elementary
	softmaxRows
}

func (*softmaxOp) name() string { return "Softmax" }

func (o *softmaxOp) push(n *node) { o.jacobian(n.out.data[tangent], n.in[0].data[tangent]) }

func (o *softmaxOp) pull(n *node, q quantity) { o.jacobian(n.in[0].data[q], n.out.data[q]) }

// jacobian adds to dst the product of the Jacobian, which is symmetric, with v.
func (o *softmaxOp) jacobian(dst, v []float64) {
	v = o.Of(v, &o.a)
	o.Add(dst, func(dst []float64) {
		for k := range o.peaks {
			if p, v := &o.peaks[k], o.Row(v, k); !p.void(v) {
				p.jacobian(o.Row(dst, k), o.Row(o.s, k), v, 1, o.row)
			}
		}
	})
}

func (o *softmaxOp) curve(n *node) {
	w, ds := o.Of(n.out.data[adjoint], &o.a), o.Of(n.out.data[tangent], &o.b)
	o.Add(n.in[0].data[rate], func(dst []float64) {
		for k := range o.peaks {
			if p, w := &o.peaks[k], o.Row(w, k); !p.void(w) {
				p.curve(o.Row(dst, k), o.Row(o.s, k), o.Row(ds, k), w, o.row)
			}
		}
	})
}

// logSoftmaxOp is LogSoftmax: the operand less its LogSumExp, whose slopes are the
// softmax.
type logSoftmaxOp struct {
	elementary
	softmaxRows
}

func (*logSoftmaxOp) name() string { return "LogSoftmax" }

func (o *logSoftmaxOp) push(n *node) {
	v := o.Of(n.in[0].data[tangent], &o.a)
	dy := o.Room(n.out.data[tangent], &o.b)
	for k := range o.peaks {
		if p, v := &o.peaks[k], o.Row(v, k); p.void(v) {
			clear(o.Row(dy, k))
		} else {
			p.logPush(o.Row(dy, k), o.Row(o.s, k), v)
		}
	}
	o.Back(n.out.data[tangent], dy)
}

func (o *logSoftmaxOp) pull(n *node, q quantity) {
	w := o.Of(n.out.data[q], &o.a)
	o.Add(n.in[0].data[q], func(dst []float64) {
		for k := range o.peaks {
			if p, w := &o.peaks[k], o.Row(w, k); !p.void(w) {
				p.logPull(o.Row(dst, k), o.Row(o.s, k), w)
			}
		}
	})
}

func (o *logSoftmaxOp) curve(n *node) {
	w, v := o.Of(n.out.data[adjoint], &o.a), o.Of(n.in[0].data[tangent], &o.b)
	o.Add(n.in[0].data[rate], func(dst []float64) {
		for k := range o.peaks {
			if p, w := &o.peaks[k], o.Row(w, k); !p.void(w) {
				p.jacobian(o.Row(dst, k), o.Row(o.s, k), o.Row(v, k), -kernel.Sum(w), o.row)
			}
		}
	})
}
