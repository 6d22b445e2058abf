package numeric

import "github.com/quartet-ad/ad/internal/check"

// HVP returns the Hessian of f at x times the vector v, by Richardson, without
// forming the Hessian: each entry is the second derivative in the direction v and
// that of one input. An input whose entry in v is 0 does not move in the
// direction v.
//
// Cost: 24 to 72 evaluations of f for every input where it is smooth, a few
// hundred where it is not.
//
// HVP panics if x and v differ in length.
func HVP[F ~float64](f func([]F) F, x, v []float64) []float64 {
	_, h := hvp(Richardson, "numeric.HVP", fromScalar(f), x, v, false)
	return values(h)
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
//
// Cost: as HVP.
//
// HVPTo panics if dst, x and v differ in length.
func HVPTo[F ~float64](dst []float64, f func([]F) F, x, v []float64) float64 {
	return hvpTo(Richardson, dst, fromScalar(f), x, v)
}

// HVPResult returns the Hessian of f at x times the vector v with estimates of
// the errors.
//
// Cost: as HVP.
//
// HVPResult panics if x and v differ in length.
func HVPResult[F ~float64](f func([]F) F, x, v []float64) []Result {
	_, h := hvp(Richardson, "numeric.HVPResult", fromScalar(f), x, v, true)
	return h
}

// HVP returns the Hessian of f at x times the vector v, without forming the
// Hessian. An input whose entry in v is 0 does not move in the direction v.
//
// Cost: one second-order quotient of s for every input.
//
// HVP panics if x and v differ in length.
func (s Scheme) HVP(f func([]float64) float64, x, v []float64) []float64 {
	_, h := hvp(s, "numeric.HVP", fromScalar(f), x, v, false)
	return values(h)
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
//
// Cost: as HVP.
//
// HVPTo panics if dst, x and v differ in length.
func (s Scheme) HVPTo(dst []float64, f func([]float64) float64, x, v []float64) float64 {
	return hvpTo(s, dst, fromScalar(f), x, v)
}

// HVPResult returns the Hessian of f at x times the vector v with estimates of
// the errors.
//
// Cost: one second-order quotient of s with an estimate for every input.
//
// HVPResult panics if x and v differ in length.
func (s Scheme) HVPResult(f func([]float64) float64, x, v []float64) []Result {
	_, h := hvp(s, "numeric.HVPResult", fromScalar(f), x, v, true)
	return h
}

func hvpTo(s Scheme, dst []float64, f source, x, v []float64) float64 {
	check.Length("numeric.HVPTo", "dst", len(dst), len(x))
	y, h := hvp(s, "numeric.HVPTo", f, x, v, false)
	copyValues(dst, h)
	return y
}

func hvp(s Scheme, op string, f source, x, v []float64, estimate bool) (y float64, h []Result) {
	check.Length(op, "v", len(v), len(x))
	p := s.newProbe(op, f, x)
	d, c := along(v)
	h = make([]Result, len(x))
	p.each(len(x), func(p *probe, i int) {
		h[i] = s.second(p, direction{i: i}, d, estimate).scaled(c)
	})
	return p.y[0], h
}
