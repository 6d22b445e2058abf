package lsq

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// A qrSolver solves J s = -r on top of √λ D s = 0 by a QR factorization. J is replaced once by its
// factor R, which is small.
type qrSolver struct {
	r []float64  // Qᵀr, its first n entries
	j *mat.Dense // R
}

func (q *qrSolver) set(m *model) error {
	j := m.dense
	if j == nil {
		j = m.sparse.Dense()
	}
	q.j, q.r = triangle(j, m.r)
	return nil
}

// triangle returns the factor R of J = QR, and the part of Qᵀr that belongs to it, which J s = -r
// has the same solution with. They are the first rows of the factor of J with r for one more column.
// A J that has no more rows than columns stays as it is.
func triangle(j *mat.Dense, r []float64) (*mat.Dense, []float64) {
	m, n := j.Dims()
	if m <= n {
		return j, r
	}
	a := mat.NewDense(m, n+1, nil)
	for i, v := range r {
		row := a.RawRowView(i)
		copy(row, j.RawRowView(i))
		row[n] = v
	}
	var qr mat.QR
	qr.Factorize(a)
	var factor mat.Dense
	qr.RTo(&factor)
	return factor.Slice(0, n, 0, n).(*mat.Dense), mat.Col(nil, n, factor.Slice(0, n, 0, n+1))
}

func (q *qrSolver) step(s []float64, free []bool, scale []float64, damping float64) bool {
	var columns []int
	for k, isFree := range free {
		if isFree {
			columns = append(columns, k)
		}
	}
	if len(columns) == 0 {
		return true
	}
	m, nf := len(q.r), len(columns)
	if damping == 0 && m < nf {
		return false
	}
	a, b := mat.NewDense(m+nf, nf, nil), mat.NewVecDense(m+nf, nil)
	for i, v := range q.r {
		row, to := q.j.RawRowView(i), a.RawRowView(i)
		for c, k := range columns {
			to[c] = row[k]
		}
		for k, isFree := range free {
			if !isFree {
				v += row[k] * s[k]
			}
		}
		b.SetVec(i, -v)
	}
	for c, k := range columns {
		a.Set(m+c, c, rootRidge(damping, scale[k]))
	}
	var qr mat.QR
	qr.Factorize(a)
	var x mat.VecDense
	err := qr.SolveVecTo(&x, false, b) // an ill-conditioned step is tried like any other
	if err == mat.Condition(math.Inf(1)) {
		return false
	}
	for c, k := range columns {
		s[k] = x.AtVec(c)
	}
	return true
}

// A denseCholesky solves the normal equations.
type denseCholesky struct {
	m      *model
	square *mat.SymDense // JᵀJ
}

func (c *denseCholesky) set(m *model) error {
	c.m, c.square = m, mat.NewSymDense(m.n, nil)
	c.square.SymOuterK(1, m.dense.T())
	return nil
}

func (c *denseCholesky) step(s []float64, free []bool, scale []float64, damping float64) bool {
	down := c.m.downhill(s, free)
	a := mat.NewSymDense(c.m.n, nil)
	a.CopySym(c.square)
	for k, isFree := range free {
		if isFree {
			a.SetSym(k, k, a.At(k, k)+ridge(damping, scale[k]))
			continue
		}
		for i := range free {
			a.SetSym(i, k, 0)
		}
		a.SetSym(k, k, 1)
	}
	var cholesky mat.Cholesky
	if !cholesky.Factorize(a) {
		return false
	}
	var x mat.VecDense
	_ = cholesky.SolveVecTo(&x, mat.NewVecDense(len(down), down))
	for k, isFree := range free {
		if isFree {
			s[k] = x.AtVec(k)
		}
	}
	return true
}
