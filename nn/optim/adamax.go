package optim

import (
	"math"

	"github.com/quartet-ad/ad/nn"
)

// Adamax is Adam with the greatest recent gradient instead of the mean of squares. This is step t
// of a parameter, counted from 1:
//
//	g += Decay·p
//	m = Beta1·m + (1-Beta1)·g
//	u = max(Beta2·u, |g| + Epsilon)
//	p -= Rate·m/(1-Beta1ᵗ) / u
//
// Fields are used as they are; NewAdamax sets the usual ones.
//
// Source: Kingma and Ba, Adam: a method for stochastic optimization (2015), algorithm 2, with
// Epsilon as in PyTorch.
type Adamax struct {
	Rate         float64
	Beta1, Beta2 float64
	Epsilon      float64
	Decay        float64 // of an L2 penalty: see nn.DecayWeights

	memory
}

// NewAdamax returns an Adamax with the usual Beta1 of 0.9, Beta2 of 0.999 and Epsilon of 1e-8. A
// rate of 0.002 is usual.
func NewAdamax(rate float64) *Adamax {
	return &Adamax{Rate: rate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8}
}

// Step implements nn.Optimizer. Cost: one pass over the parameters; two numbers of memory for each
// element of a parameter.
func (o *Adamax) Step(params []*nn.Param) {
	o.find(params)
	notNegative("Adamax", "Rate", o.Rate)
	betas("Adamax", o.Beta1, o.Beta2)
	positive("Adamax", "Epsilon", o.Epsilon)
	o.each(params, func(p *nn.Param, r *record) {
		x, g, m, u := p.Value, p.Grad, r.slots[0].Value, r.slots[1].Value
		x, m, u = x[:len(g)], m[:len(g)], u[:len(g)]
		rate := o.Rate / unbias(o.Beta1, r.t())
		for i, d := range g {
			d += o.Decay * x[i]
			m[i] += (1 - o.Beta1) * (d - m[i])
			u[i] = max(o.Beta2*u[i], math.Abs(d)+o.Epsilon)
			x[i] -= rate * (m[i] / u[i])
		}
	})
}

func (o *Adamax) find(params []*nn.Param) { o.memory.find("Adamax", params, "mean", "greatest") }

// SetRate implements nn.Optimizer.
func (o *Adamax) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: m and u.
func (o *Adamax) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
