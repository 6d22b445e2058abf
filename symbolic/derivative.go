package symbolic

// Derivative returns the derivative of f at x.
//
// Cost: tracing f, differentiating its formula in forward order and evaluating
// the result. D and Eval do so once for many points.
func Derivative(f func(Expr) Expr, x float64) float64 {
	vars, e := trace(func(x []Expr) Expr { return f(x[0]) }, 1)
	return values([]Expr{D(e, vars[0])}, vars, []float64{x})[0]
}
