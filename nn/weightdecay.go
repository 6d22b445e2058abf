package nn

import "fmt"

// DecayWeights multiplies all Values by 1-factor: weight decay apart from the gradient. Call it
// before Step with a factor of rate·decay. The optimizers with a field Decoupled, such as
// optim.NewAdamW, do it themselves. Parameters without a gradient are skipped.
//
// It is not the same as an L2 penalty. The gradient of the penalty λ‖p‖² (Zhang, Deep Learning
// Reviews, 2021, on L2 regularization) is 2λ·p. An optimizer's field Decay of 2λ has the same
// effect: Step adds Decay·p to the gradient. For plain SGD, and only there, penalty and decay
// agree: p - Rate·(g + Decay·p) = (1 - Rate·Decay)·p - Rate·g. Momentum keeps the added part for
// later steps. Adam divides it by the size of the gradients, so elements with large gradients decay
// less.
//
// Cost: one pass over the parameters.
//
// DecayWeights panics unless 0 <= factor <= 1.
//
// Source: Loshchilov and Hutter, Decoupled weight decay regularization (2019), proposition 1.
func DecayWeights(params []*Param, factor float64) {
	if !(0 <= factor && factor <= 1) {
		panic(fmt.Sprintf("nn: DecayWeights by a factor of %v", factor))
	}
	for i, p := range params {
		if learned(params, i) {
			for j := range p.Value {
				p.Value[j] *= 1 - factor
			}
		}
	}
}
