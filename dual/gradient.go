package dual

import "github.com/quartet-ad/ad/internal/check"

// Gradient returns the gradient of f at x.
//
// Cost: one evaluation of f on Numbers, and for every 64 inputs a sweep over what it did,
// which passes over what they do not reach. One evaluation for every input if there are
// fewer than eight, if f takes more than 200,000 operations, and of those whose derivative
// is not finite. See package reverse for a cost that does not grow with the inputs.
func Gradient(f func([]Number) Number, x []float64) []float64 {
	g := make([]float64, len(x))
	GradientTo(g, f, x)
	return g
}

// GradientTo writes the gradient of f at x to dst and returns f(x). f must not
// keep its argument.
//
// Cost: as Gradient, and no allocation in steady state.
//
// GradientTo panics if dst and x differ in length.
func GradientTo(dst []float64, f func([]Number) Number, x []float64) float64 {
	check.Length("dual.GradientTo", "dst", len(dst), len(x))
	p := newPasses("GradientTo", x)
	defer p.end()
	if len(x) == 0 {
		y := f(p.vars)
		p.check(y)
		return y.v
	}
	var value float64
	for p.next() {
		y := f(p.vars)
		p.check(y)
		value = y.v
		for p.sweep() {
			p.tangents(p.g[p.from:p.from+p.width], y)
		}
	}
	copy(dst, p.g) // dst may be an argument
	return value
}
