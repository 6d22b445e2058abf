package reverse

import "github.com/quartet-ad/ad/internal/kernel"

// Convolutions of few channels a group, such as depthwise ones, row by row: a
// matrix product would be too narrow.

// few says that groups have so few channels.
func (c *correlation) few() bool { return c.inner*c.outer == 1 && !c.plain() }

// A direction says which of the three products is asked for.
type direction int

const (
	toOuter direction = iota
	toInner
	toWeight
)

// few3 does one of the three products.
func (c *correlation) few3(d direction, y, x, w []float64) {
	pixels, area, taps := c.pixels(), c.area(), c.taps()
	for i := range c.images * c.groups {
		g := i % c.groups
		for outer := range c.outer {
			for inner := range c.inner {
				c.plane(d, y[(i*c.outer+outer)*area:][:area], x[(i*c.inner+inner)*pixels:][:pixels],
					w[((g*c.outer+outer)*c.inner+inner)*taps:][:taps])
			}
		}
	}
}

// plane does it for a channel of x and one of y.
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
	case d == toOuter && stride == 1:
		kernel.Axpy(y, *w, x[:len(y)])
	case d == toInner && stride == 1:
		kernel.Axpy(x[:len(y)], *w, y)
	case stride == 1:
		*w += kernel.Dot(y, x[:len(y)])
	case d == toOuter:
		for i := range y {
			y[i] += *w * x[i*stride]
		}
	case d == toInner:
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
