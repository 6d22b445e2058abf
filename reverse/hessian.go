package reverse

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Hessian returns the Hessian of f at x.
//
// Cost: one evaluation of f on Vars, and a forward sweep and a second-order
// sweep of its tape for every input.
//
// Hessian panics if f has no inputs, or if f
// uses a function without a second derivative.
func Hessian(f func([]Var) Var, x []float64) *mat.SymDense {
	var h mat.SymDense
	HessianTo(&h, f, x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst
// is given its size. f must not keep its argument.
//
// Cost: as Hessian, and no allocation in steady state.
//
// HessianTo panics if dst is neither empty nor n×n, or if f uses a function
// without a second derivative.
func HessianTo(dst *mat.SymDense, f func([]Var) Var, x []float64) float64 {
	check.Sym("reverse.HessianTo", dst, len(x))
	t := borrow()
	defer t.release()
	y := t.own(f(t.start(x)))
	t.hessian(dst, y)
	return y.value
}

// hessian writes the Hessian of y to dst.
func (t *tape) hessian(dst *mat.SymDense, y Var) {
	n := int(t.first) - 1
	t.v = zeroed(t.v, n)
	for i := range n {
		t.v[i] = 1
		t.pullSecondOne(y, t.v)
		t.v[i] = 0
		for j, d := range t.dadj[1 : i+2] {
			dst.SetSym(i, j, d)
		}
	}
}
