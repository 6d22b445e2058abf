package dual

import (
	"fmt"
	"math"

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
// Implicit returns an error if ∂f/∂y is singular to working precision, whatever the sizes of
// equations and unknowns: y is no isolated solution then. It returns an error if ∂f/∂y has
// an entry that is not finite. A column of ∂f/∂x that has one makes a column of such.
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
	byX, byY := all.Slice(0, m, 0, n).(*mat.Dense), all.Slice(0, m, n, n+m).(*mat.Dense)
	unknowns, err := equilibrate(byY, byX)
	if err != nil {
		return nil, fmt.Errorf("dual.Implicit: ∂f/∂y at y = %v: %w", y, err)
	}
	var dst mat.Dense
	if err := dst.Solve(byY, byX); err != nil {
		return nil, fmt.Errorf("dual.Implicit: ∂f/∂y at y = %v: %w", y, err)
	}
	dst.Apply(func(i, _ int, v float64) float64 { return -math.Ldexp(v, unknowns[i]) + 0 }, &dst)
	return &dst, nil
}

// equilibrate multiplies the columns of a by powers of two and the equations a·z = b by
// others, so that the greatest entry of each is between 1/2 and 1, but for what is 0. It
// returns the exponents of the columns.
func equilibrate(a, b *mat.Dense) (columns []int, err error) {
	m, _ := a.Dims()
	columns = make([]int, m)
	for j := range columns {
		column := mat.Col(nil, j, a)
		for i, v := range column {
			if !finite(v) {
				return nil, fmt.Errorf("entry %d, %d is %v", i, j, v)
			}
		}
		columns[j] = normalize(column)
		a.SetCol(j, column)
	}
	for i := range m {
		e := normalize(a.RawRowView(i))
		scale(b.RawRowView(i), e)
	}
	return columns, nil
}

// normalize multiplies v by a power of two, so that its greatest entry is between 1/2 and 1,
// and returns the exponent.
func normalize(v []float64) int {
	most := 0.0
	for _, x := range v {
		most = max(most, math.Abs(x))
	}
	_, e := math.Frexp(most)
	scale(v, -e)
	return -e
}

func scale(v []float64, exponent int) {
	for i := range v {
		v[i] = math.Ldexp(v[i], exponent)
	}
}
