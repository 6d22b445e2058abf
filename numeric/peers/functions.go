package main

import (
	"math"
	"math/cmplx"

	"github.com/quartet-ad/ad/numeric"
)

// A function is one that all tools differentiate. It and its points stand in testdata/peers.py
// too, in the same order.
type function struct {
	name string
	f    func(x float64) float64
	z    func(z complex128) complex128 // for the complex step
}

var points = []float64{0.003, 0.1, 0.5, 1.1, 1.9, 7.3, 40.7}

var functions = []function{
	{"exp x", math.Exp, cmplx.Exp},
	{"sin x", math.Sin, cmplx.Sin},
	{"cos x", math.Cos, cmplx.Cos},
	{"tan x", math.Tan, cmplx.Tan},
	{"log x", math.Log, cmplx.Log},
	{"sqrt x", math.Sqrt, cmplx.Sqrt},
	{"atan x", math.Atan, numeric.ComplexAtan},
	{"tanh x", math.Tanh, numeric.ComplexTanh},
	{"sinh x", math.Sinh, cmplx.Sinh},
	{"log1p x", math.Log1p, numeric.ComplexLog1p},
	{"1/x", func(x float64) float64 { return 1 / x }, func(z complex128) complex128 { return 1 / z }},
	{"x^5-3x", func(x float64) float64 { return x*x*x*x*x - 3*x }, func(z complex128) complex128 { return z*z*z*z*z - 3*z }},
	{"1/(1+x^2)", func(x float64) float64 { return 1 / (1 + x*x) }, func(z complex128) complex128 { return 1 / (1 + z*z) }},
	{"exp(-x^2)", func(x float64) float64 { return math.Exp(-x * x) }, func(z complex128) complex128 { return cmplx.Exp(-z * z) }},
	{"x log x", func(x float64) float64 { return x * math.Log(x) }, func(z complex128) complex128 { return z * cmplx.Log(z) }},
	{"exp(sin x^2)", func(x float64) float64 { return math.Exp(math.Sin(x * x)) }, func(z complex128) complex128 { return cmplx.Exp(cmplx.Sin(z * z)) }},
	{"sqrt(x^2+0.01)", func(x float64) float64 { return math.Sqrt(x*x + 0.01) }, func(z complex128) complex128 { return cmplx.Sqrt(z*z + 0.01) }},
	{"cos 20x", func(x float64) float64 { return math.Cos(20 * x) }, func(z complex128) complex128 { return cmplx.Cos(20 * z) }},
	{"exp x/(sin^3 x+cos^3 x)", func(x float64) float64 {
		s, c := math.Sin(x), math.Cos(x)
		return math.Exp(x) / (s*s*s + c*c*c)
	}, func(z complex128) complex128 {
		s, c := cmplx.Sin(z), cmplx.Cos(z)
		return cmplx.Exp(z) / (s*s*s + c*c*c)
	}},
	{"log(1+exp x)", func(x float64) float64 { return math.Log(1 + math.Exp(x)) }, func(z complex128) complex128 { return cmplx.Log(1 + cmplx.Exp(z)) }},
}
