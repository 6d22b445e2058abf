package reverse

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Jacobian returns the Jacobian of f at x: a row for every output, a column for
// every input.
//
// Cost: one evaluation of f on Vars and one sweep of its tape for every output.
//
// Jacobian panics if f has no inputs or no outputs.
func Jacobian(f func([]Var) []Var, x []float64) *mat.Dense {
	var j mat.Dense
	JacobianTo(&j, f, x)
	return &j
}

// JacobianTo writes the Jacobian of f at x to dst and returns f(x). An empty
// dst is given its size. f must not keep its argument.
//
// Cost: as Jacobian.
//
// JacobianTo panics if dst is neither empty nor of the Jacobian's size.
func JacobianTo(dst *mat.Dense, f func([]Var) []Var, x []float64) []float64 {
	t := borrow()
	defer t.release()
	y := f(t.start(x))
	check.Dense("reverse.JacobianTo", dst, len(y), len(x))
	values := t.ownAll(y)
	for k, yk := range y {
		t.pullOne(yk)
		dst.SetRow(k, t.adj[1:t.first])
	}
	return values
}
