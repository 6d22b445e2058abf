package rule

import "math"

// gamma mends package math's Γ(x) for large x, where it takes a rounded power:
// Stirling's formula with the logarithm of the power to twice the precision.
func gamma(x float64) float64 {
	switch {
	case 20 < x && x < 171.7, -200 < x && x < -20 && x != math.Trunc(x):
		return wideGamma(x).float()
	}
	return math.Gamma(x)
}

// gammaTimes returns c·Γ(x), where y = Γ(x).
func gammaTimes(c, x, y float64) float64 {
	if -1000 < x && x < -20 && x != math.Trunc(x) {
		return product(wideGamma(x), c).float()
	}
	return c * y
}

// wideGamma returns Γ(x) for |x| > 20.
func wideGamma(x float64) wide {
	if x < 0 { // the reflection Γ(x)·Γ(-x) = -π/(x·sin πx)
		return widen(-math.Pi).div(product(wideGamma(-x), x, sinPi(x)))
	}
	l, dl := logTwice(x)
	a := x - 0.5
	p := float64(a * l) // not fused with the difference below
	s, e := twoDiff(p, x)
	e += math.FMA(a, l, -p) + a*dl
	r := 1 / (x * x)
	tail := (1.0/12 - r*(1.0/360-r*(1.0/1260-r*(1.0/1680-r*(1.0/1188-r*691.0/360360))))) / x
	const sqrt2Pi = 2.50662827463100050241576528481104525
	return product(wideExp(s, 0), sqrt2Pi, 1+math.Expm1(e+tail))
}

// lgamma mends package math's logarithm of |Γ(x)| at subnormal x and near its
// zeros on the negative axis, where that loses all relative precision, and just
// below 1.2316 and 0.2316, where it takes a polynomial outside of its interval.
func lgamma(x float64) float64 {
	if 0.19 < x && x < 0.232 || 1.19 < x && x < 1.232 {
		return lgamma(x+1) - log(x)
	}
	if x != 0 && math.Abs(x) < 1e-20 {
		return -log(math.Abs(x))
	}
	if -6 < x && x < -2 {
		if y, ok := lgammaNearZero(x); ok {
			return y
		}
	}
	y, _ := math.Lgamma(x)
	return y
}

// lgammaZeros are zeros of log|Γ|, each as a sum of two float64.
var lgammaZeros = [...][2]float64{
	{-2.4570247382208006, -3.7075610815513266e-17},
	{-2.7476826467274127, 9.055340329338315e-17},
	{-3.14358088834998, -2.1818179852331714e-16},
	{-3.955294284858598, -1.999428391746348e-17},
	{-4.039361839740537, 2.1143995503980602e-16},
	{-4.991544640560048, 1.5174411760571722e-16},
	{-5.0082181683225935, -4.3926353491015815e-17},
}

// lgammaNearZero sums the Taylor series about a zero close to x, if there is
// one. Its coefficients are the polygamma functions.
func lgammaNearZero(x float64) (y float64, ok bool) {
	for _, zero := range lgammaZeros {
		d := (x - zero[0]) - zero[1]
		if math.Abs(d) > 0.1*math.Abs(zero[0]-math.RoundToEven(zero[0])) {
			continue
		}
		power := 1.0
		for n := 0.0; ; n++ {
			power *= d / (n + 1)
			next := y + polygamma(n, zero[0])*power
			if next == y || n > 20 {
				return y, true
			}
			y = next
		}
	}
	return 0, false
}

// digamma returns the derivative of log|Γ(x)|.
//
// Special cases are:
//
//	digamma(+Inf) = +Inf
//	digamma(±0) = ∓Inf
//	digamma(x) = NaN for a negative whole number x, and for -Inf
func digamma(x float64) float64 {
	switch {
	case x == 0:
		return -1 / x
	case x < 0:
		if x == math.Trunc(x) {
			return math.NaN()
		}
		if x > -1e-8 { // ψ(x) = -1/x - γ + O(x)
			return -1/x + digamma(1+x)
		}
		return digamma(1-x) - math.Pi*cotPi(x)
	}
	// ψ(x) = ψ(x+1) - 1/x, until x is on the interval of the polynomial or
	// beyond the reach of the asymptotic series.
	sum := 0.0
	if x < 1 {
		sum = -1 / x
		x++
	}
	if x >= 12 {
		r := 1 / (x * x)
		tail := 0.0
		for k := len(bernoulli) - 1; k >= 0; k-- {
			tail = (tail + bernoulli[k]/float64(2*k+2)) * r
		}
		return math.Log(x) - 0.5/x - tail
	}
	for x > 2 {
		x--
		sum += 1 / x
	}
	// ψ(x) = (x-x0)·p(x) on [1, 2], x0 its zero.
	const x0, dx0 = 1.4616321449683622, 9.549995429965697e-17
	p := 0.0
	for _, c := range digammaPoly {
		p = p*(x-1.5) + c
	}
	return sum + ((x-x0)-dx0)*p
}

// digammaPoly is the Chebyshev interpolant of ψ(x)/(x-x0) on [1, 2] in powers
// of x-1.5, highest first. Its error is 2e-17.
var digammaPoly = [...]float64{
	-0.00017312261802727394, 0.00025968482126430747, -0.00015148586836773365,
	0.0002272331660987376, -0.0004821990530566789, 0.0007233266279287554,
	-0.0010376374098418604, 0.0015566317474486838, -0.002345267632540769,
	0.003519006401502276, -0.005279964873257405, 0.007926944646403797,
	-0.011908218001568644, 0.0179072524394512, -0.02697579675613825,
	0.04076083381242074, -0.061922133273064534, 0.09498872445494122,
	-0.14840492305390884, 0.2405424842407742, -0.4236274212814605,
	0.951055876031833,
}

// bernoulli holds the Bernoulli numbers B2, B4, B6, ….
var bernoulli = [...]float64{
	1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6,
	-3617.0 / 510, 43867.0 / 798, -174611.0 / 330,
}

// polygamma returns the n-th derivative of digamma for a whole n >= 0, and NaN
// for any other n.
//
// Special cases for n > 0 are:
//
//	polygamma(n, +Inf) = ±0
//	polygamma(n, x) = +Inf for odd n, NaN for even n, where x is whole and negative
func polygamma(n, x float64) float64 {
	switch {
	case n == 0:
		return digamma(x)
	case !(n > 0) || n != math.Trunc(n) || n > 100 || x != x || math.IsInf(x, -1):
		return math.NaN()
	case x < 0:
		if x == math.Trunc(x) {
			if math.Mod(n, 2) == 1 {
				return math.Inf(1)
			}
			return math.NaN()
		}
		if x > -1 { // near the pole at 0 the reflected terms cancel
			return polygamma(n, x+1) - polePart(n, x)
		}
		return parity(n)*polygamma(n, 1-x) - math.Pi*cotPiDerivative(n, x)
	}
	sum := 0.0
	for ; x < n+15; x++ {
		sum -= polePart(n, x)
	}
	if math.IsInf(x, 1) {
		return -parity(n) * 0
	}
	// (-1)^(n+1)·[(n-1)!/x^n + n!/(2x^(n+1)) + Σ B2k·(2k+n-1)!/(2k)!/x^(2k+n)]
	term := math.Gamma(n) * math.Pow(x, -n)
	tail := term * (1 + n/(2*x))
	term *= n * (n + 1) / (2 * x * x)
	for k, b := range bernoulli {
		tail += b * term
		m := 2*float64(k) + 3
		term *= (m + n - 1) * (m + n) / (m * (m + 1) * x * x)
	}
	return sum - parity(n)*tail
}

// polePart returns (-1)^n·n!/x^(n+1), the n-th derivative of 1/x.
func polePart(n, x float64) float64 {
	y := 1 / x
	for k := 1.0; k <= n; k++ {
		y *= -k / x
	}
	return y
}

// parity returns (-1)^n.
func parity(n float64) float64 { return 1 - 2*math.Mod(n, 2) }

// sinPi returns the sine of πx.
func sinPi(x float64) float64 {
	n := math.RoundToEven(x)
	return parity(math.Abs(n)) * math.Sin(math.Pi*(x-n))
}

// cotPi returns the cotangent of πx.
func cotPi(x float64) float64 {
	r := x - math.RoundToEven(x)
	if a := math.Abs(r); a > 0.25 {
		return math.Copysign(math.Tan(math.Pi*(0.5-a)), r)
	}
	return 1 / tanReduced(math.Pi*r)
}

// cotPiDerivative returns the n-th derivative of cot(πx): a polynomial in the
// cotangent, each derivative -π(1+c²) times the one before it.
func cotPiDerivative(n, x float64) float64 {
	c := cotPi(x)
	p := []float64{0, 1}
	for ; n > 0; n-- {
		q := make([]float64, len(p)+1)
		for i, a := range p[1:] {
			d := -math.Pi * float64(i+1) * a
			q[i] += d
			q[i+2] += d
		}
		p = q
	}
	y := 0.0
	for i := len(p) - 1; i >= 0; i-- {
		y = y*c + p[i]
	}
	return y
}
