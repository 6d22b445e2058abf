package numeric

import (
	"math"
	"math/cmplx"
)

// Functions for the complex step. Those of package math/cmplx lose a small imaginary part
// or are not there. These have both parts to nearly the last place, however
// much smaller one is than the other, with the same principal values and branch cuts.
//
// Source of the inverse functions: Kahan, Branch Cuts for Complex Elementary Functions, in
// The State of the Art in Numerical Analysis, 1987.

// ComplexAsin returns the arc sine of z. NaN and infinities are as in cmplx.Asin.
func ComplexAsin(z complex128) complex128 {
	if wild(z) {
		return cmplx.Asin(z)
	}
	minus, plus := roots(z)
	return complex(math.Atan(real(z)/real(minus*plus)), math.Asinh(imag(cmplx.Conj(minus)*plus)))
}

// ComplexAcos returns the arc cosine of z. NaN and infinities are as in cmplx.Acos.
func ComplexAcos(z complex128) complex128 {
	if wild(z) {
		return cmplx.Acos(z)
	}
	minus, plus := roots(z)
	return complex(2*math.Atan2(real(minus), real(plus)), math.Asinh(imag(cmplx.Conj(plus)*minus)))
}

// ComplexAcosh returns the inverse hyperbolic cosine of z. NaN and infinities are as in
// cmplx.Acosh.
func ComplexAcosh(z complex128) complex128 {
	if wild(z) {
		return cmplx.Acosh(z)
	}
	minus, plus := cmplx.Sqrt(complex(real(z)-1, imag(z))), cmplx.Sqrt(complex(real(z)+1, imag(z)))
	return complex(math.Asinh(real(cmplx.Conj(minus)*plus)), 2*math.Atan2(imag(minus), real(plus)))
}

// ComplexAsinh returns the inverse hyperbolic sine of z. NaN and infinities are as in
// cmplx.Asinh.
func ComplexAsinh(z complex128) complex128 {
	if wild(z) {
		return cmplx.Asinh(z)
	}
	w := ComplexAsin(complex(imag(z), -real(z)))
	return complex(-imag(w), real(w))
}

// ComplexAtanh returns the inverse hyperbolic tangent of z. NaN and infinities are as in
// cmplx.Atanh.
func ComplexAtanh(z complex128) complex128 {
	if wild(z) {
		return cmplx.Atanh(z)
	}
	const large = 0x1p500 // whose square does not overflow
	x, y := math.Abs(real(z)), math.Abs(imag(z))
	var re, im float64
	switch {
	case x > large || y > large:
		re, im = real(1/complex(x, y)), math.Pi/2
	case x == 1:
		re, im = math.Log(math.Hypot(2, y)/y)/2, (math.Pi/2+math.Atan(y/2))/2
	default:
		re, im = math.Log1p(4*x/((1-x)*(1-x)+y*y))/4, math.Atan2(2*y, (1-x)*(1+x)-y*y)/2
	}
	return complex(math.Copysign(re, real(z)), math.Copysign(im, imag(z)))
}

// ComplexAtan returns the arc tangent of z. NaN and infinities are as in cmplx.Atan.
func ComplexAtan(z complex128) complex128 {
	if wild(z) {
		return cmplx.Atan(z)
	}
	w := ComplexAtanh(complex(-imag(z), real(z)))
	return complex(imag(w), -real(w))
}

// ComplexTanh returns the hyperbolic tangent of z. NaN and infinities are as in cmplx.Tanh;
// where that is NaN at large z, this is not.
func ComplexTanh(z complex128) complex128 {
	x, y := real(z), imag(z)
	if wild(z) {
		return cmplx.Tanh(z)
	}
	if math.Abs(x) > 350 {
		return complex(math.Copysign(1, x), math.Copysign(0, math.Sin(2*y)))
	}
	t, s := math.Tan(y), math.Sinh(x)
	beta := 1 + t*t
	size := 1 + beta*s*s
	return complex(beta*math.Sqrt(1+s*s)*s/size, t/size)
}

// ComplexTan returns the tangent of z. NaN and infinities are as in cmplx.Tan.
func ComplexTan(z complex128) complex128 {
	if wild(z) {
		return cmplx.Tan(z)
	}
	w := ComplexTanh(complex(-imag(z), real(z)))
	return complex(imag(w), -real(w))
}

// ComplexLog1p returns the logarithm of 1 + z.
func ComplexLog1p(z complex128) complex128 {
	if x := real(z); x > -0.5 && math.Abs(imag(z)) < 1+x {
		slope := imag(z) / (1 + x)
		return complex(math.Log1p(x)+math.Log1p(slope*slope)/2, math.Atan(slope))
	}
	return cmplx.Log(complex(1+real(z), imag(z)))
}

// ComplexExpm1 returns eᶻ - 1.
func ComplexExpm1(z complex128) complex128 {
	half := math.Sin(imag(z) / 2)
	w := cmplx.Exp(z)
	if wild(w) || wild(z) {
		return w - 1
	}
	return complex(math.Expm1(real(z))*math.Cos(imag(z))-2*half*half, imag(w))
}

// ComplexPow returns zᵖ. Where p is an integer it is real for negative z too.
func ComplexPow(z complex128, p float64) complex128 {
	if real(z) < 0 && p == math.Trunc(p) {
		w := cmplx.Pow(-z, complex(p, 0))
		if math.Mod(p, 2) != 0 {
			return -w
		}
		return w
	}
	return cmplx.Pow(z, complex(p, 0))
}

// roots returns √(1-z) and √(1+z). A zero keeps its sign, which says on which side of a
// branch cut z is.
func roots(z complex128) (minus, plus complex128) {
	return cmplx.Sqrt(complex(1-real(z), -imag(z))), cmplx.Sqrt(complex(1+real(z), imag(z)))
}

// wild reports whether a part of z is not finite.
func wild(z complex128) bool { return !finite(real(z)) || !finite(imag(z)) }
