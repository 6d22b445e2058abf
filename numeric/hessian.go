package numeric

import (
	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Hessian returns the Hessian of f at x, by Richardson: second differences on the
// diagonal, the symmetric formula of four points elsewhere.
//
// Cost: 12 to 36 evaluations of f for every entry of the diagonal and 24 to 72
// for every one above it where f is smooth, a few hundred where it is not.
//
// Hessian panics if f has no inputs.
func Hessian[F ~float64](f func([]F) F, x []float64) *mat.SymDense {
	var h mat.SymDense
	hessianTo(Richardson, &h, fromScalar(f), x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst
// is given its size.
//
// Cost: as Hessian.
//
// HessianTo panics if dst is neither empty nor n×n.
func HessianTo[F ~float64](dst *mat.SymDense, f func([]F) F, x []float64) float64 {
	return hessianTo(Richardson, dst, fromScalar(f), x)
}

// HessianResult returns the rows of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as Hessian.
func HessianResult[F ~float64](f func([]F) F, x []float64) [][]Result {
	_, h := hessian(Richardson, fromScalar(f), x, true)
	return h
}

// Hessian returns the Hessian of f at x.
//
// Cost: one second-order quotient of s for every entry above the diagonal or on
// it.
//
// Hessian panics if f has no inputs.
func (s Scheme) Hessian(f func([]float64) float64, x []float64) *mat.SymDense {
	var h mat.SymDense
	hessianTo(s, &h, fromScalar(f), x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst
// is given its size.
//
// Cost: as Hessian.
//
// HessianTo panics if dst is neither empty nor n×n.
func (s Scheme) HessianTo(dst *mat.SymDense, f func([]float64) float64, x []float64) float64 {
	return hessianTo(s, dst, fromScalar(f), x)
}

// HessianResult returns the rows of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as Hessian, with estimates.
func (s Scheme) HessianResult(f func([]float64) float64, x []float64) [][]Result {
	_, h := hessian(s, fromScalar(f), x, true)
	return h
}

func hessianTo(s Scheme, dst *mat.SymDense, f source, x []float64) float64 {
	check.Sym("numeric.HessianTo", dst, len(x))
	y, h := hessian(s, f, x, false)
	for i, row := range h {
		for j := i; j < len(x); j++ {
			dst.SetSym(i, j, row[j].Value)
		}
	}
	return y
}

func hessian(s Scheme, f source, x []float64, estimate bool) (y float64, h [][]Result) {
	p := s.newProbe("numeric.Hessian", f, x)
	h = make([][]Result, len(x))
	for i := range x {
		h[i] = make([]Result, len(x))
	}
	p.each(len(x), func(p *probe, i int) {
		for j := range i + 1 {
			h[i][j] = s.second(p, direction{i: j}, direction{i: i}, estimate)
			h[j][i] = h[i][j]
		}
	})
	return p.y[0], h
}
