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
	hessianTo(Richardson, "numeric.Hessian", &h, fromScalar(f), x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst
// is given its size.
//
// Cost: as Hessian.
//
// HessianTo panics if dst is neither empty nor n×n.
func HessianTo[F ~float64](dst *mat.SymDense, f func([]F) F, x []float64) float64 {
	return hessianTo(Richardson, "numeric.HessianTo", dst, fromScalar(f), x)
}

// HessianResult returns the rows of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as Hessian.
func HessianResult[F ~float64](f func([]F) F, x []float64) [][]Result {
	return hessianResult(Richardson, fromScalar(f), x)
}

// Hessian returns the Hessian of f at x.
//
// Cost: one second-order quotient of s for every entry above the diagonal or on
// it.
//
// Hessian panics if f has no inputs.
func (s Scheme) Hessian(f func([]float64) float64, x []float64) *mat.SymDense {
	var h mat.SymDense
	hessianTo(s, "numeric.Hessian", &h, fromScalar(f), x)
	return &h
}

// HessianTo writes the Hessian of f at x to dst and returns f(x). An empty dst
// is given its size.
//
// Cost: as Hessian.
//
// HessianTo panics if dst is neither empty nor n×n.
func (s Scheme) HessianTo(dst *mat.SymDense, f func([]float64) float64, x []float64) float64 {
	return hessianTo(s, "numeric.HessianTo", dst, fromScalar(f), x)
}

// HessianResult returns the rows of the Hessian of f at x with estimates of the
// errors.
//
// Cost: as Hessian, with estimates.
func (s Scheme) HessianResult(f func([]float64) float64, x []float64) [][]Result {
	return hessianResult(s, fromScalar(f), x)
}

func hessianTo(s Scheme, op string, dst *mat.SymDense, f function, x []float64) float64 {
	check.Sym("numeric.HessianTo", dst, len(x))
	p := newProbe(s, op, f, x)
	defer p.release()
	h := p.lowerTriangle()
	for i := range x {
		for j := range i + 1 {
			dst.SetSym(i, j, h[i*len(x)+j].Value)
		}
	}
	return p.y[0]
}

func hessianResult(s Scheme, f function, x []float64) [][]Result {
	p := newProbe(s, "numeric.HessianResult", f, x)
	defer p.release()
	p.estimate = true
	h := p.lowerTriangle()
	rows := make([][]Result, len(x))
	for i := range x {
		rows[i] = make([]Result, len(x))
		for j := range i + 1 {
			rows[i][j] = h[i*len(x)+j]
			rows[j][i] = rows[i][j]
		}
	}
	return rows
}

// lowerTriangle returns the rows of the Hessian of the only output, as far as the
// diagonal. What is to the right of it means nothing.
func (p *probe) lowerTriangle() []Result {
	return p.each(len(p.x), len(p.x), func(p *probe, i int, dst []Result) {
		for j := range i + 1 {
			dst[j] = p.second(direction{i: j}, direction{i: i})
		}
	})
}
