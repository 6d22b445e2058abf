package optim

import (
	"math"

	"github.com/quartet-ad/ad/nn"
)

// AdaGrad divides by the root of the sum of all squared gradients. Step number t of a parameter, from 1 on:
//
//	g += Decay·p
//	s += g², from Initial on
//	p -= Rate/(1 + (t-1)·RateDecay) · g/(√s + Epsilon)
//
// The fields are used as they are: NewAdaGrad sets the usual ones, and Step panics
// where Epsilon is 0.
//
// Source: Duchi, Hazan and Singer, Adaptive subgradient methods for online learning and
// stochastic optimization (2011); RateDecay as in PyTorch.
type AdaGrad struct {
	Rate      float64
	RateDecay float64
	Initial   float64
	Epsilon   float64
	Decay     float64 // of an L2 penalty: see DecayWeights

	memory
}

// NewAdaGrad returns an AdaGrad of the usual Epsilon 1e-10, with sums from 0 on. A rate of 0.01 is usual.
func NewAdaGrad(rate float64) *AdaGrad { return &AdaGrad{Rate: rate, Epsilon: 1e-10} }

// Step implements Optimizer. Cost: one pass over the parameters.
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

// SetRate implements Optimizer.
func (o *AdaGrad) SetRate(rate float64) { o.Rate = rate }

// State implements Optimizer: the sums of squares.
func (o *AdaGrad) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
