package reverse

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// A reduction takes many elements to one along axes of its operand. Its walk goes
// over the operand; operand 0 of the walk is the result, repeated along the axes.
type reduction struct {
	w        layout.Walk
	keepdims []int // the shape of the result, with axes of length 1
	count    int   // how many elements make one
}

// over makes the reduction go along axes, all if there are none, and returns the
// shape of the result without them.
func (r *reduction) over(name string, dst, shape, axes []int) []int {
	r.keepdims = append(r.keepdims[:0], shape...)
	for _, axis := range axes {
		axis = layout.Axis(name, axis, shape)
		if r.keepdims[axis] == reduced {
			panic(fmt.Sprintf("reverse: %s along an axis twice: %v", name, slices.Clone(axes)))
		}
		r.keepdims[axis] = reduced
	}
	r.count = 1
	for i, d := range r.keepdims {
		switch {
		case len(axes) == 0, d == reduced:
			r.keepdims[i] = 1
			r.count *= shape[i]
		default:
			dst = append(dst, d)
		}
	}
	r.w.Over(shape, r.keepdims)
	return dst
}

const reduced = -1 // a mark in a shape

// each calls f with every stretch of the operand, in order, and the element of the
// result that it belongs to; where a stretch runs across results, the step is 1.
func (r *reduction) each(f func(at, n, out, step int)) {
	r.w.Each(func(r layout.Run) { f(r.Out, r.N, r.At[0], r.Step[0]) })
}

// sumInto adds the elements of x to those of the result that they belong to.
func (r *reduction) sumInto(dst, x []float64, scale float64) {
	r.w.Each(func(run layout.Run) { gather(dst, run, 0, x, scale) })
}

// spreadInto adds to every element of dst the one of x that it belongs to.
func (r *reduction) spreadInto(dst, x []float64, scale float64) {
	r.w.Each(func(run layout.Run) { spread(dst, run, 0, x, scale) })
}

// reduced returns the operand of a reduction along axes, and the array for the
// result, cleared.
func (t *tape) reduced(name string, x Array, axes []int) (in, out *array) {
	t.shape = t.check.over(name, t.shape[:0], x.a.shape, axes)
	out = t.newArray(t.shape)
	clear(out.data[primal])
	return x.a, out
}

// Sum returns the sums along axes, without those; of all elements if none are
// given. A negative axis counts from the end. The sum of nothing is 0.
//
// Sum panics if an axis is out of range or occurs twice.
func (x Array) Sum(axes ...int) Array { return x.sum("Sum", axes, false) }

// Mean returns the means along axes, as Sum does, without overflow on the way: NaN of
// nothing, which no slope goes through. It panics as Sum does.
func (x Array) Mean(axes ...int) Array { return x.sum("Mean", axes, true) }

func (x Array) sum(name string, axes []int, mean bool) Array {
	t := tapeOf(x)
	if t == nil {
		return x
	}
	in, out := t.reduced(name, x, axes)
	o := newNode[sumAlongOp](t, out, in)
	o.over(name, t.shape[:0], in.shape, axes)
	o.label, o.scale = name, 1
	if mean {
		o.scale = 1 / float64(o.count)
	}
	o.sumInto(out.data[primal], in.data[primal], 1)
	if mean {
		o.meanOf(out.data[primal], in.data[primal])
	}
	return t.wrap(out)
}

// sumAlongOp is Sum and Mean.
type sumAlongOp struct {
	labeled
	linear
	reduction
	scale      float64
	down, sums []float64 // of a mean whose sum overflowed
}

// meanOf makes sums of x means. Where a sum has overflowed it is added up anew, of
// elements scaled down by a power of two.
func (o *sumAlongOp) meanOf(z, x []float64) {
	_, e := math.Frexp(float64(o.count))
	factor := math.Ldexp(1, -e)
	again := false
	for i, v := range z {
		again = again || v-v != 0
		z[i] = v / float64(o.count)
	}
	if !again || o.count == 0 {
		return
	}
	o.down = slices.Grow(o.down[:0], len(x))[:len(x)]
	kernel.Scale(o.down, factor, x)
	o.sums = zeroed(o.sums, len(z))
	o.sumInto(o.sums, o.down, 1)
	for i, v := range z {
		if v-v != 0 {
			z[i] = o.sums[i] / (float64(o.count) * factor)
		}
	}
}

func (o *sumAlongOp) push(n *node) {
	o.sumInto(n.out.data[tangent], n.in[0].data[tangent], o.scale)
}

func (o *sumAlongOp) pull(n *node, q quantity) {
	o.spreadInto(n.in[0].data[q], n.out.data[q], o.scale)
}

// Max returns the largest elements along axes, as Sum does: -Inf of nothing, NaN
// where one is NaN. Of k elements that are equally large each has the slope 1/k, where
// ad.Max of numbers one after the other gives the last ½, the one before ¼, and so on;
// where the result is NaN, all slopes are. It panics as Sum does.
func (x Array) Max(axes ...int) Array { return x.extreme("Max", axes, 1) }

// Min returns the smallest elements along axes, as Max does: +Inf of nothing.
func (x Array) Min(axes ...int) Array { return x.extreme("Min", axes, -1) }

func (x Array) extreme(name string, axes []int, sign float64) Array {
	t := tapeOf(x)
	if t == nil {
		return x
	}
	in, out := t.reduced(name, x, axes)
	o := newNode[extremeOp](t, out, in)
	o.over(name, t.shape[:0], in.shape, axes)
	o.sign = sign
	y, v := out.data[primal], in.data[primal]
	for i := range y {
		y[i] = math.Inf(-int(sign))
	}
	o.each(func(at, n, k, step int) {
		for i, v := range v[at:][:n] {
			if y := &y[k+i*step]; v*sign > *y*sign || v != v {
				*y = v
			}
		}
	})
	o.ties = zeroed(o.ties, out.size)
	o.winners(in, out, func(_, k int) { o.ties[k]++ })
	return t.wrap(out)
}

// extremeOp is Max and Min.
type extremeOp struct {
	linear
	reduction
	sign float64
	ties []float64 // how many share each result
}

func (o *extremeOp) name() string {
	if o.sign < 0 {
		return "Min"
	}
	return "Max"
}

// winners calls f for every element that is the largest, with its result.
func (o *extremeOp) winners(in, out *array, f func(i, k int)) {
	x, y := in.data[primal], out.data[primal]
	o.each(func(at, n, k, step int) {
		for i, v := range x[at:][:n] {
			if y := y[k+i*step]; v == y || y != y {
				f(at+i, k+i*step)
			}
		}
	})
}

func (o *extremeOp) push(n *node) {
	dy, dx := n.out.data[tangent], n.in[0].data[tangent]
	o.winners(n.in[0], n.out, func(i, k int) {
		if dx[i] != 0 {
			dy[k] += dx[i] * o.weight(n, k)
		}
	})
}

func (o *extremeOp) pull(n *node, q quantity) {
	dy, dx := n.out.data[q], n.in[0].data[q]
	o.winners(n.in[0], n.out, func(i, k int) {
		if dy[k] != 0 {
			dx[i] += dy[k] * o.weight(n, k)
		}
	})
}

// weight is the share of a result that each of its winners has: NaN where it is.
func (o *extremeOp) weight(n *node, k int) float64 {
	if y := n.out.data[primal][k]; y != y {
		return y
	}
	return 1 / o.ties[k]
}
