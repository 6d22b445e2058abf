package nn

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// Linear is the dense layer x·Wᵀ + b.
type Linear struct {
	Weight *Param // [out, in]
	Bias   *Param // [out], nil for none
}

// NewLinear returns a Linear from in features to out features, with weights and biases drawn
// uniformly between ±1/√in.
func NewLinear(in, out int, rng *rand.Rand) *Linear {
	l := &Linear{NewParam("weight", out, in), NewParam("bias", out)}
	uniformByFan(l.Weight, l.Bias, rng)
	return l
}

// Forward returns x·Wᵀ + b of shape [batch…, out] from x of shape [batch…, in].
//
// Cost: one product of matrices, O(batch·in·out).
//
// Forward panics if the last axis of x has another length.
func (l *Linear) Forward(x reverse.Array) reverse.Array {
	weight := l.Weight.On(x)
	if in := l.Weight.Shape[1]; !endsWith(x, in) {
		wants(l, fmt.Sprintf("%d features", in), x)
	}
	y := x.MatMulT(weight)
	if l.Bias == nil {
		return y
	}
	return y.Add(l.Bias.On(x))
}

// Params returns the weight, and the bias if there is one.
func (l *Linear) Params() []*Param { return present(l.Weight, l.Bias) }
