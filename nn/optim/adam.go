package optim

import (
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/nn"
)

// Adam divides a running mean of gradients by the root of a running mean of their squares. This is
// step t of a parameter, counted from 1:
//
//	g += Decay·p
//	p *= 1 - Rate·Decoupled
//	m = Beta1·m + (1-Beta1)·g
//	v = Beta2·v + (1-Beta2)·g²
//	p -= Rate·m/(1-Beta1ᵗ) / (√(v/(1-Beta2ᵗ)) + Epsilon)
//
// If AMSGrad, the greatest v so far takes the place of v in the last line. A gradient above 1.3e154
// overflows when squared: v is then infinite and the element no longer moves. Clip such gradients.
//
// Fields are used as they are; NewAdam, NewAdamW and NewAMSGrad set the usual ones.
//
// Sources: Kingma and Ba, Adam: a method for stochastic optimization (2015), algorithm 1;
// Loshchilov and Hutter, Decoupled weight decay regularization (2019), algorithm 2, for
// Decoupled; Reddi, Kale and Kumar, On the convergence of Adam and beyond (2018), for AMSGrad,
// with the corrections of bias that PyTorch makes.
type Adam struct {
	Rate         float64
	Beta1, Beta2 float64
	Epsilon      float64
	Decay        float64 // L2 penalty, added to the gradient: see nn.DecayWeights
	Decoupled    float64 // weight decay apart from the gradient
	AMSGrad      bool

	memory
}

// NewAdam returns an Adam with the usual Beta1 of 0.9, Beta2 of 0.999 and Epsilon of 1e-8. A rate
// of 0.001 is usual.
func NewAdam(rate float64) *Adam {
	return &Adam{Rate: rate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8}
}

// NewAdamW returns a NewAdam with decoupled weight decay. A decay of 0.01 is usual.
func NewAdamW(rate, decay float64) *Adam {
	o := NewAdam(rate)
	o.Decoupled = decay
	return o
}

// NewAMSGrad returns a NewAdam that divides by the greatest mean of squares so far (AMSGrad).
func NewAMSGrad(rate float64) *Adam {
	o := NewAdam(rate)
	o.AMSGrad = true
	return o
}

// Step implements nn.Optimizer. Cost: one pass over the parameters; two numbers, three if AMSGrad
// of memory for each element of a parameter.
func (o *Adam) Step(params []*nn.Param) {
	o.find(params)
	notNegative("Adam", "Rate", o.Rate)
	betas("Adam", o.Beta1, o.Beta2)
	positive("Adam", "Epsilon", o.Epsilon)
	o.each(params, func(p *nn.Param, r *record) {
		m, v := r.slots[0].Value, r.slots[1].Value
		if o.AMSGrad {
			o.amsgrad(p.Value, m, v, r.slots[2].Value, p.Grad, r.t())
		} else {
			kernel.Adam(p.Value, m, v, p.Grad, r.t(), o.Rate, o.Beta1, o.Beta2, o.Epsilon, o.Decay, o.Decoupled)
		}
	})
}

// amsgrad is a step of Adam by the greatest v so far, which kernel.Adam has no form of.
func (o *Adam) amsgrad(p, m, v, top, g []float64, t int) {
	m, v, top, g = m[:len(p)], v[:len(p)], top[:len(p)], g[:len(p)]
	keep := 1 - o.Rate*o.Decoupled
	first, second := unbias(o.Beta1, t), unbias(o.Beta2, t)
	rate, scale := o.Rate/first, 1/math.Sqrt(second)
	for i, x := range p {
		d := g[i] + o.Decay*x
		m[i] += (1 - o.Beta1) * (d - m[i])
		v[i] = o.Beta2*v[i] + (1-o.Beta2)*d*d
		top[i] = max(top[i], v[i])
		p[i] = keep*x - rate*(m[i]/(scale*math.Sqrt(top[i])+o.Epsilon))
	}
}

// unbias returns 1-betaᵗ, the sum of the weights of an exponential mean of t numbers.
func unbias(beta float64, t int) float64 { return 1 - math.Pow(beta, float64(t)) }

func (o *Adam) find(params []*nn.Param) {
	o.memory.find("Adam", params, "mean", "square", when(o.AMSGrad, "greatest"))
}

// SetRate implements nn.Optimizer.
func (o *Adam) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: m as "mean", v as "square" and, if AMSGrad, the greatest v as
// "greatest".
func (o *Adam) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
