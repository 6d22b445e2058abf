package ad

import "github.com/quartet-ad/ad/internal/rule"

// Operations for error and gamma functions.
var (
	OpErf     = Op{rule.Erf}
	OpErfc    = Op{rule.Erfc}
	OpGamma   = Op{rule.Gamma}
	OpLgamma  = Op{rule.Lgamma}
	OpDigamma = Op{rule.Digamma}
)

// Erf returns the error function of x.
//
// Special cases are:
//
//	Erf(±Inf) = ±1, with slope 0
func Erf[T Scalar[T]](x T) T { return x.Apply(OpErf) }

// Erfc returns the complementary error function 1 - Erf(x), accurate where it
// is small.
//
// Special cases are:
//
//	Erfc(+Inf) = 0 and Erfc(-Inf) = 2, with slope 0
func Erfc[T Scalar[T]](x T) T { return x.Apply(OpErfc) }

// Gamma returns the gamma function of x, with the values of math.Gamma.
//
// Special cases are:
//
//	Gamma(±0) = ±Inf, with slope -Inf
//	Gamma(x) = NaN for whole x < 0, with slope NaN
func Gamma[T Scalar[T]](x T) T { return x.Apply(OpGamma) }

// Lgamma returns the logarithm of the absolute value of Gamma(x); the sign,
// which math.Lgamma returns beside it, is constant between the poles.
//
// Special cases are:
//
//	Lgamma(±0) = +Inf, with slope ∓Inf
//	Lgamma(x) = +Inf for whole x < 0, with slope NaN
func Lgamma[T Scalar[T]](x T) T { return x.Apply(OpLgamma) }

// Digamma returns the derivative of Lgamma(x).
//
// Special cases are:
//
//	Digamma(±0) = ∓Inf, with slope +Inf
//	Digamma(x) = NaN for whole x < 0
func Digamma[T Scalar[T]](x T) T { return x.Apply(OpDigamma) }
