package dual

import (
	"fmt"

	"github.com/quartet-ad/ad/internal/check"
)

// Laplacian returns the sum of the second derivatives of f at x with respect to each of
// its inputs: the trace of its Hessian.
//
// Cost: one evaluation of f on Hypers for every input, and one more.
func Laplacian(f func([]Hyper) Hyper, x []float64) float64 {
	s := newSeconds("Laplacian", f, x)
	defer s.end()
	sum := 0.0
	for i := range x {
		sum += s.sum(i, i, i+1)
	}
	return sum
}

// SecondDirectional returns vᵀHw of the Hessian H of f at x: the second derivative of f in
// the directions v and w. An input whose entries in v and w are 0 does not move.
//
// Cost: two evaluations of f on Hypers, however many inputs there are.
//
// SecondDirectional panics if x, v and w differ in length.
func SecondDirectional(f func([]Hyper) Hyper, x, v, w []float64) float64 {
	check.Length("dual.SecondDirectional", "v", len(v), len(x))
	check.Length("dual.SecondDirectional", "w", len(w), len(x))
	s := newSeconds("SecondDirectional", f, x)
	defer s.end()
	vars := s.start()
	for k := range vars {
		vars[k].e1, vars[k].e2 = v[k]+0, w[k]+0
	}
	return f(vars).e12 + 0
}

// Divergence returns the divergence of the vector field f at x: the trace of its Jacobian.
//
// Cost: as many evaluations of f on Numbers as Gradient takes.
//
// Divergence panics if f has not as many results as inputs.
func Divergence(f func([]Number) []Number, x []float64) float64 {
	p := newPasses("Divergence", x)
	defer p.end()
	for p.next() {
		y := f(p.vars)
		check.Length("dual.Divergence", "the result of f", len(y), len(x))
		for _, v := range y {
			p.check(v)
		}
		for p.sweep() {
			for i := p.from; i < p.from+p.width; i++ {
				p.g[i] = p.tangent(y[i], i)
			}
		}
	}
	sum := 0.0
	for _, d := range p.g {
		sum += d
	}
	return sum
}

// Curl returns the curl of the vector field f at x, in three dimensions.
//
// Cost: three evaluations of f on Numbers.
//
// Curl panics if f has not three inputs and three results.
func Curl(f func([]Number) []Number, x []float64) [3]float64 {
	if len(x) != 3 {
		panic(fmt.Sprintf("dual.Curl: x has length %d, want 3", len(x)))
	}
	p := newPasses("Curl", x)
	defer p.end()
	var j [3][3]float64
	for p.next() {
		y := f(p.vars)
		check.Length("dual.Curl", "the result of f", len(y), 3)
		for _, v := range y {
			p.check(v)
		}
		for p.sweep() {
			for k, v := range y {
				j[k][p.from] = p.tangent(v, p.from)
			}
		}
	}
	return [3]float64{j[2][1] - j[1][2] + 0, j[0][2] - j[2][0] + 0, j[1][0] - j[0][1] + 0}
}

// GaussNewton returns JᵀJv of the Jacobian J of f at x: the product with v of the matrix
// that stands for the Hessian of half the sum of squares of f where f is small or nearly
// linear. An input whose entry in v is 0 does not move.
//
// Cost: one evaluation of f on Numbers more than Gradient takes.
//
// GaussNewton panics if x and v differ in length.
func GaussNewton(f func([]Number) []Number, x, v []float64) []float64 {
	_, jv := pushforward("GaussNewton", f, x, v)
	dst := make([]float64, len(x))
	pullback("GaussNewton", dst, f, x, jv)
	return dst
}

// GaussNewtonTo writes JᵀJv of the Jacobian J of f at x to dst, which may be x or v, and
// returns f(x).
//
// Cost: as GaussNewton.
//
// GaussNewtonTo panics if dst, x and v differ in length.
func GaussNewtonTo(dst []float64, f func([]Number) []Number, x, v []float64) []float64 {
	check.Length("dual.GaussNewtonTo", "dst", len(dst), len(x))
	_, jv := pushforward("GaussNewtonTo", f, x, v)
	return pullback("GaussNewtonTo", dst, f, x, jv)
}
