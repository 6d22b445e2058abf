package numeric

import (
	"math"
	"math/cmplx"
)

// Elementary functions of Bicomplex, by the theorems of addition and multiplication with j as
// the imaginary unit and complex numbers as parts. No part cancels near the real axis, where B is as
// small as the steps.

// Exp returns eˣ.
func (x Bicomplex) Exp() Bicomplex {
	e := cmplx.Exp(x.A)
	return Bicomplex{e * cmplx.Cos(x.B), e * cmplx.Sin(x.B)}
}

// Expm1 returns eˣ - 1.
func (x Bicomplex) Expm1() Bicomplex {
	half := cmplx.Sin(x.B / 2)
	return Bicomplex{ComplexExpm1(x.A)*cmplx.Cos(x.B) - 2*half*half, cmplx.Exp(x.A) * cmplx.Sin(x.B)}
}

// Log returns the logarithm of x, where the real part of A is positive.
func (x Bicomplex) Log() Bicomplex {
	l := turn(x.B / x.A)
	return Bicomplex{cmplx.Log(x.A) + l.A, l.B}
}

// Log1p returns the logarithm of 1 + x, where the real part of A is above -1.
func (x Bicomplex) Log1p() Bicomplex {
	l := turn(x.B / (1 + x.A))
	return Bicomplex{ComplexLog1p(x.A) + l.A, l.B}
}

// turn returns the logarithm of 1 + t·j.
func turn(t complex128) Bicomplex { return Bicomplex{ComplexLog1p(t*t) / 2, ComplexAtan(t)} }

// Pow returns xᵖ, where the real part of A is positive or p is an integer.
func (x Bicomplex) Pow(p float64) Bicomplex {
	if p != math.Trunc(p) || math.Abs(p) > 64 {
		e := turn(x.B / x.A).Scale(p).Exp()
		a := ComplexPow(x.A, p)
		return Bicomplex{a * e.A, a * e.B}
	}
	y := Bicomplex{A: 1}
	for n := int(math.Abs(p)); n > 0; n /= 2 {
		if n%2 == 1 {
			y = y.Mul(x)
		}
		x = x.Mul(x)
	}
	if p < 0 {
		return Bicomplex{A: 1}.Div(y)
	}
	return y
}

// Sqrt returns the square root of x, where the real part of A is positive.
func (x Bicomplex) Sqrt() Bicomplex {
	t := x.B / x.A
	s := cmplx.Sqrt(x.A) * cmplx.Sqrt((1+cmplx.Sqrt(1+t*t))/2)
	return Bicomplex{s, x.B / (2 * s)}
}

// Sin returns the sine of x.
func (x Bicomplex) Sin() Bicomplex {
	return Bicomplex{cmplx.Sin(x.A) * cmplx.Cosh(x.B), cmplx.Cos(x.A) * cmplx.Sinh(x.B)}
}

// Cos returns the cosine of x.
func (x Bicomplex) Cos() Bicomplex {
	return Bicomplex{cmplx.Cos(x.A) * cmplx.Cosh(x.B), -cmplx.Sin(x.A) * cmplx.Sinh(x.B)}
}

// Tan returns the tangent of x.
func (x Bicomplex) Tan() Bicomplex {
	t, s := ComplexTan(x.A), ComplexTanh(x.B)
	d := 1 + t*t*s*s
	return Bicomplex{t * (1 - s*s) / d, s * (1 + t*t) / d}
}

// Sinh returns the hyperbolic sine of x.
func (x Bicomplex) Sinh() Bicomplex {
	return Bicomplex{cmplx.Sinh(x.A) * cmplx.Cos(x.B), cmplx.Cosh(x.A) * cmplx.Sin(x.B)}
}

// Cosh returns the hyperbolic cosine of x.
func (x Bicomplex) Cosh() Bicomplex {
	return Bicomplex{cmplx.Cosh(x.A) * cmplx.Cos(x.B), cmplx.Sinh(x.A) * cmplx.Sin(x.B)}
}

// Tanh returns the hyperbolic tangent of x.
func (x Bicomplex) Tanh() Bicomplex {
	t, s := ComplexTanh(x.A), ComplexTan(x.B)
	var slope complex128 // 1 - t², which cancels far out
	if math.Abs(real(x.A)) < 350 {
		c := cmplx.Cosh(x.A)
		slope = 1 / (c * c)
	}
	d := 1 + t*t*s*s
	return Bicomplex{t * (1 + s*s) / d, s * slope / d}
}

// Atan returns the arc tangent of x, where |B| is below 1.
func (x Bicomplex) Atan() Bicomplex {
	a, b := x.A, x.B
	return Bicomplex{
		(ComplexAtan(a/(1-b)) + ComplexAtan(a/(1+b))) / 2,
		ComplexLog1p(4*b/(a*a+(1-b)*(1-b))) / 4,
	}
}

// Asin returns the arc sine of x, where the real part of A is between -1 and 1.
func (x Bicomplex) Asin() Bicomplex {
	rest := x.Neg().Shift(1).Mul(x.Shift(1))
	if math.Abs(real(x.A)) < 0.5 {
		rest = x.Mul(x).Neg().Shift(1) // keeps the small parts near 0
	}
	return x.Div(rest.Sqrt()).Atan()
}

// Acos returns the arc cosine of x, where the real part of A is between -1 and 1.
func (x Bicomplex) Acos() Bicomplex {
	if math.Abs(real(x.A)) < 0.5 {
		return x.Asin().Neg().Shift(math.Pi / 2)
	}
	return x.Neg().Shift(1).Div(x.Shift(1)).Sqrt().Atan().Scale(2)
}

// Atanh returns the inverse hyperbolic tangent of x, where the real part of A is between -1
// and 1.
func (x Bicomplex) Atanh() Bicomplex {
	if real(x.A) < 0 {
		return x.Neg().Atanh().Neg()
	}
	a, b := x.A, x.B
	rest := (1 - a) * (1 + a)
	if real(a) < 0.5 {
		rest = 1 - a*a // keeps the small part near 0
	}
	return Bicomplex{
		ComplexLog1p(4*a/((1-a)*(1-a)+b*b)) / 4,
		ComplexAtan(2*b/(rest-b*b)) / 2,
	}
}

// Asinh returns the inverse hyperbolic sine of x.
func (x Bicomplex) Asinh() Bicomplex {
	if real(x.A) < 0 {
		return x.Neg().Asinh().Neg()
	}
	if real(x.A) > 0x1p28 {
		return x.Log().Shift(math.Ln2)
	}
	square := x.Mul(x)
	if real(x.A) < 0.5 {
		return x.Div(square.Shift(1).Sqrt()).Atanh()
	}
	return x.Add(square.Div(square.Shift(1).Sqrt().Shift(1))).Log1p()
}

// Acosh returns the inverse hyperbolic cosine of x, where the real part of A is above 1.
func (x Bicomplex) Acosh() Bicomplex {
	if real(x.A) > 0x1p28 {
		return x.Log().Shift(math.Ln2)
	}
	above := x.Shift(-1)
	return above.Add(above.Mul(x.Shift(1)).Sqrt()).Log1p()
}
