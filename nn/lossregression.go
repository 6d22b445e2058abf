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
// Of all losses of a prediction and a target: they have the same shape, or the target
// is one number without axes; other shapes panic, and are not broadcast. The target may
// be a constant or not. NaN in either gives NaN.
func MSE(x, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "MSE"
	checkSame(name, x, target)
	options := given(name, o)
	d := x.Sub(target)
	if options == (LossOptions{}) { // fused
		return d.SumSq().Scale(1 / float64(d.Size()))
	}
	return options.reduce(name, ad.Square(d))
}

// MAE returns the mean absolute error, the mean of |x-target|, also known as L1 loss.
// Its slope where both are equal is 0.
//
// MAE panics if the shapes differ; see MSE.
func MAE(x, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "MAE"
	checkSame(name, x, target)
	return given(name, o).reduce(name, ad.Abs(x.Sub(target)))
}

// Huber returns the mean of d²/2 where |d| <= delta, and of delta·(|d| - delta/2)
// elsewhere, with d = x - target (Huber, Robust Estimation of a Location Parameter,
// 1964).
//
// Huber panics if the shapes differ (see MSE) or delta is not positive.
func Huber(x, target reverse.Array, delta float64, o ...LossOptions) reverse.Array {
	const name = "Huber"
	checkSame(name, x, target)
	checkParameter(name, "delta", delta, false)
	return given(name, o).reduce(name, huber(x.Sub(target), delta))
}

// huber is c·(d - c/2) with d clamped to c, which does not overflow.
func huber(d reverse.Array, delta float64) reverse.Array {
	c := ad.Clamp(d, -delta, delta)
	return c.Mul(d.Sub(c.Scale(0.5)))
}

// SmoothL1 returns the mean of d²/(2·beta) where |d| < beta, and of |d| - beta/2
// elsewhere, with d = x - target (Girshick, Fast R-CNN, 2015): Huber over beta. With a
// beta of 0 it is MAE.
//
// SmoothL1 panics if the shapes differ (see MSE) or beta is negative.
func SmoothL1(x, target reverse.Array, beta float64, o ...LossOptions) reverse.Array {
	const name = "SmoothL1"
	checkSame(name, x, target)
	checkParameter(name, "beta", beta, true)
	d, options := x.Sub(target), given(name, o)
	if beta == 0 {
		return options.reduce(name, ad.Abs(d))
	}
	return options.reduce(name, huber(d, beta).Scale(1/beta))
}

// LogCosh returns the mean of log cosh(x - target), accurate close to 0, and without
// overflow.
//
// LogCosh panics if the shapes differ; see MSE.
func LogCosh(x, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "LogCosh"
	checkSame(name, x, target)
	d := x.Sub(target)
	a := ad.Abs(d)
	far := a.Sub(ad.LogSigmoid(a.Scale(2))).Sub(d.Const(math.Ln2))
	half := ad.Clamp(d, -1, 1).Scale(0.5)
	near := ad.Log1p(ad.Square(ad.Sinh(half)).Scale(2)) // cosh d = 1 + 2 sinh² d/2
	return given(name, o).reduce(name, a.Sub(d.Const(1)).IfPos(far, near))
}

// PoissonNLL returns the mean of exp(x) - target·x: the negative log-likelihood of
// counts whose expectation has the logarithm x, but for the term log target!, which
// does not depend on x. A count of 0 adds exp(x) alone, also where x is -Inf.
//
// PoissonNLL panics if the shapes differ; see MSE.
func PoissonNLL(x, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "PoissonNLL"
	checkSame(name, x, target)
	return given(name, o).reduce(name, ad.Exp(x).Sub(times(target, x)))
}

// GaussianNLL returns the mean of (log v + (x-target)²/v)/2: the negative
// log-likelihood of targets under normal distributions of mean x and variance v, but
// for the constant log(2π)/2. The variance is held at 1e-6 or above; where it is below,
// its slope is 0.
//
// GaussianNLL panics if the shapes differ (see MSE), those of x and variance too.
func GaussianNLL(x, target, variance reverse.Array, o ...LossOptions) reverse.Array {
	const name, epsilon = "GaussianNLL", 1e-6
	checkSame(name, x, target)
	checkSame(name, x, variance)
	least := x.Const(epsilon)
	v := variance.Sub(least).IfPos(variance, least)
	loss := ad.Log(v).Add(ad.Square(x.Sub(target)).Div(v)).Scale(0.5)
	return given(name, o).reduce(name, loss)
}
