package onnx

import "math"

// gauss returns exp(-x²).
func gauss(x number) number { return x.square().Neg().exp() }

// erfc returns the complementary error function: beyond ±1 by the trapezoidal rule, nearer by the
// power series of erf.
func erfc(x number) number {
	tail := tailOfErf(x.abs())
	return where(do("Less", x.abs(), c(1)), c(1).Sub(centerOfErf(x)), ifNegative(x, c(2).Sub(tail), tail))
}

func erf(x number) number {
	tail := copysign(c(1).Sub(tailOfErf(x.abs())), x)
	return where(do("Less", x.abs(), c(1)), centerOfErf(x), tail)
}

// centerOfErf returns 2/√π·Σ (-1)ᵏx²ᵏ⁺¹/(k!(2k+1)), to 19 terms: for |x| up to 1.
func centerOfErf(x number) number {
	const terms = 19
	s := x.square().Neg()
	coefficient := func(k int) float64 { return 2 / math.SqrtPi / (math.Gamma(float64(k+1)) * float64(2*k+1)) }
	sum := c(coefficient(terms - 1))
	for k := terms - 2; k >= 0; k-- {
		sum = sum.Mul(s).shift(coefficient(k))
	}
	return sum.Mul(x)
}

// tailOfErf returns erfc x for x from 1 on, by the trapezoidal rule with steps of h for
// the integral 2x/π·∫ exp(-x²-t²)/(x²+t²) over t ≥ 0, and the residue of its poles:
//
//	erfc x = 2hx/π·exp(-x²)·(1/(2x²) + Σ exp(-k²h²)/(x²+k²h²)) - 2/(exp(2πx/h)-1)
//
// Source: Chiarella and Reichel, On the evaluation of integrals related to the error function
// (1968).
func tailOfErf(x number) number {
	const h, terms = 0.5, 13
	s := x.square()
	sum := c(0.5).Div(s)
	for k := 1; k <= terms; k++ {
		t := float64(k*k) * h * h
		sum = sum.Add(c(math.Exp(-t)).Div(s.shift(t)))
	}
	residue := c(2).Div(x.scale(2 * math.Pi / h).exp().shift(-1))
	return where(do("Greater", x, c(30)), c(0), gauss(x).Mul(x).scale(2*h/math.Pi).Mul(sum).Sub(residue))
}

// normcdf returns the cumulative probability of the standard normal distribution.
func normcdf(x number) number {
	if x.g.native {
		return do("Erf", x.scale(math.Sqrt2/2)).shift(1).scale(0.5)
	}
	return erfc(x.scale(-math.Sqrt2 / 2)).scale(0.5)
}
