package kernel

import "sync"

// Planes are convolved plane by plane and row by row, in float64, where groups have
// one channel on each side: a matrix product would be too narrow. Nothing is
// multiplied with padding.

// A planes is a convolution that is done so.
type planes struct{ convolving }

var planesPool = sync.Pool{New: func() any { return new(planes) }}

func runPlanes(c *convolving, worth bool) {
	t := planesPool.Get().(*planes)
	t.convolving = *c
	if c.direction == forward && (!c.add || c.bias != nil) {
		t.nothing()
	}
	run(t, worth)
	t.convolving = convolving{}
	planesPool.Put(t)
}

// Split returns the groups of all images; or of the weights, which all images add to,
// the groups.
func (c *planes) Split(int) (n, unit int) {
	if c.direction == toWeight {
		return c.Groups, 1
	}
	return c.Images * c.Groups, 1
}

func (c *planes) Do(from, to int) {
	if c.direction == toWeight {
		for i := range c.Images {
			for g := from; g < to; g++ {
				c.group(i, g)
			}
		}
		return
	}
	for i := from; i < to; i++ {
		c.group(i/c.Groups, i%c.Groups)
	}
}

func (c *planes) group(image, g int) {
	taps, pixels, area := c.taps(), c.pixels(), c.area()
	for o := range c.Out {
		for i := range c.In {
			w := c.w[((g*c.Out+o)*c.In+i)*taps:][:taps]
			x := c.x[((image*c.Groups+g)*c.In+i)*pixels:][:pixels]
			y := c.y[((image*c.Groups+g)*c.Out+o)*area:][:area]
			c.plane(y, x, w)
		}
	}
}

// plane does it for a plane of x and one of y.
func (c *planes) plane(y, x, w []float64) {
	for kd := range c.Down.Kernel {
		top, bottom, line := c.Down.span(kd)
		for kr := range c.Right.Kernel {
			low, high, first := c.Right.span(kr)
			if low == high {
				continue
			}
			w := &w[kd*c.Right.Kernel+kr]
			for i := range bottom - top {
				y := y[(top+i)*c.Right.Results:][low:high]
				x := x[(line+i*c.Down.Stride)*c.Right.Image+first:]
				c.row(y, x, w)
			}
		}
	}
}

// row does it for an entry of the kernel and a row of y, whose elements of x lie a
// stride apart.
func (c *planes) row(y, x []float64, w *float64) {
	n, stride := len(y), c.Right.Stride
	switch {
	case c.direction == forward && stride == 1:
		use.axpy(n, &y[0], &x[0], *w)
	case c.direction == toInput && stride == 1:
		use.axpy(n, &x[0], &y[0], *w)
	case stride == 1:
		*w += use.dot(n, &y[0], &x[0])
	case c.direction == forward:
		for i := range y {
			y[i] += *w * x[i*stride]
		}
	case c.direction == toInput:
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
