package symbolic

import (
	"slices"

	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Jacobian returns the Jacobian of f at x: a row for every output, a column for
// every input.
//
// Cost: tracing f, differentiating its formulas in forward order by every input
// and evaluating the results.
//
// Jacobian panics if f has no inputs or no outputs.
func Jacobian(f func([]Expr) []Expr, x []float64) *mat.Dense {
	var j mat.Dense
	JacobianTo(&j, f, x)
	return &j
}

// JacobianTo writes the Jacobian of f at x to dst and returns f(x). An empty
// dst is given its size.
//
// Cost: as Jacobian.
//
// JacobianTo panics if dst is neither empty nor of the Jacobian's size.
func JacobianTo(dst *mat.Dense, f func([]Expr) []Expr, x []float64) []float64 {
	vars, e := traceAll(f, len(x))
	m := len(e)
	check.Dense("symbolic.JacobianTo", dst, m, len(x))
	p := compile(e...)
	all := slices.Clone(e)
	for _, v := range vars {
		all = append(all, push(p, []Expr{v}, []float64{1})...)
	}
	y := values(all, vars, x)
	for i := range x {
		dst.SetCol(i, y[m*(i+1):m*(i+2)])
	}
	return y[:m]
}
