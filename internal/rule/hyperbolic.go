package rule

import "math"

// Hyperbolic functions and their inverses.
var (
	Sinh = &Func{
		Name:  "sinh",
		Value: sinh,
		Slope: func(x, _ float64) float64 { return cosh(x) },
		Curve: func(_, y float64) float64 { return y },
		Text:  "cosh(x)",
		Lo:    -10, Hi: 10,
	}
	Cosh = &Func{
		Name:  "cosh",
		Value: cosh,
		Slope: func(x, _ float64) float64 { return sinh(x) },
		Curve: func(_, y float64) float64 { return y },
		Text:  "sinh(x)",
		Lo:    -10, Hi: 10,
	}
	Tanh = &Func{
		Name:  "tanh",
		Value: math.Tanh,
		Slope: func(x, _ float64) float64 { return sq(sech(x)) },
		Curve: func(x, y float64) float64 { return -2 * y * sq(sech(x)) },
		Text:  "square(sech(x))",
		Lo:    -10, Hi: 10,
	}
	Asinh = &Func{
		Name:  "asinh",
		Value: math.Asinh,
		Slope: func(x, _ float64) float64 { return 1 / hypot(1, x) },
		Curve: func(x, _ float64) float64 { h := hypot(1, x); return -unit(x, 1) / h / h },
		Text:  "1/hypot(1, x)",
		Lo:    -10, Hi: 10,
	}
	Acosh = &Func{
		Name:  "acosh",
		Value: math.Acosh,
		Slope: func(x, _ float64) float64 { return 1 / hyperbola(x) },
		Curve: func(x, _ float64) float64 { h := hyperbola(x); return -(x / h) / h / h },
		Text:  "1/hyperbola(x)",
		Lo:    1.01, Hi: 10,
	}
	Atanh = &Func{
		Name:  "atanh",
		Value: math.Atanh,
		Slope: func(x, _ float64) float64 { return 1 / sq(circle(x)) },
		Curve: func(x, _ float64) float64 { s := 1 / sq(circle(x)); return 2 * x * s * s },
		Text:  "square(rcircle(x))",
		Lo:    -0.99, Hi: 0.99,
	}
)

// Sech is 1/cosh x, the helper that keeps the derivatives of tanh closed.
var Sech = &Func{
	Name:  "sech",
	Value: sech,
	Slope: func(x, y float64) float64 { return -y * math.Tanh(x) },
	Curve: func(x, y float64) float64 { t := math.Tanh(x); return y * (2*t*t - 1) },
	Text:  "-sech(x)*tanh(x)",
	Lo:    -10, Hi: 10,
}
