package reverse

import "fmt"

// AvgPool2D returns the averages of windows of images, of shape
// [images, channels, height, width], in the shape that MaxPool2D returns. The sum
// of a window's elements is divided by their number, and if o.CountPadding by that
// of the padding too.
//
// AvgPool2D panics if the rank is not 4, if the windows do not fit, or if
// their elements lie apart.
func (x Array) AvgPool2D(o PoolOptions) Array { return x.avgWindows("AvgPool2D", 2, o) }

// AvgPool1D is AvgPool2D of sequences, of shape [images, channels, length]. The
// options are the first of each pair.
func (x Array) AvgPool1D(o PoolOptions) Array { return x.avgWindows("AvgPool1D", 1, o) }

func (x Array) avgWindows(name string, axes int, o PoolOptions) Array {
	if o.Dilation[0] > 1 || o.Dilation[1] > 1 {
		panicPool(name, x, o)
	}
	return x.windows(name, axes, o).avgPool(name, x.a)
}

// AdaptiveAvgPool2D returns the averages of h×w bins of images, of shape
// [images, channels, height, width], in the bins and the shape of AdaptiveMaxPool2D.
//
// AdaptiveAvgPool2D panics as AdaptiveMaxPool2D does.
func (x Array) AdaptiveAvgPool2D(h, w int) Array {
	return x.bins("AdaptiveAvgPool2D", h, w).avgPool("AdaptiveAvgPool2D", x.a)
}

// AdaptiveAvgPool1D is AdaptiveAvgPool2D of sequences, of shape
// [images, channels, length].
func (x Array) AdaptiveAvgPool1D(length int) Array {
	return x.bins("AdaptiveAvgPool1D", length).avgPool("AdaptiveAvgPool1D", x.a)
}

// GlobalAvgPool returns the averages of all channels of images, of shape
// [images, channels, …]: shape [images, channels]. It is NaN of nothing.
//
// GlobalAvgPool panics if the rank is less than 3.
func (x Array) GlobalAvgPool() Array {
	t, rank := tapeOf(x), x.Rank()
	if rank < 3 {
		panic(fmt.Sprintf("reverse: GlobalAvgPool of shape %v", x.Shape()))
	}
	t.axes = t.axes[:0]
	for axis := 2; axis < rank; axis++ {
		t.axes = append(t.axes, axis)
	}
	return x.sum("GlobalAvgPool", t.axes, true)
}

// avgPool pools x as t.pooling says, to the shape in t.shape.
func (t *tape) avgPool(name string, x *array) Array {
	out := t.newArray(t.shape)
	o := newNode[avgPoolOp](t, out, x)
	o.take(&t.pooling)
	o.label = name
	o.Average(out.data[primal], x.data[primal])
	return t.wrap(out)
}

// avgPoolOp is the averages of windows.
type avgPoolOp struct {
	labeled
	linear
	pooling
}

func (o *avgPoolOp) push(n *node) {
	if n.in[0].size == 0 { // windows of padding alone: averages of nothing, which do not move
		clear(n.out.data[tangent])
		return
	}
	o.Average(n.out.data[tangent], n.in[0].data[tangent])
}

func (o *avgPoolOp) pull(n *node, q quantity) { o.AddAverage(n.in[0].data[q], n.out.data[q]) }
