package optim

import (
	"math"

	"github.com/quartet-ad/ad/nn"
)

// AdaGrad divides the gradient by the root of the sum of all its squares so far. This is step t of
// a parameter, counted from 1:
//
//	g += Decay·p
//	s += g², starting at Initial
//	p -= Rate/(1 + (t-1)·RateDecay) · g/(√s + Epsilon)
//
// Fields are used as they are; NewAdaGrad sets the usual ones.
//
// Source: Duchi, Hazan and Singer, Adaptive subgradient methods for online learning and
// stochastic optimization (2011); RateDecay as in PyTorch.
type AdaGrad struct {
	Rate      float64
	RateDecay float64
	Initial   float64
	Epsilon   float64
	Decay     float64 // of an L2 penalty: see nn.DecayWeights

	memory
}

// NewAdaGrad returns an AdaGrad with the usual Epsilon of 1e-10 and sums that start at 0. A rate of
// 0.01 is usual.
func NewAdaGrad(rate float64) *AdaGrad { return &AdaGrad{Rate: rate, Epsilon: 1e-10} }

// Step implements nn.Optimizer. Cost: one pass over the parameters; one number of memory for each
// element of a parameter.
func (o *AdaGrad) Step(params []*nn.Param) {
	o.find(params)
	notNegative("AdaGrad", "Rate", o.Rate)
	notNegative("AdaGrad", "RateDecay", o.RateDecay)
	notNegative("AdaGrad", "Initial", o.Initial)
	positive("AdaGrad", "Epsilon", o.Epsilon)
	o.each(params, func(p *nn.Param, r *record) {
		x, g, s := p.Value, p.Grad, r.slots[0].Value
		x, s = x[:len(g)], s[:len(g)]
		if r.t() == 1 {
			fill(s, o.Initial)
		}
		rate := o.Rate / (1 + float64(r.t()-1)*o.RateDecay)
		for i, d := range g {
			d += o.Decay * x[i]
			s[i] += d * d
			x[i] -= rate * (d / (math.Sqrt(s[i]) + o.Epsilon))
		}
	})
}

func (o *AdaGrad) find(params []*nn.Param) { o.memory.find("AdaGrad", params, "sum") }

// SetRate implements nn.Optimizer.
func (o *AdaGrad) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: the sums of squares.
func (o *AdaGrad) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
