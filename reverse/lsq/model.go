package lsq

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// A model is linear: f at x + s is about ‖r + J s‖² and a constant. Weights and loss are in r and
// J. One of the two forms of J is set.
type model struct {
	m, n   int
	r      []float64
	dense  *mat.Dense
	sparse *sparse.Matrix

	gradient []float64 // Jᵀr, that of f/2
	norms    []float64 // of the columns of J
}

// flattest is the least share of ρ′ that the second derivative of a loss keeps. A loss that is
// flat or concave in r would make the model singular or indefinite (Triggs, McLauchlan, Hartley
// and Fitzgibbon, Bundle Adjustment: A Modern Synthesis, 2000, section 4.3).
const flattest = 0.01

// expand returns the model at a point, and whether all of it is finite.
//
// A row of J is multiplied by √(ρ′ + 2ρ″r²), so that JᵀJ has the second derivative of the loss,
// and its residual is multiplied by ρ′ over that, so that Jᵀr is the gradient.
func (e *evaluator) expand(p *point) (*model, bool) {
	m := &model{m: e.Size, n: e.n, r: make([]float64, e.Size)}
	scale := make([]float64, e.Size)
	for i, c := range e.rows {
		if c == 0 {
			continue
		}
		_, slope, curve := e.rho(p.r[i])
		bend := math.Sqrt(max(slope+2*curve*p.r[i]*p.r[i], flattest*slope))
		if bend > 0 {
			scale[i], m.r[i] = bend*c, slope/bend*p.r[i]
		}
	}
	e.stats.Jacobians++
	if e.SparseJacobian != nil {
		m.sparse = scaleSparse(e.SparseJacobian(p.x), scale, e.n)
	} else {
		m.dense = mat.NewDense(e.Size, e.n, nil)
		e.Jacobian(m.dense, p.x)
		for i, c := range scale {
			scaleRow(m.dense.RawRowView(i), c)
		}
	}
	m.gradient, m.norms = make([]float64, e.n), make([]float64, e.n)
	m.mulT(m.gradient, m.r)
	m.columnNorms(m.norms)
	return m, finite(m.norms) && finite(m.gradient)
}

func scaleRow(row []float64, c float64) {
	if c == 0 {
		clear(row) // left out, whatever it was
		return
	}
	floats.Scale(c, row)
}

func scaleSparse(j *sparse.Matrix, scale []float64, n int) *sparse.Matrix {
	if rows, columns := j.Dims(); rows != len(scale) || columns != n {
		panic(fmt.Sprintf("lsq: SparseJacobian returned a %d×%d matrix, want %d×%d", rows, columns, len(scale), n))
	}
	own := sparse.NewMatrix(j.Pattern(), append(make([]float64, 0, len(j.Values())), j.Values()...))
	for i, c := range scale {
		_, row := own.Row(i)
		scaleRow(row, c)
	}
	return own
}

func finite(x []float64) bool {
	for _, v := range x {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// mul writes J s to dst.
func (m *model) mul(dst, s []float64) {
	if m.sparse != nil {
		m.sparse.MulVec(dst, s)
		return
	}
	for i := range dst {
		dst[i] = floats.Dot(m.dense.RawRowView(i), s)
	}
}

// mulT writes Jᵀ w to dst.
func (m *model) mulT(dst, w []float64) {
	if m.sparse != nil {
		m.sparse.MulVecT(dst, w)
		return
	}
	clear(dst)
	for i, wi := range w {
		floats.AddScaled(dst, wi, m.dense.RawRowView(i))
	}
}

func (m *model) columnNorms(dst []float64) {
	if m.sparse == nil {
		for k := range dst {
			dst[k] = mat.Norm(m.dense.ColView(k), 2)
		}
		return
	}
	for i := range m.m {
		columns, values := m.sparse.Row(i)
		for k, v := range values {
			dst[columns[k]] = math.Hypot(dst[columns[k]], v)
		}
	}
}

// steepness returns the gradient free of all units: the largest cosine of an angle between r and
// a column of J, among the free parameters.
func (m *model) steepness(free []bool) float64 {
	largest, norm := 0.0, floats.Norm(m.r, 2)
	for k, g := range m.gradient {
		if free[k] && g != 0 {
			largest = max(largest, math.Abs(g)/m.norms[k]/norm)
		}
	}
	return largest
}

// flat reports whether the gradient of the free parameters is exactly 0.
func (m *model) flat(free []bool) bool {
	for k, g := range m.gradient {
		if free[k] && g != 0 {
			return false
		}
	}
	return true
}
