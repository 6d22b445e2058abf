package nn

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// KLDiv returns the Kullback-Leibler divergence of target probabilities from the
// log-probabilities logp, of terms
//
//	target · (log target - logp)
//
// A target of 0 adds nothing, whatever logp is. The divergence of distributions is the
// sum of their terms: ReduceBatchMean gives the mean divergence of samples, ReduceMean
// divides by the number of terms.
//
// Cost: linear in the elements.
//
// KLDiv panics if the shapes differ; see MSE.
func KLDiv(logp, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "KLDiv"
	checkTarget(name, logp, target)
	return given(name, o).reduce(name, ad.XLogX(target).Sub(times(target, logp)))
}

// KLDivLog returns KLDiv of targets that are given as log-probabilities: terms
//
//	exp(target) · (target - logp)
//
// A target of -Inf adds nothing, whatever logp is.
//
// Cost: linear in the elements.
//
// KLDivLog panics if the shapes differ; see MSE.
func KLDivLog(logp, target reverse.Array, o ...LossOptions) reverse.Array {
	const name = "KLDivLog"
	checkTarget(name, logp, target)
	p := ad.Exp(target)
	return given(name, o).reduce(name, p.IfPos(p.Mul(target.Sub(logp)), reverse.Array{}))
}
