package numeric

// VJP returns the vector w times the Jacobian of f at x, by Richardson: the
// gradient of the sum of f's results weighted with w. A result whose entry in w
// is 0 is left out.
//
// Cost: that of Derivative for every input.
//
// VJP panics if w and the result of f differ in length.
func VJP[F ~float64](f func([]F) []F, x, w []float64) []float64 {
	return vjp(Richardson, "numeric.VJP", fromVector(f), x, w, plain).values()
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func VJPTo[F ~float64](dst []float64, f func([]F) []F, x, w []float64) []float64 {
	return vjp(Richardson, "numeric.VJPTo", fromVector(f), x, w, to(dst)).vector()
}

// VJPResult returns the vector w times the Jacobian of f at x with estimates of
// the errors.
//
// Cost: as VJP.
//
// VJPResult panics if w and the result of f differ in length.
func VJPResult[F ~float64](f func([]F) []F, x, w []float64) []Result {
	return vjp(Richardson, "numeric.VJPResult", fromVector(f), x, w, estimated).results()
}

// VJP returns the vector w times the Jacobian of f at x: the gradient of the sum
// of f's results weighted with w. A result whose entry in w is 0 is left out.
//
// Cost: one quotient of s for every input.
//
// VJP panics if w and the result of f differ in length.
func (s Scheme) VJP(f func([]float64) []float64, x, w []float64) []float64 {
	return vjp(s, "numeric.VJP", fromVector(f), x, w, plain).values()
}

// VJPTo writes the vector w times the Jacobian of f at x to dst and returns
// f(x).
//
// Cost: as VJP.
//
// VJPTo panics if dst and x differ in length, or w and the result of f.
func (s Scheme) VJPTo(dst []float64, f func([]float64) []float64, x, w []float64) []float64 {
	return vjp(s, "numeric.VJPTo", fromVector(f), x, w, to(dst)).vector()
}

// VJPResult returns the vector w times the Jacobian of f at x with estimates of
// the errors.
//
// Cost: one quotient of s with an estimate for every input.
//
// VJPResult panics if w and the result of f differ in length.
func (s Scheme) VJPResult(f func([]float64) []float64, x, w []float64) []Result {
	return vjp(s, "numeric.VJPResult", fromVector(f), x, w, estimated).results()
}

func vjp(s Scheme, op string, f function, x, w []float64, as form) answer {
	p := newProbe(s, op, f, x)
	p.hand(as, len(x))
	p.weigh(w)
	return answer{p, as, p.slopes()}
}
