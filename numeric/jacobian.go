package numeric

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Jacobian returns the Jacobian of f at x, by Richardson: a row for every output,
// a column for every input.
//
// Cost: that of Derivative for every input, however many outputs there are.
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
	return jacobian(Richardson, Richardson.newProbe("numeric.JacobianResult", fromVector(f), x), true)
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
	return jacobian(s, s.newProbe("numeric.JacobianResult", fromVector(f), x), true)
}

func jacobianTo(s Scheme, dst *mat.Dense, f source, x []float64) []float64 {
	p := s.newProbe("numeric.JacobianTo", f, x)
	check.Dense("numeric.JacobianTo", dst, len(p.y), len(x))
	for k, row := range jacobian(s, p, false) {
		for i, r := range row {
			dst.Set(k, i, r.Value)
		}
	}
	return p.y
}

func jacobian(s Scheme, p *probe, estimate bool) [][]Result {
	j := make([][]Result, len(p.y))
	for k := range j {
		j[k] = make([]Result, len(p.x))
	}
	p.each(len(p.x), func(p *probe, i int) {
		for k, r := range s.first(p, direction{i: i}, estimate) {
			j[k][i] = r
		}
	})
	return j
}
