package lsq

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/reverse/sparse"
)

// A sparseCholesky solves the normal equations by a sparse factor of JᵀJ + λD². The rows of L are
// computed one after the other, each by a triangular solve over the columns that its entries
// reach in the elimination tree (Davis, Direct Methods for Sparse Linear Systems, 2006, sections
// 4.4 to 4.7).
type sparseCholesky struct {
	m       *model
	pattern *sparse.Pattern // of the J that the rest is for
	elimination

	above  square    // the part of JᵀJ on and above the diagonal, in the order of elimination
	values []float64 // of above
	factor []float64 // values of L, by columns
}

// A square is the places of entries of an n×n matrix, column by column.
type square struct {
	start []int
	row   []int32
}

func (c *sparseCholesky) set(m *model) error {
	c.m = m
	if c.pattern == nil || !c.pattern.Equal(m.sparse.Pattern()) {
		c.pattern = m.sparse.Pattern()
		var ok bool
		if c.elimination, ok = bestElimination(c.pattern); !ok {
			return fmt.Errorf("lsq: a factor of the %d×%d normal equations has more than %d entries: use CG", m.n, m.n, mostEntries)
		}
		c.factor = make([]float64, c.start[m.n])
	}
	c.multiply()
	return nil
}

// multiply computes the part of JᵀJ that is needed.
func (c *sparseCholesky) multiply() {
	n := c.m.n
	t := c.m.sparse.Transposed()
	c.above = square{start: make([]int, n+1)}
	c.values = c.values[:0]
	sum, mark := make([]float64, n), make([]int, n)
	for k := range n {
		first := len(c.above.row)
		rows, values := t.Row(c.order[k])
		for e, i := range rows {
			columns, others := c.m.sparse.Row(int(i))
			for o, j := range columns {
				at := c.place[j]
				if at > k {
					continue
				}
				if mark[at] != k+1 {
					mark[at], sum[at] = k+1, 0
					c.above.row = append(c.above.row, int32(at))
				}
				sum[at] += values[e] * others[o]
			}
		}
		if mark[k] != k+1 { // a column without entries
			sum[k] = 0
			c.above.row = append(c.above.row, int32(k))
		}
		for _, at := range c.above.row[first:] {
			c.values = append(c.values, sum[at])
		}
		c.above.start[k+1] = len(c.above.row)
	}
}

func (c *sparseCholesky) step(s []float64, free []bool, scale []float64, damping float64) bool {
	if !c.factorize(free, scale, damping) {
		return false
	}
	down := c.m.downhill(s, free)
	x := make([]float64, len(down))
	for k, j := range c.order {
		x[k] = down[j]
	}
	c.solve(x)
	for k, j := range c.order {
		if free[j] {
			s[j] = x[k]
		}
	}
	return true
}

// factorize computes L, with rows and columns of the identity for parameters that are not free.
func (c *sparseCholesky) factorize(free []bool, scale []float64, damping float64) bool {
	n := len(c.order)
	next := make([]int, n) // the place of the next entry of a column of L
	copy(next, c.start)
	x := make([]float64, n) // the row of L that is computed
	stack, mark := make([]int, n), make([]int, n)
	for k := range n {
		j := c.order[k]
		diagonal := 1.0
		reached := stack[n:]
		if free[j] {
			diagonal = ridge(damping, scale[j])
			for e := c.above.start[k]; e < c.above.start[k+1]; e++ {
				i := int(c.above.row[e])
				if i == k {
					diagonal += c.values[e]
				} else if free[c.order[i]] {
					x[i] = c.values[e]
				}
			}
			reached = c.reach(&c.above, k, stack, mark)
		}
		whole := diagonal
		for _, i := range reached {
			l := x[i] / c.factor[c.start[i]]
			x[i] = 0
			for e := c.start[i] + 1; e < next[i]; e++ {
				x[c.row[e]] -= c.factor[e] * l
			}
			diagonal -= l * l
			c.factor[next[i]], c.row[next[i]] = l, int32(k)
			next[i]++
		}
		if !(diagonal > singular*whole) || math.IsInf(diagonal, 1) {
			return false
		}
		c.factor[next[k]], c.row[next[k]] = math.Sqrt(diagonal), int32(k)
		next[k]++
	}
	c.end = next
	return true
}

// singular is the share of a diagonal entry that is left when it is nothing but rounding.
const singular = 0x1p-50

// solve solves L Lᵀ x = b in place.
func (c *sparseCholesky) solve(x []float64) {
	for k := range x {
		x[k] /= c.factor[c.start[k]]
		for e := c.start[k] + 1; e < c.end[k]; e++ {
			x[c.row[e]] -= c.factor[e] * x[k]
		}
	}
	for k := len(x) - 1; k >= 0; k-- {
		for e := c.start[k] + 1; e < c.end[k]; e++ {
			x[k] -= c.factor[e] * x[c.row[e]]
		}
		x[k] /= c.factor[c.start[k]]
	}
}
