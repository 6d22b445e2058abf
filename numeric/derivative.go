package numeric

// Derivative returns the derivative of f at x, by Richardson. It is NaN where x or f(x) is not
// finite, and where quotients settle on nothing it is NaN or means nothing: DerivativeResult
// tells.
//
// Cost: 12 to 36 evaluations of f where it is smooth, a few hundred where it is not.
func Derivative[F ~float64](f func(F) F, x float64) float64 {
	return derivative(Richardson, "numeric.Derivative", fromNumber(f), x, false).Value
}

// DerivativeResult returns the derivative of f at x with an estimate of its error.
//
// Cost: as Derivative.
func DerivativeResult[F ~float64](f func(F) F, x float64) Result {
	return derivative(Richardson, "numeric.DerivativeResult", fromNumber(f), x, true)
}

// Derivative returns the derivative of f at x.
//
// Cost: one quotient of s.
func (s Scheme) Derivative(f func(float64) float64, x float64) float64 {
	return derivative(s, "numeric.Derivative", fromNumber(f), x, false).Value
}

// DerivativeResult returns the derivative of f at x with an estimate of its error.
//
// Cost: one quotient of s with an estimate.
func (s Scheme) DerivativeResult(f func(float64) float64, x float64) Result {
	return derivative(s, "numeric.DerivativeResult", fromNumber(f), x, true)
}

func derivative(s Scheme, op string, f function, x float64, estimate bool) Result {
	p := newSlopeProbe(s, op, f, []float64{x}, estimate)
	defer p.release()
	p.estimate = estimate
	return p.first(direction{i: 0})[0]
}
