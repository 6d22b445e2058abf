package ad

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/rule"
)

// Operations for sum-like functions of many numbers.
var (
	OpSum       = OpN{rule.Sum}
	OpDot       = OpN{rule.Dot}
	OpSumSq     = OpN{rule.SumSq}
	OpNorm2     = OpN{rule.Norm2}
	OpLogSumExp = OpN{rule.LogSumExp}
)

// Sum returns the sum of x, 0 where x is empty.
func Sum[T Scalar[T]](x []T) T { return applyN(OpSum, x, nil) }

// Dot returns the sum of the products of x and y, entry by entry.
//
// Dot panics if x and y differ in length.
func Dot[T Scalar[T]](x, y []T) T {
	if len(x) != len(y) {
		panic(fmt.Sprintf("ad: Dot of lengths %d and %d", len(x), len(y)))
	}
	return applyN(OpDot, x, y)
}

// SumSq returns the sum of the squares of x.
func SumSq[T Scalar[T]](x []T) T { return applyN(OpSumSq, x, nil) }

// Norm2 returns the Euclidean norm of x, without overflow on the way.
//
// Special cases are:
//
//	Norm2 of zeros is 0, with slopes 0 and second derivatives NaN
//	Norm2 with one infinite entry is +Inf, with slope ±1 there and 0 elsewhere
//	Norm2 with several infinite entries is +Inf, with slopes NaN
//
// SumSq has a Hessian at the origin, and the same minimum.
func Norm2[T Scalar[T]](x []T) T { return applyN(OpNorm2, x, nil) }

// LogSumExp returns the logarithm of the sum of the exponentials of x, without
// overflow on the way. Its slopes are the softmax of x.
//
// Special cases are:
//
//	LogSumExp of entries that are all -Inf, or of none, is -Inf, with slopes 0
//	an entry of -Inf has slope 0, one of +Inf has slope NaN
//	where an entry is +Inf, so is the result, and every other entry has slope 0;
//	second derivatives are NaN in an entry of +Inf with itself and 0 elsewhere
//
// Neither value, slopes nor second derivatives lose digits where one entry is
// far above the others.
func LogSumExp[T Scalar[T]](x []T) T { return applyN(OpLogSumExp, x, nil) }

// Mean returns the arithmetic mean of x, NaN where x is empty. It is the sum over
// len(x), which may overflow where the mean does not.
func Mean[T Scalar[T]](x []T) T { return Sum(x).Div(Const[T](float64(len(x)))) }

// Variance returns the sum of the squared distances of x from its mean, over
// len(x) - correction: 1 for the unbiased estimate, 0 for the biased one. Where
// that leaves nothing to divide by the result is NaN, or +Inf if x varies.
func Variance[T Scalar[T]](x []T, correction float64) T {
	mean := Mean(x)
	d := make([]T, len(x))
	for i := range x {
		d[i] = x[i].Sub(mean)
	}
	return SumSq(d).Div(Const[T](max(0, float64(len(x))-correction)))
}

// Prod returns the product of x, 1 where x is empty. No slope is found by
// division, so zeros are harmless. Products are taken from the left, and may
// overflow or underflow on the way.
func Prod[T Scalar[T]](x []T) T {
	z := Const[T](1)
	for i, v := range x {
		if i == 0 {
			z = v
		} else {
			z = z.Mul(v)
		}
	}
	return z
}

// Softmax returns the exponentials of x divided by their sum, without overflow
// on the way.
//
// Special cases are:
//
//	an entry of -Inf gives 0, with slopes 0
//	entries that are all -Inf, or an entry of +Inf, give NaN
//
// Each entry is taken against the sum of all the others, so that neither an
// entry close to 1 nor its slope loses digits to cancellation.
// Cost: len(x) exponentials, len(x)² additions.
func Softmax[T Scalar[T]](x []T) []T {
	e := expShifted(x, pivot(x))
	y := make([]T, len(x))
	for i := range x {
		y[i] = e[i].Apply2(opFraction, sumBut(e, i))
	}
	return y
}

// LogSoftmax returns the logarithms of Softmax(x), accurate where it is close
// to 0 or to 1. Its special cases are those of Softmax, with -Inf for 0.
//
// Cost: len(x) exponentials, len(x)² additions.
func LogSoftmax[T Scalar[T]](x []T) []T {
	m := pivot(x)
	e := expShifted(x, m)
	sorted, parts := slices.Clone(x), slices.Clone(e)
	largestFirst(x, sorted, parts)
	logSum := logSumShifted(sorted, parts, m)
	y := make([]T, len(x))
	for i := range x {
		// The largest entry is the logarithm of its own part, which cancels
		// nothing where the others are small.
		d := x[i].Sub(m)
		y[i] = m.Sub(x[i]).IfPos(d.Sub(logSum), d.Apply2(opLogPart, sumBut(e, i)))
	}
	return y
}

// applyN applies op; the receiver of ApplyN is not read.
func applyN[T Scalar[T]](op OpN, x, y []T) T {
	var zero T
	return zero.ApplyN(op, x, y)
}
