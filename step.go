package ad

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/rule"
)

// Operations with kinks and jumps.
var (
	OpAbs         = Op{rule.Abs}
	OpSign        = Op{rule.Sign}
	OpFloor       = Op{rule.Floor}
	OpCeil        = Op{rule.Ceil}
	OpTrunc       = Op{rule.Trunc}
	OpRound       = Op{rule.Round}
	OpRoundToEven = Op{rule.RoundToEven}
	OpMax         = Op2{rule.Max}
	OpMin         = Op2{rule.Min}
	OpCopysign    = Op2{rule.Copysign}
	OpMod         = Op2{rule.Mod}
)

// Abs returns the absolute value of x.
//
// Special cases are:
//
//	Abs(±0) = 0, with slope 0
//	Abs(±Inf) = +Inf, with slope ±1
func Abs[T Scalar[T]](x T) T { return x.Apply(OpAbs) }

// Sign returns -1, 0 or 1 as x is negative, zero or positive. Its slope is 0
// everywhere.
func Sign[T Scalar[T]](x T) T { return x.Apply(OpSign) }

// Floor returns the greatest whole number not above x. Its slope is 0
// everywhere.
func Floor[T Scalar[T]](x T) T { return x.Apply(OpFloor) }

// Ceil returns the least whole number not below x. Its slope is 0 everywhere.
func Ceil[T Scalar[T]](x T) T { return x.Apply(OpCeil) }

// Trunc returns x rounded toward 0. Its slope is 0 everywhere.
func Trunc[T Scalar[T]](x T) T { return x.Apply(OpTrunc) }

// Round returns x rounded to the nearest whole number, halves away from 0. Its
// slope is 0 everywhere.
func Round[T Scalar[T]](x T) T { return x.Apply(OpRound) }

// RoundToEven returns x rounded to the nearest whole number, halves to the even
// one. Its slope is 0 everywhere.
func RoundToEven[T Scalar[T]](x T) T { return x.Apply(OpRoundToEven) }

// Max returns the larger of x and y, NaN if either is NaN.
//
// Special cases are:
//
//	Max(x, x) = x, with slopes ½ and ½: ties share, two by two;
//	Max(Max(x, x), x) has the slopes ¼, ¼ and ½
func Max[T Scalar[T]](x, y T) T { return x.Apply2(OpMax, y) }

// Min returns the smaller of x and y, NaN if either is NaN.
//
// Special cases are:
//
//	Min(x, x) = x, with slopes ½ and ½: ties share
func Min[T Scalar[T]](x, y T) T { return x.Apply2(OpMin, y) }

// Clamp returns x where it lies between lo and hi, and the nearer of the two
// where it does not. At the bounds the slope is 1, as it is between them. A bound
// may be infinite.
//
// Clamp panics unless lo <= hi.
func Clamp[T Scalar[T]](x T, lo, hi float64) T {
	checkBounds("Clamp", lo, hi)
	y := x
	if l := x.Const(lo); lo > math.Inf(-1) { // an infinite x minus lo would be NaN
		y = l.Sub(x).IfPos(l, y)
	}
	if h := x.Const(hi); hi < math.Inf(1) {
		y = x.Sub(h).IfPos(h, y)
	}
	return y
}

func checkBounds(name string, lo, hi float64) {
	if !(lo <= hi) {
		panic(fmt.Sprintf("ad: %s between %v and %v", name, lo, hi))
	}
}

// Copysign returns the absolute value of x with the sign of y, NaN if either is
// NaN. Its slope in y is 0; in x it is 0 at x = 0, as that of Abs is.
func Copysign[T Scalar[T]](x, y T) T { return x.Apply2(OpCopysign, y) }

// Mod returns the remainder x - q·y, q the exact x/y rounded toward 0, with the
// values of math.Mod. Its slopes are 1 in x and -q in y, also where it jumps.
func Mod[T Scalar[T]](x, y T) T { return x.Apply2(OpMod, y) }
