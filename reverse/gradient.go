package reverse

import "github.com/quartet-ad/ad/internal/check"

// Gradient returns the gradient of f at x.
//
// Cost: one evaluation of f on Vars and one sweep of its tape, however long x
// is.
func Gradient(f func([]Var) Var, x []float64) []float64 {
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
func GradientTo(dst []float64, f func([]Var) Var, x []float64) float64 {
	check.Length("reverse.GradientTo", "dst", len(dst), len(x))
	t := borrow()
	defer t.release()
	y := t.own(f(t.start(x)))
	t.pullOne(y)
	copy(dst, t.adj[1:])
	return y.value
}
