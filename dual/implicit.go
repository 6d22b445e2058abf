package dual

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
)

// Implicit returns the Jacobian dy/dx of the solution y(x) of the system f(x, y) = 0, of as
// many equations as y has entries, at a solution that the caller has found by whatever
// method:
//
//	dy/dx = -(∂f/∂y)⁻¹ (∂f/∂x)
//
// A row for every entry of y, a column for every entry of x. If y solves the system only
// nearly, the Jacobian is as inexact.
//
// Implicit returns an error if ∂f/∂y is singular to working precision: y is no isolated
// solution then.
//
// Cost: as many evaluations of f on Numbers as Jacobian takes for x and y together, and the
// solution of a linear system.
//
// Implicit panics if x or y is empty, or if f has not as many results as y has entries.
//
// Source: the implicit function theorem; Griewank and Walther, Evaluating Derivatives, 2008,
// chapter 15.
func Implicit(f func(x, y []Number) []Number, x, y []float64) (*mat.Dense, error) {
	n, m := len(x), len(y)
	if n == 0 || m == 0 {
		panic(fmt.Sprintf("dual.Implicit: x has length %d and y %d, want 1 or more", n, m))
	}
	point := append(append(make([]float64, 0, n+m), x...), y...)
	all := mat.NewDense(m, n+m, nil)
	JacobianTo(all, func(v []Number) []Number {
		z := f(v[:n:n], v[n:])
		if len(z) != m {
			panic(fmt.Sprintf("dual.Implicit: f has %d results, want %d, as y has entries", len(z), m))
		}
		return z
	}, point)
	var dst mat.Dense
	if err := dst.Solve(all.Slice(0, m, n, n+m), all.Slice(0, m, 0, n)); err != nil {
		return nil, fmt.Errorf("dual.Implicit: ∂f/∂y at y = %v: %w", y, err)
	}
	dst.Apply(func(_, _ int, v float64) float64 { return -v + 0 }, &dst)
	return &dst, nil
}
