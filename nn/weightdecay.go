package nn

import "fmt"

// DecayWeights multiplies all Values by 1-factor: weight decay apart from the gradient. Called
// before Step with a factor of rate·decay, it is what NewAdamW and NewLion do themselves.
//
// It is not the same as an L2 penalty. The gradient of λ‖p‖² (Zhang, Deep Learning Reviews,
// 2021, on L2 regularisation) is 2λ·p, so that penalty in the loss is a field Decay of 2λ,
// which Step adds to the gradient as Decay·p. For plain SGD, and only there, the two moves
// agree: p - Rate·(g + Decay·p) = (1 - Rate·Decay)·p - Rate·g. Momentum keeps the added part
// for later steps; Adam and its kin divide it by the size of the gradients, so that what has
// large gradients decays less.
//
// DecayWeights panics unless 0 <= factor <= 1. It skips what has no gradient.
//
// Source: Loshchilov and Hutter, Decoupled weight decay regularization (2019), proposition 1.
func DecayWeights(params []*Param, factor float64) {
	if !(0 <= factor && factor <= 1) {
		panic(fmt.Sprintf("nn: DecayWeights by a factor of %v", factor))
	}
	for i, p := range params {
		if learnt(params, i) {
			for j := range p.Value {
				p.Value[j] *= 1 - factor
			}
		}
	}
}
