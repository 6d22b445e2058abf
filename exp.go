package ad

import "github.com/quartet-ad/ad/internal/rule"

// Operations for exponentials and logarithms.
var (
	OpExp       = Op{rule.Exp}
	OpExp2      = Op{rule.Exp2}
	OpExpm1     = Op{rule.Expm1}
	OpLog       = Op{rule.Log}
	OpLog2      = Op{rule.Log2}
	OpLog10     = Op{rule.Log10}
	OpLog1p     = Op{rule.Log1p}
	OpLogAddExp = Op2{rule.LogAddExp}
	OpXLogY     = Op2{rule.XLogY}
)

// Exp returns e**x.
//
// Special cases are:
//
//	Exp(+Inf) = +Inf, with slope +Inf
//	Exp(-Inf) = 0, with slope 0
func Exp[T Scalar[T]](x T) T { return x.Apply(OpExp) }

// Exp2 returns 2**x. Its special cases are those of Exp.
func Exp2[T Scalar[T]](x T) T { return x.Apply(OpExp2) }

// Expm1 returns e**x - 1, accurate near 0.
//
// Special cases are:
//
//	Expm1(+Inf) = +Inf, with slope +Inf
//	Expm1(-Inf) = -1, with slope 0
func Expm1[T Scalar[T]](x T) T { return x.Apply(OpExpm1) }

// Log returns the natural logarithm of x.
//
// Special cases are:
//
//	Log(+Inf) = +Inf, with slope 0
//	Log(±0) = -Inf, with slope +Inf
//	Log(x) = NaN for x < 0, with slope NaN
func Log[T Scalar[T]](x T) T { return x.Apply(OpLog) }

// Log2 returns the binary logarithm of x. Its special cases are those of Log.
func Log2[T Scalar[T]](x T) T { return x.Apply(OpLog2) }

// Log10 returns the decimal logarithm of x. Its special cases are those of Log.
func Log10[T Scalar[T]](x T) T { return x.Apply(OpLog10) }

// Log1p returns log(1+x), accurate near 0.
//
// Special cases are:
//
//	Log1p(+Inf) = +Inf, with slope 0
//	Log1p(-1) = -Inf, with slope +Inf
//	Log1p(x) = NaN for x < -1, with slope NaN
func Log1p[T Scalar[T]](x T) T { return x.Apply(OpLog1p) }

// LogAddExp returns log(exp(x)+exp(y)) without overflow. Its slopes are the
// shares of the two terms in the sum.
//
// Special cases are:
//
//	LogAddExp(-Inf, -Inf) = -Inf, with slopes 0
//	LogAddExp(+Inf, y) = +Inf, with slopes 1 and 0 for finite y
//	LogAddExp(-Inf, y) = y, with slopes 0 and 1 for finite y
func LogAddExp[T Scalar[T]](x, y T) T { return x.Apply2(OpLogAddExp, y) }

// XLogY returns x·log y, and 0 where x is 0 and y is not negative.
//
// Special cases are:
//
//	XLogY(0, y) = 0 for y >= 0, with slopes log y and 0
//	XLogY(x, y) = NaN for y < 0, with slopes NaN
func XLogY[T Scalar[T]](x, y T) T { return x.Apply2(OpXLogY, y) }

// XLogX returns x·log x, the negated entropy of one term.
//
// Special cases are:
//
//	XLogX(0) = 0, with slope -Inf
//	XLogX(x) = NaN for x < 0
func XLogX[T Scalar[T]](x T) T { return x.Apply2(OpXLogY, x) }
