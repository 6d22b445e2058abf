package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// Conv2D returns the convolution of images x, of shape [images, in, height, width],
// with the kernels of shape [out, in/groups, kh, kw]: shape [images, out, h, w] with
//
//	h = ⌊(height + 2·padding - dilation·(kh-1) - 1) / stride⌋ + 1
//
// and w alike. It is a sum of products, as in networks, without mirroring, plus the
// bias of shape [out]; Array{} is none.
//
// Padding is zeros that are multiplied as others are, so that an infinite weight
// may make NaN of them; or what PadMode says, at the cost of a copy for each axis.
//
// Cost: 2·images·out·h·w·in/groups·kh·kw operations, by matrix products; the sweep
// backwards takes two of that. Images are copied once, with their padding.
//
// Conv2D panics if the shapes do not fit, or the kernel not in the image.
func (x Array) Conv2D(kernels, bias Array, o ConvOptions) Array {
	return x.conv("Conv2D", 2, kernels, bias, o)
}

// Conv1D returns the convolution of sequences x, of shape [images, in, length],
// with the kernels of shape [out, in/groups, k]: shape [images, out, l], as Conv2D
// does. The options are the first of each pair.
//
// Conv1D panics as Conv2D does.
func (x Array) Conv1D(kernels, bias Array, o ConvOptions) Array {
	return x.conv("Conv1D", 1, kernels, bias, o)
}

func (x Array) conv(name string, axes int, w, bias Array, options ConvOptions) Array {
	x, options = x.padded(axes, options)
	c, out := x.correlate(name, axes, w, bias, options, false)
	o := newConv[convOp](out, x, w, bias)
	o.correlation, o.label = c, name
	o.Forward(o.precision, out.data[primal], x.a.data[primal], w.a.data[primal], bias.biases(), false)
	return out.tape.wrap(out)
}

// padded returns x with the padding of a mode other than zeros, and the options that are left: as they are if they
// are for another panic.
func (x Array) padded(axes int, o ConvOptions) (Array, ConvOptions) {
	shape := x.Shape()
	if o.PadMode <= PadZeros || o.PadMode > PadCircular || len(shape) != axes+2 || min(o.Padding[0], o.Padding[1]) < 0 || slices.Contains(shape[2:], 0) {
		return x, o
	}
	var widths [4][2]int
	for i := range axes {
		widths[2+i] = [2]int{o.Padding[i], o.Padding[i]}
	}
	x = x.PadWith(o.PadMode, widths[:axes+2]...)
	o.Padding, o.PadMode = [2]int{}, PadZeros
	return x, o
}

// newConv appends a node of x and w, and of the bias if there is one.
func newConv[T any, P interface {
	*T
	operation
}](out *array, x, w, bias Array) P {
	if bias.a == nil {
		return newNode[T, P](out.tape, out, x.a, w.a)
	}
	return newNode[T, P](out.tape, out, x.a, w.a, bias.a)
}

// convOp is a convolution.
type convOp struct {
	elementary
	labeled
	correlation
}

func (o *convOp) push(n *node) {
	o.pushWith(n, func(y, x, w []float64) { o.Forward(o.precision, y, x, w, nil, true) })
}

// pushWith sets the tangents of the result of a bilinear form, which add adds to y.
func (*correlation) pushWith(n *node, add func(y, x, w []float64)) {
	x, w, dy := n.in[0], n.in[1], n.out.data[tangent]
	if x.active {
		add(dy, x.data[tangent], w.data[primal])
	}
	if w.active {
		add(dy, x.data[primal], w.data[tangent])
	}
	pushChannels(n)
}

func (o *convOp) pull(n *node, q quantity) {
	o.pullWith(n, q, q, primal)
	pullChannels(n, q)
}

func (o *convOp) curve(n *node) { o.pullWith(n, rate, adjoint, tangent) }

// pullWith adds to the quantity dst of each operand the product of the result's
// quantity from with the other operand's quantity with.
func (o *convOp) pullWith(n *node, dst, from, with quantity) {
	x, w, y := n.in[0], n.in[1], n.out.data[from]
	if x.active && (with == primal || w.active) {
		o.Input(o.precision, x.data[dst], y, w.data[with])
	}
	if w.active && (with == primal || x.active) {
		o.Weight(o.precision, w.data[dst], y, x.data[with])
	}
}

// fillChannels sets every element of an array of shape [images, channels, …] to its
// channel's bias.
func fillChannels(out *array, bias Array) {
	y := out.data[primal]
	if bias.a == nil {
		clear(y)
		return
	}
	eachChannel(out, func(c int, part []float64) {
		b := bias.a.data[primal][c]
		for i := range part {
			part[i] = b
		}
	}, y)
}

// pushChannels adds the tangent of the bias, operand 2 if there is one, to the
// channels.
func pushChannels(n *node) {
	if len(n.in) < 3 || !n.in[2].active {
		return
	}
	d := n.in[2].data[tangent]
	eachChannel(n.out, func(c int, part []float64) {
		for i := range part {
			part[i] += d[c]
		}
	}, n.out.data[tangent])
}

// pullChannels adds the sums of a quantity's channels to the bias.
func pullChannels(n *node, q quantity) {
	if len(n.in) < 3 || !n.in[2].active {
		return
	}
	d := n.in[2].data[q]
	eachChannel(n.out, func(c int, part []float64) { d[c] += kernel.Sum(part) }, n.out.data[q])
}

// eachChannel calls f for every channel of every image of data, which has the
// array's shape [images, channels, …].
func eachChannel(a *array, f func(c int, part []float64), data []float64) {
	size := layout.Size(a.shape[2:])
	for i := range a.shape[0] * a.shape[1] {
		f(i%a.shape[1], data[i*size:][:size])
	}
}
