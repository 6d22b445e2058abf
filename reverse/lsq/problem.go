package lsq

import (
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

// A Problem is the residuals r of n parameters with their Jacobian. Dense and Sparse make one
// of a recorded function. The functions must not change or keep their arguments, except dst.
type Problem struct {
	// Size is the number m of residuals. It may be less than n.
	Size int

	// Residuals writes r(x) to dst, which has the length Size. A point at which r has no value
	// is told by a NaN: the solver then takes a shorter step.
	Residuals func(dst, x []float64)

	// Jacobian writes the m×n Jacobian of r at x to dst, which has that size.
	Jacobian func(dst *mat.Dense, x []float64)

	// SparseJacobian returns the Jacobian of r at x, and may return the same matrix each time.
	// Set either Jacobian or SparseJacobian.
	SparseJacobian func(x []float64) *sparse.Matrix

	// Curvature writes to dst, which has the size n×n, the Hessian at x of Σ w[i]·r[i](x) for
	// constant weights w. It may be nil. With a dense Jacobian it makes the last steps Newton's.
	Curvature func(dst *mat.SymDense, x, w []float64)
}

// Dense returns the problem of the recorded residuals f, with a dense Jacobian and curvature.
//
// Cost: of the Jacobian, a sweep for every residual; of the curvature, two for every parameter.
// A function that is not recorded yet is recorded at the origin.
func Dense(f *reverse.Func) Problem {
	p := recorded(f)
	p.Jacobian = func(dst *mat.Dense, x []float64) { f.JacobianTo(dst, x) }
	p.Curvature = func(dst *mat.SymDense, x, w []float64) { f.WeightedHessianTo(dst, x, w) }
	return p
}

// Sparse returns the problem of the recorded residuals f, with a sparse Jacobian.
//
// Cost: of the Jacobian, a sweep for every color of its pattern. A function that is not
// recorded yet is recorded at the origin.
func Sparse(f *reverse.Func) Problem {
	p := recorded(f)
	p.SparseJacobian = f.SparseJacobian
	return p
}

func recorded(f *reverse.Func) Problem {
	return Problem{Size: f.Outputs(), Residuals: f.EvalTo}
}
