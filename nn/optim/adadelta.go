package optim

import (
	"math"

	"github.com/quartet-ad/ad/nn"
)

// AdaDelta takes steps as long as a running mean of the steps before, over the same of the gradients:
//
//	g += Decay·p
//	s = Rho·s + (1-Rho)·g²
//	d = √((u + Epsilon)/(s + Epsilon)) · g
//	u = Rho·u + (1-Rho)·d²
//	p -= Rate·d
//
// The fields are used as they are: NewAdaDelta sets the usual ones, and Step panics
// where Epsilon is 0.
//
// Source: Zeiler, ADADELTA: an adaptive learning rate method (2012), algorithm 1, where Rate is 1.
type AdaDelta struct {
	Rate    float64
	Rho     float64
	Epsilon float64
	Decay   float64 // of an L2 penalty: see DecayWeights

	memory
}

// NewAdaDelta returns an AdaDelta of the usual Rate 1, Rho 0.9 and Epsilon 1e-6.
func NewAdaDelta() *AdaDelta { return &AdaDelta{Rate: 1, Rho: 0.9, Epsilon: 1e-6} }

// Step implements Optimizer. Cost: one pass over the parameters.
func (o *AdaDelta) Step(params []*nn.Param) {
	o.find(params)
	notNegative("AdaDelta", "Rate", o.Rate)
	within("AdaDelta", "Rho", o.Rho, 0, 1)
	positive("AdaDelta", "Epsilon", o.Epsilon)
	o.each(params, func(p *nn.Param, r *record) {
		x, g, s, u := p.Value, p.Grad, r.slots[0].Value, r.slots[1].Value
		x, s, u = x[:len(g)], s[:len(g)], u[:len(g)]
		for i, d := range g {
			d += o.Decay * x[i]
			s[i] = o.Rho*s[i] + (1-o.Rho)*d*d
			d *= math.Sqrt((u[i] + o.Epsilon) / (s[i] + o.Epsilon))
			u[i] = o.Rho*u[i] + (1-o.Rho)*d*d
			x[i] -= o.Rate * d
		}
	})
}

func (o *AdaDelta) find(params []*nn.Param) {
	o.memory.find("AdaDelta", params, "square", "moved")
}

// SetRate implements Optimizer.
func (o *AdaDelta) SetRate(rate float64) { o.Rate = rate }

// State implements Optimizer: s and u.
func (o *AdaDelta) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
