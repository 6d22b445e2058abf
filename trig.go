package ad

import "github.com/quartet-ad/ad/internal/rule"

// Operations for trigonometric functions and their inverses.
var (
	OpSin   = Op{rule.Sin}
	OpCos   = Op{rule.Cos}
	OpTan   = Op{rule.Tan}
	OpAsin  = Op{rule.Asin}
	OpAcos  = Op{rule.Acos}
	OpAtan  = Op{rule.Atan}
	OpAtan2 = Op2{rule.Atan2}
)

// Sin returns the sine of x radians.
//
// Special cases are:
//
//	Sin(±Inf) = NaN, with slope NaN
func Sin[T Scalar[T]](x T) T { return x.Apply(OpSin) }

// Cos returns the cosine of x radians.
//
// Special cases are:
//
//	Cos(±Inf) = NaN, with slope NaN
func Cos[T Scalar[T]](x T) T { return x.Apply(OpCos) }

// Sincos returns Sin(x), Cos(x).
func Sincos[T Scalar[T]](x T) (sin, cos T) { return x.Apply(OpSin), x.Apply(OpCos) }

// Tan returns the tangent of x radians.
//
// Special cases are:
//
//	Tan(±Inf) = NaN, with slope NaN
func Tan[T Scalar[T]](x T) T { return x.Apply(OpTan) }

// Asin returns the arc sine of x, in radians.
//
// Special cases are:
//
//	Asin(±1) = ±π/2, with slope +Inf
//	Asin(x) = NaN for x < -1 or x > 1, with slope NaN
func Asin[T Scalar[T]](x T) T { return x.Apply(OpAsin) }

// Acos returns the arc cosine of x, in radians.
//
// Special cases are:
//
//	Acos(1) = 0 and Acos(-1) = π, with slope -Inf
//	Acos(x) = NaN for x < -1 or x > 1, with slope NaN
func Acos[T Scalar[T]](x T) T { return x.Apply(OpAcos) }

// Atan returns the arc tangent of x, in radians.
//
// Special cases are:
//
//	Atan(±Inf) = ±π/2, with slope 0
func Atan[T Scalar[T]](x T) T { return x.Apply(OpAtan) }

// Atan2 returns the angle of the point (x, y) seen from the origin, in radians
// between -π and π. Like math.Atan2 it takes the ordinate first. Its values
// are those of math.Atan2.
//
// Special cases are:
//
//	Atan2(±0, ±0) has slopes NaN
func Atan2[T Scalar[T]](y, x T) T { return y.Apply2(OpAtan2, x) }
