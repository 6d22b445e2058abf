package numeric

import "github.com/quartet-ad/ad/internal/check"

// HVP returns the Hessian of f at x times the vector v, by Richardson, without
// forming the Hessian: each entry is the second derivative in the direction v and
// that of one input. An input whose entry in v is 0 does not move in the
// direction v. Where an entry of v, or of x where it moves, is NaN or infinite, there is NaN.
//
// Cost: 24 to 72 evaluations of f for every input where it is smooth, a few
// hundred where it is not.
//
// HVP panics if x and v differ in length.
func HVP[F ~float64](f func([]F) F, x, v []float64) []float64 {
	return hvp(Richardson, "numeric.HVP", fromScalar(f), x, v, plain).values()
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
//
// Cost: as HVP.
//
// HVPTo panics if dst, x and v differ in length.
func HVPTo[F ~float64](dst []float64, f func([]F) F, x, v []float64) float64 {
	return hvp(Richardson, "numeric.HVPTo", fromScalar(f), x, v, to(dst)).scalar()
}

// HVPResult returns the Hessian of f at x times the vector v with estimates of
// the errors.
//
// Cost: as HVP.
//
// HVPResult panics if x and v differ in length.
func HVPResult[F ~float64](f func([]F) F, x, v []float64) []Result {
	return hvp(Richardson, "numeric.HVPResult", fromScalar(f), x, v, estimated).results()
}

// HVP returns the Hessian of f at x times the vector v, without forming the
// Hessian, as the package's function does.
//
// Cost: one second-order quotient of s for every input, times the number of inputs that
// move where v leads out of the bounds both ways.
//
// HVP panics if x and v differ in length.
func (s Scheme) HVP(f func([]float64) float64, x, v []float64) []float64 {
	return hvp(s, "numeric.HVP", fromScalar(f), x, v, plain).values()
}

// HVPTo writes the Hessian of f at x times the vector v to dst and returns f(x).
//
// Cost: as HVP.
//
// HVPTo panics if dst, x and v differ in length.
func (s Scheme) HVPTo(dst []float64, f func([]float64) float64, x, v []float64) float64 {
	return hvp(s, "numeric.HVPTo", fromScalar(f), x, v, to(dst)).scalar()
}

// HVPResult returns the Hessian of f at x times the vector v with estimates of
// the errors.
//
// Cost: one second-order quotient of s with an estimate for every input.
//
// HVPResult panics if x and v differ in length.
func (s Scheme) HVPResult(f func([]float64) float64, x, v []float64) []Result {
	return hvp(s, "numeric.HVPResult", fromScalar(f), x, v, estimated).results()
}

func hvp(s Scheme, op string, f function, x, v []float64, as form) answer {
	check.Length(op, "v", len(v), len(x))
	p := newProbe(s, op, f, x)
	p.hand(as, len(x))
	return answer{p, as, p.curves(v)}
}

// curves returns the mixed second derivatives of the only output in every input and
// the direction v.
func (p *probe) curves(v []float64) []Result {
	p.along, p.scale = p.toward(v)
	p.corner = p.cornered(p.along)
	return p.each(len(p.x), 1, func(p *probe, i int, dst []Result) {
		u := direction{i: i}
		if p.corner {
			dst[0] = p.added(p.along, func(d direction) []Result { return p.filled(p.second(u, d)) })[0]
		} else {
			dst[0] = p.second(u, p.along)
		}
		dst[0] = dst[0].scaled(p.scale)
	})
}
