package rule

import "math"

// Derivatives of x^y. The ordinary path takes them from the value z; where that has
// overflowed or vanished, or x divides it to something that has, powTimes knows them.

// powTimes returns c·x^(y-n), with x^y in a wide number: y-n would be rounded.
func powTimes(c, x, y float64, n int) float64 {
	if x == 0 || math.IsInf(x, 0) || math.IsInf(y, 0) {
		return c * pow(x, y-float64(n))
	}
	if x < 0 && y != math.Trunc(y) {
		return math.NaN()
	}
	if math.IsInf(c, 0) && math.Abs(x) != 1 { // so is the exponent, nearly, and decides
		c = math.Copysign(math.MaxFloat64, c)
	}
	z := product(widePow(x, y), c)
	for range n {
		z = z.div(widen(x))
	}
	return z.float()
}

// powSlopeX returns the slope y·x^(y-1), which is 0 for y = 0 whatever number x is.
func powSlopeX(x, y, z float64) float64 {
	if y == 0 {
		return flat(x)
	}
	q := z / x
	if s := y * q; ordinary(z) && ordinary(q) && ordinary(s) {
		return s
	}
	return powTimes(y, x, y, 1)
}

// powSlopeY returns the slope x^y·log x. At x = 0 it is 0 for y >= 0 and -Inf
// below; for negative x it does not exist.
func powSlopeY(x, y, z float64) float64 {
	switch {
	case x == 0:
		return orElse(-y, math.Inf(-1), 0)
	case ordinary(z) || math.IsInf(x, 0):
		return xLogY(z, x)
	}
	return powTimes(log(x), x, y, 0)
}

func powCurveXX(x, y, z float64) float64 {
	if y == 0 || y == 1 {
		return flat(x)
	}
	q := z / x / x
	if c := y * ((y - 1) * q); ordinary(z) && ordinary(q) && ordinary(c) {
		return c
	}
	return powCurve(x, y)
}

// powCurveXY follows the slope in y, which at x = 0 is a constant for y >= 0.
func powCurveXY(x, y, z float64) float64 {
	if x == 0 {
		return orElse(-y, math.Inf(1), 0)
	}
	q := z / x
	if c := math.FMA(y, log(x), 1); ordinary(z) && ordinary(q) && !math.IsInf(c, 0) {
		return q * c
	}
	return powMix(x, y)
}

func powCurveYY(x, y, z float64) float64 {
	switch {
	case x == 0:
		return flat(y)
	case ordinary(z) || math.IsInf(x, 0):
		return log(x) * xLogY(z, x)
	}
	return powTimes(sq(log(x)), x, y, 0)
}

// powSlope is the slope of x^y in x by the textbook, and so are the others.
func powSlope(x, y float64) float64 {
	if y == 0 {
		return flat(x)
	}
	return powTimes(y, x, y, 1)
}

func powLog(x, y float64) float64 {
	switch {
	case x == 0:
		return orElse(-y, math.Inf(-1), 0)
	case math.IsInf(x, 0):
		return xLogY(pow(x, y), x)
	}
	return powTimes(log(x), x, y, 0)
}

func powCurve(x, y float64) float64 {
	if y == 0 || y == 1 {
		return flat(x)
	}
	if c := y * (y - 1); !math.IsInf(c, 0) {
		return powTimes(c, x, y, 2)
	}
	return y * powTimes(y-1, x, y, 2)
}

func powMix(x, y float64) float64 {
	switch {
	case x == 0:
		return orElse(-y, math.Inf(1), 0)
	case math.IsInf(x, 0):
		return powSlopeX(x, y, pow(x, y))*log(x) + xDivY(pow(x, y), x)
	}
	return powTimes(math.FMA(y, log(x), 1), x, y, 1)
}

func powLog2(x, y float64) float64 {
	switch {
	case x == 0:
		return flat(y)
	case math.IsInf(x, 0):
		return log(x) * xLogY(pow(x, y), x)
	}
	return powTimes(sq(log(x)), x, y, 0)
}

// Derivatives of x^y, helpers closed under differentiation. At x = 0 they have the
// corner cases of the slope in y.
var (
	// PowSlope is y·x^(y-1), 0 where y is. It is a row of its own because it changes
	// with y even where it is 0.
	PowSlope = &Func2{
		Name:   "powslope",
		Value:  powSlope,
		SlopeX: func(x, y, _ float64) float64 { return powCurve(x, y) },
		SlopeY: func(x, y, _ float64) float64 { return powMix(x, y) },
		CurveXX: func(x, y, _ float64) float64 {
			return powTimes(y*(y-1)*(y-2), x, y, 3)
		},
		CurveXY: func(x, y, _ float64) float64 {
			return powTimes(2*y-1+y*(y-1)*log(x), x, y, 2)
		},
		CurveYY: func(x, y, _ float64) float64 {
			return powTimes(log(x)*(2+y*log(x)), x, y, 1)
		},
		TextX: "powcurve(x, y)",
		TextY: "powmix(x, y)",
		Lo:    [2]float64{0.1, -3}, Hi: [2]float64{10, 3},
	}
	// PowLog is x^y·log x.
	PowLog = &Func2{
		Name:   "powlog",
		Value:  powLog,
		SlopeX: func(x, y, _ float64) float64 { return powMix(x, y) },
		SlopeY: func(x, y, _ float64) float64 { return powLog2(x, y) },
		CurveXX: func(x, y, _ float64) float64 {
			return powTimes((y-1)*(1+y*log(x))+y, x, y, 2)
		},
		CurveXY: func(x, y, _ float64) float64 {
			return powTimes(log(x)*(2+y*log(x)), x, y, 1)
		},
		CurveYY: func(x, y, _ float64) float64 { l := log(x); return powTimes(l*l*l, x, y, 0) },
		TextX:   "powmix(x, y)",
		TextY:   "powlog2(x, y)",
		Lo:      [2]float64{0.1, -3}, Hi: [2]float64{10, 3},
	}
	// PowCurve is y·(y-1)·x^(y-2).
	PowCurve = &Func2{
		Name:   "powcurve",
		Value:  powCurve,
		SlopeX: func(x, y, z float64) float64 { return (y - 2) * z / x },
		SlopeY: func(x, y, z float64) float64 { return (2*y-1)*pow(x, y-2) + z*log(x) },
		CurveXX: func(x, y, _ float64) float64 {
			return powTimes(y*(y-1)*(y-2)*(y-3), x, y, 4)
		},
		CurveXY: func(x, y, _ float64) float64 {
			return powTimes(3*y*y-6*y+2+y*(y-1)*(y-2)*log(x), x, y, 3)
		},
		CurveYY: func(x, y, _ float64) float64 {
			l := log(x)
			return powTimes(2+2*(2*y-1)*l+y*(y-1)*l*l, x, y, 2)
		},
		TextX: "(y-2)*powcurve(x, y)/x",
		TextY: "(2*y-1)*x^(y-2)+powcurve(x, y)*log(x)",
		Lo:    [2]float64{0.1, -3}, Hi: [2]float64{10, 3},
	}
	// PowMix is x^(y-1)·(1+y·log x).
	PowMix = &Func2{
		Name:   "powmix",
		Value:  powMix,
		SlopeX: func(x, y, _ float64) float64 { return pow(x, y-2) * ((y-1)*(1+y*log(x)) + y) },
		SlopeY: func(x, y, _ float64) float64 { return pow(x, y-1) * log(x) * (2 + y*log(x)) },
		CurveXX: func(x, y, _ float64) float64 {
			return powTimes((y-2)*((y-1)*(1+y*log(x))+y)+y*(y-1), x, y, 3)
		},
		CurveXY: func(x, y, _ float64) float64 {
			l := log(x)
			return powTimes(l*((y-1)*(1+y*l)+y)+(1+y*l)+(y-1)*l+1, x, y, 2)
		},
		CurveYY: func(x, y, _ float64) float64 { l := log(x); return powTimes(l*l*(3+y*l), x, y, 1) },
		TextX:   "x^(y-2)*((y-1)*(1+y*log(x))+y)",
		TextY:   "x^(y-1)*log(x)*(2+y*log(x))",
		Lo:      [2]float64{0.1, -3}, Hi: [2]float64{10, 3},
	}
	// PowLog2 is x^y·log²x.
	PowLog2 = &Func2{
		Name:   "powlog2",
		Value:  powLog2,
		SlopeX: func(x, y, _ float64) float64 { return pow(x, y-1) * log(x) * (2 + y*log(x)) },
		SlopeY: func(x, _, z float64) float64 { return z * log(x) },
		CurveXX: func(x, y, _ float64) float64 {
			l := log(x)
			return powTimes((y-1)*l*(2+y*l)+2+2*y*l, x, y, 2)
		},
		CurveXY: func(x, y, _ float64) float64 { l := log(x); return powTimes(l*l*(3+y*l), x, y, 1) },
		CurveYY: func(x, y, _ float64) float64 { l := log(x); return powTimes(l*l*l*l, x, y, 0) },
		TextX:   "x^(y-1)*log(x)*(2+y*log(x))",
		TextY:   "powlog2(x, y)*log(x)",
		Lo:      [2]float64{0.1, -3}, Hi: [2]float64{10, 3},
	}
)
