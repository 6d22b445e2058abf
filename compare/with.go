package compare

import (
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// NewWith is New for a function with data. The five arguments are one generic function,
// written once and named five times: Go makes an instance for each number type, since
// a generic function cannot be passed as one value. As with New, forms may be nil.
//
//	func nll[T ad.Scalar[T]](p []T, d data) T { … }
//
//	compare.NewWith("nll", d, nll, nll, nll, nll, nll)
func NewWith[D any](
	name string,
	data D,
	real func([]numeric.Real, D) numeric.Real,
	number func([]dual.Number, D) dual.Number,
	hyper func([]dual.Hyper, D) dual.Hyper,
	tape func([]reverse.Var, D) reverse.Var,
	paper func([]symbolic.Expr, D) symbolic.Expr,
) Func {
	f := New(name, bound(real, data), bound(number, data), bound(hyper, data), bound(tape, data), bound(paper, data))
	f.written = written(real, number, tape, paper)
	return f
}

// NewVectorWith is NewVector for a function with data; see NewWith.
func NewVectorWith[D any](
	name string,
	data D,
	real func([]numeric.Real, D) []numeric.Real,
	number func([]dual.Number, D) []dual.Number,
	hyper func([]dual.Hyper, D) []dual.Hyper,
	tape func([]reverse.Var, D) []reverse.Var,
	paper func([]symbolic.Expr, D) []symbolic.Expr,
) Func {
	f := NewVector(name, bound(real, data), bound(number, data), bound(hyper, data), bound(tape, data), bound(paper, data))
	f.written = written(real, number, tape, paper)
	return f
}

// bound is Bind, of any backend, but no form remains none.
func bound[T, D, R any](f func([]T, D) R, data D) func([]T) R {
	if f == nil {
		return nil
	}
	return func(x []T) R { return f(x, data) }
}
