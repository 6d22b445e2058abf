package main

import (
	"math"
	"math/cmplx"

	"github.com/quartet-ad/ad/numeric"
)

// A function is one that all tools differentiate, with its derivative. It and its points
// stand in testdata/peers.py too, in the same order.
type function struct {
	name  string
	f     func(x float64) float64
	slope func(x float64) float64
	z     func(z complex128) complex128 // for the complex step
}

var points = []float64{0.003, 0.1, 0.5, 1.1, 1.9, 7.3, 40.7}

var functions = []function{
	{"exp x", math.Exp, math.Exp, cmplx.Exp},
	{"sin x", math.Sin, math.Cos, cmplx.Sin},
	{"cos x", math.Cos, func(x float64) float64 { return -math.Sin(x) }, cmplx.Cos},
	{"tan x", math.Tan, func(x float64) float64 { return 1 / (math.Cos(x) * math.Cos(x)) }, cmplx.Tan},
	{"log x", math.Log, func(x float64) float64 { return 1 / x }, cmplx.Log},
	{"sqrt x", math.Sqrt, func(x float64) float64 { return 0.5 / math.Sqrt(x) }, cmplx.Sqrt},
	{"atan x", math.Atan, func(x float64) float64 { return 1 / (1 + x*x) }, numeric.ComplexAtan},
	{"tanh x", math.Tanh, func(x float64) float64 { return 1 / math.Cosh(x) / math.Cosh(x) }, numeric.ComplexTanh},
	{"sinh x", math.Sinh, math.Cosh, cmplx.Sinh},
	{"log1p x", math.Log1p, func(x float64) float64 { return 1 / (1 + x) }, numeric.ComplexLog1p},
	{"1/x", func(x float64) float64 { return 1 / x }, func(x float64) float64 { return -1 / (x * x) }, func(z complex128) complex128 { return 1 / z }},
	{"x^5-3x", func(x float64) float64 { return x*x*x*x*x - 3*x }, func(x float64) float64 { return 5*x*x*x*x - 3 }, func(z complex128) complex128 { return z*z*z*z*z - 3*z }},
	{"1/(1+x^2)", func(x float64) float64 { return 1 / (1 + x*x) }, func(x float64) float64 { return -2 * x / (1 + x*x) / (1 + x*x) }, func(z complex128) complex128 { return 1 / (1 + z*z) }},
	{"exp(-x^2)", func(x float64) float64 { return math.Exp(-x * x) }, func(x float64) float64 { return -2 * x * math.Exp(-x*x) }, func(z complex128) complex128 { return cmplx.Exp(-z * z) }},
	{"x log x", func(x float64) float64 { return x * math.Log(x) }, func(x float64) float64 { return math.Log(x) + 1 }, func(z complex128) complex128 { return z * cmplx.Log(z) }},
	{"exp(sin x^2)", func(x float64) float64 { return math.Exp(math.Sin(x * x)) },
		func(x float64) float64 { return 2 * x * math.Cos(x*x) * math.Exp(math.Sin(x*x)) }, func(z complex128) complex128 { return cmplx.Exp(cmplx.Sin(z * z)) }},
	{"sqrt(x^2+0.01)", func(x float64) float64 { return math.Sqrt(x*x + 0.01) }, func(x float64) float64 { return x / math.Sqrt(x*x+0.01) }, func(z complex128) complex128 { return cmplx.Sqrt(z*z + 0.01) }},
	{"cos 20x", func(x float64) float64 { return math.Cos(20 * x) }, func(x float64) float64 { return -20 * math.Sin(20*x) }, func(z complex128) complex128 { return cmplx.Cos(20 * z) }},
	{"exp x/(sin^3 x+cos^3 x)", func(x float64) float64 { return math.Exp(x) / cubes(x) }, func(x float64) float64 {
		s, c, q := math.Sin(x), math.Cos(x), cubes(x)
		return math.Exp(x) * (q - 3*s*c*(s-c)) / (q * q)
	}, func(z complex128) complex128 {
		s, c := cmplx.Sin(z), cmplx.Cos(z)
		return cmplx.Exp(z) / (s*s*s + c*c*c)
	}},
	{"log(1+exp x)", func(x float64) float64 { return math.Log(1 + math.Exp(x)) }, func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }, func(z complex128) complex128 { return cmplx.Log(1 + cmplx.Exp(z)) }},
}

func cubes(x float64) float64 {
	s, c := math.Sin(x), math.Cos(x)
	return s*s*s + c*c*c
}
