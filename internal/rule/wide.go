package rule

import "math"

// A wide is the number m·2^e, with an exponent that nothing here overflows.
// Where a float64 on the way to a result has overflowed, or is subnormal and has
// lost digits, the result is computed once more in wide numbers. That is the rare
// path: the ordinary one asks no more than whether it came to a normal number.
type wide struct {
	m float64 // 0, ±Inf, NaN, or ½ <= |m| < 1
	e int
}

// wideLimit bounds the exponents of powers. What is beyond it is beyond any float64,
// whatever it is multiplied with on its way to one.
const wideLimit = 1 << 20

func widen(x float64) wide {
	m, e := math.Frexp(x)
	return wide{m, e}
}

// product returns the product of the numbers.
func product(x wide, factors ...float64) wide {
	for _, f := range factors {
		x = x.mul(widen(f))
	}
	return x
}

func (a wide) mul(b wide) wide {
	m, e := math.Frexp(a.m * b.m)
	return wide{m, a.e + b.e + e}
}

func (a wide) div(b wide) wide {
	m, e := math.Frexp(a.m / b.m)
	return wide{m, a.e - b.e + e}
}

func (a wide) add(b wide) wide {
	if a.m == 0 || b.m != 0 && a.e < b.e {
		a, b = b, a
	}
	m, e := math.Frexp(a.m + math.Ldexp(b.m, max(b.e-a.e, -200)))
	return wide{m, a.e + e}
}

func (a wide) neg() wide { return wide{-a.m, a.e} }

// float returns the nearest float64.
func (a wide) float() float64 { return math.Ldexp(a.m, a.e) }

// ordinary reports whether x is a number that is neither 0 nor close to the ends
// of the range, so that it has all of its digits.
func ordinary(x float64) bool {
	x = math.Abs(x)
	return 0x1p-960 < x && x <= math.MaxFloat64
}

// wideExp returns exp(x+dx) for a small dx.
func wideExp(x, dx float64) wide {
	switch {
	case x != x:
		return wide{x, 0}
	case x > wideLimit/2:
		return wide{0.5, wideLimit}
	case x < -wideLimit/2:
		return wide{0.5, -wideLimit}
	}
	const hi, lo = 6.93147180369123816490e-01, 1.90821492927058770002e-10 // ln 2
	n := math.RoundToEven(x * math.Log2E)
	a := x - float64(n*hi) // exact
	b := float64(n * lo)
	r := a - b
	y := math.Exp(r)
	y += y * ((a - r) - b + dx)
	m, e := math.Frexp(y)
	return wide{m, e + int(n)}
}

// widePow returns x to the power y, for x other than 0.
func widePow(x, y float64) wide {
	sign := 1.0
	if x < 0 {
		switch {
		case y != math.Trunc(y):
			return wide{math.NaN(), 0}
		case math.Mod(y, 2) != 0:
			sign = -1
		}
		x = -x
	}
	if math.IsInf(x, 0) || math.IsInf(y, 0) || x != x || y != y {
		return widen(sign * math.Pow(x, y))
	}
	l, dl := logTwice(x)
	p := y * l
	if math.Abs(p) > wideLimit {
		return product(wideExp(p, 0), sign)
	}
	return product(wideExp(p, math.FMA(y, l, -p)+y*dl), sign)
}

// expTimes returns c·exp(x), which may be an ordinary number where exp(x) is none.
// It is 0 where x is so small that it would be for all numbers c, even if c is infinite.
func expTimes(c, x float64) float64 {
	switch {
	case math.Abs(x) < farOut || c == 0:
		return c * exp(x)
	case x < -1500:
		return flat(c)
	}
	half := math.Exp(x / 2)
	return c * half * half
}
