package dual

import (
	"fmt"
	"math"
	"math/cmplx"
	"strconv"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// Complex is a complex number that functions over ad.Scalar take. It carries no derivative
// of its own: DerivativeOf, GradientOf, JVPOf and TaylorOf differentiate over it, so that a
// function written once is differentiated at complex arguments too:
//
//	w, slope := dual.DerivativeOf(f[dual.Of[dual.Complex]], dual.Complex(1+2i))
//
// Elementary functions are those of package math/cmplx, and what is made of them, with
// their principal values and branch cuts: on a cut a derivative is that of the side to which
// the value belongs.
//
// A function without a derivative over the complex numbers, such as Abs, Max or IfPos, and
// one that has no complex value here, such as Gamma or a function of one's own, panics with
// its name.
type Complex complex128

// Add returns z + w.
func (z Complex) Add(w Complex) Complex { return z + w }

// Sub returns z - w.
func (z Complex) Sub(w Complex) Complex { return z - w }

// Mul returns z * w.
func (z Complex) Mul(w Complex) Complex { return z * w }

// Div returns z / w.
func (z Complex) Div(w Complex) Complex { return z / w }

// Neg returns -z.
func (z Complex) Neg() Complex { return -z }

// Const returns the number c. The receiver is not read.
func (Complex) Const(c float64) Complex { return Complex(complex(c, 0)) }

// IfPos panics: which numbers are positive is no holomorphic question.
func (z Complex) IfPos(a, b Complex) Complex { panic(notHolomorphic("ifpos")) }

// Apply returns the elementary function op of z.
func (z Complex) Apply(op ad.Op) Complex {
	f, ok := complexRows[(*rule.Func)(op.Func())]
	if !ok {
		panic(notHolomorphic(op.String()))
	}
	return Complex(f(complex128(z)))
}

// Apply2 returns the elementary function op of z and w.
func (z Complex) Apply2(op ad.Op2, w Complex) Complex {
	f, ok := complexRows2[(*rule.Func2)(op.Func())]
	if !ok {
		panic(notHolomorphic(op.String()))
	}
	return Complex(f(complex128(z), complex128(w)))
}

// ApplyN returns the sum-like function op of z and w.
func (Complex) ApplyN(op ad.OpN, z, w []Complex) Complex { return ad.FoldN(op, z, w) }

// String returns the number as "(1+2i)".
func (z Complex) String() string { return strconv.FormatComplex(complex128(z), 'g', -1, 128) }

func notHolomorphic(name string) string {
	return fmt.Sprintf("dual.Complex: %s has no derivative, or no value, over the complex numbers", name)
}

// complexRows are rows of the table where their functions are continued to complex
// arguments.
var complexRows = map[*rule.Func]func(z complex128) complex128{
	rule.Square:     func(z complex128) complex128 { return z * z },
	rule.Cube:       func(z complex128) complex128 { return z * z * z },
	rule.Reciprocal: func(z complex128) complex128 { return 1 / z },
	rule.InvPos:     func(z complex128) complex128 { return 1 / z },
	rule.Sqrt:       cmplx.Sqrt,
	rule.Rsqrt:      func(z complex128) complex128 { return 1 / cmplx.Sqrt(z) },
	rule.Hyperbola:  func(z complex128) complex128 { return cmplx.Sqrt(z-1) * cmplx.Sqrt(z+1) },
	rule.Rcircle:    func(z complex128) complex128 { return 1 / (cmplx.Sqrt(1-z) * cmplx.Sqrt(1+z)) },
	rule.Lorentzian: func(z complex128) complex128 { return 1 / ((1 + 1i*z) * (1 - 1i*z)) },

	rule.Exp:   cmplx.Exp,
	rule.Exp2:  func(z complex128) complex128 { return cmplx.Exp(z * math.Ln2) },
	rule.Expm1: complexExpm1,
	rule.Log:   cmplx.Log,
	rule.Log2:  func(z complex128) complex128 { return cmplx.Log(z) * math.Log2E },
	rule.Log10: cmplx.Log10,
	rule.Log1p: complexLog1p,
	rule.Gauss: func(z complex128) complex128 { return cmplx.Exp(-z * z) },
	rule.NormPDF: func(z complex128) complex128 {
		return cmplx.Exp(-z*z/2) * complex(1/math.Sqrt(2*math.Pi), 0)
	},

	rule.Sin:  cmplx.Sin,
	rule.Cos:  cmplx.Cos,
	rule.Tan:  func(z complex128) complex128 { return -1i * complexTanh(1i*z) },
	rule.Sec:  func(z complex128) complex128 { return 1 / cmplx.Cos(z) },
	rule.Asin: cmplx.Asin,
	rule.Acos: cmplx.Acos,
	rule.Atan: cmplx.Atan,

	rule.Sinh:       cmplx.Sinh,
	rule.Cosh:       cmplx.Cosh,
	rule.Tanh:       complexTanh,
	rule.Sech:       func(z complex128) complex128 { return 1 / cmplx.Cosh(z) },
	rule.Asinh:      cmplx.Asinh,
	rule.Acosh:      cmplx.Acosh,
	rule.Atanh:      cmplx.Atanh,
	rule.TanhShrink: func(z complex128) complex128 { return z - complexTanh(z) },
	rule.Sigmoid:    complexSigmoid,
}

var complexRows2 = map[*rule.Func2]func(z, w complex128) complex128{
	rule.Pow:   cmplx.Pow,
	rule.Hypot: func(z, w complex128) complex128 { return cmplx.Sqrt(z*z + w*w) },
	rule.Unit:  func(z, w complex128) complex128 { return z / cmplx.Sqrt(z*z+w*w) },
	rule.XLogY: func(z, w complex128) complex128 { return z * cmplx.Log(w) },
}

// complexTanh is cmplx.Tanh, but for large arguments, where that is NaN.
func complexTanh(z complex128) complex128 {
	if x := real(z); math.Abs(x) > 20 { // ±1, and ±2·exp(-2z) that rounding leaves of the difference
		s, c := math.Sincos(2 * imag(z))
		e := 2 * math.Exp(-2*math.Abs(x))
		return complex(math.Copysign(1-e*c, x), e*s)
	}
	return cmplx.Tanh(z)
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

// complexLog1p returns log(1+z), also near 0: |1+z|² = 1 + x(2+x) + y².
func complexLog1p(z complex128) complex128 {
	x, y := real(z), imag(z)
	if math.Abs(x) > 0.5 || math.Abs(y) > 0.5 {
		return cmplx.Log(1 + z)
	}
	return complex(math.Log1p(x*(2+x)+y*y)/2, math.Atan2(y, 1+x))
}
