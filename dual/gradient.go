package dual

import "github.com/quartet-ad/ad/internal/check"

// Gradient returns the gradient of f at x.
//
// Cost: one evaluation of f on Numbers for every input; see package reverse for
// a cost that does not grow with them.
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
	own := newTag()
	vars := numbers.get(len(x))
	defer numbers.put(vars)
	if len(x) == 0 {
		return f(*vars).v
	}
	g := floats.get(len(x)) // dst may be x
	defer floats.put(g)
	var value float64
	for i := range x {
		seedOne(*vars, x, i, own)
		y := f(*vars)
		own.check("GradientTo", y)
		value, (*g)[i] = y.v, y.t
	}
	copy(dst, *g)
	return value
}
