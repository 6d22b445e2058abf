package reverse

import "slices"

// MaxPool2D returns the largest elements of windows of images, of shape
// [images, channels, height, width]: shape [images, channels, h, w], with
//
//	h = ⌊(height + 2·padding - dilation·(kernel-1) - 1) / stride⌋ + 1
//
// and w alike, rounded up if o.Ceil. It is NaN where a window has one. The
// derivative goes to the largest element, to the first in rows of those that are
// equally large, or of those that are NaN.
//
// MaxPool2D panics if the rank is not 4, or the windows do not fit.
func (x Array) MaxPool2D(o PoolOptions) Array {
	return x.windows("MaxPool2D", 2, o).maxPool("MaxPool2D", x.a)
}

// MaxPool1D is MaxPool2D of sequences, of shape [images, channels, length]. The
// options are the first of each pair.
func (x Array) MaxPool1D(o PoolOptions) Array {
	return x.windows("MaxPool1D", 1, o).maxPool("MaxPool1D", x.a)
}

// AdaptiveMaxPool2D returns the largest elements of h×w bins of images, of shape
// [images, channels, height, width]: shape [images, channels, h, w]. Bins are as
// even as they can be: rows from ⌊i·height/h⌋ to ⌈(i+1)·height/h⌉, and columns alike.
// What MaxPool2D says of ties and NaN holds here too.
//
// AdaptiveMaxPool2D panics if the rank is not 4, or if h, w, height or width is
// less than 1.
func (x Array) AdaptiveMaxPool2D(h, w int) Array {
	return x.bins("AdaptiveMaxPool2D", h, w).maxPool("AdaptiveMaxPool2D", x.a)
}

// AdaptiveMaxPool1D is AdaptiveMaxPool2D of sequences, of shape
// [images, channels, length].
func (x Array) AdaptiveMaxPool1D(length int) Array {
	return x.bins("AdaptiveMaxPool1D", length).maxPool("AdaptiveMaxPool1D", x.a)
}

// maxPool pools x as t.pooling says, to the shape in t.shape.
func (t *tape) maxPool(name string, x *array) Array {
	out := t.newArray(t.shape)
	o := newNode[maxPoolOp](t, out, x)
	o.label = name
	o.take(&t.pooling)
	o.winners = slices.Grow(o.winners[:0], out.size)[:out.size]
	o.Max(out.data[primal], o.winners, x.data[primal])
	return t.wrap(out)
}

// maxPoolOp is the largest elements of windows.
type maxPoolOp struct {
	labeled
	linear
	pooling
	winners []int32 // the element of its plane that is each result, -1 for none
}

func (o *maxPoolOp) push(n *node) {
	dx, dy := n.in[0].data[tangent], n.out.data[tangent]
	pixels, results := o.Height*o.Width, len(o.Down)*len(o.Right)
	for k, i := range o.winners {
		if i >= 0 {
			dy[k] = dx[k/results*pixels+int(i)]
		}
	}
}

func (o *maxPoolOp) pull(n *node, q quantity) {
	o.AddWinners(n.in[0].data[q], n.out.data[q], o.winners)
}
