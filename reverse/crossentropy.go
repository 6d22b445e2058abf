package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// CrossEntropyOptions are those of CrossEntropy and CrossEntropyTo.
type CrossEntropyOptions struct {
	Weights   []float64 // of the classes, 1 if nil; must not change before the next Reset
	Smoothing float64   // the share of every target that is spread over all classes alike
	Ignore    []int     // labels whose rows are left out
}

// CrossEntropy returns the cross-entropies of labels with the softmax of x, whose
// classes lie along an axis; it counts from the end if it is negative. There is a
// label for every other place of x, row by row: a loss of
//
//	(1-s)·w[y]·(-log p[y]) + s/K · Σ w[k]·(-log p[k])
//
// for the label y, weights w, smoothing s and K classes (Goodfellow, Bengio and
// Courville, Deep Learning, 2016, section 6.2; Szegedy et al., Rethinking the
// Inception architecture, 2016, section 7). The result has the shape of x without the
// axis, and 0 for rows that are left out. Take its Mean or Sum to train; nn.CrossEntropy
// does, and knows what a mean of weighted rows divides by. Labels are not copied, and
// must not change before the next Reset.
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
	if len(labels) != out.size {
		panic(fmt.Sprintf("reverse: CrossEntropy of %d labels along axis %d of shape %v, which has %d rows",
			len(labels), axis, slices.Clone(in.shape), out.size))
	}
	for i, y := range labels {
		if (y < 0 || y >= in.shape[axis]) && !slices.Contains(options.Ignore, y) {
			panic(fmt.Sprintf("reverse: CrossEntropy with label %d of %d classes, in row %d", y, in.shape[axis], i))
		}
	}
	o := newNode[crossEntropyOp](t, out, in)
	o.begin(in, axis, options)
	losses := out.data[primal]
	clear(losses)
	for k := range o.peaks {
		y, s, x := labels[k], o.Row(o.s, k), o.Row(o.x, k)
		if slices.Contains(options.Ignore, y) {
			clear(s)
			o.totals[k] = 0
			continue
		}
		if w := o.weight(y); options.Smoothing == 0 {
			losses[k], o.totals[k] = o.peaks[k].crossLabel(s, x, y, w), w
			continue
		}
		o.spread()
		o.c[y] += o.sharp(y)
		losses[k], o.totals[k] = o.peaks[k].cross(s, x, o.c)
	}
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
	t.shape = append(append(t.shape[:0], in.shape[:axis]...), in.shape[axis+1:]...)
	return t, in, t.newArray(t.shape)
}

// crossRows are the cross-entropies of rows: of their softmax with targets c, the sum
// of c·(-log p). The slopes with respect to the elements are Σc·p - c. They take the
// place of the softmax in s.
type crossRows struct {
	softmaxRows
	CrossEntropyOptions
	totals []float64 // Σc of every row
	c      []float64 // the targets of one row
	again  []float64 // storage for the softmax
}

func (o *crossRows) begin(in *array, axis int, options CrossEntropyOptions) {
	o.CrossEntropyOptions = options
	o.axis[0] = axis
	o.exponentials(in, o.axis[:])
	o.totals = zeroed(o.totals, len(o.peaks))
	o.c = zeroed(o.c, o.N)
}

func (o *crossRows) weight(k int) float64 {
	if o.Weights == nil {
		return 1
	}
	return o.Weights[k]
}

// sharp returns the weight of a class, less what is spread.
func (o *crossRows) sharp(k int) float64 { return (1 - o.Smoothing) * o.weight(k) }

// spread sets the targets to what is spread over all classes.
func (o *crossRows) spread() {
	for k := range o.c {
		o.c[k] = o.Smoothing / float64(o.N) * o.weight(k)
	}
}

// curve adds to the rates of the elements what their tangents come to.
func (o *crossRows) curve(n *node) {
	s, v := o.softmaxIn(&o.again), o.Of(n.in[0].data[tangent], &o.a)
	adjoints := n.out.data[adjoint]
	o.Add(n.in[0].data[rate], func(dst []float64) {
		for k := range o.peaks {
			if d := adjoints[k] * o.totals[k]; d != 0 {
				o.peaks[k].jacobian(o.Row(dst, k), o.Row(s, k), o.Row(v, k), d, o.row)
			}
		}
	})
}

// crossEntropyOp is CrossEntropy.
type crossEntropyOp struct {
	elementary
	crossRows
}

func (*crossEntropyOp) name() string { return "CrossEntropy" }

func (o *crossEntropyOp) push(n *node) {
	o.softmaxRows.push(n.out.data[tangent], o.s, n.in[0].data[tangent])
}

func (o *crossEntropyOp) pull(n *node, q quantity) {
	o.softmaxRows.pull(n.in[0].data[q], o.s, n.out.data[q])
}

func (o *crossEntropyOp) curve(n *node) { o.crossRows.curve(n) }
