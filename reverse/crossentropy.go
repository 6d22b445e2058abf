package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
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
// rows that are not left out: it is NaN if there are none. With ReduceNone the
// result has the shape of x without the axis, and 0 for rows that are left out.
// Labels are not copied, and must not change before the next Reset.
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
	axis = index(name, axis, in.shape)
	K := in.shape[axis]
	if rows := sizeOf(in.shape[:axis]) * stride(in.shape, axis); len(labels) != rows {
		panic(fmt.Sprintf("reverse: CrossEntropy of %d labels along axis %d of shape %v", len(labels), axis, slices.Clone(in.shape)))
	}
	for _, y := range labels {
		if (y < 0 || y >= K) && !slices.Contains(options.Ignore, y) {
			panic(fmt.Sprintf("reverse: CrossEntropy with label %d of %d classes", y, K))
		}
	}
	o := newNode[crossEntropyOp](t, out, in)
	o.labels = labels
	o.begin(in, axis, options)
	losses := o.lossesIn(out)
	for k := range o.peaks {
		y := labels[k]
		if slices.Contains(options.Ignore, y) {
			clear(o.row(o.s, k))
			losses[k], o.totals[k] = 0, 0
			continue
		}
		w := o.weight(y)
		o.total += w
		if options.Smoothing == 0 {
			losses[k], o.totals[k] = o.peaks[k].crossLabel(o.row(o.s, k), o.row(o.x, k), y, w), w
			continue
		}
		o.spread(K)
		o.c[y] += (1 - options.Smoothing) * w
		losses[k], o.totals[k] = o.peaks[k].cross(o.row(o.s, k), o.row(o.x, k), o.c)
	}
	o.reduce(out)
	return t.wrap(out)
}

// classes returns the operand of a cross-entropy and the array for its result.
func classes(name string, x Array, axis int, options *CrossEntropyOptions) (t *tape, in, out *array) {
	t = tapeOf(x)
	axis = index(name, axis, x.Shape())
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

// entropy is a cross-entropy of rows: of their softmax with targets c, the sum of
// c·(-log p). Its slopes with respect to the elements are Σc·p - c, which take the
// place of the softmax in s.
type entropy struct {
	soft
	CrossEntropyOptions
	totals []float64 // Σc of every row
	losses []float64
	c      []float64 // of one row
	total  float64   // what the mean divides by
	scale  float64   // a loss's share in the result
}

func (o *entropy) begin(in *array, axis int, options CrossEntropyOptions) {
	o.CrossEntropyOptions = options
	o.axis[0] = axis
	o.exponentials(in, o.axis[:])
	o.totals = zeroed(o.totals, len(o.peaks))
	o.c = zeroed(o.c, o.n)
	o.total = 0
}

func (o *entropy) weight(k int) float64 {
	if o.Weights == nil {
		return 1
	}
	return o.Weights[k]
}

// spread sets the targets to what is spread over all K classes.
func (o *entropy) spread(K int) {
	for k := range o.c {
		o.c[k] = o.Smoothing / float64(K) * o.weight(k)
	}
}

// lossesIn returns where the losses of rows go.
func (o *entropy) lossesIn(out *array) []float64 {
	if o.Reduction == ReduceNone {
		clear(out.lanes[primal])
		return out.lanes[primal]
	}
	o.losses = zeroed(o.losses, len(o.peaks))
	return o.losses
}

// reduce makes the losses the result.
func (o *entropy) reduce(out *array) {
	o.scale = 1
	if o.Reduction == ReduceNone {
		return
	}
	z := kernel.Sum(o.losses)
	if o.Reduction == ReduceMean {
		z /= o.total
		o.scale = 1 / o.total
	}
	out.lanes[primal][0] = z
}

// adjoint returns what lane l of the result comes to at the loss of a row.
func (o *entropy) adjoint(n *node, l lane, row int) float64 {
	if z := n.out.lanes[l]; o.Reduction == ReduceNone {
		return z[row]
	} else if z[0] == 0 {
		return 0
	} else {
		return z[0] * o.scale
	}
}

// gather adds the rate of a row's loss to that of the result.
func (o *entropy) gather(n *node, row int, d float64) {
	if dz := n.out.lanes[tangent]; o.Reduction == ReduceNone {
		dz[row] += d
	} else {
		dz[0] += d * o.scale
	}
}

// softmaxAgain returns the softmax of all rows, which the slopes took the place of.
func (o *entropy) softmaxAgain() []float64 {
	o.y = zeroed(o.y, len(o.s))
	exponentials(o.y, o.x, o.n, o.peaks)
	for k := range o.peaks {
		y := o.row(o.y, k)
		kernel.Over(y, 1+o.peaks[k].rest, y)
	}
	return o.y
}

// cross returns the cross-entropy of targets c with a row x, and the sum of the
// targets; s, which holds exponentials, becomes the slopes.
func (p *peak) cross(s, x, c []float64) (loss, total float64) {
	others, l := 0.0, p.logSum()
	for k, c := range c {
		if k != p.top {
			others += c
		}
		if c != 0 { // of probability 0, perhaps
			loss += c * (l - (x[k] - p.max))
		}
	}
	total = others + c[p.top]
	kernel.Scale(s, total/(1+p.rest), s)
	kernel.Axpy(s, -1, c)
	s[p.top] = others - total*p.share()
	return loss, total
}

// crossLabel is cross of the single target w for the label y.
func (p *peak) crossLabel(s, x []float64, y int, w float64) float64 {
	others := w
	if y == p.top {
		others = 0
	}
	kernel.Scale(s, w/(1+p.rest), s)
	s[y] -= w
	s[p.top] = others - w*p.share()
	return w * (p.logSum() - (x[y] - p.max))
}

// crossEntropyOp is CrossEntropy.
type crossEntropyOp struct {
	entropy
	labels []int
}

func (*crossEntropyOp) name() string { return "CrossEntropy" }

func (o *crossEntropyOp) push(n *node) {
	v := o.of(n.in[0].lanes[tangent], &o.v)
	for k := range o.peaks {
		o.gather(n, k, kernel.Dot(o.row(v, k), o.row(o.s, k)))
	}
}

func (o *crossEntropyOp) pull(n *node, l lane) {
	o.add(n.in[0].lanes[l], func(dst []float64) {
		if o.Reduction != ReduceNone && len(o.peaks) > 0 { // all rows have the same
			if d := o.adjoint(n, l, 0); d != 0 {
				kernel.Axpy(dst, d, o.s)
			}
			return
		}
		for k := range o.peaks {
			if d := o.adjoint(n, l, k); d != 0 {
				kernel.Axpy(o.row(dst, k), d, o.row(o.s, k))
			}
		}
	})
}

func (o *crossEntropyOp) bend(n *node) {
	v, s := o.of(n.in[0].lanes[tangent], &o.v), o.softmaxAgain()
	o.add(n.in[0].lanes[rate], func(dst []float64) {
		for k := range o.peaks {
			if d := o.adjoint(n, adjoint, k) * o.totals[k]; d != 0 {
				o.peaks[k].turn(o.row(dst, k), o.row(s, k), o.row(v, k), d, o.one)
			}
		}
	})
}
