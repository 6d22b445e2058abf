package kernel

import "fmt"

// A Conv is the shape of a convolution of images with kernels, a sum of products
// as in networks, without mirroring: a form that is linear in each of
//
//	x  Images × Groups × In × Down.Image × Right.Image
//	w  Groups × Out × In × Down.Kernel × Right.Kernel
//	y  Images × Groups × Out × Down.Results × Right.Results
//
// One dimension is a Down of lengths 1. Results may be fewer than fit, or more:
// beyond the padding there are zeros too.
//
// Zeros of x are multiplied as other elements are: an infinite weight makes NaN of
// them, except where groups have one channel on each side, or where strides or padding
// are larger than the images.
//
// Memory is of the order of x, y and w, whatever strides, dilation and padding are.
type Conv struct {
	Images, Groups int
	In, Out        int // channels of a group
	Down, Right    Window
}

// Forward writes to y the convolution of x and w, plus the bias of each of
// Groups·Out channels unless that is nil, or adds all that if add.
//
// It panics if c makes no sense, or if a slice has another length than c says;
// so do Input and Weight.
func (c *Conv) Forward(p Precision, y, x, w, bias []float64, add bool) {
	if bias != nil {
		length("Conv.Forward", "bias", len(bias), c.Groups*c.Out)
	}
	c.run(p, convolving{Conv: *c, direction: forward, y: y, x: x, w: w, bias: bias, add: add})
}

// Input adds to dx what comes back to x where the cotangent of y is dy. It is
// the transposed convolution of dy.
func (c *Conv) Input(p Precision, dx, dy, w []float64) {
	c.run(p, convolving{Conv: *c, direction: toInput, y: dy, x: dx, w: w})
}

// Weight adds to dw what comes back to w where the cotangent of y is dy.
func (c *Conv) Weight(p Precision, dw, dy, x []float64) {
	c.run(p, convolving{Conv: *c, direction: toWeight, y: dy, x: x, w: dw})
}

// The three products of a convolution.
type direction uint8

const (
	forward direction = iota
	toInput
	toWeight
)

// A convolving is a Conv at work.
type convolving struct {
	Conv
	direction direction
	y, x, w   []float64
	bias      []float64
	add       bool
}

// check panics if a Conv makes no sense.
func (c *convolving) check() {
	if min(c.Images, c.In, c.Out) < 0 || c.Groups < 1 || !c.Down.Valid() || !c.Right.Valid() {
		panic(fmt.Sprintf("kernel: invalid convolution %+v", c.Conv))
	}
	for _, s := range [...]struct {
		name      string
		got, want int
	}{
		{"y", len(c.y), c.Images * c.Groups * c.Out * c.area()},
		{"x", len(c.x), c.Images * c.Groups * c.In * c.pixels()},
		{"w", len(c.w), c.Groups * c.Out * c.In * c.taps()},
	} {
		if s.got != s.want {
			panic(fmt.Sprintf("kernel: convolution %+v: %s has length %d, want %d", c.Conv, s.name, s.got, s.want))
		}
	}
}

// area is the number of results of a channel, pixels of elements, taps of entries
// of a kernel.
func (c *Conv) area() int   { return c.Down.Results * c.Right.Results }
func (c *Conv) pixels() int { return c.Down.Image * c.Right.Image }
func (c *Conv) taps() int   { return c.Down.Kernel * c.Right.Kernel }

func (c *Conv) run(p Precision, s convolving) {
	s.check()
	work := int64(len(s.y)) * int64(c.In) * int64(c.taps())
	switch {
	case work == 0:
		s.nothing()
	case c.In == 1 && c.Out == 1 || s.direction == toInput && !finite(s.w) || s.sparse():
		runPlanes(&s, work >= int64(shareGemm))
	case p == Float32:
		runLattice(use.float32, &s, work >= int64(shareGemm))
	default:
		runLattice(use.float64, &s, work >= int64(shareGemm))
	}
}

// nothing is the convolution of no products.
func (c *convolving) nothing() {
	if c.direction != forward || len(c.y) == 0 {
		return
	}
	for i := range c.Images * c.Groups * c.Out {
		part := c.y[i*c.area():][:c.area()]
		if !c.add {
			clear(part)
		}
		if c.bias != nil {
			Shift(part, c.bias[i%(c.Groups*c.Out)], part)
		}
	}
}

// finite reports whether all elements are.
func finite(x []float64) bool {
	sum := 0 * Sum(x)
	if sum == 0 {
		return true
	}
	for _, v := range x { // the sum may overflow, or infinities cancel
		if v-v != 0 {
			return false
		}
	}
	return true
}
