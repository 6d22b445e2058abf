package numeric_test

import (
	"math"
	"math/cmplx"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/numeric"
)

// An algebra is a type of numbers with the elementary functions of complex ones: that of
// bicomplex numbers, and complex numbers themselves.
type algebra[Z any] interface {
	Add(Z) Z
	Sub(Z) Z
	Mul(Z) Z
	Div(Z) Z
	Neg() Z
	Scale(float64) Z
	Shift(float64) Z
	Exp() Z
	Expm1() Z
	Log() Z
	Log1p() Z
	Pow(float64) Z
	Sqrt() Z
	Sin() Z
	Cos() Z
	Tan() Z
	Sinh() Z
	Cosh() Z
	Tanh() Z
	Asin() Z
	Acos() Z
	Atan() Z
	Asinh() Z
	Acosh() Z
	Atanh() Z
}

// complexNumber is the algebra of complex numbers.
type complexNumber complex128

func (x complexNumber) Add(y complexNumber) complexNumber { return x + y }
func (x complexNumber) Sub(y complexNumber) complexNumber { return x - y }
func (x complexNumber) Mul(y complexNumber) complexNumber { return x * y }
func (x complexNumber) Div(y complexNumber) complexNumber { return x / y }
func (x complexNumber) Neg() complexNumber                { return -x }
func (x complexNumber) Scale(c float64) complexNumber {
	return complexNumber(complex(c*real(x), c*imag(x)))
}
func (x complexNumber) Shift(c float64) complexNumber {
	return complexNumber(complex(c+real(x), imag(x)))
}
func (x complexNumber) Exp() complexNumber { return complexNumber(cmplx.Exp(complex128(x))) }
func (x complexNumber) Expm1() complexNumber {
	return complexNumber(numeric.ComplexExpm1(complex128(x)))
}
func (x complexNumber) Log() complexNumber { return complexNumber(cmplx.Log(complex128(x))) }
func (x complexNumber) Log1p() complexNumber {
	return complexNumber(numeric.ComplexLog1p(complex128(x)))
}
func (x complexNumber) Pow(p float64) complexNumber {
	return complexNumber(numeric.ComplexPow(complex128(x), p))
}
func (x complexNumber) Sqrt() complexNumber { return complexNumber(cmplx.Sqrt(complex128(x))) }
func (x complexNumber) Sin() complexNumber  { return complexNumber(cmplx.Sin(complex128(x))) }
func (x complexNumber) Cos() complexNumber  { return complexNumber(cmplx.Cos(complex128(x))) }
func (x complexNumber) Tan() complexNumber  { return complexNumber(numeric.ComplexTan(complex128(x))) }
func (x complexNumber) Sinh() complexNumber { return complexNumber(cmplx.Sinh(complex128(x))) }
func (x complexNumber) Cosh() complexNumber { return complexNumber(cmplx.Cosh(complex128(x))) }
func (x complexNumber) Tanh() complexNumber { return complexNumber(numeric.ComplexTanh(complex128(x))) }
func (x complexNumber) Asin() complexNumber { return complexNumber(numeric.ComplexAsin(complex128(x))) }
func (x complexNumber) Acos() complexNumber { return complexNumber(numeric.ComplexAcos(complex128(x))) }
func (x complexNumber) Atan() complexNumber { return complexNumber(numeric.ComplexAtan(complex128(x))) }
func (x complexNumber) Asinh() complexNumber {
	return complexNumber(numeric.ComplexAsinh(complex128(x)))
}
func (x complexNumber) Acosh() complexNumber {
	return complexNumber(numeric.ComplexAcosh(complex128(x)))
}
func (x complexNumber) Atanh() complexNumber {
	return complexNumber(numeric.ComplexAtanh(complex128(x)))
}

// realPart returns what decides branches.
func realPart(z any) float64 {
	switch z := z.(type) {
	case complexNumber:
		return real(z)
	case numeric.Bicomplex:
		return real(z.A)
	}
	panic("no such algebra")
}

// constant reports whether z is real.
func constant(z any) bool {
	switch z := z.(type) {
	case complexNumber:
		return imag(z) == 0
	case numeric.Bicomplex:
		return imag(z.A) == 0 && z.B == 0
	}
	panic("no such algebra")
}

// number is an algebra as an ad.Scalar, so that generic functions run on it. A function that has no
// form over an algebra panics with its name.
type number[Z algebra[Z]] struct{ z Z }

type missing string

func (x number[Z]) Add(y number[Z]) number[Z] { return number[Z]{x.z.Add(y.z)} }
func (x number[Z]) Sub(y number[Z]) number[Z] { return number[Z]{x.z.Sub(y.z)} }
func (x number[Z]) Mul(y number[Z]) number[Z] { return number[Z]{x.z.Mul(y.z)} }
func (x number[Z]) Div(y number[Z]) number[Z] { return number[Z]{x.z.Div(y.z)} }
func (x number[Z]) Neg() number[Z]            { return number[Z]{x.z.Neg()} }

func (x number[Z]) IfPos(a, b number[Z]) number[Z] {
	if realPart(x.z) > 0 {
		return a
	}
	return b
}

func (number[Z]) Const(c float64) number[Z] {
	var zero Z
	return number[Z]{zero.Shift(c)}
}

func (number[Z]) ApplyN(op ad.OpN, x, y []number[Z]) number[Z] { return ad.FoldN(op, x, y) }

// Apply spells the function out in those of the algebra.
func (x number[Z]) Apply(op ad.Op) number[Z] {
	z, re := x.z, realPart(x.z)
	var zero Z
	one := zero.Shift(1)
	sigmoid := func(z Z) Z {
		if realPart(z) > 0 {
			return one.Div(z.Neg().Exp().Shift(1))
		}
		e := z.Exp()
		return e.Div(e.Shift(1))
	}
	softplus := func(z Z) Z {
		if realPart(z) > 0 {
			return z.Add(z.Neg().Exp().Log1p())
		}
		return z.Exp().Log1p()
	}
	size := z
	if re < 0 {
		size = z.Neg()
	}
	result := func() Z {
		switch op.String() {
		case "square":
			return z.Mul(z)
		case "cube":
			return z.Mul(z).Mul(z)
		case "reciprocal":
			return one.Div(z)
		case "sqrt":
			return z.Sqrt()
		case "rsqrt":
			return one.Div(z.Sqrt())
		case "cbrt":
			return size.Pow(1.0 / 3).Scale(math.Copysign(1, re))
		case "exp":
			return z.Exp()
		case "exp2":
			return z.Scale(math.Ln2).Exp()
		case "expm1":
			return z.Expm1()
		case "log":
			return z.Log()
		case "log2":
			return z.Log().Scale(1 / math.Ln2)
		case "log10":
			return z.Log().Scale(1 / math.Ln10)
		case "log1p":
			return z.Log1p()
		case "sin":
			return z.Sin()
		case "cos":
			return z.Cos()
		case "tan":
			return z.Tan()
		case "asin":
			return z.Asin()
		case "acos":
			return z.Acos()
		case "atan":
			return z.Atan()
		case "sinh":
			return z.Sinh()
		case "cosh":
			return z.Cosh()
		case "tanh":
			return z.Tanh()
		case "asinh":
			return z.Asinh()
		case "acosh":
			return z.Acosh()
		case "atanh":
			return z.Atanh()
		case "abs":
			return size
		case "sigmoid":
			return sigmoid(z)
		case "logsigmoid":
			return softplus(z.Neg()).Neg()
		case "softsign":
			return z.Div(size.Shift(1))
		case "silu":
			return z.Mul(sigmoid(z))
		case "mish":
			return z.Mul(softplus(z).Tanh())
		case "gelu_tanh":
			cubic := z.Mul(z).Mul(z).Scale(0.044715)
			return z.Mul(sigmoid(z.Add(cubic).Scale(2 * math.Sqrt(2/math.Pi))))
		case "tanhshrink":
			if math.Abs(re) < 0.1 {
				return tail(z)
			}
			return z.Sub(z.Tanh())
		case "relu":
			return ifPositive(re, z, zero)
		case "relu6":
			return ifPositive(re, ifPositive(re-6, zero.Shift(6), z), zero)
		case "hardsigmoid":
			return ifPositive(re+3, ifPositive(re-3, one, z.Scale(1.0/6).Shift(0.5)), zero)
		case "hardswish":
			return ifPositive(re+3, ifPositive(re-3, z, z.Mul(z.Shift(3)).Scale(1.0/6)), zero)
		case "selu":
			const alpha, scale = 1.6732632423543772848170429916717, 1.0507009873554804934193349852946
			return ifPositive(re, z.Scale(scale), z.Expm1().Scale(alpha*scale))
		case "sign", "floor", "ceil", "trunc":
			return zero.Shift(op.Func().Value(re))
		}
		panic(missing(op.String()))
	}
	return number[Z]{result()}
}

// tail returns x - tanh x near 0, by the continued fraction of the tangent.
func tail[Z algebra[Z]](x Z) Z {
	square := x.Mul(x)
	rest := square.Scale(1.0 / 15).Shift(13)
	for _, k := range []float64{11, 9, 7, 5, 3} {
		rest = square.Div(rest).Shift(k)
	}
	return x.Mul(square).Div(rest.Add(square))
}

func ifPositive[Z any](x float64, a, b Z) Z {
	if x > 0 {
		return a
	}
	return b
}

// Apply2 is Apply of two numbers.
func (x number[Z]) Apply2(op ad.Op2, w number[Z]) number[Z] {
	z, y, re := x.z, w.z, realPart(x.z)
	var zero Z
	result := func() Z {
		switch p := realPart(y); op.String() {
		case "pow":
			if constant(y) {
				return z.Pow(p)
			}
			return z.Log().Mul(y).Exp()
		case "hypot":
			if math.Abs(re) < math.Abs(p) {
				z, y, re = y, z, p
			}
			r := y.Div(z)
			return z.Scale(math.Copysign(1, re)).Mul(r.Mul(r).Shift(1).Sqrt())
		case "atan2": // of y and x
			if math.Abs(re) < math.Abs(p) {
				return z.Div(y).Atan().Shift(math.Atan2(0, p))
			}
			return y.Div(z).Atan().Neg().Shift(math.Copysign(math.Pi/2, re))
		case "logaddexp":
			if re < p {
				z, y = y, z
			}
			return z.Add(y.Sub(z).Exp().Log1p())
		case "max":
			return ifPositive(re-p, z, y)
		case "min":
			return ifPositive(re-p, y, z)
		case "softplus":
			scaled := z.Mul(y)
			if realPart(scaled) > 0 {
				return z.Add(scaled.Neg().Exp().Log1p().Div(y))
			}
			return scaled.Exp().Log1p().Div(y)
		case "leaky_relu":
			return ifPositive(re, z, z.Mul(y))
		case "elu":
			return ifPositive(re, z, z.Expm1().Mul(y))
		case "celu":
			return ifPositive(re, z, z.Div(y).Expm1().Mul(y))
		case "hardshrink":
			return ifPositive(math.Abs(re)-p, z, zero)
		case "softshrink":
			return ifPositive(re-p, z.Sub(y), ifPositive(-re-p, z.Add(y), zero))
		}
		panic(missing(op.String()))
	}
	return number[Z]{result()}
}

// wrapped returns numbers of an algebra as Scalars.
func wrapped[Z algebra[Z], V any](x []V, of func(V) Z) []number[Z] {
	z := make([]number[Z], len(x))
	for i, v := range x {
		z[i] = number[Z]{of(v)}
	}
	return z
}

func ofComplex(v complex128) complexNumber { return complexNumber(v) }

func overComplex(f func([]number[complexNumber]) number[complexNumber]) func([]complex128) complex128 {
	return func(x []complex128) complex128 { return complex128(f(wrapped(x, ofComplex)).z) }
}

func vectorOverComplex(f func([]number[complexNumber]) []number[complexNumber]) func([]complex128) []complex128 {
	return func(x []complex128) (y []complex128) {
		for _, v := range f(wrapped(x, ofComplex)) {
			y = append(y, complex128(v.z))
		}
		return y
	}
}

func overBicomplex(f func([]number[numeric.Bicomplex]) number[numeric.Bicomplex]) func([]numeric.Bicomplex) numeric.Bicomplex {
	return func(x []numeric.Bicomplex) numeric.Bicomplex {
		return f(wrapped(x, func(v numeric.Bicomplex) numeric.Bicomplex { return v })).z
	}
}
