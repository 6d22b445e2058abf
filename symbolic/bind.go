package symbolic

// Bind returns f with its data: a function of the variables alone, as the operators
// of this package take it. The result R is an Expr or a list of them. Go infers the
// types, of a generic f too:
//
//	func nll[T ad.Scalar[T]](p []T, d data) T { … }
//
//	symbolic.Gradient(symbolic.Bind(nll, d), p)
//
// The data are handed on, not copied.
func Bind[D, R any](f func(x []Expr, data D) R, data D) func(x []Expr) R {
	return func(x []Expr) R { return f(x, data) }
}
