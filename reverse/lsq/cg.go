package lsq

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// A conjugate solves (JᵀJ + λD²) s = -Jᵀr by conjugate gradients. The products are with J and
// with its transpose, and the residual of the damped system is kept in two parts (CGLS, Björck,
// Numerical Methods for Least Squares Problems, 1996, section 7.4). The diagonal of the matrix
// preconditions.
type conjugate struct{ m *model }

const (
	// cgTol is how much smaller the gradient of the linear system becomes, in the preconditioner's
	// norm. A step need not be exact.
	cgTol = 1e-8

	cgFewest = 100 // iterations that are allowed for even if n is smaller
)

func (c *conjugate) set(m *model) error { c.m = m; return nil }

func (c *conjugate) step(s []float64, free []bool, scale []float64, damping float64) bool {
	m := c.m
	down := m.downhill(s, free) // the negative gradient of half of the system's sum of squares
	x, p, q := make([]float64, m.n), make([]float64, m.n), make([]float64, m.m)
	rest := make([]float64, m.m) // what J x still lacks
	back := make([]float64, m.n)
	inverse := make([]float64, m.n)
	for k, norm := range m.norms {
		if d := norm*norm + ridge(damping, scale[k]); free[k] && d > 0 {
			inverse[k] = 1 / d
		}
	}
	first := slices.Clone(down)
	size := weightedSquare(down, inverse)
	limit := size * cgTol * cgTol
	floats.MulTo(p, down, inverse)
	for range max(cgFewest, m.n) {
		if !(size > limit) {
			break
		}
		m.mul(q, p)
		bend := floats.Dot(q, q)
		for k, v := range p {
			bend += ridge(damping, scale[k]) * v * v
		}
		if !(bend > 0) {
			return false
		}
		alpha := size / bend
		floats.AddScaled(x, alpha, p)
		floats.AddScaled(rest, -alpha, q)
		m.mulT(back, rest)
		for k := range down {
			if free[k] {
				down[k] = first[k] + back[k] - ridge(damping, scale[k])*x[k]
			}
		}
		before := size
		size = weightedSquare(down, inverse)
		for k := range p {
			p[k] = down[k]*inverse[k] + size/before*p[k]
		}
	}
	for k, isFree := range free {
		if isFree {
			s[k] = x[k]
		}
	}
	return !math.IsNaN(size)
}

func weightedSquare(x, w []float64) float64 {
	sum := 0.0
	for k, v := range x {
		sum += v * v * w[k]
	}
	return sum
}
