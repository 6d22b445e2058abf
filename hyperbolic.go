package ad

import "github.com/quartet-ad/ad/internal/rule"

// Operations for hyperbolic functions and their inverses.
var (
	OpSinh  = Op{rule.Sinh}
	OpCosh  = Op{rule.Cosh}
	OpTanh  = Op{rule.Tanh}
	OpAsinh = Op{rule.Asinh}
	OpAcosh = Op{rule.Acosh}
	OpAtanh = Op{rule.Atanh}
)

// Sinh returns the hyperbolic sine of x.
//
// Special cases are:
//
//	Sinh(±Inf) = ±Inf, with slope +Inf
func Sinh[T Scalar[T]](x T) T { return x.Apply(OpSinh) }

// Cosh returns the hyperbolic cosine of x.
//
// Special cases are:
//
//	Cosh(±Inf) = +Inf, with slope ±Inf
func Cosh[T Scalar[T]](x T) T { return x.Apply(OpCosh) }

// Tanh returns the hyperbolic tangent of x.
//
// Special cases are:
//
//	Tanh(±Inf) = ±1, with slope 0
func Tanh[T Scalar[T]](x T) T { return x.Apply(OpTanh) }

// Asinh returns the inverse hyperbolic sine of x.
//
// Special cases are:
//
//	Asinh(±Inf) = ±Inf, with slope 0
func Asinh[T Scalar[T]](x T) T { return x.Apply(OpAsinh) }

// Acosh returns the inverse hyperbolic cosine of x.
//
// Special cases are:
//
//	Acosh(+Inf) = +Inf, with slope 0
//	Acosh(1) = 0, with slope +Inf
//	Acosh(x) = NaN for x < 1, with slope NaN
func Acosh[T Scalar[T]](x T) T { return x.Apply(OpAcosh) }

// Atanh returns the inverse hyperbolic tangent of x.
//
// Special cases are:
//
//	Atanh(±1) = ±Inf, with slope +Inf
//	Atanh(x) = NaN for x < -1 or x > 1, with slope NaN
func Atanh[T Scalar[T]](x T) T { return x.Apply(OpAtanh) }
