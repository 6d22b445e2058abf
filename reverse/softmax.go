package reverse

import (
	"github.com/quartet-ad/ad/reverse/internal/layout"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/vector"
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
	o.normalise(o.s)
	y := o.Room(out.lanes[primal], &o.y)
	copy(y, o.s)
	o.Back(out.lanes[primal], y)
	return t.wrap(out)
}

// LogSoftmax returns the logarithms of Softmax, accurate where it is close to 0 or
// to 1. Its special cases are those of Softmax, with -Inf for 0.
func (x Array) LogSoftmax(axis int) Array {
	t, in, out := alongAxis("LogSoftmax", x, axis)
	o := newNode[logSoftmaxOp](t, out, in)
	o.axis[0] = axis
	o.exponentials(in, o.axis[:])
	y := o.Room(out.lanes[primal], &o.y)
	for k := range o.peaks {
		p, y := &o.peaks[k], o.Row(y, k)
		kernel.Shift(y, -p.max, o.Row(o.x, k))
		kernel.Shift(y, -p.logSum(), y)
	}
	o.Back(out.lanes[primal], y)
	o.normalise(o.s)
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
	soft
}

func (*softmaxOp) name() string { return "Softmax" }

func (o *softmaxOp) push(n *node) { o.turn(n.out.lanes[tangent], n.in[0].lanes[tangent]) }

func (o *softmaxOp) pull(n *node, l lane) { o.turn(n.in[0].lanes[l], n.out.lanes[l]) }

// turn adds to dst the product of the Jacobian, which is symmetric, with v.
func (o *softmaxOp) turn(dst, v []float64) {
	v = o.Of(v, &o.v)
	o.Add(dst, func(dst []float64) {
		for k := range o.peaks {
			if p, v := &o.peaks[k], o.Row(v, k); !p.void(v) {
				p.turn(o.Row(dst, k), o.Row(o.s, k), v, 1, o.one)
			}
		}
	})
}

// bend: s∘(w - s·w) changes by ds∘(w - s·w) - s·(ds·w).
func (o *softmaxOp) curve(n *node) {
	w, ds := o.Of(n.out.lanes[adjoint], &o.w), o.Of(n.out.lanes[tangent], &o.v)
	o.Add(n.in[0].lanes[rate], func(dst []float64) {
		for k := range o.peaks {
			p, w, ds, s, dst := &o.peaks[k], o.Row(w, k), o.Row(ds, k), o.Row(o.s, k), o.Row(dst, k)
			if p.void(w) {
				continue
			}
			kernel.Shift(o.one, -w[p.top], w)
			mean, dmean := kernel.Dot(s, o.one), kernel.Dot(ds, o.one)
			for i, w := range o.one {
				dst[i] += ds[i]*(w-mean) - s[i]*dmean
			}
		}
	})
}

// logSoftmaxOp is LogSoftmax: the operand less its LogSumExp, whose slopes are the
// softmax.
type logSoftmaxOp struct {
	elementary
	soft
}

func (*logSoftmaxOp) name() string { return "LogSoftmax" }

func (o *logSoftmaxOp) push(n *node) {
	v := o.Of(n.in[0].lanes[tangent], &o.v)
	dy := o.Room(n.out.lanes[tangent], &o.w)
	for k := range o.peaks {
		p, v, dy := &o.peaks[k], o.Row(v, k), o.Row(dy, k)
		if p.void(v) {
			clear(dy)
			continue
		}
		kernel.Shift(dy, -v[p.top], v)
		kernel.Shift(dy, -kernel.Dot(o.Row(o.s, k), dy), dy)
	}
	o.Back(n.out.lanes[tangent], dy)
}

func (o *logSoftmaxOp) pull(n *node, l lane) {
	w := o.Of(n.out.lanes[l], &o.w)
	o.Add(n.in[0].lanes[l], func(dst []float64) {
		for k := range o.peaks {
			p, w, s, dst := &o.peaks[k], o.Row(w, k), o.Row(o.s, k), o.Row(dst, k)
			if p.void(w) {
				continue
			}
			// The slope of the peak with respect to itself is 1 - s.
			top, others := dst[p.top], kernel.Sum(w[:p.top])+kernel.Sum(w[p.top+1:])
			vector.Add(dst, w)
			kernel.Axpy(dst, -(others + w[p.top]), s)
			dst[p.top] = top + (w[p.top]*p.share() - s[p.top]*others)
		}
	})
}

func (o *logSoftmaxOp) curve(n *node) {
	w, v := o.Of(n.out.lanes[adjoint], &o.w), o.Of(n.in[0].lanes[tangent], &o.v)
	o.Add(n.in[0].lanes[rate], func(dst []float64) {
		for k := range o.peaks {
			if p, w := &o.peaks[k], o.Row(w, k); !p.void(w) {
				p.turn(o.Row(dst, k), o.Row(o.s, k), o.Row(v, k), -kernel.Sum(w), o.one)
			}
		}
	})
}
