package catalog

import "github.com/quartet-ad/ad"

// This file states every activation straight from its textbook formula, over
// any number type, without a thought for overflow or cancellation. Where those
// do not strike it must agree with the rows of the table, which are written with
// such thoughts. The equations are those of Zhang, Deep Learning Reviews (2021),
// corrected where they are wrong as printed.

// num returns a constant.
func num[T ad.Scalar[T]](c float64) T { return ad.Const[T](c) }

// naiveSigmoid is equation 7: 1/(1+exp(-x)).
func naiveSigmoid[T ad.Scalar[T]](x T) T {
	one := num[T](1)
	return one.Div(one.Add(ad.Exp(x.Neg())))
}

// naiveSoftmax is equation 9: exp(xᵢ)/Σ exp(xⱼ). The vector x is in R^K, not xᵢ.
func naiveSoftmax[T ad.Scalar[T]](x []T) []T {
	sum := num[T](0)
	for _, v := range x {
		sum = sum.Add(ad.Exp(v))
	}
	y := make([]T, len(x))
	for i, v := range x {
		y[i] = ad.Exp(v).Div(sum)
	}
	return y
}

func naiveLogSoftmax[T ad.Scalar[T]](x []T) []T {
	y := naiveSoftmax(x)
	for i := range y {
		y[i] = ad.Log(y[i])
	}
	return y
}

// naiveReLU is equation 10: max(x, 0), with slope 0 at 0.
func naiveReLU[T ad.Scalar[T]](x T) T { return x.IfPos(x, num[T](0)) }

// naiveLeakyReLU is equation 11, which the text calls ReLU too:
// max(x, 0) + α·min(x, 0). At 0 its slope is α.
func naiveLeakyReLU[T ad.Scalar[T]](x T, alpha float64) T {
	return x.IfPos(x, x.Mul(num[T](alpha)))
}

// naiveTanh is equation 12: (exp(x)-exp(-x))/(exp(x)+exp(-x)).
func naiveTanh[T ad.Scalar[T]](x T) T {
	p, n := ad.Exp(x), ad.Exp(x.Neg())
	return p.Sub(n).Div(p.Add(n))
}

// naiveSoftplus is equation 13, log(1+exp(x)), with the β of later libraries.
func naiveSoftplus[T ad.Scalar[T]](x T, beta float64) T {
	b := num[T](beta)
	return ad.Log(num[T](1).Add(ad.Exp(b.Mul(x)))).Div(b)
}

func naiveLogSigmoid[T ad.Scalar[T]](x T) T { return ad.Log(naiveSigmoid(x)) }

func naiveSoftsign[T ad.Scalar[T]](x T) T { return x.Div(num[T](1).Add(ad.Abs(x))) }

func naiveSiLU[T ad.Scalar[T]](x T) T { return x.Mul(naiveSigmoid(x)) }

// naiveGELU is x/2·(1+erf(x/√2)).
func naiveGELU[T ad.Scalar[T]](x T) T {
	half, one := num[T](0.5), num[T](1)
	return half.Mul(x).Mul(one.Add(ad.Erf(x.Div(ad.Sqrt(num[T](2))))))
}

// naiveGELUTanh is x/2·(1+tanh(√(2/π)·(x+0.044715x³))).
func naiveGELUTanh[T ad.Scalar[T]](x T) T {
	half, one := num[T](0.5), num[T](1)
	c := ad.Sqrt(num[T](2).Div(num[T](3.141592653589793)))
	u := c.Mul(x.Add(num[T](0.044715).Mul(x).Mul(x).Mul(x)))
	return half.Mul(x).Mul(one.Add(naiveTanh(u)))
}

func naiveMish[T ad.Scalar[T]](x T) T { return x.Mul(naiveTanh(naiveSoftplus(x, 1))) }

func naiveTanhShrink[T ad.Scalar[T]](x T) T { return x.Sub(naiveTanh(x)) }

func naiveELU[T ad.Scalar[T]](x T, alpha float64) T {
	return x.IfPos(x, num[T](alpha).Mul(ad.Exp(x).Sub(num[T](1))))
}

func naiveCELU[T ad.Scalar[T]](x T, alpha float64) T {
	a := num[T](alpha)
	return x.IfPos(x, a.Mul(ad.Exp(x.Div(a)).Sub(num[T](1))))
}

func naiveSELU[T ad.Scalar[T]](x T) T {
	return num[T](1.0507009873554804934).Mul(naiveELU(x, 1.6732632423543772848))
}

// naiveHardTanh holds x between lo and hi, with slope 0 at both.
func naiveHardTanh[T ad.Scalar[T]](x T, lo, hi float64) T {
	l, h := num[T](lo), num[T](hi)
	return x.Sub(l).IfPos(h.Sub(x).IfPos(x, h), l)
}

func naiveReLU6[T ad.Scalar[T]](x T) T { return naiveHardTanh(x, 0, 6) }

func naiveHardSigmoid[T ad.Scalar[T]](x T) T {
	return naiveHardTanh(x.Add(num[T](3)), 0, 6).Div(num[T](6))
}

// naiveHardSwish is x(x+3)/6 between -3 and 3, bounds included.
func naiveHardSwish[T ad.Scalar[T]](x T) T {
	three := num[T](3)
	inside := x.Mul(x.Add(three)).Div(num[T](6))
	return x.Sub(three).IfPos(x, three.Neg().Sub(x).IfPos(num[T](0), inside))
}

func naiveHardShrink[T ad.Scalar[T]](x T, lambda float64) T {
	return ad.Abs(x).Sub(num[T](lambda)).IfPos(x, num[T](0))
}

func naiveSoftShrink[T ad.Scalar[T]](x T, lambda float64) T {
	l, zero := num[T](lambda), num[T](0)
	return x.Sub(l).IfPos(x.Sub(l), x.Neg().Sub(l).IfPos(x.Add(l), zero))
}
