package ad

import "github.com/quartet-ad/ad/internal/rule"

// Operations for powers and roots.
var (
	OpSquare     = Op{rule.Square}
	OpCube       = Op{rule.Cube}
	OpReciprocal = Op{rule.Reciprocal}
	OpSqrt       = Op{rule.Sqrt}
	OpRsqrt      = Op{rule.Rsqrt}
	OpCbrt       = Op{rule.Cbrt}
	OpHypot      = Op2{rule.Hypot}
	OpPow        = Op2{rule.Pow}
)

// Square returns x².
func Square[T Scalar[T]](x T) T { return x.Apply(OpSquare) }

// Cube returns x³.
func Cube[T Scalar[T]](x T) T { return x.Apply(OpCube) }

// Reciprocal returns 1/x.
//
// Special cases are:
//
//	Reciprocal(±0) = ±Inf, with slope -Inf
//	Reciprocal(±Inf) = ±0, with slope 0
func Reciprocal[T Scalar[T]](x T) T { return x.Apply(OpReciprocal) }

// Sqrt returns the square root of x.
//
// Special cases are:
//
//	Sqrt(+Inf) = +Inf, with slope 0
//	Sqrt(±0) = ±0, with slope +Inf
//	Sqrt(x) = NaN for x < 0
func Sqrt[T Scalar[T]](x T) T { return x.Apply(OpSqrt) }

// Rsqrt returns 1/√x.
//
// Special cases are:
//
//	Rsqrt(+Inf) = 0, with slope 0
//	Rsqrt(±0) = +Inf, with slope -Inf
//	Rsqrt(x) = NaN for x < 0
func Rsqrt[T Scalar[T]](x T) T { return x.Apply(OpRsqrt) }

// Cbrt returns the cube root of x.
//
// Special cases are:
//
//	Cbrt(±0) = ±0, with slope +Inf
//	Cbrt(±Inf) = ±Inf, with slope 0
func Cbrt[T Scalar[T]](x T) T { return x.Apply(OpCbrt) }

// Hypot returns √(x²+y²) without overflow on the way.
//
// Special cases are:
//
//	Hypot(±0, ±0) = 0, with slopes 0: the least of the subgradients
//	Hypot(±Inf, y) = Hypot(y, ±Inf) = +Inf for finite y, with slope ±1 in the infinite one
//	Hypot(±Inf, ±Inf) = +Inf, with slopes NaN
func Hypot[T Scalar[T]](x, y T) T { return x.Apply2(OpHypot, y) }

// Pow returns x**y, with the values of math.Pow. The slope in x is y·x^(y-1),
// the slope in y is x^y·log x.
//
// Special cases are:
//
//	Pow(x, 0) = 1, with slope 0 in x, even at x = 0; the slope is NaN at x = NaN
//	Pow(0, y) has slope 0 in y for y >= 0, -Inf for y < 0
//	Pow(x, y) for x < 0 and whole y has slope NaN in y
//	Pow(x, y) = NaN for finite x < 0 and finite y that is not whole
func Pow[T Scalar[T]](x, y T) T { return x.Apply2(OpPow, y) }

// PowReal returns x**p for a constant p; see Pow.
func PowReal[T Scalar[T]](x T, p float64) T { return x.Apply2(OpPow, x.Const(p)) }

// PowInt returns x**n for a whole n; see Pow.
func PowInt[T Scalar[T]](x T, n int) T { return x.Apply2(OpPow, x.Const(float64(n))) }

// FMA returns x*y + z. Value and derivative are rounded after the product and
// after the sum: it is not fused.
func FMA[T Scalar[T]](x, y, z T) T { return x.Mul(y).Add(z) }
