package reverse

import "github.com/quartet-ad/ad/internal/kernel"

// Conv2D returns the convolution of images x, of shape [images, in, height, width],
// with the kernels of shape [out, in/groups, kh, kw]: shape [images, out, h, w] with
//
//	h = ⌊(height + 2·padding - dilation·(kh-1) - 1) / stride⌋ + 1
//
// and w alike. It is a sum of products, as in networks, without mirroring, plus the
// bias of shape [out]; Array{} is none.
//
// Padding is zeros that are multiplied as others are, so that an infinite weight
// may make NaN of them.
//
// Cost: 2·images·out·h·w·in/groups·kh·kw operations, by matrix products; the sweep
// backwards takes two of that. The matrix of patches is made a block at a time.
//
// Conv2D panics if the shapes do not fit, or the kernel not in the image.
func (x Array) Conv2D(kernels, bias Array, o ConvOptions) Array {
	return x.conv("Conv2D", 4, kernels, bias, o)
}

// Conv1D returns the convolution of sequences x, of shape [images, in, length],
// with the kernels of shape [out, in/groups, k]: shape [images, out, l], as Conv2D
// does. The options are the first of each pair.
//
// Conv1D panics as Conv2D does.
func (x Array) Conv1D(kernels, bias Array, o ConvOptions) Array {
	return x.conv("Conv1D", 3, kernels, bias, o)
}

func (x Array) conv(name string, rank int, w, bias Array, options ConvOptions) Array {
	t := tapeOf(x, w, bias)
	if x.Rank() != rank {
		panicConv(name, x, w, bias, options)
	}
	t.shape = t.convolution.shape(name, t.shape[:0], x, w, bias, options, false)
	out := t.newArray(t.shape)
	o := newConv[convOp](t, out, x.a, w.a, bias.a)
	o.take(&t.convolution, t.precision)
	o.is = name
	fillChannels(out, bias)
	o.forward(out.lanes[primal], x.a.lanes[primal], w.a.lanes[primal])
	return t.wrap(out)
}

// newConv appends a node of x and w, and of the bias if there is one.
func newConv[T any, P interface {
	*T
	operation
}](t *tape, out, x, w, bias *array) P {
	if bias == nil {
		return newNode[T, P](t, out, x, w)
	}
	return newNode[T, P](t, out, x, w, bias)
}

// convOp is a convolution.
type convOp struct {
	correlation
	is string
}

func (o *convOp) name() string { return o.is }

func (o *convOp) push(n *node) {
	x, w, dy := n.in[0], n.in[1], n.out.lanes[tangent]
	if x.active {
		o.forward(dy, x.lanes[tangent], w.lanes[primal])
	}
	if w.active {
		o.forward(dy, x.lanes[primal], w.lanes[tangent])
	}
	pushChannels(n)
}

func (o *convOp) pull(n *node, l lane) {
	o.pullWith(n, l, l, primal)
	pullChannels(n, l)
}

func (o *convOp) bend(n *node) { o.pullWith(n, rate, adjoint, tangent) }

// pullWith adds to lane dst of each operand the product of lane from of the result
// with lane with of the other operand.
func (o *convOp) pullWith(n *node, dst, from, with lane) {
	x, w, y := n.in[0], n.in[1], n.out.lanes[from]
	if x.active && (with == primal || w.active) {
		o.input(x.lanes[dst], y, w.lanes[with])
	}
	if w.active && (with == primal || x.active) {
		o.weight(w.lanes[dst], y, x.lanes[with])
	}
}

// fillChannels sets every element of an array of shape [images, channels, …] to its
// channel's bias.
func fillChannels(out *array, bias Array) {
	y := out.lanes[primal]
	if bias.a == nil {
		clear(y)
		return
	}
	eachChannel(out, func(c int, part []float64) {
		for i := range part {
			part[i] = bias.a.lanes[primal][c]
		}
	}, y)
}

// pushChannels adds the tangent of the bias, operand 2 if there is one, to the
// channels.
func pushChannels(n *node) {
	if len(n.in) < 3 || !n.in[2].active {
		return
	}
	d := n.in[2].lanes[tangent]
	eachChannel(n.out, func(c int, part []float64) {
		for i := range part {
			part[i] += d[c]
		}
	}, n.out.lanes[tangent])
}

// pullChannels adds the sums of a lane's channels to the bias.
func pullChannels(n *node, l lane) {
	if len(n.in) < 3 || !n.in[2].active {
		return
	}
	d := n.in[2].lanes[l]
	eachChannel(n.out, func(c int, part []float64) { d[c] += kernel.Sum(part) }, n.out.lanes[l])
}

// eachChannel calls f for every channel of every image of data, which has the
// array's shape [images, channels, …].
func eachChannel(a *array, f func(c int, part []float64), data []float64) {
	size := sizeOf(a.shape[2:])
	for i := range a.shape[0] * a.shape[1] {
		f(i%a.shape[1], data[i*size:][:size])
	}
}
