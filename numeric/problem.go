package numeric

import (
	"gonum.org/v1/gonum/mat"
)

// Problem returns the objective f with its gradient and Hessian, by s, in the form that
// gonum's package optimize takes:
//
//	var p optimize.Problem
//	p.Func, p.Grad, p.Hess = numeric.Central.Problem(f)
//	result, err := optimize.Minimize(p, x, nil, &optimize.BFGS{})
//
// The first returns f(x); the second writes the gradient at x to dst, the third the
// Hessian. None of them changes or keeps x. They may be called from many goroutines at once
// if f may. A gradient by differences is inexact, and a method that asks for a smaller
// gradient than its error ends without success: see GradientThreshold in
// optimize.Settings. If s has bounds, an x outside of them panics: a method may ask for one.
//
// Cost: of the first, one evaluation of f; of the others, as s.Gradient and s.HessianTo.
//
// The second panics if dst and x differ in length, the third if dst is neither empty nor
// n×n.
func (s Scheme) Problem(f func([]float64) float64) (
	value func(x []float64) float64,
	grad func(dst, x []float64),
	hessian func(dst *mat.SymDense, x []float64),
) {
	value = func(x []float64) float64 { return f(append(make([]float64, 0, len(x)), x...)) }
	grad = func(dst, x []float64) { gradient(s, "numeric.GradientTo", fromScalar(f), x, into(dst)).write() }
	hessian = func(dst *mat.SymDense, x []float64) { s.HessianTo(dst, f, x) }
	return value, grad, hessian
}
