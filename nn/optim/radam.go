package optim

import (
	"math"

	"github.com/quartet-ad/ad/nn"
)

// RAdam is Adam that takes plain momentum steps until the mean of squares rests on enough
// gradients. This is step t of a parameter, counted from 1, with m and v as in Adam:
//
//	g += Decay·p
//	ρ∞ = 2/(1-Beta2) - 1, ρ = ρ∞ - 2t·Beta2ᵗ/(1-Beta2ᵗ)
//	r = √((ρ-4)(ρ-2)ρ∞ / ((ρ∞-4)(ρ∞-2)ρ))
//	p -= Rate·m/(1-Beta1ᵗ)                        where ρ <= 5
//	p -= Rate·m/(1-Beta1ᵗ) · r·√(1-Beta2ᵗ)/(√v + Epsilon)        else
//
// Fields are used as they are; NewRAdam sets the usual ones.
//
// Source: Liu et al., On the variance of the adaptive learning rate and beyond (2020), algorithm 2,
// with Epsilon and the bound 5 as in PyTorch.
type RAdam struct {
	Rate         float64
	Beta1, Beta2 float64
	Epsilon      float64
	Decay        float64 // of an L2 penalty: see nn.DecayWeights

	memory
}

// NewRAdam returns an RAdam with the usual Beta1 of 0.9, Beta2 of 0.999 and Epsilon of 1e-8. A rate
// of 0.001 is usual.
func NewRAdam(rate float64) *RAdam {
	return &RAdam{Rate: rate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8}
}

// Step implements nn.Optimizer. Cost: one pass over the parameters; two numbers of memory for each
// element of a parameter.
func (o *RAdam) Step(params []*nn.Param) {
	o.find(params)
	notNegative("RAdam", "Rate", o.Rate)
	betas("RAdam", o.Beta1, o.Beta2)
	positive("RAdam", "Epsilon", o.Epsilon)
	o.each(params, func(p *nn.Param, r *record) {
		x, g, m, v := p.Value, p.Grad, r.slots[0].Value, r.slots[1].Value
		x, m, v = x[:len(g)], m[:len(g)], v[:len(g)]
		rate := o.Rate / unbias(o.Beta1, r.t())
		adaptive := o.rectification(r.t())
		for i, d := range g {
			d += o.Decay * x[i]
			m[i] += (1 - o.Beta1) * (d - m[i])
			v[i] = o.Beta2*v[i] + (1-o.Beta2)*d*d
			d = rate * m[i]
			if adaptive != 0 {
				d *= adaptive / (math.Sqrt(v[i]) + o.Epsilon)
			}
			x[i] -= d
		}
	})
}

// rectification returns r·√(1-Beta2ᵗ), 0 where ρ <= 5.
func (o *RAdam) rectification(t int) float64 {
	weight := unbias(o.Beta2, t)
	limit := 2/(1-o.Beta2) - 1
	rho := limit - 2*float64(t)*(1-weight)/weight
	if rho <= 5 {
		return 0
	}
	return math.Sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho) * weight)
}

func (o *RAdam) find(params []*nn.Param) { o.memory.find("RAdam", params, "mean", "square") }

// SetRate implements nn.Optimizer.
func (o *RAdam) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: m and v.
func (o *RAdam) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
