package optim

import (
	"fmt"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/nn"
)

// SGD is gradient descent, with or without momentum:
//
//	g += Decay·p
//	p -= Rate·g                                  where Momentum is 0
//	v = Momentum·v + (1-Dampening)·g, p -= Rate·v          else; v = g at a parameter's first step
//	p -= Rate·(g + Momentum·v)                   if Nesterov
//
// Gradient descent, stochastic gradient descent and mini-batch gradient descent share this update.
// They differ in the samples whose mean loss is differentiated: all of them (Zhang, Deep Learning
// Reviews, 2021, equations 3 and 4), one drawn uniformly (equation 5), or a batch (equation 6).
// The last two are unbiased estimates of the first. Equation 4 is the step of the mean; the sum of
// equation 2 would take steps N times as long.
//
// Fields are used as they are. Rate has no usual value, so there is no constructor.
//
// Sources: Polyak, Some methods of speeding up the convergence of iteration methods (1964), for
// Momentum; Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum
// in deep learning (2013), for the form of Nesterov's; Dampening as in PyTorch.
type SGD struct {
	Rate      float64
	Momentum  float64
	Dampening float64
	Nesterov  bool    // requires a Momentum and no Dampening
	Decay     float64 // of an L2 penalty: see nn.DecayWeights

	memory
}

// Step implements nn.Optimizer. Cost: one pass over the parameters; one number if Momentum is not
// 0, else none of memory for each element of a parameter.
func (o *SGD) Step(params []*nn.Param) {
	o.find(params)
	notNegative("SGD", "Rate", o.Rate)
	notNegative("SGD", "Momentum", o.Momentum)
	if o.Nesterov && (o.Momentum == 0 || o.Dampening != 0) {
		panic(fmt.Sprintf("optim: SGD of Nesterov with Momentum %v and Dampening %v", o.Momentum, o.Dampening))
	}
	o.each(params, func(p *nn.Param, r *record) {
		switch {
		case o.Momentum == 0:
			kernel.SGD(p.Value, nil, p.Grad, o.Rate, o.Decay, 0, false)
		case o.Dampening == 0 || r.t() == 1: // v = g, as Momentum·v is 0
			kernel.SGD(p.Value, r.slots[0].Value, p.Grad, o.Rate, o.Decay, o.Momentum, o.Nesterov)
		default:
			o.damped(p.Value, r.slots[0].Value, p.Grad)
		}
	})
}

func (o *SGD) damped(p, v, g []float64) {
	v, g = v[:len(p)], g[:len(p)]
	for i, x := range p {
		v[i] = o.Momentum*v[i] + (1-o.Dampening)*(g[i]+o.Decay*x)
		p[i] = x - o.Rate*v[i]
	}
}

func (o *SGD) find(params []*nn.Param) {
	o.memory.find("SGD", params, when(o.Momentum != 0, "velocity"))
}

// SetRate implements nn.Optimizer.
func (o *SGD) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: velocities, unless Momentum is 0.
func (o *SGD) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
