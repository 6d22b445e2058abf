package dual

import (
	"math"
	"math/cmplx"

	"github.com/quartet-ad/ad/internal/rule"
)

// complexRows are rows of the table where their functions are continued to complex
// arguments.
var complexRows = map[*rule.Func]func(z complex128) complex128{
	rule.Square:     func(z complex128) complex128 { return z * z },
	rule.Cube:       func(z complex128) complex128 { return z * z * z },
	rule.Reciprocal: func(z complex128) complex128 { return 1 / z },
	rule.InvPos:     func(z complex128) complex128 { return 1 / z },
	rule.Sqrt:       cmplx.Sqrt,
	rule.Rsqrt:      complexRsqrt,
	rule.Hyperbola:  func(z complex128) complex128 { return cmplx.Sqrt(above(z, -1)) * cmplx.Sqrt(above(z, 1)) },
	rule.Rcircle:    func(z complex128) complex128 { return 1 / cmplx.Sqrt(above(-z, 1)) / cmplx.Sqrt(above(z, 1)) },
	rule.Lorentzian: func(z complex128) complex128 { return 1 / above(turned(z), 1) / above(-turned(z), 1) },

	rule.Exp:     cmplx.Exp,
	rule.Exp2:    func(z complex128) complex128 { return cmplx.Exp(scaled(z, math.Ln2)) },
	rule.Expm1:   complexExpm1,
	rule.Log:     complexLog,
	rule.Log2:    func(z complex128) complex128 { return scaled(complexLog(z), math.Log2E) },
	rule.Log10:   func(z complex128) complex128 { return scaled(complexLog(z), math.Log10E) },
	rule.Log1p:   complexLog1p,
	rule.Gauss:   func(z complex128) complex128 { return cmplx.Exp(-z * z) },
	rule.NormPDF: func(z complex128) complex128 { return scaled(cmplx.Exp(scaled(-z*z, 0.5)), 1/math.Sqrt(2*math.Pi)) },

	rule.Sin:  cmplx.Sin,
	rule.Cos:  cmplx.Cos,
	rule.Tan:  func(z complex128) complex128 { return turnedBack(complexTanh(turned(z))) },
	rule.Sec:  func(z complex128) complex128 { return 1 / cmplx.Cos(z) },
	rule.Asin: complexAsin,
	rule.Acos: complexAcos,
	rule.Atan: func(z complex128) complex128 { return turnedBack(complexAtanh(turned(z))) },

	rule.Sinh:       cmplx.Sinh,
	rule.Cosh:       cmplx.Cosh,
	rule.Tanh:       complexTanh,
	rule.Sech:       func(z complex128) complex128 { return 1 / cmplx.Cosh(z) },
	rule.Asinh:      func(z complex128) complex128 { return turnedBack(complexAsin(turned(z))) },
	rule.Acosh:      complexAcosh,
	rule.Atanh:      complexAtanh,
	rule.TanhShrink: func(z complex128) complex128 { return z - complexTanh(z) },
	rule.Sigmoid:    complexSigmoid,
}

var complexRows2 = map[*rule.Func2]func(z, w complex128) complex128{
	rule.Pow:   cmplx.Pow,
	rule.Hypot: func(z, w complex128) complex128 { return cmplx.Sqrt(z*z + w*w) },
	rule.Unit:  func(z, w complex128) complex128 { return z / cmplx.Sqrt(z*z+w*w) },
	rule.XLogY: func(z, w complex128) complex128 { return z * complexLog(w) },
}

// above returns z + c. The sum of complex128 would make +0 of a part -0.
func above(z complex128, c float64) complex128 { return complex(real(z)+c, imag(z)) }

// scaled returns c·z, part by part.
func scaled(z complex128, c float64) complex128 { return complex(c*real(z), c*imag(z)) }

// turned returns i·z.
func turned(z complex128) complex128 { return complex(-imag(z), real(z)) }

// turnedBack returns -i·z.
func turnedBack(z complex128) complex128 { return complex(imag(z), -real(z)) }

// complexRsqrt returns 1/√z, as the quotient of the conjugate and the square of the root's
// absolute value: the quotient of complex128 loses the sign of a part 0.
func complexRsqrt(z complex128) complex128 {
	root := cmplx.Sqrt(z)
	r := cmplx.Abs(root)
	if r == 0 || !finite(r) {
		return 1 / root
	}
	return complex(real(root)/r/r, -imag(root)/r/r)
}

// complexTanh is cmplx.Tanh, but for large arguments, where that is NaN.
func complexTanh(z complex128) complex128 {
	x, y := real(z), imag(z)
	if !(math.Abs(x) > 20) {
		return cmplx.Tanh(z)
	}
	// ±1, and ±2·exp(-2z) that rounding leaves of the difference.
	e := 2 * math.Exp(-2*math.Abs(x))
	if e == 0 && math.IsInf(y, 0) {
		return complex(math.Copysign(1, x), math.Copysign(0, y))
	}
	s, c := math.Sincos(y)
	return complex(math.Copysign(1-e*(1-2*s*s), x), e*2*s*c)
}

func complexSigmoid(z complex128) complex128 {
	if real(z) < 0 {
		e := cmplx.Exp(z)
		return e / (1 + e)
	}
	return 1 / (1 + cmplx.Exp(-z))
}

// complexExpm1 returns exp(z) - 1, also near 0: with z = x+iy it is
// expm1(x)·cos y - 2·sin²(y/2) + i·exp(x)·sin y.
func complexExpm1(z complex128) complex128 {
	x, y := real(z), imag(z)
	h := math.Sin(y / 2)
	return complex(math.Expm1(x)*math.Cos(y)-2*h*h, math.Exp(x)*math.Sin(y))
}

// complexLog is cmplx.Log, which has few digits of the real part near the unit circle.
func complexLog(z complex128) complex128 {
	x, y := math.Abs(real(z)), math.Abs(imag(z))
	x, y = max(x, y), min(x, y)
	if 0.5 <= x && x <= 2 {
		return complex(logBeside1(x-1, y), cmplx.Phase(z))
	}
	return cmplx.Log(z)
}

// complexLog1p returns log(1+z), also near 0.
func complexLog1p(z complex128) complex128 {
	x, y := real(z), imag(z)
	if math.Abs(x) > 0.5 || math.Abs(y) > 0.5 {
		return complexLog(above(z, 1))
	}
	return complex(logBeside1(x, y), math.Atan2(y, 1+x))
}

// logBeside1 returns log|1+x+iy|, from |1+x+iy|² = 1 + 2x + x² + y² with what its sums and
// squares lose.
func logBeside1(x, y float64) float64 {
	// Rounded, not fused into the sums.
	x2, y2 := float64(x*x), float64(y*y)
	if y2 == 0 { // a sign of 0 stays
		return math.Log1p(x)
	}
	a, lostA := rule.TwoSum(2*x, x2)
	b, lostB := rule.TwoSum(a, y2)
	lost := math.FMA(x, x, -x2) + math.FMA(y, y, -y2) + lostA + lostB
	return math.Log1p(b+lost) / 2
}

// The arc functions are those of W. Kahan, Branch cuts for complex elementary functions
// (1987): package math/cmplx has other signs on cuts, and no digits of large arguments.

func complexAsin(z complex128) complex128 {
	x, y := real(z), imag(z)
	if outlying(z) {
		return complex(math.Atan2(x, math.Abs(y)), math.Copysign(logFar(z), y))
	}
	a, b := cmplx.Sqrt(above(-z, 1)), cmplx.Sqrt(above(z, 1))
	return complex(math.Atan2(x, real(a)*real(b)-imag(a)*imag(b)), math.Asinh(real(a)*imag(b)-imag(a)*real(b)))
}

func complexAcos(z complex128) complex128 {
	x, y := real(z), imag(z)
	if outlying(z) {
		return complex(math.Atan2(math.Abs(y), x), math.Copysign(logFar(z), -y))
	}
	a, b := cmplx.Sqrt(above(-z, 1)), cmplx.Sqrt(above(z, 1))
	return complex(2*math.Atan2(real(a), real(b)), math.Asinh(real(b)*imag(a)-imag(b)*real(a)))
}

func complexAcosh(z complex128) complex128 {
	if outlying(z) {
		return complex(logFar(z), math.Atan2(imag(z), real(z)))
	}
	a, b := cmplx.Sqrt(above(z, -1)), cmplx.Sqrt(above(z, 1))
	return complex(math.Asinh(real(a)*real(b)+imag(a)*imag(b)), 2*math.Atan2(imag(a), real(b)))
}

func complexAtanh(z complex128) complex128 {
	if math.Signbit(real(z)) {
		return -complexAtanh(-z)
	}
	x, y := real(z), imag(z)
	switch ay := math.Abs(y); {
	case outlying(z): // 1/z and ±π/2·i
		h := math.Hypot(x/2, y/2)
		if math.IsInf(h, 0) {
			return complex(0, math.Copysign(math.Pi/2, y))
		}
		return complex(x/4/h/h, math.Copysign(math.Pi/2, y))
	case x == 1 && ay == 0:
		return complex(math.Inf(1), y)
	case x == 1 && ay < 0x1p-500:
		return complex(-math.Log(math.Sqrt(ay)/math.Sqrt2), math.Copysign(math.Atan2(2, -ay)/2, y))
	default:
		return complex(math.Log1p(4*x/((1-x)*(1-x)+ay*ay))/4, -math.Atan2(-2*y, (1-x)*(1+x)-ay*ay)/2)
	}
}

// outlying reports whether 1 is nothing beside z².
func outlying(z complex128) bool { return math.Abs(real(z)) > 0x1p500 || math.Abs(imag(z)) > 0x1p500 }

// logFar returns log|2z|.
func logFar(z complex128) float64 {
	return math.Log(math.Hypot(real(z)/2, imag(z)/2)) + 2*math.Ln2
}
