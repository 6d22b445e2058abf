package rule

import "math"

// Package math is good at most points and wrong at a few. The files named
// mend_* step in at those few and leave the rest to it.

// exp mends package math's assembly, which is +Inf from 709.44 on, where the
// power of 2 nearest to the result overflows.
func exp(x float64) float64 {
	if 709 < x && x < 710 {
		return expLarge(x)
	}
	return math.Exp(x)
}

func expLarge(x float64) float64 {
	const n, hi, lo = 64, 6.93147180369123816490e-01, 1.90821492927058770002e-10 // ln 2
	a := x - n*hi
	r := a - n*lo
	y := math.Exp(r)
	return (y + y*((a-r)-n*lo)) * (1 << n)
}

// expm1 mends the largest arguments alike.
func expm1(x float64) float64 {
	if x > 709 {
		return exp(x)
	}
	return math.Expm1(x)
}

// log mends the logarithm of subnormal numbers, which package math's assembly
// takes for the smallest normal one.
func log(x float64) float64 {
	if 0 < x && x < 0x1p-1022 {
		return math.Log(x*0x1p54) - 54*math.Ln2
	}
	return math.Log(x)
}

// log2 mends arguments just above 1, where package math adds 1 and nearly -1.
func log2(x float64) float64 {
	frac, e := math.Frexp(x)
	if frac < math.Sqrt2/2 {
		frac *= 2
		e--
	}
	const hi, lo = math.Log2E, 2.0355273740931033e-17
	l := math.Log(frac)
	return float64(e) + math.FMA(l, hi, l*lo)
}

// log10 mends the same arguments, and subnormal ones.
func log10(x float64) float64 {
	const hi, lo = math.Log10E, 1.098319650216765e-17
	l := log(x)
	if math.IsInf(l, 0) {
		return l
	}
	return math.FMA(l, hi, l*lo)
}

// sinh and cosh mend the last unit of range before overflow, where exp(x) is
// already infinite and half of it is not.
func sinh(x float64) float64 {
	if math.Abs(x) > 709 {
		return math.Copysign(cosh(x), x)
	}
	return math.Sinh(x)
}

func cosh(x float64) float64 {
	if x = math.Abs(x); x > 709 {
		h := math.Exp(x / 2)
		return h / 2 * h
	}
	return math.Cosh(x)
}
