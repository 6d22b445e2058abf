package symbolic

// Derivative returns the derivative of f at x.
//
// Cost: tracing f, differentiating its formula in forward order and evaluating
// the result. D and Eval do so once for many points.
func Derivative(f func(Expr) Expr, x float64) float64 {
	vars := variables(1)
	return values([]Expr{D(f(vars[0]), vars[0])}, vars, []float64{x})[0]
}
