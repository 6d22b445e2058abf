package compare

import (
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// NewWith is New for a function with data. The five arguments are one generic function,
// written once and named five times: Go makes an instance for each number type, since
// a generic function cannot be passed as one value. As with New, paper may be nil.
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
	f := New(name, numeric.Bind(real, data), dual.Bind(number, data), dual.BindHyper(hyper, data),
		reverse.Bind(tape, data), paperWith(paper, data))
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
	f := NewVector(name, numeric.Bind(real, data), dual.Bind(number, data), dual.BindHyper(hyper, data),
		reverse.Bind(tape, data), paperWith(paper, data))
	f.written = written(real, number, tape, paper)
	return f
}

// paperWith is symbolic.Bind, but no form remains none.
func paperWith[D, R any](paper func([]symbolic.Expr, D) R, data D) func([]symbolic.Expr) R {
	if paper == nil {
		return nil
	}
	return symbolic.Bind(paper, data)
}
