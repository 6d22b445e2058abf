package dual

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Jacobian returns the Jacobian of f at x: a row for every output, a column for
// every input.
//
// Cost: one evaluation of f on Numbers for every input.
//
// Jacobian panics if f has no inputs or no outputs.
func Jacobian(f func([]Number) []Number, x []float64) *mat.Dense {
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
func JacobianTo(dst *mat.Dense, f func([]Number) []Number, x []float64) []float64 {
	own := newTag()
	vars := numbers.get(len(x))
	defer numbers.put(vars)
	if len(x) == 0 {
		check.Dense("dual.JacobianTo", dst, len(f(*vars)), 0) // panics
	}
	var value []float64
	for i := range x {
		seedOne(*vars, x, i, own)
		y := f(*vars)
		if i == 0 {
			check.Dense("dual.JacobianTo", dst, len(y), len(x))
			value = make([]float64, len(y))
		}
		check.Length("dual.JacobianTo", "the result of f", len(y), len(value))
		for k, yk := range y {
			own.check("JacobianTo", yk)
			value[k] = yk.v
			dst.Set(k, i, yk.t)
		}
	}
	return value
}
