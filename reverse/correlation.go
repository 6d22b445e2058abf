package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
)

// A correlation is the geometry of a convolution, and its three products: a form
// that is linear in each of
//
//	x  images × groups × inner × image
//	w  groups × outer × inner × kernel
//	y  images × groups × outer × results
//
// Every product adds to what is there. Patches of x are the columns of a matrix, a
// block of results at a time; see im2col.go, and depthwise.go for groups of one
// channel.
type correlation struct {
	images, groups int
	inner, outer   int // channels of a group
	down, right    window

	precision kernel.Precision
	patches   []float64
}

// take copies a geometry, and keeps the storage.
func (c *correlation) take(from *correlation, p kernel.Precision) {
	patches := c.patches
	*c = *from
	c.precision, c.patches = p, patches
}

// area is the number of results of a channel, pixels of elements, taps of entries
// of a kernel.
func (c *correlation) area() int   { return c.down.results * c.right.results }
func (c *correlation) pixels() int { return c.down.image * c.right.image }
func (c *correlation) taps() int   { return c.down.kernel * c.right.kernel }

// forward adds the convolution of x and w to y.
func (c *correlation) forward(y, x, w []float64) {
	if c.depthwise() {
		c.planes(toResult, y, x, w)
		return
	}
	c.blocks(y, x, w, func(y, x, w []float64, from, to int) {
		n, k := to-from, c.inner*c.taps()
		patches := c.gather(x, from, to)
		kernel.Gemm(c.precision, c.outer, n, k, y[from:], c.area(), kernel.RowMajor(w, k), patches, true)
	})
}

// input adds to x what comes back from y: the transposed convolution of y and w.
func (c *correlation) input(x, y, w []float64) {
	if c.depthwise() {
		c.planes(toImage, y, x, w)
		return
	}
	c.blocks(y, x, w, func(y, x, w []float64, from, to int) {
		n, k := to-from, c.inner*c.taps()
		a, b := kernel.RowMajor(w, k).T(), kernel.RowMajor(y[from:], c.area())
		if c.plain() {
			kernel.Gemm(c.precision, k, n, c.outer, x, n, a, b, true)
			return
		}
		kernel.Gemm(c.precision, k, n, c.outer, c.patches[:k*n], n, a, b, false)
		c.scatter(x, from, to)
	})
}

// weight adds to w what comes back from y.
func (c *correlation) weight(w, y, x []float64) {
	if c.depthwise() {
		c.planes(toWeight, y, x, w)
		return
	}
	c.blocks(y, x, w, func(y, x, w []float64, from, to int) {
		n, k := to-from, c.inner*c.taps()
		patches := c.gather(x, from, to)
		kernel.Gemm(c.precision, c.outer, k, n, w, k, kernel.RowMajor(y[from:], c.area()), patches.T(), true)
	})
}

// blockPatches is about how many numbers of patches are made at a time: they stay
// in the second cache.
const blockPatches = 1 << 17

// blocks calls f for every group of every image with its parts of y, x and w, and
// from and to: a block of results.
func (c *correlation) blocks(y, x, w []float64, f func(y, x, w []float64, from, to int)) {
	area, k := c.area(), c.inner*c.taps()
	sx, sy, sw := c.inner*c.pixels(), c.outer*area, c.outer*k
	block := area
	if !c.plain() {
		block = min(area, max(1, blockPatches/max(k, 1)))
		block = ceilDiv(area, ceilDiv(area, block)) // of equal sizes
		c.patches = slices.Grow(c.patches[:0], k*block)[:k*block]
	}
	for i := range c.images * c.groups {
		x, y, w := x[i*sx:][:sx], y[i*sy:][:sy], w[i%c.groups*sw:][:sw]
		for from := 0; from < area; from += block {
			f(y, x, w, from, min(area, from+block))
		}
	}
}

// plain says that the matrix of patches is x itself.
func (c *correlation) plain() bool { return c.down.same() && c.right.same() }

func (w *window) same() bool {
	return w.kernel == 1 && w.stride == 1 && w.image == w.results && w.pad == 0
}
