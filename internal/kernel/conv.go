package kernel

import (
	"fmt"
	"sync"
)

// A Conv is the shape of a convolution of images of H×W with kernels of KH×KW, a
// sum of products as in networks, without mirroring. One dimension is H = KH = 1.
//
//	x  Images × In × H × W
//	w  Out × In/Groups × KH × KW
//	y  Images × Out × OH × OW
//
// Padding is zeros on all sides, which are multiplied as others are: an infinite
// weight makes NaN of them.
type Conv struct {
	Images, Groups, In, Out int
	H, W, KH, KW            int
	StrideH, StrideW        int
	PadH, PadW              int
	DilationH, DilationW    int // 1 where the entries of a kernel are neighbours
}

// OutSize returns the height and width of y, 0 where the kernel does not fit.
func (c *Conv) OutSize() (oh, ow int) {
	size := func(n, k, stride, pad, dilation int) int {
		if n += 2*pad - dilation*(k-1); n <= 0 {
			return 0
		}
		return (n-1)/stride + 1
	}
	return size(c.H, c.KH, c.StrideH, c.PadH, c.DilationH), size(c.W, c.KW, c.StrideW, c.PadW, c.DilationW)
}

// Forward writes the convolution of x and w to y.
//
// It panics if c makes no sense, or if a slice has another length than c says;
// so do Input and Weight.
func (c *Conv) Forward(p Precision, y, x, w []float64) { c.run(p, forward, y, x, w) }

// Input adds to dx what comes back to x where the cotangent of y is dy. It is
// the transposed convolution of dy.
func (c *Conv) Input(p Precision, dx, dy, w []float64) { c.run(p, toInput, dy, dx, w) }

// Weight adds to dw what comes back to w where the cotangent of y is dy.
func (c *Conv) Weight(p Precision, dw, dy, x []float64) { c.run(p, toWeight, dy, x, dw) }

// The three products of a convolution.
type direction uint8

const (
	forward direction = iota
	toInput
	toWeight
)

func (c *Conv) run(p Precision, d direction, y, x, w []float64) {
	s := convolutions.Get().(*convolution)
	s.oh, s.ow = c.check(len(y), len(x), len(w))
	s.Conv, s.direction, s.y, s.x, s.w = *c, d, y, x, w
	s.precision = p.of(c.Out/c.Groups, s.oh*s.ow, c.In/c.Groups*c.KH*c.KW)
	if s.work() >= shareGemm {
		share(s, parts(), &s.done)
	} else {
		s.do(0, 1)
	}
	s.y, s.x, s.w = nil, nil, nil
	convolutions.Put(s)
}

// check returns OutSize.
func (c *Conv) check(y, x, w int) (oh, ow int) {
	if min(c.Images, c.In, c.Out, c.H, c.W, c.PadH, c.PadW) < 0 ||
		min(c.Groups, c.KH, c.KW, c.StrideH, c.StrideW, c.DilationH, c.DilationW) < 1 || c.In%c.Groups != 0 || c.Out%c.Groups != 0 {
		panic(fmt.Sprintf("kernel: no convolution is %+v", *c))
	}
	oh, ow = c.OutSize()
	if want := c.Images * c.Out * oh * ow; y != want {
		panic(fmt.Sprintf("kernel: convolution %+v: y has length %d, want %d", *c, y, want))
	}
	if want := c.Images * c.In * c.H * c.W; x != want {
		panic(fmt.Sprintf("kernel: convolution %+v: x has length %d, want %d", *c, x, want))
	}
	if want := c.Out * (c.In / c.Groups) * c.KH * c.KW; w != want {
		panic(fmt.Sprintf("kernel: convolution %+v: w has length %d, want %d", *c, w, want))
	}
	return oh, ow
}

// A convolution is a Conv at work.
type convolution struct {
	Conv
	precision Precision
	direction direction
	y, x, w   []float64
	oh, ow    int
	done      sync.WaitGroup
}

var (
	convolutions = sync.Pool{New: func() any { return new(convolution) }}
	columns      = sync.Pool{New: func() any { return new([]float64) }}
)

// work is the number of products.
func (c *convolution) work() int {
	return c.Images * c.Out * c.oh * c.ow * (c.In / c.Groups) * c.KH * c.KW
}

// do does one part: some images of some groups; or of the weights, which all
// images add to, those of some channels.
func (c *convolution) do(part, parts int) {
	in, out := c.In/c.Groups, c.Out/c.Groups
	if c.direction != toWeight {
		from, to := span(c.Images*c.Groups, 1, part, parts)
		for i := from; i < to; i++ {
			c.image(i/c.Groups, i%c.Groups, 0, in, 0, out)
		}
		return
	}
	in0, in1, out0, out1 := 0, in, 0, out
	if in >= parts {
		in0, in1 = span(in, 1, part, parts)
	} else {
		out0, out1 = span(out, 1, part, parts)
	}
	if in0 < in1 && out0 < out1 {
		for i := range c.Images * c.Groups {
			c.image(i/c.Groups, i%c.Groups, in0, in1, out0, out1)
		}
	}
}

// image does one image and group, between input channels in0 to in1 and output
// channels out0 to out1: a product with the matrix of its patches, a part of the
// rows of y at a time.
func (c *convolution) image(image, group, in0, in1, out0, out1 int) {
	size, area := c.KH*c.KW, c.oh*c.ow
	in, out := c.In/c.Groups, c.Out/c.Groups
	k, m := (in1-in0)*size, out1-out0
	if k == 0 || m == 0 || area == 0 {
		if c.direction == forward {
			clear(c.y[(image*c.Out+group*out)*area:][:out*area])
		}
		return
	}
	x := c.x[(image*c.In+group*in+in0)*c.H*c.W:][:(in1-in0)*c.H*c.W]
	y := c.y[(image*c.Out+group*out+out0)*area:][:m*area]
	w := c.w[((group*out+out0)*in+in0)*size:]
	weights := RowMajor(w, in*size)

	plain := size == 1 && c.StrideH == 1 && c.StrideW == 1 && c.PadH == 0 && c.PadW == 0 // the patches are x
	step := max(1, patchBlock/(in*size*c.ow))                                            // whatever the part, so that sums keep their order
	if plain {
		step = c.oh
	}
	buffer := columns.Get().(*[]float64)
	defer columns.Put(buffer)
	for row := 0; row < c.oh; row += step {
		end := min(row+step, c.oh)
		n := (end - row) * c.ow
		patches := x
		if !plain {
			patches = grow(buffer, k*n)
		}
		ys := y[row*c.ow:]
		switch c.direction {
		case forward:
			if !plain {
				c.gather(patches, x, in1-in0, row, end)
			}
			c.product(m, n, k, ys, area, weights, RowMajor(patches, n), false)
		case toInput:
			c.product(k, n, m, patches, n, weights.T(), RowMajor(ys, area), plain)
			if !plain {
				c.scatter(x, patches, in1-in0, row, end)
			}
		case toWeight:
			if !plain {
				c.gather(patches, x, in1-in0, row, end)
			}
			c.product(m, k, n, w, in*size, RowMajor(ys, area), RowMajor(patches, n).T(), true)
		}
	}
}

// product is Gemm, but never in the order of a dot product: how many rows there
// are is a matter of the part.
func (c *convolution) product(m, n, k int, dst []float64, ldc int, a, b Matrix, add bool) {
	p := product{c.precision, m, n, k, dst, ldc, a, b, add, false}
	p.run()
}
