package rule

import "math"

// Exponentials.
var (
	Exp = &Func{
		Name:  "exp",
		Value: exp,
		Slope: func(_, y float64) float64 { return y },
		Curve: func(_, y float64) float64 { return y },
		Text:  "exp(x)",
		Lo:    -20, Hi: 20,
	}
	Exp2 = &Func{
		Name:  "exp2",
		Value: math.Exp2,
		Slope: func(x, y float64) float64 {
			if y > math.MaxFloat64 { // the slope may still be a number
				return math.Exp2(x-1) * (2 * math.Ln2)
			}
			return y * math.Ln2
		},
		Curve: func(x, y float64) float64 {
			if y > math.MaxFloat64 {
				return math.Exp2(x-2) * (4 * math.Ln2 * math.Ln2)
			}
			return y * (math.Ln2 * math.Ln2)
		},
		Text: "exp2(x/2)*(0.6931471805599453*exp2(x/2))", // halves do not overflow before the product does
		Lo:   -20, Hi: 20,
	}
	Expm1 = &Func{
		Name:  "expm1",
		Value: expm1,
		Slope: func(x, _ float64) float64 { return exp(x) },
		Curve: func(x, _ float64) float64 { return exp(x) },
		Text:  "exp(x)",
		Lo:    -20, Hi: 20,
	}
)

// Logarithms. Below 0 they are NaN, and so are their slopes.
var (
	Log = &Func{
		Name:  "log",
		Value: log,
		Slope: func(x, _ float64) float64 { return invPos(x) },
		Curve: func(x, _ float64) float64 { return -sq(invPos(x)) },
		Text:  "invpos(x)",
		Lo:    0.01, Hi: 100,
	}
	Log2 = &Func{
		Name:  "log2",
		Value: log2,
		Slope: func(x, _ float64) float64 { return math.Log2E * invPos(x) },
		Curve: func(x, _ float64) float64 { return -math.Log2E * invPos(x) * invPos(x) },
		Text:  "invpos(x)*1.4426950408889634",
		Lo:    0.01, Hi: 100,
	}
	Log10 = &Func{
		Name:  "log10",
		Value: log10,
		Slope: func(x, _ float64) float64 { return xDivY(math.Log10E, x) },
		Curve: func(x, _ float64) float64 { return -xDivY(math.Log10E, x) * invPos(x) },
		Text:  "xdivy(0.4342944819032518, x)",
		Lo:    0.01, Hi: 100,
	}
	Log1p = &Func{
		Name:  "log1p",
		Value: math.Log1p,
		Slope: func(x, _ float64) float64 { return invPos(1 + x) },
		Curve: func(x, _ float64) float64 { return -sq(invPos(1 + x)) },
		Text:  "invpos(1+x)",
		Lo:    -0.99, Hi: 100,
	}
	LogAddExp = &Func2{
		Name:    "logaddexp",
		Value:   logAddExp,
		SlopeX:  func(x, y, _ float64) float64 { return share(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return share(y, x) },
		CurveXX: func(x, y, _ float64) float64 { return share(x, y) * share(y, x) },
		CurveXY: func(x, y, _ float64) float64 { return -share(x, y) * share(y, x) },
		CurveYY: func(x, y, _ float64) float64 { return share(x, y) * share(y, x) },
		TextX:   "share(x, y)",
		TextY:   "share(y, x)",
		Lo:      [2]float64{-20, -20}, Hi: [2]float64{20, 20},
	}
	XLogY = &Func2{
		Name:    "xlogy",
		Value:   xLogY,
		SlopeX:  func(_, y, _ float64) float64 { return log(y) },
		SlopeY:  func(x, y, _ float64) float64 { return xDivY(x, y) },
		CurveXX: none,
		CurveXY: func(_, y, _ float64) float64 { return invPos(y) },
		CurveYY: func(x, y, _ float64) float64 { return -xDivSquare(x, y) },
		TextX:   "log(y)",
		TextY:   "xdivy(x, y)",
		Lo:      [2]float64{-10, 0.01}, Hi: [2]float64{10, 10},
	}
)

// Helpers of the exponentials, closed under differentiation.
var (
	// InvPos is 1/x where log x is defined: +Inf at both zeros, NaN below.
	InvPos = &Func{
		Name:  "invpos",
		Value: invPos,
		Slope: func(_, y float64) float64 { return -y * y },
		Curve: func(_, y float64) float64 { return 2 * y * y * y },
		Text:  "-square(invpos(x))",
		Lo:    0.01, Hi: 100,
	}
	// Gauss is exp(-x²).
	Gauss = &Func{
		Name:  "gauss",
		Value: gauss,
		Slope: func(x, _ float64) float64 { return gaussTimes(-2*x, x) },
		Curve: func(x, _ float64) float64 { return gaussTimes(math.FMA(4*x, x, -2), x) },
		Text:  "ifpos(above(abs(x), 40), 0, -12.566370614359172*(x*normpdf(x))*normpdf(x))",
		Lo:    -5, Hi: 5,
	}
	// ExpDiff is exp(x-y) with the rounding error of the difference put back.
	ExpDiff = &Func2{
		Name:    "expdiff",
		Value:   expDiff,
		SlopeX:  func(_, _, z float64) float64 { return z },
		SlopeY:  func(_, _, z float64) float64 { return -z },
		CurveXX: func(_, _, z float64) float64 { return z },
		CurveXY: func(_, _, z float64) float64 { return -z },
		CurveYY: func(_, _, z float64) float64 { return z },
		TextX:   "expdiff(x, y)",
		TextY:   "-expdiff(x, y)",
		Lo:      [2]float64{-10, -10}, Hi: [2]float64{10, 10},
	}
	// Share is exp(x)/(exp(x)+exp(y)), 0 where both are -Inf.
	Share = &Func2{
		Name:    "share",
		Value:   share,
		SlopeX:  func(x, y, z float64) float64 { return z * share(y, x) },
		SlopeY:  func(x, y, z float64) float64 { return -z * share(y, x) },
		CurveXX: shareCurve,
		CurveXY: func(x, y, z float64) float64 { return -shareCurve(x, y, z) },
		CurveYY: shareCurve,
		TextX:   "share(x, y)*share(y, x)",
		TextY:   "-share(x, y)*share(y, x)",
		Lo:      [2]float64{-20, -20}, Hi: [2]float64{20, 20},
	}
	// LogPlus is log(exp(x)+y) for y >= 0, where exp(x) does not overflow: one
	// exponential is known by its exponent, others by their sum.
	LogPlus = &Func2{
		Name:    "logplus",
		Value:   logPlus,
		SlopeX:  func(x, y, _ float64) float64 { return exp(x) / (exp(x) + y) },
		SlopeY:  func(x, y, _ float64) float64 { return 1 / (exp(x) + y) },
		CurveXX: expTimesRest,
		CurveXY: func(x, y, _ float64) float64 { return -exp(x) / sq(exp(x)+y) },
		CurveYY: func(x, y, _ float64) float64 { return -1 / sq(exp(x)+y) },
		TextX:   "fraction(exp(x), y)",
		TextY:   "reciprocal(exp(x)+y)",
		Lo:      [2]float64{-10, 0.1}, Hi: [2]float64{10, 10},
	}
	// LogPart is log(exp(x)/(exp(x)+y)), likewise.
	LogPart = &Func2{
		Name:    "logpart",
		Value:   func(x, y float64) float64 { return -math.Log1p(y * exp(-x)) },
		SlopeX:  func(x, y, _ float64) float64 { return y / (exp(x) + y) },
		SlopeY:  func(x, y, _ float64) float64 { return -1 / (exp(x) + y) },
		CurveXX: func(x, y, z float64) float64 { return -expTimesRest(x, y, z) },
		CurveXY: func(x, y, _ float64) float64 { return exp(x) / sq(exp(x)+y) },
		CurveYY: func(x, y, _ float64) float64 { return 1 / sq(exp(x)+y) },
		TextX:   "fraction(y, exp(x))",
		TextY:   "-reciprocal(exp(x)+y)",
		Lo:      [2]float64{-10, 0.1}, Hi: [2]float64{10, 10},
	}
	// XDivY is the slope x/y of xlogy in y: 0 where x is 0, NaN where y < 0.
	XDivY = &Func2{
		Name:    "xdivy",
		Value:   xDivY,
		SlopeX:  func(_, y, _ float64) float64 { return invPos(y) },
		SlopeY:  func(x, y, _ float64) float64 { return -xDivSquare(x, y) },
		CurveXX: none,
		CurveXY: func(_, y, _ float64) float64 { return -sq(invPos(y)) },
		CurveYY: func(x, y, _ float64) float64 { return 2 * xDivCube(x, y) },
		TextX:   "invpos(y)",
		TextY:   "-xdivsquare(x, y)",
		Lo:      [2]float64{-10, 0.01}, Hi: [2]float64{10, 10},
	}
	// XDivSquare is x/y², NaN where y < 0.
	XDivSquare = &Func2{
		Name:    "xdivsquare",
		Value:   xDivSquare,
		SlopeX:  func(_, y, _ float64) float64 { return sq(invPos(y)) },
		SlopeY:  func(x, y, _ float64) float64 { return -2 * xDivCube(x, y) },
		CurveXX: none,
		CurveXY: func(_, y, _ float64) float64 { return -2 * sq(invPos(y)) * invPos(y) },
		CurveYY: func(x, y, _ float64) float64 { return 6 * xDivSquare(xDivSquare(x, y), y) },
		TextX:   "square(invpos(y))",
		TextY:   "-2*xdivy(xdivsquare(x, y), y)",
		Lo:      [2]float64{-10, 0.01}, Hi: [2]float64{10, 10},
	}
	// Fraction is x/(x+y), for x and y that are not negative.
	Fraction = &Func2{
		Name:    "fraction",
		Value:   fraction,
		SlopeX:  func(x, y, _ float64) float64 { return overSum(x, y, 2, y) },
		SlopeY:  func(x, y, _ float64) float64 { return -overSum(x, y, 2, x) },
		CurveXX: func(x, y, _ float64) float64 { return overSum(x, y, 3, -2, y) },
		CurveXY: func(x, y, _ float64) float64 { return overSum(x, y, 3, x-y) },
		CurveYY: func(x, y, _ float64) float64 { return overSum(x, y, 3, 2, x) },
		TextX:   "ifpos(above(abs(x/2+y/2), 1), fraction(y, x)/2/(x/2+y/2), fraction(y, x)/(x+y))",
		TextY:   "-ifpos(above(abs(x/2+y/2), 1), fraction(x, y)/2/(x/2+y/2), fraction(x, y)/(x+y))",
		Lo:      [2]float64{0.1, 0.1}, Hi: [2]float64{10, 10},
	}
)

func shareCurve(x, y, z float64) float64 {
	return -z * share(y, x) * math.Tanh((x-y)/2) // tanh is the difference of the shares
}

// logPlus returns log(exp(x)+y), from the larger of the two.
func logPlus(x, y float64) float64 {
	e := exp(x)
	if y > e {
		return log(y) + math.Log1p(e/y)
	}
	return x + math.Log1p(y/e)
}

// expTimesRest returns the product of the parts of exp(x) and y in their sum.
func expTimesRest(x, y, _ float64) float64 {
	e := exp(x)
	return e / (e + y) * (y / (e + y))
}
