package reverse

import "github.com/quartet-ad/ad/internal/kernel"

// The matrix of patches has a row for every channel and entry of a kernel and a
// column for every result: the element of x that meets there, or 0 in the padding.
// Its name elsewhere is im2col: Chellapilla, Puri and Simard, High Performance
// Convolutional Neural Networks for Document Processing (2006).

// gather returns the patches of x for the results from to to.
func (c *correlation) gather(x []float64, from, to int) kernel.Matrix {
	if c.plain() {
		return kernel.RowMajor(x, c.area())
	}
	n := to - from
	patches := c.patches[:c.inner*c.taps()*n]
	c.rows(func(row, channel, kd, kr int) {
		dst := patches[row*n:][:n]
		if shift, ok := c.whole(kd, kr, from); ok {
			copyShifted(dst, x[channel*c.pixels():][:c.pixels()], shift)
			c.clearEdges(dst, kd, kr, from, to)
			return
		}
		c.segments(kd, kr, from, to, func(at, n, pixel int) {
			if pixel < 0 {
				clear(dst[at:][:n])
				return
			}
			src, s := x[channel*c.pixels()+pixel:], c.right.stride
			if s == 1 {
				copy(dst[at:][:n], src)
				return
			}
			for i := range dst[at:][:n] {
				dst[at+i] = src[i*s]
			}
		})
	})
	return kernel.RowMajor(patches, n)
}

// scatter adds the patches of the results from to to to x.
func (c *correlation) scatter(x []float64, from, to int) {
	n := to - from
	patches := c.patches[:c.inner*c.taps()*n]
	c.rows(func(row, channel, kd, kr int) {
		src := patches[row*n:][:n]
		if shift, ok := c.whole(kd, kr, from); ok {
			c.clearEdges(src, kd, kr, from, to)
			addShifted(x[channel*c.pixels():][:c.pixels()], src, shift)
			return
		}
		c.segments(kd, kr, from, to, func(at, n, pixel int) {
			if pixel < 0 {
				return
			}
			dst, s := x[channel*c.pixels()+pixel:], c.right.stride
			if s == 1 {
				accumulate(dst, src[at:][:n])
				return
			}
			for i, v := range src[at:][:n] {
				dst[i*s] += v
			}
		})
	})
}

// rows calls f for every row of the matrix: a channel and an entry of a kernel.
func (c *correlation) rows(f func(row, channel, kd, kr int)) {
	row := 0
	for channel := range c.inner {
		for kd := range c.down.kernel {
			for kr := range c.right.kernel {
				f(row, channel, kd, kr)
				row++
			}
		}
	}
}

// segments calls f for every stretch of a row of the matrix: n columns at a place
// on, and the pixel that the first of them is, -1 if all are padding. The pixels
// lie a stride apart.
func (c *correlation) segments(kd, kr, from, to int, f func(at, n, pixel int)) {
	wide := c.right.results
	low, high, first := c.right.span(kr)
	top, bottom, _ := c.down.span(kd)
	for i := from; i < to; {
		line, column := i/wide, i%wide
		end := min(wide, column+to-i)
		l, h := min(max(low, column), end), min(max(high, column), end)
		if line < top || line >= bottom {
			l, h = end, end
		}
		at := i - from - column
		if column < l {
			f(at+column, l-column, -1)
		}
		if l < h {
			y := line*c.down.stride + kd*c.down.step - c.down.pad
			f(at+l, h-l, y*c.right.image+first+(l-low)*c.right.stride)
		}
		if h < end && l < end {
			f(at+h, end-h, -1)
		}
		i += end - column
	}
}

// whole says whether a row of the matrix is a stretch of x but for the padding, and
// where it begins, before x or in it: where results are as many as elements.
func (c *correlation) whole(kd, kr, from int) (shift int, ok bool) {
	d, r := &c.down, &c.right
	if d.stride != 1 || r.stride != 1 || r.image != r.results {
		return 0, false
	}
	return from + (kd*d.step-d.pad)*r.image + kr*r.step - r.pad, true
}

// clearEdges clears the columns of a row that lie left or right of the image.
func (c *correlation) clearEdges(row []float64, kd, kr, from, to int) {
	wide := c.right.results
	low, high, _ := c.right.span(kr)
	top, bottom, _ := c.down.span(kd)
	clear(row[:min(max(top*wide-from, 0), len(row))])
	clear(row[min(max(bottom*wide-from, 0), len(row)):])
	if low == 0 && high == wide {
		return
	}
	for start := from - from%wide; start < to; start += wide {
		for i := max(start, from); i < min(start+low, to); i++ {
			row[i-from] = 0
		}
		for i := max(start+high, from); i < min(start+wide, to); i++ {
			row[i-from] = 0
		}
	}
}

// copyShifted copies x from shift on to dst, as far as there is any.
func copyShifted(dst, x []float64, shift int) {
	if shift < 0 {
		dst, shift = dst[min(-shift, len(dst)):], 0
	}
	if shift < len(x) {
		copy(dst, x[shift:])
	}
}

// addShifted adds src to x from shift on, as far as there is any.
func addShifted(x, src []float64, shift int) {
	if shift < 0 {
		src, shift = src[min(-shift, len(src)):], 0
	}
	if shift < len(x) {
		accumulate(x[shift:], src[:min(len(src), len(x)-shift)])
	}
}
