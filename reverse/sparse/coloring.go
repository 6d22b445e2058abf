package sparse

import (
	"fmt"

	"github.com/quartet-ad/ad/internal/check"
)

// Coloring says how a matrix with a sparse pattern is had from few products with
// vectors. Columns of one color are added up in one product with the matrix, rows
// of one color in one with its transpose, such that every entry of the pattern is
// an element of a product by itself: it is read off, without arithmetic.
//
// ColorColumns, ColorRows, ColorBoth and ColorSymmetric make one. It depends on
// the pattern alone, does not change, and may be used from many goroutines at
// once.
//
// Source: Gebremedhin, Manne and Pothen, What Color Is Your Jacobian? Graph
// Coloring for Computing Derivatives, SIAM Review 47 (2005).
type Coloring struct {
	pattern       *Pattern
	columns, rows []int32 // the color of each, -1 for none
	nc, nr        int     // the numbers of colors

	// What seed k tells: entries[start[k]:start[k+1]] of the pattern are the
	// elements at of the product.
	start       []int
	entries, at []int32
}

// newColoring returns the coloring with the given colors of columns and rows, of
// which there are nc and nr. Entry e of the pattern is element at[e] of the
// product with seed[e]: a color of columns, or nc more than one of rows. Colors
// that tell nothing are left out.
func newColoring(p *Pattern, columns, rows []int32, nc, nr int, seed, at []int32) *Coloring {
	count := make([]int, nc+nr)
	for _, s := range seed {
		count[s]++
	}
	c := &Coloring{pattern: p, columns: columns, rows: rows, start: make([]int, 1, nc+nr+1)}
	number := make([]int32, nc+nr) // of a color among those that remain
	next := make([]int, nc+nr)
	for s, n := range count {
		number[s] = -1
		if n == 0 {
			continue
		}
		k := len(c.start) - 1
		next[s] = c.start[k]
		c.start = append(c.start, c.start[k]+n)
		if s < nc {
			number[s] = int32(c.nc)
			c.nc++
		} else {
			number[s] = int32(c.nr)
			c.nr++
		}
	}
	renumber(columns, number[:nc])
	renumber(rows, number[nc:])
	c.entries, c.at = make([]int32, len(seed)), make([]int32, len(seed))
	for e, s := range seed {
		c.entries[next[s]], c.at[next[s]] = int32(e), at[e]
		next[s]++
	}
	return c
}

func renumber(colors, number []int32) {
	for i, c := range colors {
		if c >= 0 {
			colors[i] = number[c]
		}
	}
}

// Pattern returns the pattern that was colored.
func (c *Coloring) Pattern() *Pattern { return c.pattern }

// Len returns the number of seeds: of products that are needed.
func (c *Coloring) Len() int { return c.nc + c.nr }

// ColumnColors returns the number of colors of columns: of products of the matrix
// with a vector. Theirs are the first seeds.
func (c *Coloring) ColumnColors() int { return c.nc }

// RowColors returns the number of colors of rows: of products of a vector with
// the matrix. Theirs are the last seeds.
func (c *Coloring) RowColors() int { return c.nr }

// ColumnColor returns the color of column j, from 0 to ColumnColors()-1, or -1 if
// it has none.
func (c *Coloring) ColumnColor(j int) int { return colorOf(c.columns, j, "column") }

// RowColor returns the color of row i, from 0 to RowColors()-1, or -1 if it has
// none.
func (c *Coloring) RowColor(i int) int { return colorOf(c.rows, i, "row") }

func colorOf(colors []int32, i int, what string) int {
	if i < 0 || i >= len(colors) {
		panic(fmt.Sprintf("sparse: color of %s %d of %d", what, i, len(colors)))
	}
	return int(colors[i])
}

// sizes returns the length of seed k, and of the product with it.
func (c *Coloring) sizes(k int) (seed, product int) {
	if k < 0 || k >= c.Len() {
		panic(fmt.Sprintf("sparse: seed %d of a Coloring with %d", k, c.Len()))
	}
	if k < c.nc {
		return c.pattern.n, c.pattern.m
	}
	return c.pattern.m, c.pattern.n
}

// Seed writes seed k to dst, whose elements are 1 where the column or row has the
// color, else 0. A seed of columns has the length n, and one of rows the length
// m.
//
// Seed panics if there is no such seed, or if dst has another length.
func (c *Coloring) Seed(dst []float64, k int) {
	length, _ := c.sizes(k)
	check.Length("sparse.Coloring.Seed", "dst", len(dst), length)
	colors, color := c.columns, int32(k)
	if k >= c.nc {
		colors, color = c.rows, int32(k-c.nc)
	}
	for i, other := range colors {
		if other == color {
			dst[i] = 1
		} else {
			dst[i] = 0
		}
	}
}

// Decompress writes to dst the entries that seed k tells, given the product y
// with it: of the matrix with the seed, of length m, or of the seed with the
// matrix, of length n. Each entry is told by one seed.
//
// Cost: of the order of the entries that it writes.
//
// Decompress panics if dst has another pattern, if there is no such seed, or if
// y has another length.
func (c *Coloring) Decompress(dst *Matrix, k int, y []float64) {
	c.mustFit(dst)
	_, length := c.sizes(k)
	check.Length("sparse.Coloring.Decompress", "y", len(y), length)
	c.decompress(dst, k, y)
}

func (c *Coloring) mustFit(dst *Matrix) {
	if p, q := dst.Pattern(), c.pattern; !p.Equal(q) {
		panic(fmt.Sprintf("sparse: dst has a %d×%d Pattern of %d entries, the Coloring another one, %d×%d of %d",
			p.m, p.n, p.Len(), q.m, q.n, q.Len()))
	}
}

func (c *Coloring) decompress(dst *Matrix, k int, y []float64) {
	from, end := c.start[k], c.start[k+1]
	at := c.at[from:end]
	for i, e := range c.entries[from:end] {
		dst.values[e] = y[at[i]]
	}
}
