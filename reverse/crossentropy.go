package reverse

import (
	"github.com/quartet-ad/ad/reverse/internal/layout"

	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// A Reduction says what becomes of the losses of many rows.
type Reduction int

const (
	ReduceMean Reduction = iota // their mean
	ReduceSum                   // their sum
	ReduceNone                  // they are returned one by one
)

// CrossEntropyOptions are those of CrossEntropy and CrossEntropyTo. The zero value
// is the mean over rows.
type CrossEntropyOptions struct {
	Weights   []float64 // of the classes, 1 if nil; must not change before the next Reset
	Smoothing float64   // the share of every target that is spread over all classes alike
	Ignore    []int     // labels whose rows are left out
	Reduction Reduction
}

// CrossEntropy returns the cross-entropy of labels with the softmax of x, whose
// classes lie along an axis; it counts from the end if it is negative. There is a
// label for every other place of x, row by row: a loss of
//
//	(1-s)·w[y]·(-log p[y]) + s/K · Σ w[k]·(-log p[k])
//
// for the label y, weights w, smoothing s and K classes (Goodfellow, Bengio and
// Courville, Deep Learning, 2016, section 6.2; Szegedy et al., Rethinking the
// Inception architecture, 2016, section 7). The mean divides by the sum of w[y] over
// rows that are not left out. Where that is 0, as of no rows, it is 0/0, NaN, and asks
// for no step: slopes of all orders are 0. With ReduceNone the result has the shape of
// x without the axis, and 0 for rows that are left out. Labels are not copied, and must
// not change before the next Reset.
//
// No logits are too large. One of -Inf has probability 0; rows of -Inf alone or with
// +Inf have the loss NaN.
//
// Cost: an exponential for every element; the sweep backwards is one multiplication
// and addition each.
//
// CrossEntropy panics if there is another number of labels than of rows, if one that
// is not left out is no class, if there is another number of weights than of classes,
// or if the smoothing is not between 0 and 1.
func (x Array) CrossEntropy(axis int, labels []int, options CrossEntropyOptions) Array {
	const name = "CrossEntropy"
	t, in, out := classes(name, x, axis, &options)
	axis = layout.Axis(name, axis, in.shape)
	n := in.shape[axis]
	if rows := layout.Size(in.shape[:axis]) * layout.Stride(in.shape, axis); len(labels) != rows {
		panic(fmt.Sprintf("reverse: CrossEntropy of %d labels along axis %d of shape %v, which has %d rows",
			len(labels), axis, slices.Clone(in.shape), rows))
	}
	for i, y := range labels {
		if (y < 0 || y >= n) && !slices.Contains(options.Ignore, y) {
			panic(fmt.Sprintf("reverse: CrossEntropy with label %d of %d classes, in row %d", y, n, i))
		}
	}
	o := newNode[crossEntropyOp](t, out, in)
	o.labels = labels
	o.begin(in, axis, options)
	losses := o.lossesIn(out)
	for k := range o.peaks {
		y := labels[k]
		if slices.Contains(options.Ignore, y) {
			clear(o.Row(o.s, k))
			losses[k], o.totals[k] = 0, 0
			continue
		}
		w := o.weight(y)
		o.total += w
		if options.Smoothing == 0 {
			losses[k], o.totals[k] = o.peaks[k].crossLabel(o.Row(o.s, k), o.Row(o.x, k), y, w), w
			continue
		}
		o.spread()
		o.c[y] += (1 - options.Smoothing) * w
		losses[k], o.totals[k] = o.peaks[k].cross(o.Row(o.s, k), o.Row(o.x, k), o.c)
	}
	o.reduce(out)
	return t.wrap(out)
}

// classes returns the operand of a cross-entropy and the array for its result.
func classes(name string, x Array, axis int, options *CrossEntropyOptions) (t *tape, in, out *array) {
	t = tapeOf(x)
	axis = layout.Axis(name, axis, x.Shape())
	in = x.a
	if w := options.Weights; w != nil && len(w) != in.shape[axis] {
		panic(fmt.Sprintf("reverse: %s with %d weights for %d classes", name, len(w), in.shape[axis]))
	}
	if s := options.Smoothing; !(0 <= s && s <= 1) {
		panic(fmt.Sprintf("reverse: %s with a smoothing of %v, not between 0 and 1", name, s))
	}
	t.shape = t.shape[:0]
	if options.Reduction == ReduceNone {
		t.shape = append(append(t.shape, in.shape[:axis]...), in.shape[axis+1:]...)
	}
	return t, in, t.newArray(t.shape)
}

// crossEntropyOp is CrossEntropy.
type crossEntropyOp struct {
	elementary
	entropy
	labels []int
}

func (*crossEntropyOp) name() string { return "CrossEntropy" }

func (o *crossEntropyOp) push(n *node) {
	v := o.Of(n.in[0].lanes[tangent], &o.v)
	for k := range o.peaks {
		o.gather(n, k, vector.Dot(o.Row(v, k), o.Row(o.s, k)))
	}
}

func (o *crossEntropyOp) pull(n *node, l lane) {
	o.Add(n.in[0].lanes[l], func(dst []float64) {
		if o.Reduction != ReduceNone && len(o.peaks) > 0 { // all rows have the same
			if d := o.adjoint(n, l, 0); d != 0 {
				kernel.Axpy(dst, d, o.s)
			}
			return
		}
		for k := range o.peaks {
			if d := o.adjoint(n, l, k); d != 0 {
				kernel.Axpy(o.Row(dst, k), d, o.Row(o.s, k))
			}
		}
	})
}

func (o *crossEntropyOp) curve(n *node) {
	v, s := o.Of(n.in[0].lanes[tangent], &o.v), o.softmaxAgain()
	o.Add(n.in[0].lanes[rate], func(dst []float64) {
		for k := range o.peaks {
			if d := o.adjoint(n, adjoint, k) * o.totals[k]; d != 0 {
				o.peaks[k].turn(o.Row(dst, k), o.Row(s, k), o.Row(v, k), d, o.one)
			}
		}
	})
}
