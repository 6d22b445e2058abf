package reverse

import "github.com/quartet-ad/ad/internal/kernel"

// Convolutions of one channel a group on each side, row by row, in float64: a matrix
// product would be too narrow.

// depthwise says that groups have one channel.
func (c *correlation) depthwise() bool { return c.inner == 1 && c.outer == 1 && !c.plain() }

// A direction says which of the three products is asked for.
type direction int

const (
	toResult direction = iota
	toImage
	toWeight
)

// planes does one of the three products, plane by plane.
func (c *correlation) planes(d direction, y, x, w []float64) {
	pixels, area, taps := c.pixels(), c.area(), c.taps()
	for i := range c.images * c.groups {
		c.plane(d, y[i*area:][:area], x[i*pixels:][:pixels], w[i%c.groups*taps:][:taps])
	}
}

// plane does it for a plane of x and one of y.
func (c *correlation) plane(d direction, y, x, w []float64) {
	for kd := range c.down.kernel {
		top, bottom, line := c.down.span(kd)
		for kr := range c.right.kernel {
			low, high, first := c.right.span(kr)
			if low == high {
				continue
			}
			w := &w[kd*c.right.kernel+kr]
			for i := range bottom - top {
				y := y[(top+i)*c.right.results:][low:high]
				x := x[(line+i*c.down.stride)*c.right.image+first:]
				row(d, y, x, w, c.right.stride)
			}
		}
	}
}

// row does it for an entry of the kernel and a row of y, whose elements of x lie a
// stride apart.
func row(d direction, y, x []float64, w *float64, stride int) {
	switch {
	case d == toResult && stride == 1:
		kernel.Axpy(y, *w, x[:len(y)])
	case d == toImage && stride == 1:
		kernel.Axpy(x[:len(y)], *w, y)
	case stride == 1:
		*w += kernel.Dot(y, x[:len(y)])
	case d == toResult:
		for i := range y {
			y[i] += *w * x[i*stride]
		}
	case d == toImage:
		for i, v := range y {
			x[i*stride] += *w * v
		}
	default:
		s := 0.0
		for i, v := range y {
			s += v * x[i*stride]
		}
		*w += s
	}
}
