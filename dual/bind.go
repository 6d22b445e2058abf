package dual

// Bind returns f with its data: a function of the variables alone, as the operators
// of this package take it. The result R is a Number or a list of them. Go infers the
// types, of a generic f too:
//
//	func nll[T ad.Scalar[T]](p []T, d data) T { … }
//
//	dual.Gradient(dual.Bind(nll, d), p)
//
// The data are handed on, not copied.
func Bind[D, R any](f func(x []Number, data D) R, data D) func(x []Number) R {
	return func(x []Number) R { return f(x, data) }
}

// BindHyper is Bind for Hessian and HVP, which take functions over Hyper.
func BindHyper[D, R any](f func(x []Hyper, data D) R, data D) func(x []Hyper) R {
	return func(x []Hyper) R { return f(x, data) }
}
