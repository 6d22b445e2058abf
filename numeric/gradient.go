package numeric

import "github.com/quartet-ad/ad/internal/check"

// Gradient returns the gradient of f at x, by Richardson.
//
// Cost: that of Derivative for every input.
func Gradient[F ~float64](f func([]F) F, x []float64) []float64 {
	_, g := gradient(Richardson, fromScalar(f), x, false)
	return values(g)
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
	_, g := gradient(Richardson, fromScalar(f), x, true)
	return g
}

// Gradient returns the gradient of f at x.
//
// Cost: one quotient of s for every input.
func (s Scheme) Gradient(f func([]float64) float64, x []float64) []float64 {
	_, g := gradient(s, fromScalar(f), x, false)
	return values(g)
}

// GradientTo writes the gradient of f at x to dst and returns f(x).
//
// Cost: as Gradient.
//
// GradientTo panics if dst and x differ in length.
func (s Scheme) GradientTo(dst []float64, f func([]float64) float64, x []float64) float64 {
	return gradientTo(s, dst, fromScalar(f), x)
}

// GradientResult returns the gradient of f at x with estimates of the errors.
//
// Cost: one quotient of s with an estimate for every input.
func (s Scheme) GradientResult(f func([]float64) float64, x []float64) []Result {
	_, g := gradient(s, fromScalar(f), x, true)
	return g
}

func gradientTo(s Scheme, dst []float64, f source, x []float64) float64 {
	check.Length("numeric.GradientTo", "dst", len(dst), len(x))
	y, g := gradient(s, f, x, false)
	copyValues(dst, g)
	return y
}

func gradient(s Scheme, f source, x []float64, estimate bool) (y float64, g []Result) {
	p := s.newProbe("numeric.Gradient", f, x)
	g = make([]Result, len(x))
	p.each(len(x), func(p *probe, i int) {
		g[i] = s.first(p, direction{i: i}, estimate)[0]
	})
	return p.y[0], g
}
