package numeric

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Second derivatives by the complex step are differences of first ones, which are right to
// the last places: one order less of rounding than differences of f.

// Hessian returns the Hessian of f at x: differences of its gradient by Richardson.
//
// Cost: that of Derivative times the number of inputs, for every input.
//
// Hessian panics if f has no inputs.
func (s ComplexScheme) Hessian(f func([]complex128) complex128, x []float64) *mat.SymDense {
	var h mat.SymDense
	s.HessianTo(&h, f, x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst is
// given its size.
//
// Cost: as Hessian.
//
// HessianTo panics if dst is neither empty nor n×n.
func (s ComplexScheme) HessianTo(dst *mat.SymDense, f func([]complex128) complex128, x []float64) float64 {
	check.Sym("numeric.ComplexStep.HessianTo", dst, len(x))
	h := s.HessianResult(f, x)
	for i, row := range h {
		for j := i; j < len(x); j++ {
			dst.SetSym(i, j, row[j].Value)
		}
	}
	return real(f(turned(make([]complex128, len(x)), x, -1)))
}

// HessianResult returns the rows of the Hessian of f at x with estimates of the errors.
// Of an entry and the one across the diagonal, both get the better.
//
// Cost: as Hessian.
func (s ComplexScheme) HessianResult(f func([]complex128) complex128, x []float64) [][]Result {
	h := JacobianResult(func(x []float64) []float64 { return s.Gradient(f, x) }, x)
	for i := range h {
		for j := range i {
			r := h[i][j].refined(h[j][i])
			h[i][j], h[j][i] = r, r
		}
	}
	return h
}

// HVP returns the Hessian of f at x times the vector v: the difference of its gradients in
// the direction v, by Richardson.
//
// Cost: that of Derivative times the number of inputs.
//
// HVP panics if x and v differ in length.
func (s ComplexScheme) HVP(f func([]complex128) complex128, x, v []float64) []float64 {
	check.Length("numeric.ComplexStep.HVP", "v", len(v), len(x))
	return JVP(func(x []float64) []float64 { return s.Gradient(f, x) }, x, v)
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
//
// Cost: as HVP.
//
// HVPTo panics if dst, x and v differ in length.
func (s ComplexScheme) HVPTo(dst []float64, f func([]complex128) complex128, x, v []float64) float64 {
	check.Length("numeric.ComplexStep.HVPTo", "dst", len(dst), len(x))
	check.Length("numeric.ComplexStep.HVPTo", "v", len(v), len(x))
	y := real(f(turned(make([]complex128, len(x)), x, -1)))
	copy(dst, JVP(func(x []float64) []float64 { return s.Gradient(f, x) }, x, v))
	return y
}
