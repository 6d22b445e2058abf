package rule

import "math"

// Error functions.
var (
	Erf = &Func{
		Name:  "erf",
		Value: math.Erf,
		Slope: func(x, _ float64) float64 { return twoOverSqrtPi * gauss(x) },
		Curve: func(x, _ float64) float64 { return gaussTimes(-2*twoOverSqrtPi*x, x) },
		Text:  "7.0898154036220641*square(normpdf(x))",
		Lo:    -5, Hi: 5,
	}
	Erfc = &Func{
		Name:  "erfc",
		Value: math.Erfc,
		Slope: func(x, _ float64) float64 { return -twoOverSqrtPi * gauss(x) },
		Curve: func(x, _ float64) float64 { return gaussTimes(2*twoOverSqrtPi*x, x) },
		Text:  "-7.0898154036220641*square(normpdf(x))",
		Lo:    -5, Hi: 5,
	}
)

// Gamma functions.
var (
	Gamma = &Func{
		Name:  "gamma",
		Value: gamma,
		Slope: func(x, y float64) float64 { return gammaTimes(digamma(x), x, y) },
		Curve: func(x, y float64) float64 { return gammaTimes(sq(digamma(x))+polygamma(1, x), x, y) },
		// Far out both are infinite. On the other side Γ(x) is 2^(x-1)·Γ(x/2)·Γ((x+1)/2)/√π,
		// which may vanish where the factors do not.
		Text: "ifpos(above(x, 180), gamma(x), ifpos(above(-x, 150), 0.5641895835477563*(exp2(x-1)*(gamma(x/2)*(gamma((x+1)/2)*digamma(x)))), gamma(x)*digamma(x)))",
		Lo:   0.1, Hi: 10,
	}
	Lgamma = &Func{
		Name:  "lgamma",
		Value: lgamma,
		Slope: func(x, _ float64) float64 { return digamma(x) },
		Curve: func(x, _ float64) float64 { return polygamma(1, x) },
		Text:  "digamma(x)",
		Lo:    0.1, Hi: 10,
	}
	Digamma = &Func{
		Name:  "digamma",
		Value: digamma,
		Slope: func(x, _ float64) float64 { return polygamma(1, x) },
		Curve: func(x, _ float64) float64 { return polygamma(2, x) },
		Text:  "polygamma(1, x)",
		Lo:    0.1, Hi: 10,
	}
	// Polygamma is the n-th derivative of digamma, for a whole n >= 0. It has
	// no derivative in n.
	Polygamma = &Func2{
		Name:    "polygamma",
		Value:   polygamma,
		SlopeX:  func(_, _, _ float64) float64 { return math.NaN() },
		SlopeY:  func(n, x, _ float64) float64 { return polygamma(n+1, x) },
		CurveXX: func(_, _, _ float64) float64 { return math.NaN() },
		CurveXY: func(_, _, _ float64) float64 { return math.NaN() },
		CurveYY: func(n, x, _ float64) float64 { return polygamma(n+2, x) },
		TextX:   "0/0",
		TextY:   "polygamma(x+1, y)",
		Lo:      [2]float64{1, 0.1}, Hi: [2]float64{1, 10},
	}
)

// The normal distribution, helper of the Gaussian error linear unit.
var (
	// NormPDF is the standard normal density.
	NormPDF = &Func{
		Name:  "normpdf",
		Value: normPDF,
		Slope: func(x, _ float64) float64 { return normPDFTimes(-x, x) },
		Curve: func(x, _ float64) float64 { return normPDFTimes(math.FMA(x, x, -1), x) },
		Text:  "ifpos(above(abs(x), 80), 0, -0.3989422804014327*(x*gauss(x/2))*gauss(x/2))",
		Lo:    -5, Hi: 5,
	}
	// NormCDF is the standard normal distribution function.
	NormCDF = &Func{
		Name:  "normcdf",
		Value: normCDF,
		Slope: func(x, _ float64) float64 { return normPDF(x) },
		Curve: func(x, _ float64) float64 { return normPDFTimes(-x, x) },
		Text:  "normpdf(x)",
		Lo:    -5, Hi: 5,
	}
)

const twoOverSqrtPi = 1.12837916709551257389615890312154517
