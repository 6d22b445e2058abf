package symbolic

import "github.com/quartet-ad/ad/internal/check"

// Gradient returns the gradient of f at x.
//
// Cost: tracing f, differentiating its formula in reverse order and evaluating
// the result. Grad and Eval do so once for many points.
func Gradient(f func([]Expr) Expr, x []float64) []float64 {
	g := make([]float64, len(x))
	GradientTo(g, f, x)
	return g
}

// GradientTo writes the gradient of f at x to dst and returns f(x).
//
// Cost: as Gradient.
//
// GradientTo panics if dst and x differ in length.
func GradientTo(dst []float64, f func([]Expr) Expr, x []float64) float64 {
	check.Length("symbolic.GradientTo", "dst", len(dst), len(x))
	vars, e := trace(f, len(x))
	y := values(append(Grad(e, vars), e), vars, x)
	copy(dst, y)
	return y[len(x)]
}
