package reverse

// Bind returns f with its data: a function of the variables alone, as the operators
// of this package take it. The result R is a Var or a list of them. Go infers the
// types, of a generic f too:
//
//	func nll[T ad.Scalar[T]](p []T, d data) T { … }
//
//	reverse.Gradient(reverse.Bind(nll, d), p)
//
// The data are handed on, not copied.
func Bind[D, R any](f func(x []Var, data D) R, data D) func(x []Var) R {
	return func(x []Var) R { return f(x, data) }
}
