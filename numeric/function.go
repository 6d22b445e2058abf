package numeric

import "github.com/quartet-ad/ad"

// Real is a plain float64 as an ad.Scalar: rosenbrock[numeric.Real] is a generic
// function in the form that the operators of this package take. They also take a
// function over any other type whose underlying type is float64.
type Real = ad.Real

// A function is f as this package evaluates it. It writes the point afresh for
// every evaluation, since f may change its argument, and hands out a copy of the
// result, since f may use its own again; the copy is good until the next call.
type function func(x []float64) []float64

// A source makes functions that may be called at the same time, if f may.
type source func() function

// fromNumber adapts a function of one number.
func fromNumber[F ~float64](f func(F) F) source {
	return func() function {
		y := make([]float64, 1)
		return func(x []float64) []float64 {
			y[0] = float64(f(F(x[0])))
			return y
		}
	}
}

// fromScalar adapts a function Rⁿ → R.
func fromScalar[F ~float64](f func([]F) F) source {
	return func() function {
		var arg []F
		y := make([]float64, 1)
		return func(x []float64) []float64 {
			arg = converted(arg, x)
			y[0] = float64(f(arg))
			return y
		}
	}
}

// fromVector adapts a function Rⁿ → Rᵐ.
func fromVector[F ~float64](f func([]F) []F) source {
	return func() function {
		var arg []F
		var y []float64
		return func(x []float64) []float64 {
			arg = converted(arg, x)
			y = converted(y, f(arg))
			return y
		}
	}
}

// converted returns src as numbers of another type, in the storage of dst.
func converted[D, S ~float64](dst []D, src []S) []D {
	dst = dst[:0]
	for _, v := range src {
		dst = append(dst, D(v))
	}
	return dst
}

// weighted returns the sum of f's results weighted with w. A result whose weight
// is 0 is left out.
func (src source) weighted(w []float64) source {
	return func() function {
		f, y := src(), make([]float64, 1)
		return func(x []float64) []float64 {
			y[0] = weightedSum(w, f(x))
			return y
		}
	}
}

func weightedSum(w, y []float64) float64 {
	var s float64
	for k, wk := range w {
		if wk != 0 {
			s += float64(wk * y[k])
		}
	}
	return s
}
