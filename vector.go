package ad

import (
	"fmt"
	"math"
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

// Norm2 returns the Euclidean norm of x, without overflow on the way. At the
// origin its slopes are 0, and its second derivatives NaN, as a cone has none at its
// tip; SumSq has a Hessian there, and the same minimum. Where the first two entries are 0 and not all are, its
// second derivatives are NaN in packages dual and symbolic, which take it for
// hypot(hypot(x[0], x[1]), x[2]) and so on.
func Norm2[T Scalar[T]](x []T) T { return applyN(OpNorm2, x, nil) }

// LogSumExp returns the logarithm of the sum of the exponentials of x, without
// overflow on the way. Its slopes are the softmax of x.
//
// Special cases are:
//
//	LogSumExp of entries that are all -Inf, or of none, is -Inf, with slopes 0
//	an entry of -Inf has slope 0, one of +Inf has slope NaN
func LogSumExp[T Scalar[T]](x []T) T { return applyN(OpLogSumExp, x, nil) }

// Mean returns the arithmetic mean of x, NaN where x is empty.
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
// division, so zeros are harmless.
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
// Cost: len(x)² exponentials.
func LogSoftmax[T Scalar[T]](x []T) []T {
	m := pivot(x)
	logSum := Log(Sum(expShifted(x, m)))
	y := make([]T, len(x))
	for i := range x {
		// The largest entry is -log(1 + Σ exp(x[j]-x[i])) over the others,
		// which cancels nothing where the sum is small.
		largest := Log1p(sumBut(expShifted(x, x[i]), i)).Neg()
		y[i] = m.Sub(x[i]).IfPos(x[i].Sub(m).Sub(logSum), largest)
	}
	return y
}

// FoldN returns the sum-like function op of x, or of x and y, spelt out in
// smaller operations. It is what op means; a number type that has no shorter
// way returns it from its ApplyN.
func FoldN[T Scalar[T]](op OpN, x, y []T) T {
	z := Const[T](0)
	switch op {
	case OpSum:
		for i, v := range x {
			z = foldStep(i, z, v)
		}
	case OpDot:
		for i, v := range x {
			z = foldStep(i, z, v.Mul(y[i]))
		}
	case OpSumSq:
		for i, v := range x {
			z = foldStep(i, z, v.Mul(v))
		}
	case OpNorm2:
		for _, v := range nonzeroFirst(x) {
			z = z.Apply2(OpHypot, v)
		}
	case OpLogSumExp:
		m := Clamp(pivot(x), -math.MaxFloat64, math.MaxFloat64)
		s := Sum(expShifted(x, m))
		z = s.IfPos(m.Add(Log(s)), s.Add(Const[T](negInf))) // with the slopes of s, 0
	default:
		panic("ad: FoldN of an operation that is none of this package's")
	}
	return z
}

// foldStep adds the i-th term to the sum z of those before it.
func foldStep[T Scalar[T]](i int, z, term T) T {
	if i == 0 {
		return term
	}
	return z.Add(term)
}

// nonzeroFirst returns x with its first entry that is not 0, if there is one, in
// front of the zeros before it: a norm that has left the origin is smooth in the
// entries to come.
func nonzeroFirst[T Scalar[T]](x []T) []T {
	y := slices.Clone(x)
	for i := 1; i < len(y); i++ {
		some := Abs(y[0])
		y[0], y[i] = some.IfPos(y[0], y[i]), some.IfPos(y[i], y[0])
	}
	return y
}

// applyN applies op; the receiver of ApplyN is not read.
func applyN[T Scalar[T]](op OpN, x, y []T) T {
	var zero T
	return zero.ApplyN(op, x, y)
}

var negInf = math.Inf(-1)

var (
	opExpDiff  = Op2{rule.ExpDiff}
	opFraction = Op2{rule.Fraction}
	opPivot    = Op2{rule.Pivot}
)

// pivot returns the largest entry of x as if it were a constant: an offset for
// formulas that do not depend on it.
func pivot[T Scalar[T]](x []T) T {
	m := Const[T](negInf)
	for _, v := range x {
		m = m.Apply2(opPivot, v)
	}
	return m
}

// expShifted returns exp(x - m), entry by entry.
func expShifted[T Scalar[T]](x []T, m T) []T {
	e := make([]T, len(x))
	for i, v := range x {
		e[i] = v.Apply2(opExpDiff, m)
	}
	return e
}

// sumBut returns the sum of x without its i-th entry.
func sumBut[T Scalar[T]](x []T, i int) T {
	return Sum(x[:i]).Add(Sum(x[i+1:]))
}
