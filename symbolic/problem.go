package symbolic

import (
	"sync"

	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Problem returns the objective f of n inputs with its gradient and Hessian in the form that
// gonum's package optimize takes. The formula is written down, differentiated and compiled
// once:
//
//	var p optimize.Problem
//	p.Func, p.Grad, p.Hess = symbolic.Problem(f, len(x))
//	result, err := optimize.Minimize(p, x, nil, &optimize.Newton{})
//
// The first returns f(x); the second writes the gradient at x to dst, the third the
// Hessian. None of them changes or keeps x. They may be called from many goroutines at
// once.
//
// Cost: that of Grad, Hess and Compile; then, of each function, an evaluation of its program.
//
// The functions panic if x has not the length n or dst not its size; the first call of
// the third also where f uses a function without a second derivative.
func Problem(f func([]Expr) Expr, n int) (
	value func(x []float64) float64,
	gradient func(dst, x []float64),
	hessian func(dst *mat.SymDense, x []float64),
) {
	vars, e := trace(f, n)
	grad := Grad(e, vars)
	first, second := Compile(vars, e), Compile(vars, grad...)
	third := sync.OnceValue(func() *Program {
		var upper []Expr
		for i, v := range vars {
			upper = append(upper, push(compile(grad[i:]...), []Expr{v}, []float64{1})...)
		}
		return Compile(vars, upper...)
	})
	value = func(x []float64) float64 {
		var y [1]float64
		first.Eval(y[:], x)
		return y[0]
	}
	gradient = func(dst, x []float64) { second.Eval(dst, x) }
	hessian = func(dst *mat.SymDense, x []float64) {
		check.Sym("symbolic.Problem", dst, n)
		h := make([]float64, n*(n+1)/2)
		third().Eval(h, x)
		next := 0
		for i := range n {
			for j := i; j < n; j++ {
				dst.SetSym(i, j, h[next])
				next++
			}
		}
	}
	return value, gradient, hessian
}
