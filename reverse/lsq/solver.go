package lsq

import "math"

// A solver finds the steps of a model.
type solver interface {
	// set takes a new model.
	set(m *model) error

	// step writes to s the minimizer of ‖r + J s‖² + λ ‖D s‖² over the free parameters, for the
	// diagonal matrix D of scales. Those that are not free keep their s. It returns false if the
	// system is singular to working precision.
	step(s []float64, free []bool, scale []float64, damping float64) bool
}

// newSolver returns the solver that is asked for.
func newSolver(how Linear, isSparse bool) solver {
	switch {
	case how == CG:
		return new(conjugate)
	case how == QR, how == Auto && !isSparse:
		return new(qrSolver)
	case isSparse:
		return new(sparseCholesky)
	}
	return new(denseCholesky)
}

// downhill returns -Jᵀ(r + J s), with s at the parameters that are not free, and 0 at those.
func (m *model) downhill(s []float64, free []bool) []float64 {
	fixed, moved := make([]float64, m.n), false
	for i, v := range s {
		if !free[i] && v != 0 {
			fixed[i], moved = v, true
		}
	}
	g := m.gradient
	if moved {
		t := make([]float64, m.m)
		m.mul(t, fixed)
		for i := range t {
			t[i] += m.r[i]
		}
		g = make([]float64, m.n)
		m.mulT(g, t)
	}
	down := make([]float64, m.n)
	for i, isFree := range free {
		if isFree {
			down[i] = -g[i]
		}
	}
	return down
}

// ridge returns λd², for a scale d that is 1 where the residuals have not depended on the
// parameter so far.
func ridge(damping, d float64) float64 { return damping * unitScale(d) * unitScale(d) }

func rootRidge(damping, d float64) float64 { return math.Sqrt(damping) * unitScale(d) }

func unitScale(d float64) float64 {
	if d == 0 {
		return 1
	}
	return d
}
