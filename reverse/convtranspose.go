package reverse

// ConvTranspose2D returns the transposed convolution of x, of shape
// [images, in, height, width], with the kernels of shape [in, out/groups, kh, kw]:
// shape [images, out, h, w] with
//
//	h = (height-1)·stride - 2·padding + dilation·(kh-1) + 1 + output padding
//
// and w alike. Every element of x lays a kernel on the result, weighted with it,
// and what is laid on the padding is cut off: the pullback of Conv2D. The bias has
// the shape [out]; Array{} is none.
//
// Cost: as Conv2D with images and results exchanged.
//
// ConvTranspose2D panics if the shapes do not fit, or nothing is left.
func (x Array) ConvTranspose2D(kernels, bias Array, options ConvOptions) Array {
	c, out := x.correlate("ConvTranspose2D", 2, kernels, bias, options, true)
	o := newConv[convTransposeOp](out, x, kernels, bias)
	o.correlation = c
	fillChannels(out, bias)
	o.Input(o.precision, out.data[primal], x.a.data[primal], kernels.a.data[primal])
	return out.tape.wrap(out)
}

// convTransposeOp is a transposed convolution.
type convTransposeOp struct {
	elementary
	correlation
}

func (*convTransposeOp) name() string { return "ConvTranspose2D" }

func (o *convTransposeOp) push(n *node) {
	o.pushWith(n, func(y, x, w []float64) { o.Input(o.precision, y, x, w) })
}

func (o *convTransposeOp) pull(n *node, q quantity) {
	o.pullWith(n, q, q, primal)
	pullChannels(n, q)
}

func (o *convTransposeOp) curve(n *node) { o.pullWith(n, rate, adjoint, tangent) }

func (o *convTransposeOp) pullWith(n *node, dst, from, with quantity) {
	x, w, y := n.in[0], n.in[1], n.out.data[from]
	if x.active && (with == primal || w.active) {
		o.Forward(o.precision, x.data[dst], y, w.data[with], nil, true)
	}
	if w.active && (with == primal || x.active) {
		o.Weight(o.precision, w.data[dst], x.data[with], y)
	}
}
