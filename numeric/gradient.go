package numeric

// Gradient returns the gradient of f at x, by Richardson.
//
// Cost: that of Derivative for every input.
func Gradient[F ~float64](f func([]F) F, x []float64) []float64 {
	return gradient(Richardson, "numeric.Gradient", fromScalar(f), x, plain).values()
}

// GradientTo writes the gradient of f at x to dst and returns f(x).
//
// Cost: as Gradient.
//
// GradientTo panics if dst and x differ in length.
func GradientTo[F ~float64](dst []float64, f func([]F) F, x []float64) float64 {
	return gradient(Richardson, "numeric.GradientTo", fromScalar(f), x, to(dst)).scalar()
}

// GradientResult returns the gradient of f at x with estimates of the errors.
//
// Cost: as Gradient.
func GradientResult[F ~float64](f func([]F) F, x []float64) []Result {
	return gradient(Richardson, "numeric.GradientResult", fromScalar(f), x, estimated).results()
}

// Gradient returns the gradient of f at x.
//
// Cost: one quotient of s for every input.
func (s Scheme) Gradient(f func([]float64) float64, x []float64) []float64 {
	return gradient(s, "numeric.Gradient", fromScalar(f), x, plain).values()
}

// GradientTo writes the gradient of f at x to dst and returns f(x).
//
// Cost: as Gradient, and one evaluation.
//
// GradientTo panics if dst and x differ in length.
func (s Scheme) GradientTo(dst []float64, f func([]float64) float64, x []float64) float64 {
	return gradient(s, "numeric.GradientTo", fromScalar(f), x, to(dst)).scalar()
}

// GradientResult returns the gradient of f at x with estimates of the errors.
//
// Cost: one quotient of s with an estimate for every input.
func (s Scheme) GradientResult(f func([]float64) float64, x []float64) []Result {
	return gradient(s, "numeric.GradientResult", fromScalar(f), x, estimated).results()
}

func gradient(s Scheme, op string, f function, x []float64, as form) answer {
	p := newSlopeProbe(s, op, f, x, as.value || as.estimates)
	p.hand(as, len(x))
	return answer{p, as, p.slopes()}
}

// slopes returns the derivatives of the only output in every input.
func (p *probe) slopes() []Result {
	return p.each(len(p.x), 1, func(p *probe, i int, dst []Result) {
		dst[0] = p.first(direction{i: i})[0]
	})
}
