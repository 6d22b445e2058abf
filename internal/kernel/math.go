package kernel

import "math"

// Exp writes the exponentials of x to dst, within 1.5 ULP; within 2 on amd64 without
// fused multiply-add, where package math is no better.
//
// Special cases are those of [math.Exp]; what is subnormal is not flushed to 0.
func Exp(dst, x []float64) { use.exp.on("Exp", dst, x) }

// Expm1 writes exp(x)-1 to dst, within 2 ULP, where x is close to 0 too.
//
// Special cases are those of [math.Expm1].
func Expm1(dst, x []float64) { use.expm1.on("Expm1", dst, x) }

// Log writes the natural logarithms of x to dst, within 1 ULP.
//
// Special cases are those of [math.Log].
func Log(dst, x []float64) { use.log.on("Log", dst, x) }

// Log1p writes the natural logarithms of 1+x to dst, within 2 ULP, where x is
// close to 0 too.
//
// Special cases are those of [math.Log1p].
func Log1p(dst, x []float64) { use.log1p.on("Log1p", dst, x) }

// Sigmoid writes 1/(1+exp(-x)) to dst, within 2 ULP.
//
// Special cases are:
//
//	+Inf gives 1, -Inf gives 0, NaN gives NaN
func Sigmoid(dst, x []float64) { use.sigmoid.on("Sigmoid", dst, x) }

// Softplus writes log(1+exp(x)) to dst, within 2 ULP.
//
// Special cases are:
//
//	+Inf gives +Inf, -Inf gives 0, NaN gives NaN
func Softplus(dst, x []float64) { use.softplus.on("Softplus", dst, x) }

// Tanh writes the hyperbolic tangents of x to dst, within 2 ULP.
//
// Special cases are those of [math.Tanh].
func Tanh(dst, x []float64) { use.tanh.on("Tanh", dst, x) }

// Erf writes the error functions of x to dst, within 2 ULP.
//
// Special cases are those of [math.Erf].
func Erf(dst, x []float64) { use.erf.on("Erf", dst, x) }

// expGo mends math.Exp just before it overflows, where the assembly of some
// processors is +Inf from 709.44 on.
func expGo(x float64) float64 {
	if !(709 < x && x < 710) {
		return math.Exp(x)
	}
	const n, hi, lo = 64, 6.93147180369123816490e-01, 1.90821492927058770002e-10 // ln 2
	a := x - n*hi
	r := a - n*lo
	y := math.Exp(r)
	return (y + y*((a-r)-n*lo)) * (1 << n)
}

// logGo mends math.Log at subnormal numbers, for which the assembly of some
// processors gives infinities.
func logGo(x float64) float64 {
	if 0 < x && x < smallestNormal {
		return math.Log(x*0x1p54) - 54*math.Ln2
	}
	return math.Log(x)
}

const smallestNormal = 0x1p-1022

// sigmoidGo puts back what the sum and the quotient lost: the error of math.Exp
// alone may take up most of what is promised.
func sigmoidGo(x float64) float64 {
	e := math.Exp(-math.Abs(x))
	d := 1 + e
	lost := e - (d - 1)
	n := e
	if x >= 0 {
		n = 1
	}
	y := n / d
	return y + (math.FMA(-y, d, n)-y*lost)/d
}

func expm1Go(x float64) float64 {
	if x > 709 {
		return expGo(x)
	}
	return math.Expm1(x)
}

func softplusGo(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }
