package rule

import "math"

// This file holds the values that package math has no function for, in forms
// that neither overflow nor cancel on the way.

func sq(x float64) float64 { return x * x }

// invPos returns 1/x on the domain of the logarithm: +Inf at both zeros, NaN
// below.
func invPos(x float64) float64 {
	if x < 0 {
		return math.NaN()
	}
	return 1 / math.Abs(x)
}

// rsqrt returns 1/√x: +Inf at both zeros.
func rsqrt(x float64) float64 { return 1 / math.Abs(math.Sqrt(x)) }

func circle(x float64) float64 { return math.Sqrt(math.FMA(-x, x, 1)) }

func hyperbola(x float64) float64 { return math.Sqrt(x-1) * math.Sqrt(x+1) }

func lorentzian(x float64) float64 {
	if math.Abs(x) > 1e8 {
		return sq(1 / x)
	}
	return 1 / (1 + x*x)
}

// hypot returns √(x²+y²), to less than one unit in the last place; package
// math's loses two. Where the squares would overflow or underflow both arguments
// are scaled by a power of two.
func hypot(x, y float64) float64 {
	switch s := math.FMA(x, x, y*y); {
	case 0x1p-900 < s && s < 0x1p1000:
		return math.Sqrt(s)
	case s >= 0x1p1000 && math.Abs(x) <= math.MaxFloat64 && math.Abs(y) <= math.MaxFloat64:
		return 0x1p600 * math.Sqrt(math.FMA(0x1p-600*x, 0x1p-600*x, sq(0x1p-600*y)))
	case s <= 0x1p-900:
		return 0x1p-600 * math.Sqrt(math.FMA(0x1p600*x, 0x1p600*x, sq(0x1p600*y)))
	}
	return larger(math.Abs(x), math.Abs(y)) // an infinity or NaN
}

func sech(x float64) float64 {
	if math.Abs(x) > 22 {
		return 2 * math.Exp(-math.Abs(x))
	}
	return 1 / math.Cosh(x)
}

// gauss returns exp(-x²) with the square's rounding error put back.
func gauss(x float64) float64 {
	s := x * x
	if s > 800 {
		return 0
	}
	return math.Exp(-s) * (1 - math.FMA(x, x, -s))
}

// gaussTimes returns c·exp(-x²), which may have all of its digits where exp(-x²)
// has lost them.
func gaussTimes(c, x float64) float64 {
	switch {
	case math.Abs(x) < 26:
		return c * gauss(x)
	case math.Abs(x) > 40:
		return 0
	}
	s := x * x
	half := math.Exp(-s / 2)
	return c * half * half * (1 - math.FMA(x, x, -s))
}

const invSqrt2Pi = 0.39894228040143267793994605993438

// normPDFTimes returns c times the normal density at x, as gaussTimes does.
func normPDFTimes(c, x float64) float64 {
	if math.Abs(x) < 37 {
		return c * normPDF(x)
	}
	half := gauss(x / 2)
	if half == 0 {
		return 0
	}
	return invSqrt2Pi * (c * half) * half
}

// normPDF returns exp(-x²/2)/√(2π).
func normPDF(x float64) float64 {
	s := x * x
	if s > 1600 {
		return 0
	}
	return invSqrt2Pi * math.Exp(-s/2) * (1 - math.FMA(x, x, -s)/2)
}

// normCDF returns erfc(-x/√2)/2 with the rounding error of the argument put
// back: far out on the left the result would lose 2x² times that error.
func normCDF(x float64) float64 {
	const hi, lo = 0.70710678118654757, -4.8336466567264567e-17 // 1/√2
	t := -x * hi
	dt := math.FMA(-x, hi, -t) - x*lo
	if math.Abs(x) > 40 {
		dt = 0
	}
	return (math.Erfc(t) - twoOverSqrtPi*gauss(t)*dt) / 2
}

// expDiff returns exp(x-y) with the rounding error of the difference put back.
func expDiff(x, y float64) float64 {
	d, e := twoDiff(x, y)
	z := exp(d)
	if math.Abs(e) < 1 && z <= math.MaxFloat64 {
		z += z * e
	}
	return z
}

// share returns exp(x)/(exp(x)+exp(y)), the sigmoid of x-y, with the rounding
// error of the difference put back.
func share(x, y float64) float64 {
	if math.IsInf(x, -1) && math.IsInf(y, -1) {
		return 0
	}
	d, e := twoDiff(x, y)
	s := sigmoid(d)
	if math.Abs(e) < 1 {
		s += s * sigmoid(-d) * e
	}
	return s
}

func logAddExp(x, y float64) float64 {
	if x == y {
		return x + math.Ln2
	}
	m := larger(x, y)
	return m + math.Log1p(math.Exp(-math.Abs(x-y)))
}

func xLogY(x, y float64) float64 {
	if x == 0 && y >= 0 {
		return 0
	}
	return x * log(y)
}

func xDivY(x, y float64) float64 {
	switch {
	case y < 0:
		return math.NaN()
	case x == 0 && y >= 0:
		return 0
	}
	return x / math.Abs(y)
}

// xDivSquare returns x/y², xDivCube x/y³, both NaN where y < 0. No power of y
// overflows or vanishes on the way.
func xDivSquare(x, y float64) float64 {
	switch s := y * y; {
	case y < 0:
		return math.NaN()
	case ordinary(s):
		return x / s
	}
	y = math.Abs(y)
	return x / y / y
}

func xDivCube(x, y float64) float64 {
	switch s := y * y * y; {
	case y < 0:
		return math.NaN()
	case ordinary(s):
		return x / s
	}
	y = math.Abs(y)
	return x / y / y / y
}

// fraction returns x/(x+y), for x and y that are not negative.
func fraction(x, y float64) float64 {
	s := x + y
	if math.IsInf(s, 0) && finite(x, y) {
		return x / 2 / (x/2 + y/2)
	}
	return x / s
}

// overSum returns the product of the factors over x+y to the power n.
func overSum(x, y float64, n int, factors ...float64) float64 {
	s := widen(x).add(widen(y))
	z := product(wide{0.5, 1}, factors...)
	for range n {
		z = z.div(s)
	}
	return z.float()
}

// twoDiff returns x-y rounded, and what the rounding lost, as TwoSum does.
func twoDiff(x, y float64) (d, e float64) {
	x, y = float64(x), float64(y)
	d = x - y
	b := d - x
	return d, (x - (d - b)) - (y + b)
}
