package ad

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/rule"
)

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
		z = foldNorm2(x)
	case OpLogSumExp:
		z = foldLogSumExp(x)
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

// foldNorm2 takes the largest entry first: the norm has then left the origin, and
// is smooth in the entries to come; and in none of its second derivatives do terms
// cancel, since no entry is larger than the norm of those before it.
func foldNorm2[T Scalar[T]](x []T) T {
	size := make([]T, len(x))
	for i, v := range x {
		size[i] = Abs(v)
	}
	y := slices.Clone(x)
	largestFirst(size, y)
	z := Const[T](0)
	for _, v := range y {
		z = z.Apply2(OpHypot, v)
	}
	return z
}

func foldLogSumExp[T Scalar[T]](x []T) T {
	y := slices.Clone(x)
	m := largestFirst(x, y)
	e := expShifted(y, m)
	s, infinite := Sum(e), Const[T](0)
	for i, v := range x {
		infinite = foldStep(i, infinite, ReLU(v).Apply2(OpHypot, Const[T](math.Inf(1)))) // slope NaN at +Inf, or 0
	}
	z := s.IfPos(m.Add(logSumShifted(y, e, m)), s.Add(Const[T](negInf))) // or, of -Inf alone, the slopes of s: 0
	return m.Sub(Const[T](math.MaxFloat64)).IfPos(infinite, z)
}

// logSumShifted returns the logarithm of the sum of e, the exponentials of x less the
// pivot m, of which the largest comes first. That one is taken as its exponent, the
// others as exponentials: then no terms of the second derivatives cancel, as those of
// log(sum) do where one entry makes up nearly all of it.
func logSumShifted[T Scalar[T]](x, e []T, m T) T {
	if len(x) == 0 {
		return m
	}
	return x[0].Sub(m).Apply2(opLogPlus, Sum(e[1:]))
}

// largestFirst brings the entries of lists that belong to the largest of x to their
// front, and returns the pivot of x. Of two entries the smaller moves to the later place.
func largestFirst[T Scalar[T]](x []T, lists ...[]T) (m T) {
	m = Const[T](negInf)
	for i, v := range x {
		if i > 0 {
			larger := v.Apply2(opAbove, m).Sub(Const[T](0.5)) // than all before it: positive
			for _, y := range lists {
				y[0], y[i] = larger.IfPos(y[i], y[0]), larger.IfPos(y[0], y[i])
			}
		}
		m = m.Apply2(opPivot, v)
	}
	return m
}

var negInf = math.Inf(-1)

var (
	opAbove    = Op2{rule.Above}
	opExpDiff  = Op2{rule.ExpDiff}
	opFraction = Op2{rule.Fraction}
	opLogPart  = Op2{rule.LogPart}
	opLogPlus  = Op2{rule.LogPlus}
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
