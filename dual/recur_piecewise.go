package dual

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// recurPiecewise is recur of functions that are made of straight pieces, and of the
// activation that is made of polynomials.
func recurPiecewise[T ad.Scalar[T]](row *rule.Func, y0 T, u []T, st store[T]) (y []T, ok bool) {
	x := u[0]
	step := func(x T) T { return of(opStep, x) }
	var slope T
	switch row {
	case rule.Abs:
		slope = ad.Sign(x)
	case rule.Sign, rule.Floor, rule.Ceil, rule.Trunc, rule.Round, rule.RoundToEven, rule.Step, rule.Flat:
		slope = of(opFlat, x)
	case rule.ReLU:
		slope = step(x)
	case rule.ReLU6:
		slope = step(x).Mul(step(ad.Shift(x.Neg(), 6)))
	case rule.HardSigmoid:
		slope = over0(step(ad.Shift(x, 3)).Mul(step(ad.Shift(x.Neg(), 3))), 6)
	case rule.HardSwish:
		square := each(st, plusSeries(st, timesSeries(u, u, st), scaleSeries(st, u, 3)), func(v T) T { return over0(v, 6) })
		flat := linear(st, y0, of(opFlat, x), u)
		return begin(y0, choose(st, ad.Shift(x, -3), u, choose(st, ad.Shift(x.Neg(), -3), flat, square))), true
	default:
		return nil, false
	}
	return linear(st, y0, slope, u), true
}

// recurPiecewise2 is recur2 of such functions of two variables.
func recurPiecewise2[T ad.Scalar[T]](row *rule.Func2, z0 T, x, y []T, st store[T]) (z []T, ok bool) {
	a, b := x[0], y[0]
	var slopeX, slopeY T
	flat := func() T { return of(opFlat, a).Mul(of(opFlat, b)) }
	switch row {
	case rule.Max:
		slopeX, slopeY = of2(opAbove, a, b), of2(opAbove, b, a)
	case rule.Min:
		slopeX, slopeY = of2(opAbove, b, a), of2(opAbove, a, b)
	case rule.Copysign:
		slopeX, slopeY = ad.Sign(a).Mul(ad.Copysign(ad.Const[T](1), b)), flat()
	case rule.Mod, rule.Quotient:
		quotient := of2(opQuotient, a, b)
		slopeX, slopeY = ad.Shift(of(opFlat, quotient), 1), quotient.Neg()
		if row == rule.Quotient {
			slopeX, slopeY = of(opFlat, quotient), of(opFlat, quotient)
		}
	case rule.Above:
		slopeX, slopeY = flat(), flat()
	case rule.HardShrink:
		slopeX, slopeY = of(opStep, ad.Abs(a).Sub(b)), flat()
	case rule.SoftShrink:
		slopeX = of(opStep, ad.Abs(a).Sub(b))
		slopeY = ad.Sign(a).Neg().Mul(slopeX)
	case rule.LeakyReLU:
		return begin(z0, choose(st, a, x, timesSeries(x, y, st))), true
	case rule.Pivot:
		return st.one(z0), true
	default:
		return nil, false
	}
	if len(y) == 1 {
		return linear(st, z0, slopeX, x), true
	}
	if len(x) == 1 {
		return linear(st, z0, slopeY, y), true
	}
	return begin(z0, plusSeries(st, linear(st, z0, slopeX, x), linear(st, z0, slopeY, y))), true
}
