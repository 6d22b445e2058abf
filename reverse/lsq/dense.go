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
	q.j, q.r = j, m.r
	if m.m <= m.n {
		return nil
	}
	var qr mat.QR
	qr.Factorize(j)
	q.j, q.r = upper(&qr, m.n), projected(&qr, m.r, m.n)
	return nil
}

// upper returns the n×n factor R.
func upper(qr *mat.QR, n int) *mat.Dense {
	var r mat.Dense
	qr.RTo(&r)
	return r.Slice(0, n, 0, n).(*mat.Dense)
}

// projected returns the first n entries of Qᵀb.
func projected(qr *mat.QR, b []float64, n int) []float64 {
	var q mat.Dense
	qr.QTo(&q)
	var y mat.VecDense
	y.MulVec(q.Slice(0, len(b), 0, n).T(), mat.NewVecDense(len(b), b))
	return y.RawVector().Data
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
