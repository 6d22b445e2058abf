package symbolic

import (
	"strconv"

	"github.com/quartet-ad/ad"
)

// variables returns the variables x0, x1, … that an operator traces a function
// with.
func variables(n int) []Expr {
	vars := make([]Expr, n)
	for i := range vars {
		vars[i] = Var("x" + strconv.Itoa(i))
	}
	return vars
}

// trace returns the formula of f in n variables. The function gets a slice of
// its own.
func trace(f func([]Expr) Expr, n int) (vars []Expr, e Expr) {
	vars = variables(n)
	return vars, f(variables(n))
}

func traceAll(f func([]Expr) []Expr, n int) (vars, e []Expr) {
	vars = variables(n)
	return vars, f(variables(n))
}

// values returns the values of expressions at x, evaluated together.
func values(e, vars []Expr, x []float64) []float64 {
	point := make([]ad.Real, len(x))
	for i, v := range x {
		point[i] = ad.Real(v)
	}
	y := make([]float64, len(e))
	for i, v := range run(compile(e...), vars, point) {
		y[i] = float64(v)
	}
	return y
}
