package dual

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Hessian returns the Hessian of f at x.
//
// Cost: n(n+1)/2 + 1 evaluations of f on Hypers for n inputs.
//
// Hessian panics if f has no inputs.
func Hessian(f func([]Hyper) Hyper, x []float64) *mat.SymDense {
	var h mat.SymDense
	HessianTo(&h, f, x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst
// is given its size. f must not keep its argument.
//
// Cost: as Hessian, and no allocation in steady state.
//
// HessianTo panics if dst is neither empty nor n×n.
func HessianTo(dst *mat.SymDense, f func([]Hyper) Hyper, x []float64) float64 {
	check.Sym("dual.HessianTo", dst, len(x))
	vars := hypers.get(len(x))
	defer hypers.put(vars)
	value := constPass("HessianTo", f, *vars, x)
	for i := range x {
		for j := i; j < len(x); j++ {
			for k := range *vars {
				(*vars)[k] = Hyper{v: x[k]}
			}
			(*vars)[i].e1, (*vars)[j].e2 = 1, 1
			dst.SetSym(i, j, f(*vars).e12+0)
		}
	}
	return value
}

// constPass returns f(x), evaluated on constants. A result that is not itself a
// constant contains a variable of another derivative.
func constPass(op string, f func([]Hyper) Hyper, vars []Hyper, x []float64) float64 {
	for k := range vars {
		vars[k] = Hyper{v: x[k]}
	}
	y := f(vars)
	if !y.IsConst() {
		panic(confusion(op))
	}
	return y.v
}
