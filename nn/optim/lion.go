package optim

import "github.com/quartet-ad/ad/nn"

// Lion moves every element by the same amount, along the sign of a momentum:
//
//	p -= Rate·(sign(Beta1·m + (1-Beta1)·g) + Decoupled·p)
//	m = Beta2·m + (1-Beta2)·g
//
// Fields are used as they are; NewLion sets the usual ones.
//
// Source: Chen et al., Symbolic discovery of optimization algorithms (2023), program 2.
type Lion struct {
	Rate         float64
	Beta1, Beta2 float64
	Decoupled    float64 // weight decay apart from the gradient: see nn.DecayWeights

	memory
}

// NewLion returns a Lion with the usual Beta1 of 0.9 and Beta2 of 0.99. The rate is usually a third
// to a tenth of Adam's, and the weight decay 3 to 10 times Adam's.
func NewLion(rate float64) *Lion { return &Lion{Rate: rate, Beta1: 0.9, Beta2: 0.99} }

// Step implements nn.Optimizer. Cost: one pass over the parameters; one number of memory for each
// element of a parameter.
func (o *Lion) Step(params []*nn.Param) {
	o.find(params)
	notNegative("Lion", "Rate", o.Rate)
	betas("Lion", o.Beta1, o.Beta2)
	o.each(params, func(p *nn.Param, r *record) {
		x, g, m := p.Value, p.Grad, r.slots[0].Value
		x, m = x[:len(g)], m[:len(g)]
		for i, d := range g {
			x[i] -= o.Rate * (signOf(o.Beta1*m[i]+(1-o.Beta1)*d) + o.Decoupled*x[i])
			m[i] += (1 - o.Beta2) * (d - m[i])
		}
	})
}

func (o *Lion) find(params []*nn.Param) { o.memory.find("Lion", params, "mean") }

// SetRate implements nn.Optimizer.
func (o *Lion) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: m.
func (o *Lion) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
