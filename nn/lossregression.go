package nn

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// MSE returns the mean squared error, the mean of (x-target)².
//
// The notes' equations 2 and 20 print a sum under this name; that is ReduceSum.
//
// As for all losses of a prediction and a target, x has any shape, and the target the same shape,
// or the shape [] for one number. Other shapes panic; they are not broadcast. The target may be a
// constant or not. NaN in either gives NaN. The result has the shape [], or that of x with
// ReduceNone.
//
// Cost: linear in the elements.
func MSE(x, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "MSE"
	checkTarget(name, x, target)
	options := given(name, o)
	d := x.Sub(target)
	if options == (LossOptions{}) { // fused
		if sum := d.SumSq(); !math.IsInf(sum.Value(), 1) {
			return sum.Scale(1 / float64(d.Size()))
		}
	}
	return options.reduce(name, ad.Square(d))
}

// MAE returns the mean absolute error, the mean of |x-target|, also known as L1 loss. Its slope is
// 0 where both are equal. For shapes see MSE.
//
// Cost: linear in the elements.
//
// MAE panics if the shapes differ; see MSE.
func MAE(x, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "MAE"
	checkTarget(name, x, target)
	return given(name, o).reduce(name, ad.Abs(x.Sub(target)))
}

// Huber returns the mean of d²/2 where |d| <= delta, and of delta·(|d| - delta/2)
// elsewhere, with d = x - target (Huber, Robust Estimation of a Location Parameter,
// 1964).
//
// Cost: linear in the elements.
//
// Huber panics if the shapes differ (see MSE) or delta is not positive.
func Huber(x, target reverse.Array, delta float64, o ...LossOptions) reverse.Array {
	const name = "Huber"
	checkTarget(name, x, target)
	checkParameter(name, "delta", delta, false)
	c, rest := huber(x.Sub(target), delta)
	return given(name, o).reduce(name, c.Mul(rest))
}

// huber returns the factors c and d - c/2, with d clamped to c, of which neither
// overflows.
func huber(d reverse.Array, delta float64) (c, rest reverse.Array) {
	c = ad.Clamp(d, -delta, delta)
	return c, d.Sub(c.Scale(0.5))
}

// SmoothL1 returns the mean of d²/(2·beta) where |d| < beta, and of |d| - beta/2
// elsewhere, with d = x - target (Girshick, Fast R-CNN, 2015): Huber over beta. With a
// beta of 0 it is MAE.
//
// Cost: linear in the elements.
//
// SmoothL1 panics if the shapes differ (see MSE) or beta is negative.
func SmoothL1(x, target reverse.Array, beta float64, o ...LossOptions) reverse.Array {
	const name = "SmoothL1"
	checkTarget(name, x, target)
	checkParameter(name, "beta", beta, true)
	d, options := x.Sub(target), given(name, o)
	if beta == 0 {
		return options.reduce(name, ad.Abs(d))
	}
	c, rest := huber(d, beta)
	if inverse := 1 / beta; inverse <= math.MaxFloat64 {
		c = c.Scale(inverse)
	} else {
		c = c.Div(d.Const(beta))
	}
	return options.reduce(name, c.Mul(rest))
}

// LogCosh returns the mean of log cosh(x - target). It is accurate close to 0 and does not
// overflow.
//
// Cost: linear in the elements.
//
// LogCosh panics if the shapes differ; see MSE.
func LogCosh(x, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "LogCosh"
	checkTarget(name, x, target)
	d := x.Sub(target)
	a := ad.Abs(d)
	far := a.Sub(ad.LogSigmoid(a.Scale(2))).Sub(d.Const(math.Ln2))
	half := ad.Clamp(d, -1, 1).Scale(0.5)
	near := ad.Log1p(ad.Square(ad.Sinh(half)).Scale(2)) // cosh d = 1 + 2 sinh² d/2
	return given(name, o).reduce(name, a.Sub(d.Const(1)).IfPos(far, near))
}

// PoissonNLL returns the mean of exp(x) - target·x. It is the negative log-likelihood of counts
// whose expectation has the logarithm x, without the term log target!, which does not depend on x.
// A count of 0 adds only exp(x), even where x is -Inf.
//
// Cost: linear in the elements.
//
// PoissonNLL panics if the shapes differ; see MSE.
func PoissonNLL(x, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "PoissonNLL"
	checkTarget(name, x, target)
	return given(name, o).reduce(name, ad.Exp(x).Sub(times(target, x)))
}

// GaussianNLL returns the mean of (log v + (x-target)²/v)/2. It is the negative log-likelihood of
// targets under normal distributions with mean x and variance v, without the constant log(2π)/2. x,
// target and variance have the same shape; see MSE.
//
// No variance is too small, so the gradient does not depend on the unit of x. PyTorch holds
// variances at 1e-6 or above; ad.Max(v, 1e-6) does the same here. The smallest positive normal
// number, with slope 0, replaces a variance that is not positive.
//
// Cost: linear in the elements.
//
// GaussianNLL panics if the shapes differ (see MSE), those of x and variance too.
func GaussianNLL(x, target, variance reverse.Array, o ...LossOptions) reverse.Array {
	const name, smallest = "GaussianNLL", 0x1p-1022
	checkTarget(name, x, target)
	checkTarget(name, x, variance)
	least := x.Const(smallest)
	deviation := ad.Sqrt(variance.Sub(least).IfPos(variance, least)) // its square may overflow
	far := x.Sub(target).Div(deviation)
	return given(name, o).reduce(name, ad.Log(deviation).Add(ad.Square(far).Scale(0.5)))
}
