package rule

import "math"

// Trigonometric functions and their inverses.
var (
	Sin = &Func{
		Name:  "sin",
		Value: sin,
		Slope: func(x, _ float64) float64 { return cos(x) },
		Curve: func(_, y float64) float64 { return -y },
		Text:  "cos(x)",
		Lo:    -10, Hi: 10,
	}
	Cos = &Func{
		Name:  "cos",
		Value: cos,
		Slope: func(x, _ float64) float64 { return -sin(x) },
		Curve: func(_, y float64) float64 { return -y },
		Text:  "-sin(x)",
		Lo:    -10, Hi: 10,
	}
	Tan = &Func{
		Name:  "tan",
		Value: tan,
		Slope: func(_, y float64) float64 { return 1 + y*y },
		Curve: func(_, y float64) float64 { return 2 * y * (1 + y*y) },
		Text:  "square(sec(x))",
		Lo:    -1.5, Hi: 1.5,
	}
	Asin = &Func{
		Name:  "asin",
		Value: asin,
		Slope: func(x, _ float64) float64 { return 1 / circle(x) },
		Curve: func(x, _ float64) float64 { c := circle(x); return x / (c * c) / c },
		Text:  "rcircle(x)",
		Lo:    -0.99, Hi: 0.99,
	}
	Acos = &Func{
		Name:  "acos",
		Value: acos,
		Slope: func(x, _ float64) float64 { return -1 / circle(x) },
		Curve: func(x, _ float64) float64 { c := circle(x); return -x / (c * c) / c },
		Text:  "-rcircle(x)",
		Lo:    -0.99, Hi: 0.99,
	}
	Atan = &Func{
		Name:  "atan",
		Value: math.Atan,
		Slope: func(x, _ float64) float64 { return lorentzian(x) },
		Curve: func(x, _ float64) float64 { s := lorentzian(x); return -2 * (x * s) * s },
		Text:  "lorentzian(x)",
		Lo:    -10, Hi: 10,
	}
	// Atan2 takes the ordinate first: z = atan(x/y) in the quadrant of (y, x).
	Atan2 = &Func2{
		Name:    "atan2",
		Value:   atan2,
		SlopeX:  func(x, y, _ float64) float64 { return dipole(y, x) },
		SlopeY:  func(x, y, _ float64) float64 { return -dipole(x, y) },
		CurveXX: func(x, y, _ float64) float64 { return -crosspole(x, y) },
		CurveXY: func(x, y, _ float64) float64 { return quadrupole(x, y) },
		CurveYY: func(x, y, _ float64) float64 { return crosspole(x, y) },
		TextX:   "dipole(y, x)",
		TextY:   "-dipole(x, y)",
		Lo:      [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
)

// Sec is 1/cos x, the helper that keeps the derivatives of tan closed.
var Sec = &Func{
	Name:  "sec",
	Value: func(x float64) float64 { return 1 / cos(x) },
	Slope: func(x, y float64) float64 { return y * tan(x) },
	Curve: func(x, y float64) float64 { t := tan(x); return y * (1 + 2*t*t) },
	Text:  "sec(x)*tan(x)",
	Lo:    -1.5, Hi: 1.5,
}
