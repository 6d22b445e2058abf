package numeric

import (
	"slices"

	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Jacobian returns the Jacobian of f at x, by Richardson: a row for every output,
// a column for every input.
//
// Cost: that of Derivative for every input, however many outputs there are; three times as
// much where outputs are finite to different sides of the point, which are searched
// separately.
//
// Jacobian panics if f has no inputs or no outputs.
func Jacobian[F ~float64](f func([]F) []F, x []float64) *mat.Dense {
	var j mat.Dense
	jacobianTo(Richardson, &j, fromVector(f), x)
	return &j
}

// JacobianTo writes the Jacobian of f at x to dst and returns f(x). An empty
// dst is given its size.
//
// Cost: as Jacobian.
//
// JacobianTo panics if dst is neither empty nor of the Jacobian's size.
func JacobianTo[F ~float64](dst *mat.Dense, f func([]F) []F, x []float64) []float64 {
	return jacobianTo(Richardson, dst, fromVector(f), x)
}

// JacobianResult returns the rows of the Jacobian of f at x with estimates of the
// errors. The entries of a column share their evaluations.
//
// Cost: as Jacobian.
func JacobianResult[F ~float64](f func([]F) []F, x []float64) [][]Result {
	return jacobianResult(Richardson, "numeric.JacobianResult", fromVector(f), x)
}

// Jacobian returns the Jacobian of f at x: a row for every output, a column for
// every input.
//
// Cost: one quotient of s for every input.
//
// Jacobian panics if f has no inputs or no outputs.
func (s Scheme) Jacobian(f func([]float64) []float64, x []float64) *mat.Dense {
	var j mat.Dense
	jacobianTo(s, &j, fromVector(f), x)
	return &j
}

// JacobianTo writes the Jacobian of f at x to dst and returns f(x). An empty
// dst is given its size.
//
// Cost: as Jacobian.
//
// JacobianTo panics if dst is neither empty nor of the Jacobian's size.
func (s Scheme) JacobianTo(dst *mat.Dense, f func([]float64) []float64, x []float64) []float64 {
	return jacobianTo(s, dst, fromVector(f), x)
}

// JacobianResult returns the rows of the Jacobian of f at x with estimates of the
// errors. The entries of a column share their evaluations.
//
// Cost: one quotient of s with an estimate for every input.
func (s Scheme) JacobianResult(f func([]float64) []float64, x []float64) [][]Result {
	return jacobianResult(s, "numeric.JacobianResult", fromVector(f), x)
}

func jacobianTo(s Scheme, dst *mat.Dense, f function, x []float64) []float64 {
	p := newProbe(s, "numeric.JacobianTo", f, x)
	defer p.release()
	m := len(p.y)
	check.Dense("numeric.JacobianTo", dst, m, len(x))
	for at, r := range p.columns() {
		dst.Set(at%m, at/m, r.Value)
	}
	return slices.Clone(p.y)
}

func jacobianResult(s Scheme, op string, f function, x []float64) [][]Result {
	p := newProbe(s, op, f, x)
	defer p.release()
	p.estimate = true
	m := len(p.y)
	rows := make([][]Result, m)
	for k := range rows {
		rows[k] = make([]Result, len(x))
	}
	for at, r := range p.columns() {
		rows[at%m][at/m] = r
	}
	return rows
}

// columns returns the derivatives of all outputs in every input, one after the other.
func (p *probe) columns() []Result {
	return p.each(len(p.x), len(p.y), func(p *probe, i int, dst []Result) {
		copy(dst, p.first(direction{i: i}))
	})
}
