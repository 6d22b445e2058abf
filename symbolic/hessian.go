package symbolic

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Hessian returns the Hessian of f at x.
//
// Cost: tracing f, differentiating its formula in reverse order, the results in
// forward order by every input, and evaluating what comes of it.
//
// Hessian panics if f has no inputs.
func Hessian(f func([]Expr) Expr, x []float64) *mat.SymDense {
	var h mat.SymDense
	HessianTo(&h, f, x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst
// is given its size.
//
// Cost: as Hessian.
//
// HessianTo panics if dst is neither empty nor n×n.
func HessianTo(dst *mat.SymDense, f func([]Expr) Expr, x []float64) float64 {
	check.Sym("symbolic.HessianTo", dst, len(x))
	vars, e := trace(f, len(x))
	grad := Grad(e, vars)
	all := []Expr{e}
	for i, v := range vars {
		all = append(all, push(compile(grad[i:]...), []Expr{v}, []float64{1})...)
	}
	y := values(all, vars, x)
	next := 1
	for i := range x {
		for j := i; j < len(x); j++ {
			dst.SetSym(i, j, y[next])
			next++
		}
	}
	return y[0]
}
