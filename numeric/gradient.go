package numeric

import "github.com/quartet-ad/ad/internal/check"

// Gradient returns the gradient of f at x, by Richardson.
//
// Cost: that of Derivative for every input.
func Gradient[F ~float64](f func([]F) F, x []float64) []float64 {
	g := make([]float64, len(x))
	gradientTo(Richardson, g, fromScalar(f), x)
	return g
}

// GradientTo writes the gradient of f at x to dst and returns f(x).
//
// Cost: as Gradient.
//
// GradientTo panics if dst and x differ in length.
func GradientTo[F ~float64](dst []float64, f func([]F) F, x []float64) float64 {
	return gradientTo(Richardson, dst, fromScalar(f), x)
}

// GradientResult returns the gradient of f at x with estimates of the errors.
//
// Cost: as Gradient.
func GradientResult[F ~float64](f func([]F) F, x []float64) []Result {
	return gradientResult(Richardson, fromScalar(f), x)
}

// Gradient returns the gradient of f at x.
//
// Cost: one quotient of s for every input.
func (s Scheme) Gradient(f func([]float64) float64, x []float64) []float64 {
	g := make([]float64, len(x))
	s.gradient(g, f, x)
	return g
}

// gradient writes the gradient of f at x to dst, where f(x) is not asked for.
func (s Scheme) gradient(dst []float64, f func([]float64) float64, x []float64) {
	p := newSlopeProbe(s, "numeric.Gradient", fromScalar(f), x)
	defer p.release()
	copyValues(dst, p.slopes(false))
}

// GradientTo writes the gradient of f at x to dst and returns f(x).
//
// Cost: as Gradient, and one evaluation.
//
// GradientTo panics if dst and x differ in length.
func (s Scheme) GradientTo(dst []float64, f func([]float64) float64, x []float64) float64 {
	return gradientTo(s, dst, fromScalar(f), x)
}

// GradientResult returns the gradient of f at x with estimates of the errors.
//
// Cost: one quotient of s with an estimate for every input.
func (s Scheme) GradientResult(f func([]float64) float64, x []float64) []Result {
	return gradientResult(s, fromScalar(f), x)
}

func gradientTo(s Scheme, dst []float64, f function, x []float64) float64 {
	check.Length("numeric.GradientTo", "dst", len(dst), len(x))
	p := newProbe(s, "numeric.Gradient", f, x)
	defer p.release()
	copyValues(dst, p.slopes(false))
	return p.y[0]
}

func gradientResult(s Scheme, f function, x []float64) []Result {
	p := newProbe(s, "numeric.Gradient", f, x)
	defer p.release()
	return clone(p.slopes(true))
}

// slopes returns the derivatives of the only output in every input.
func (p *probe) slopes(estimate bool) []Result {
	p.estimate = estimate
	return p.each(len(p.x), 1, func(p *probe, i int, dst []Result) {
		dst[0] = p.first(direction{i: i})[0]
	})
}
