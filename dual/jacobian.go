package dual

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Jacobian returns the Jacobian of f at x: a row for every output, a column for
// every input.
//
// Cost: as many evaluations of f on Numbers as Gradient takes.
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
	p := newPasses("JacobianTo", x)
	defer p.end()
	if len(x) == 0 {
		check.Dense("dual.JacobianTo", dst, len(f(p.vars)), 0) // panics
	}
	var value []float64
	for p.next() {
		y := f(p.vars)
		if value == nil {
			check.Dense("dual.JacobianTo", dst, len(y), len(x))
			value = make([]float64, len(y))
		}
		check.Length("dual.JacobianTo", "the result of f", len(y), len(value))
		for k, yk := range y {
			p.check(yk)
			value[k] = yk.v
		}
		for p.sweep() {
			for k, yk := range y {
				p.tangents(dst.RawRowView(k)[p.from:p.from+p.width], yk)
			}
		}
	}
	return value
}
