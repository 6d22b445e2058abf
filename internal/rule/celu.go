package rule

import "math"

// This file holds celu and its derivatives: functions of the quotient x/y with its rounding
// error put back.

// quotientTwice returns x/y, and what its rounding lost where that matters to an exponential.
func quotientTwice(x, y float64) (q, e float64) {
	q = x / y
	if math.Abs(q) < 4 {
		return q, 0
	}
	e = math.FMA(-q, y, x) / y
	if !(math.Abs(e) < 1) {
		e = 0
	}
	return q, e
}

// celu returns y·(exp(x/y)-1), for x <= 0.
func celu(x, y float64) float64 {
	switch q, e := quotientTwice(x, y); {
	case math.Abs(q) < 0x1p-60:
		return x
	case q > farOut:
		return product(wideExp(q, e), y).float()
	case q > 4:
		return y * (math.Expm1(q) + exp(q)*e)
	default:
		return y * math.Expm1(q)
	}
}

// celuX returns exp(x/y).
func celuX(x, y float64) float64 {
	q, e := quotientTwice(x, y)
	if math.Abs(q) > farOut {
		return wideExp(q, e).float()
	}
	return exp(q) * (1 + e)
}

// celuY returns expgap(x/y).
func celuY(x, y float64) float64 {
	switch q, e := quotientTwice(x, y); {
	case q > beyond:
		return math.Inf(-1)
	case q > farOut:
		return product(wideExp(q, e), 1-q).float()
	case e == 0:
		return expGap(q)
	default:
		return expGap(q) + expTimes(-q, q)*e
	}
}

// The second derivatives of celu are exp(x/y)/y times powers of -x/y.

func celuXX(x, y float64) float64 { return celuCurve(x, y, 0) }
func celuXY(x, y float64) float64 { return celuCurve(x, y, 1) }
func celuYY(x, y float64) float64 { return celuCurve(x, y, 2) }

func celuCurve(x, y float64, n int) float64 {
	q, e := quotientTwice(x, y)
	if q < -beyond {
		return flat(y)
	}
	if math.Abs(q) < farOut {
		z := exp(q) * (1 + e)
		for range n {
			z *= -q
		}
		if ordinary(z) || x == 0 {
			return z / y
		}
	}
	z := wideExp(q, e)
	for range n {
		z = z.mul(widen(-x).div(widen(y)))
	}
	return z.div(widen(y)).float()
}

// Derivatives of celu where x <= 0, helpers closed under differentiation. Their own second
// derivatives, and the first of those of second order, are the textbook's.
var (
	// CELUX is exp(x/y).
	CELUX = &Func2{
		Name:    "celux",
		Value:   celuX,
		SlopeX:  func(x, y, _ float64) float64 { return celuXX(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return celuXY(x, y) },
		CurveXX: func(x, y, _ float64) float64 { return celuXX(x, y) / y },
		CurveXY: func(x, y, _ float64) float64 { q := x / y; return -(1 + q) * celuXX(x, y) / y },
		CurveYY: func(x, y, _ float64) float64 { q := x / y; return q * (2 + q) * celuXX(x, y) / y },
		TextX:   "celuxx(x, y)",
		TextY:   "celuxy(x, y)",
		Lo:      [2]float64{-10, 0.5}, Hi: [2]float64{-0.1, 2},
	}
	// CELUY is expgap(x/y).
	CELUY = &Func2{
		Name:    "celuy",
		Value:   celuY,
		SlopeX:  func(x, y, _ float64) float64 { return celuXY(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return celuYY(x, y) },
		CurveXX: func(x, y, _ float64) float64 { q := x / y; return -(1 + q) * celuXX(x, y) / y },
		CurveXY: func(x, y, _ float64) float64 { q := x / y; return q * (2 + q) * celuXX(x, y) / y },
		CurveYY: func(x, y, _ float64) float64 { q := x / y; return -q * q * (3 + q) * celuXX(x, y) / y },
		TextX:   "celuxy(x, y)",
		TextY:   "celuyy(x, y)",
		Lo:      [2]float64{-10, 0.5}, Hi: [2]float64{-0.1, 2},
	}
	// CELUXX is exp(x/y)/y.
	CELUXX = &Func2{
		Name:    "celuxx",
		Value:   celuXX,
		SlopeX:  func(x, y, _ float64) float64 { return celuXX(x, y) / y },
		SlopeY:  func(x, y, _ float64) float64 { q := x / y; return -(1 + q) * celuXX(x, y) / y },
		CurveXX: func(x, y, _ float64) float64 { return celuXX(x, y) / y / y },
		CurveXY: func(x, y, _ float64) float64 { q := x / y; return -(2 + q) * celuXX(x, y) / y / y },
		CurveYY: func(x, y, _ float64) float64 { q := x / y; return (q*q + 4*q + 2) * celuXX(x, y) / y / y },
		TextX:   "celuxx(x, y)/y",
		TextY:   "-(1+x/y)*celuxx(x, y)/y",
		Lo:      [2]float64{-10, 0.5}, Hi: [2]float64{-0.1, 2},
	}
	// CELUXY is -(x/y)·exp(x/y)/y.
	CELUXY = &Func2{
		Name:    "celuxy",
		Value:   celuXY,
		SlopeX:  func(x, y, _ float64) float64 { q := x / y; return -(1 + q) * celuXX(x, y) / y },
		SlopeY:  func(x, y, _ float64) float64 { q := x / y; return q * (2 + q) * celuXX(x, y) / y },
		CurveXX: func(x, y, _ float64) float64 { q := x / y; return -(2 + q) * celuXX(x, y) / y / y },
		CurveXY: func(x, y, _ float64) float64 { q := x / y; return (q*q + 4*q + 2) * celuXX(x, y) / y / y },
		CurveYY: func(x, y, _ float64) float64 { q := x / y; return -q * (q*q + 6*q + 6) * celuXX(x, y) / y / y },
		TextX:   "-(1+x/y)*celuxx(x, y)/y",
		TextY:   "(x/y)*(2+x/y)*celuxx(x, y)/y",
		Lo:      [2]float64{-10, 0.5}, Hi: [2]float64{-0.1, 2},
	}
	// CELUYY is (x/y)²·exp(x/y)/y.
	CELUYY = &Func2{
		Name:    "celuyy",
		Value:   celuYY,
		SlopeX:  func(x, y, _ float64) float64 { q := x / y; return q * (2 + q) * celuXX(x, y) / y },
		SlopeY:  func(x, y, _ float64) float64 { q := x / y; return -q * q * (3 + q) * celuXX(x, y) / y },
		CurveXX: func(x, y, _ float64) float64 { q := x / y; return (q*q + 4*q + 2) * celuXX(x, y) / y / y },
		CurveXY: func(x, y, _ float64) float64 { q := x / y; return -q * (q*q + 6*q + 6) * celuXX(x, y) / y / y },
		CurveYY: func(x, y, _ float64) float64 { q := x / y; return q * q * (q*q + 8*q + 12) * celuXX(x, y) / y / y },
		TextX:   "(x/y)*(2+x/y)*celuxx(x, y)/y",
		TextY:   "-(x/y)*(x/y)*(3+x/y)*celuxx(x, y)/y",
		Lo:      [2]float64{-10, 0.5}, Hi: [2]float64{-0.1, 2},
	}
)
