package dual

// Derivative returns the derivative of f at x.
//
// Cost: one evaluation of f on Numbers.
func Derivative(f func(Number) Number, x float64) float64 {
	own := newTag()
	y := f(Number{x, 1, own})
	own.check("Derivative", y)
	return y.t + 0
}
