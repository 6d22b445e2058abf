package ad

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/rule"
)

// Operations for the activations of neural networks.
var (
	OpSigmoid     = Op{rule.Sigmoid}
	OpLogSigmoid  = Op{rule.LogSigmoid}
	OpSoftplus    = Op2{rule.Softplus}
	OpSoftsign    = Op{rule.Softsign}
	OpSiLU        = Op{rule.SiLU}
	OpGELU        = Op{rule.GELU}
	OpGELUTanh    = Op{rule.GELUTanh}
	OpMish        = Op{rule.Mish}
	OpTanhShrink  = Op{rule.TanhShrink}
	OpReLU        = Op{rule.ReLU}
	OpReLU6       = Op{rule.ReLU6}
	OpLeakyReLU   = Op2{rule.LeakyReLU}
	OpELU         = Op2{rule.ELU}
	OpCELU        = Op2{rule.CELU}
	OpSELU        = Op{rule.SELU}
	OpHardSigmoid = Op{rule.HardSigmoid}
	OpHardSwish   = Op{rule.HardSwish}
	OpHardShrink  = Op2{rule.HardShrink}
	OpSoftShrink  = Op2{rule.SoftShrink}
)

// Parameters of activations are constants that may be left out where PyTorch
// has a default for them; PReLU's is a number that is learnt.

// Sigmoid returns 1/(1+exp(-x)).
//
// Special cases are:
//
//	Sigmoid(+Inf) = 1 and Sigmoid(-Inf) = 0, with slope 0
func Sigmoid[T Scalar[T]](x T) T { return x.Apply(OpSigmoid) }

// LogSigmoid returns log(Sigmoid(x)).
//
// Special cases are:
//
//	LogSigmoid(+Inf) = 0, with slope 0
//	LogSigmoid(-Inf) = -Inf, with slope 1
func LogSigmoid[T Scalar[T]](x T) T { return x.Apply(OpLogSigmoid) }

// Softplus returns log(1+exp(βx))/β; β is 1 unless given. There is no threshold
// above which it would be x itself.
//
// Special cases are:
//
//	Softplus(+Inf) = +Inf, with slope 1
//	Softplus(-Inf) = 0, with slope 0
func Softplus[T Scalar[T]](x T, beta ...float64) T {
	return x.Apply2(OpSoftplus, x.Const(param("Softplus", beta, 1)))
}

// Softsign returns x/(1+|x|).
//
// Special cases are:
//
//	Softsign(0) = 0, with slope 1
//	Softsign(±Inf) = ±1, with slope 0
func Softsign[T Scalar[T]](x T) T { return x.Apply(OpSoftsign) }

// SiLU returns x·Sigmoid(x), also known as swish.
//
// Special cases are:
//
//	SiLU(+Inf) = +Inf, with slope 1
//	SiLU(-Inf) = 0, with slope 0
func SiLU[T Scalar[T]](x T) T { return x.Apply(OpSiLU) }

// GELU returns x·Φ(x), Φ the standard normal distribution function.
//
// Special cases are:
//
//	GELU(+Inf) = +Inf, with slope 1
//	GELU(-Inf) = 0, with slope 0
func GELU[T Scalar[T]](x T) T { return x.Apply(OpGELU) }

// GELUTanh returns x/2·(1+tanh(√(2/π)·(x+0.044715x³))), an approximation of GELU
// with the same special cases.
func GELUTanh[T Scalar[T]](x T) T { return x.Apply(OpGELUTanh) }

// Mish returns x·tanh(log(1+exp(x))).
//
// Special cases are:
//
//	Mish(+Inf) = +Inf, with slope 1
//	Mish(-Inf) = 0, with slope 0
func Mish[T Scalar[T]](x T) T { return x.Apply(OpMish) }

// TanhShrink returns x - tanh(x).
//
// Special cases are:
//
//	TanhShrink(±Inf) = ±Inf, with slope 1
func TanhShrink[T Scalar[T]](x T) T { return x.Apply(OpTanhShrink) }

// ReLU returns the larger of x and 0. Its slope at 0 is 0.
func ReLU[T Scalar[T]](x T) T { return x.Apply(OpReLU) }

// ReLU6 returns x held between 0 and 6. Its slope is 0 at both bounds.
func ReLU6[T Scalar[T]](x T) T { return x.Apply(OpReLU6) }

// LeakyReLU returns x where it is positive and slope·x elsewhere; slope is 0.01
// unless given. Its slope at 0 is slope.
func LeakyReLU[T Scalar[T]](x T, slope ...float64) T {
	return x.Apply2(OpLeakyReLU, x.Const(param("LeakyReLU", slope, 0.01)))
}

// PReLU returns x where it is positive and slope·x elsewhere, like LeakyReLU,
// and has a derivative in slope: 0 where x is positive and x elsewhere.
func PReLU[T Scalar[T]](x, slope T) T { return x.Apply2(OpLeakyReLU, slope) }

// ELU returns x where it is positive and α(exp(x)-1) elsewhere; α is 1 unless
// given. Its slope at 0 is α.
func ELU[T Scalar[T]](x T, alpha ...float64) T {
	return x.Apply2(OpELU, x.Const(param("ELU", alpha, 1)))
}

// CELU returns x where it is positive and α(exp(x/α)-1) elsewhere; α is 1 unless
// given.
func CELU[T Scalar[T]](x T, alpha ...float64) T {
	return x.Apply2(OpCELU, x.Const(param("CELU", alpha, 1)))
}

// SELU returns λx where x is positive and λα(exp(x)-1) elsewhere, λ about 1.0507
// and α about 1.6733. Its slope at 0 is λα.
func SELU[T Scalar[T]](x T) T { return x.Apply(OpSELU) }

// HardTanh returns x held between lo and hi, which are -1 and 1 unless given. Its
// slope is 0 at both bounds, unlike that of Clamp. A bound may be infinite.
//
// HardTanh panics if there is one bound or more than two, and unless lo <= hi.
func HardTanh[T Scalar[T]](x T, bounds ...float64) T {
	lo, hi := -1.0, 1.0
	switch len(bounds) {
	case 0:
	case 2:
		lo, hi = bounds[0], bounds[1]
	default:
		panic(fmt.Sprintf("ad: HardTanh takes two bounds or none, not %d", len(bounds)))
	}
	checkBounds("HardTanh", lo, hi)
	y := x
	if h := x.Const(hi); hi < math.Inf(1) { // an infinite x minus hi would be NaN
		y = h.Sub(x).IfPos(y, h)
	}
	if l := x.Const(lo); lo > math.Inf(-1) {
		y = x.Sub(l).IfPos(y, l)
	}
	return y
}

// HardSigmoid returns x/6 + ½ held between 0 and 1. Its slope is 0 at both
// bounds, x = -3 and x = 3.
func HardSigmoid[T Scalar[T]](x T) T { return x.Apply(OpHardSigmoid) }

// HardSwish returns x·HardSigmoid(x). At x = ±3 its slope is that of the
// parabola between them: -½ and 3/2.
func HardSwish[T Scalar[T]](x T) T { return x.Apply(OpHardSwish) }

// HardShrink returns x where |x| > λ and 0 elsewhere; λ is ½ unless given. Its
// slope at |x| = λ is 0.
func HardShrink[T Scalar[T]](x T, lambda ...float64) T {
	return x.Apply2(OpHardShrink, x.Const(param("HardShrink", lambda, 0.5)))
}

// SoftShrink returns x moved toward 0 by λ, and 0 where |x| <= λ; λ is ½ unless
// given. Its slope at |x| = λ is 0.
func SoftShrink[T Scalar[T]](x T, lambda ...float64) T {
	return x.Apply2(OpSoftShrink, x.Const(param("SoftShrink", lambda, 0.5)))
}

// param returns the parameter given, or its default.
func param(name string, given []float64, otherwise float64) float64 {
	switch len(given) {
	case 0:
		return otherwise
	case 1:
		return given[0]
	}
	panic(fmt.Sprintf("ad: %s takes one parameter or none, not %d", name, len(given)))
}
