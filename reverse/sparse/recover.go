package sparse

import (
	"fmt"
	"slices"
	"sync"
)

// Recover evaluates a matrix by the products that the coloring asks for, and
// writes its entries to dst.
//
// The matrix may be known by its products alone. jvp writes the matrix times v to
// dst, and vjp the vector w times the matrix; neither may keep its arguments. jvp
// may be nil if there are no colors of columns, and vjp if there are none of rows.
// For a Hessian jvp is its product with v.
//
// Cost: ColumnColors() calls of jvp, RowColors() of vjp, and of the order of n or
// m with each. Recover itself allocates nothing in steady state.
//
// Recover panics if dst has another pattern, or if a function is missing.
func (c *Coloring) Recover(dst *Matrix, jvp func(dst, v []float64), vjp func(dst, w []float64)) {
	c.RecoverBatch(dst, 1, jvp, vjp)
}

// RecoverBatch is Recover with functions that take several vectors at a time, at
// most batch: they lie one after the other, and so do their products.
//
// RecoverBatch panics as Recover does, and if batch is less than 1.
func (c *Coloring) RecoverBatch(dst *Matrix, batch int, jvp func(dst, v []float64), vjp func(dst, w []float64)) {
	c.mustFit(dst)
	switch {
	case batch < 1:
		panic(fmt.Sprintf("sparse: RecoverBatch of %d vectors at a time", batch))
	case jvp == nil && c.nc > 0:
		panic(fmt.Sprintf("sparse: Recover without jvp, and the Coloring has %d colors of columns", c.nc))
	case vjp == nil && c.nr > 0:
		panic(fmt.Sprintf("sparse: Recover without vjp, and the Coloring has %d colors of rows", c.nr))
	}
	batch = min(batch, max(1, c.Len()))
	s := recoveries.Get().(*recovery)
	defer recoveries.Put(s)
	s.run(c, dst, 0, c.nc, batch, jvp)
	s.run(c, dst, c.nc, c.Len(), batch, vjp)
}

// recovery is the storage of Recover.
type recovery struct{ seeds, products []float64 }

var recoveries = sync.Pool{New: func() any { return new(recovery) }}

// run evaluates the products with seeds from to end-1, which are all of columns
// or all of rows.
func (s *recovery) run(c *Coloring, dst *Matrix, from, end, batch int, product func(dst, v []float64)) {
	for k := from; k < end; k += batch {
		n, m := c.sizes(k)
		b := min(batch, end-k)
		s.seeds, s.products = zeroed(s.seeds, b*n), zeroed(s.products, b*m)
		for l := range b {
			c.Seed(s.seeds[l*n:(l+1)*n], k+l)
		}
		product(s.products, s.seeds)
		for l := range b {
			c.decompress(dst, k+l, s.products[l*m:(l+1)*m])
		}
	}
}

// zeroed returns s with length n and all entries 0.
func zeroed(s []float64, n int) []float64 {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}
