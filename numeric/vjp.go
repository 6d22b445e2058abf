package numeric

import "github.com/quartet-ad/ad/internal/check"

// VJP returns the vector w times the Jacobian of f at x, by Richardson: the
// gradient of the sum of f's results weighted with w. A result whose entry in w
// is 0 is left out.
//
// Cost: that of Derivative for every input.
//
// VJP panics if w and the result of f differ in length.
func VJP[F ~float64](f func([]F) []F, x, w []float64) []float64 {
	_, g := vjp(Richardson, "numeric.VJP", fromVector(f), x, w, false)
	return values(g)
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
	_, g := vjp(Richardson, "numeric.VJPResult", fromVector(f), x, w, true)
	return g
}

// VJP returns the vector w times the Jacobian of f at x: the gradient of the sum
// of f's results weighted with w. A result whose entry in w is 0 is left out.
//
// Cost: one quotient of s for every input.
//
// VJP panics if w and the result of f differ in length.
func (s Scheme) VJP(f func([]float64) []float64, x, w []float64) []float64 {
	_, g := vjp(s, "numeric.VJP", fromVector(f), x, w, false)
	return values(g)
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
	_, g := vjp(s, "numeric.VJPResult", fromVector(f), x, w, true)
	return g
}

func vjpTo(s Scheme, dst []float64, f source, x, w []float64) []float64 {
	check.Length("numeric.VJPTo", "dst", len(dst), len(x))
	y, g := vjp(s, "numeric.VJPTo", f, x, w, false)
	copyValues(dst, g)
	return y
}

func vjp(s Scheme, op string, f source, x, w []float64, estimate bool) (y []float64, g []Result) {
	p := s.newProbe(op, f, x)
	check.Length(op, "w", len(w), len(p.y))
	sum := p.weighted(w)
	g = make([]Result, len(x))
	sum.each(len(x), func(p *probe, i int) {
		g[i] = s.first(p, direction{i: i}, estimate)[0]
	})
	return p.y, g
}
