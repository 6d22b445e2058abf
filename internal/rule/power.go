package rule

import "math"

// Powers and roots.
var (
	Square = &Func{
		Name:  "square",
		Value: sq,
		Slope: func(x, _ float64) float64 { return 2 * x },
		Curve: func(_, _ float64) float64 { return 2 },
		Text:  "2*x",
		Lo:    -10, Hi: 10,
	}
	Cube = &Func{
		Name:  "cube",
		Value: func(x float64) float64 { return x * x * x },
		Slope: func(x, _ float64) float64 { return 3 * x * x },
		Curve: func(x, _ float64) float64 { return 6 * x },
		Text:  "3*square(x)",
		Lo:    -10, Hi: 10,
	}
	Reciprocal = &Func{
		Name:  "reciprocal",
		Value: func(x float64) float64 { return 1 / x },
		Slope: func(_, y float64) float64 { return -y * y },
		Curve: func(_, y float64) float64 { return 2 * y * y * y },
		Text:  "-square(reciprocal(x))",
		Lo:    0.1, Hi: 10,
	}
	Sqrt = &Func{
		Name:  "sqrt",
		Value: math.Sqrt,
		Slope: func(_, y float64) float64 { return 0.5 / math.Abs(y) },
		Curve: func(x, y float64) float64 { return -0.25 / math.Abs(x) / math.Abs(y) },
		Text:  "0.5*rsqrt(x)",
		Lo:    0.01, Hi: 100,
	}
	Rsqrt = &Func{
		Name:  "rsqrt",
		Value: rsqrt,
		Slope: func(x, y float64) float64 { return -0.5 * y / math.Abs(x) },
		Curve: func(x, y float64) float64 { return 0.75 * y / math.Abs(x) / math.Abs(x) },
		Text:  "-0.5*rsqrt(x)*invpos(x)",
		Lo:    0.01, Hi: 100,
	}
	Cbrt = &Func{
		Name:  "cbrt",
		Value: math.Cbrt,
		Slope: func(_, y float64) float64 { return 1 / (3 * y * y) },
		Curve: func(x, y float64) float64 { return -2.0 / 9 / (y * y) / x },
		Text:  "square(rcbrt(x))/3",
		Lo:    0.01, Hi: 100,
	}
	Hypot = &Func2{
		Name:    "hypot",
		Value:   hypot,
		SlopeX:  func(x, y, _ float64) float64 { return unit(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return unit(y, x) },
		CurveXX: func(x, y, _ float64) float64 { return unitSlope(x, y) },
		CurveXY: func(x, y, _ float64) float64 { return -unitCross(x, y) },
		CurveYY: func(x, y, _ float64) float64 { return unitSlope(y, x) },
		TextX:   "unit(x, y)",
		TextY:   "unit(y, x)",
		Lo:      [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
	Pow = &Func2{
		Name:    "pow",
		Value:   pow,
		SlopeX:  powSlopeX,
		SlopeY:  powSlopeY,
		CurveXX: powCurveXX,
		CurveXY: powCurveXY,
		CurveYY: powCurveYY,
		TextX:   "powslope(x, y)",
		TextY:   "powlog(x, y)",
		Lo:      [2]float64{0.1, -3}, Hi: [2]float64{10, 3},
	}
)

// Helpers of the roots, closed under differentiation.
var (
	// Rcbrt is 1/∛x.
	Rcbrt = &Func{
		Name:  "rcbrt",
		Value: func(x float64) float64 { return 1 / math.Cbrt(x) },
		Slope: func(x, y float64) float64 { return -y / (3 * x) },
		Curve: func(x, y float64) float64 { return 4.0 / 9 * y / x / x },
		Text:  "-rcbrt(x)/(3*x)",
		Lo:    0.01, Hi: 100,
	}
	// Rcircle is 1/√(1-x²), the slope of the arc sine.
	Rcircle = &Func{
		Name:  "rcircle",
		Value: func(x float64) float64 { return 1 / circle(x) },
		Slope: func(x, y float64) float64 { return x * y * y * y },
		Curve: func(x, y float64) float64 { return (1 + 2*x*x) * y * y * y * y * y },
		Text:  "x*cube(rcircle(x))",
		Lo:    -0.99, Hi: 0.99,
	}
	// Hyperbola is √(x²-1), for x >= 1.
	Hyperbola = &Func{
		Name:  "hyperbola",
		Value: hyperbola,
		Slope: func(x, y float64) float64 { return x / y },
		Curve: func(_, y float64) float64 { return -1 / y / y / y },
		Text:  "x/hyperbola(x)",
		Lo:    1.01, Hi: 10,
	}
	// Lorentzian is 1/(1+x²).
	Lorentzian = &Func{
		Name:  "lorentzian",
		Value: lorentzian,
		Slope: func(x, y float64) float64 { return -2 * (x * y) * y },
		Curve: func(x, y float64) float64 { return (8*(x*y)*(x*y) - 2*y) * y },
		Text:  "-2*(x*lorentzian(x))*lorentzian(x)",
		Lo:    -10, Hi: 10,
	}
)
