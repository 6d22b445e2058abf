package nn

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// BinaryOptions are the options of BCE and BCEWithLogits; see LossOptions.
type BinaryOptions struct {
	Reduction Reduction
	Weights   reverse.Array

	// PosWeight multiplies the term of target 1 and is broadcast. Array{} leaves it out. A weight
	// above 1 favors recall, one below 1 precision.
	PosWeight reverse.Array
}

// reduce returns the reduced losses of which yes is the term of target 1 and no that of
// 0, both negative.
func (o BinaryOptions) reduce(name string, yes, no reverse.Array) reverse.Array {
	loss := weighted(name, o.PosWeight, yes).Add(no).Neg()
	return LossOptions{o.Reduction, o.Weights}.reduce(name, loss)
}

// BCE returns the binary cross-entropy of probabilities p, the mean of
//
//	-target·log p - (1-target)·log(1-p)
//
// This is equation 22 of the notes with the mean that it lacks. A target may lie anywhere between 0
// and 1. A term with the factor 0 is 0, even if its logarithm is infinite: a certain and right
// prediction has the loss 0, and a certain and wrong one +Inf, where PyTorch has 100. A probability
// outside of [0, 1] gives NaN. For logits use BCEWithLogits, which is accurate and finite. For
// shapes see MSE.
//
// Cost: linear in the elements.
//
// BCE panics if the shapes differ; see MSE.
func BCE(p, target reverse.Array, o ...BinaryOptions) reverse.Array {
	const name = "BCE"
	checkTarget(name, p, target)
	return given(name, o).reduce(name, ad.XLogY(target, p), ad.XLogY(oneLess(target), oneLess(p)))
}

// BCEWithLogits returns BCE of p = Sigmoid(x), accurate where p is close to 0 or 1:
//
//	-target·log σ(x) - (1-target)·log σ(-x)
//
// Special cases are:
//
//	a logit of ±Inf gives 0 where the target is 1 or 0 as it says, else +Inf
//
// Cost: linear in the elements.
//
// BCEWithLogits panics if the shapes differ; see MSE.
func BCEWithLogits(x, target reverse.Array, o ...BinaryOptions) reverse.Array {
	const name = "BCEWithLogits"
	checkTarget(name, x, target)
	yes, no := logLikelihoods(x, target)
	return given(name, o).reduce(name, yes, no)
}

// logLikelihoods returns the two terms of the log-likelihood of logits.
func logLikelihoods(x, target reverse.Array) (yes, no reverse.Array) {
	return times(target, ad.LogSigmoid(x)), times(oneLess(target), ad.LogSigmoid(x.Neg()))
}

// FocalSigmoid returns the focal loss of logits (Lin et al., arXiv:1708.02002, equation
// 5), the mean of
//
//	aₜ · (1-pₜ)^gamma · BCEWithLogits
//
// pₜ is the probability of the target, and aₜ is alpha for target 1 and 1-alpha for 0;
// a negative alpha leaves aₜ out. The paper has 0.25 and 2. A gamma of 0 is
// cross-entropy. A target between 0 and 1 mixes: 1-pₜ and aₜ are the means of those of
// 0 and 1. Gradients are finite at all finite logits, for gamma below 1 too, where
// (1-pₜ)^gamma has an infinite slope at 0.
//
// Cost: linear in the elements.
//
// FocalSigmoid panics if the shapes differ (see MSE), alpha is more than 1 or gamma is
// negative.
func FocalSigmoid(x, target reverse.Array, alpha, gamma float64, o ...LossOptions) reverse.Array {
	const name = "FocalSigmoid"
	checkTarget(name, x, target)
	checkParameter(name, "gamma", gamma, true)
	if !(alpha <= 1) {
		panic(fmt.Sprintf("nn: %s with alpha %v, want at most 1", name, alpha))
	}
	yes, no := logLikelihoods(x, target)
	miss := oneLess(target).Mul(ad.Sigmoid(x)).Add(target.Mul(ad.Sigmoid(x.Neg())))
	loss := focus(miss, yes.Add(no).Neg(), gamma)
	if alpha >= 0 {
		loss = loss.Mul(target.Scale(2*alpha - 1).Add(x.Const(1 - alpha)))
	}
	return given(name, o).reduce(name, loss)
}

// focus returns miss^gamma·loss. Where miss is 0, so is the loss, and nothing goes
// through the infinite slope of a power below 1.
func focus(miss, loss reverse.Array, gamma float64) reverse.Array {
	switch gamma {
	case 0:
		return loss
	case 1:
		return miss.Mul(loss)
	case 2:
		return ad.Square(miss).Mul(loss)
	}
	return ad.PowReal(miss, gamma).Mul(loss)
}

// Hinge returns the mean of max(0, margin - target·x), with targets of -1 and 1. Its
// slope at the kink is 0.
//
// Cost: linear in the elements.
//
// Hinge panics if the shapes differ; see MSE.
func Hinge(x, target reverse.Array, margin float64, o ...LossOptions) reverse.Array {
	const name = "Hinge"
	checkTarget(name, x, target)
	return given(name, o).reduce(name, hinge(x, target, margin))
}

func hinge(x, target reverse.Array, margin float64) reverse.Array {
	return ad.ReLU(x.Const(margin).Sub(target.Mul(x)))
}

// SquaredHinge returns the mean of max(0, margin - target·x)², with targets of -1 and
// 1.
//
// Cost: linear in the elements.
//
// SquaredHinge panics if the shapes differ; see MSE.
func SquaredHinge(x, target reverse.Array, margin float64, o ...LossOptions) reverse.Array {
	const name = "SquaredHinge"
	checkTarget(name, x, target)
	return given(name, o).reduce(name, ad.Square(hinge(x, target, margin)))
}

// SoftMargin returns the mean of log(1 + exp(-target·x)), with targets of -1 and 1.
//
// Cost: linear in the elements.
//
// SoftMargin panics if the shapes differ; see MSE.
func SoftMargin(x, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "SoftMargin"
	checkTarget(name, x, target)
	return given(name, o).reduce(name, ad.LogSigmoid(target.Mul(x)).Neg())
}
