package optim

import (
	"math"

	"github.com/quartet-ad/ad/nn"
)

// AdaDelta scales the gradient by the ratio of two running roots of mean squares, that of past
// steps over that of past gradients:
//
//	g += Decay·p
//	s = Rho·s + (1-Rho)·g²
//	d = √((u + Epsilon)/(s + Epsilon)) · g
//	u = Rho·u + (1-Rho)·d²
//	p -= Rate·d
//
// Fields are used as they are; NewAdaDelta sets the usual ones.
//
// Source: Zeiler, ADADELTA: an adaptive learning rate method (2012), algorithm 1, which has a Rate
// of 1.
type AdaDelta struct {
	Rate    float64
	Rho     float64
	Epsilon float64
	Decay   float64 // of an L2 penalty: see nn.DecayWeights

	memory
}

// NewAdaDelta returns an AdaDelta with the usual Rate of 1, Rho of 0.9 and Epsilon of 1e-6.
func NewAdaDelta() *AdaDelta { return &AdaDelta{Rate: 1, Rho: 0.9, Epsilon: 1e-6} }

// Step implements nn.Optimizer. Cost: one pass over the parameters; two numbers of memory for each
// element of a parameter.
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

// SetRate implements nn.Optimizer.
func (o *AdaDelta) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: s and u.
func (o *AdaDelta) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
