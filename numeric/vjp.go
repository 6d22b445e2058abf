package numeric

import (
	"slices"

	"github.com/quartet-ad/ad/internal/check"
)

// VJP returns the vector w times the Jacobian of f at x, by Richardson: the
// gradient of the sum of f's results weighted with w. A result whose entry in w
// is 0 is left out.
//
// Cost: that of Derivative for every input.
//
// VJP panics if w and the result of f differ in length.
func VJP[F ~float64](f func([]F) []F, x, w []float64) []float64 {
	return vjp(Richardson, fromVector(f), x, w)
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func VJPTo[F ~float64](dst []float64, f func([]F) []F, x, w []float64) []float64 {
	return vjpTo(Richardson, dst, fromVector(f), x, w)
}

// VJPResult returns the vector w times the Jacobian of f at x with estimates of
// the errors.
//
// Cost: as VJP.
//
// VJPResult panics if w and the result of f differ in length.
func VJPResult[F ~float64](f func([]F) []F, x, w []float64) []Result {
	return vjpResult(Richardson, fromVector(f), x, w)
}

// VJP returns the vector w times the Jacobian of f at x: the gradient of the sum
// of f's results weighted with w. A result whose entry in w is 0 is left out.
//
// Cost: one quotient of s for every input.
//
// VJP panics if w and the result of f differ in length.
func (s Scheme) VJP(f func([]float64) []float64, x, w []float64) []float64 {
	return vjp(s, fromVector(f), x, w)
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func (s Scheme) VJPTo(dst []float64, f func([]float64) []float64, x, w []float64) []float64 {
	return vjpTo(s, dst, fromVector(f), x, w)
}

// VJPResult returns the vector w times the Jacobian of f at x with estimates of
// the errors.
//
// Cost: one quotient of s with an estimate for every input.
//
// VJPResult panics if w and the result of f differ in length.
func (s Scheme) VJPResult(f func([]float64) []float64, x, w []float64) []Result {
	return vjpResult(s, fromVector(f), x, w)
}

func vjpTo(s Scheme, dst []float64, f function, x, w []float64) []float64 {
	check.Length("numeric.VJPTo", "dst", len(dst), len(x))
	p := newProbe(s, "numeric.VJPTo", f, x)
	defer p.release()
	y := slices.Clone(p.y)
	p.weigh(w)
	copyValues(dst, p.slopes(false))
	return y
}

func vjp(s Scheme, f function, x, w []float64) []float64 {
	p := newProbe(s, "numeric.VJP", f, x)
	defer p.release()
	p.weigh(w)
	dst := make([]float64, len(x))
	copyValues(dst, p.slopes(false))
	return dst
}

func vjpResult(s Scheme, f function, x, w []float64) []Result {
	p := newProbe(s, "numeric.VJPResult", f, x)
	defer p.release()
	p.weigh(w)
	return clone(p.slopes(true))
}
