package optim

import (
	"math"

	"github.com/quartet-ad/ad/nn"
)

// NAdam is Adam with Nesterov momentum. This is step t of a parameter, counted from 1, with m and v
// as in Adam:
//
//	g += Decay·p
//	μ(t) = Beta1·(1 - 0.96^(t·MomentumDecay)/2), P(t) = μ(1)·…·μ(t)
//	d = √(v/(1-Beta2ᵗ)) + Epsilon
//	p -= Rate·((1-μ(t))/(1-P(t))·g + μ(t+1)/(1-P(t+1))·m) / d
//
// Fields are used as they are; NewNAdam sets the usual ones.
//
// Source: Dozat, Incorporating Nesterov momentum into Adam (2016), algorithm 2 and the schedule of
// its section 3.
type NAdam struct {
	Rate          float64
	Beta1, Beta2  float64
	Epsilon       float64
	MomentumDecay float64
	Decay         float64 // of an L2 penalty: see nn.DecayWeights

	memory
}

// NewNAdam returns an NAdam with the usual Beta1 of 0.9, Beta2 of 0.999, Epsilon of 1e-8 and
// MomentumDecay of 0.004. A rate of 0.002 is usual.
func NewNAdam(rate float64) *NAdam {
	return &NAdam{Rate: rate, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8, MomentumDecay: 0.004}
}

// Step implements nn.Optimizer. Cost: one pass over the parameters; two numbers of memory for each
// element of a parameter.
func (o *NAdam) Step(params []*nn.Param) {
	o.find(params)
	notNegative("NAdam", "Rate", o.Rate)
	betas("NAdam", o.Beta1, o.Beta2)
	positive("NAdam", "Epsilon", o.Epsilon)
	notNegative("NAdam", "MomentumDecay", o.MomentumDecay)
	t, mu, next, scale := 0, 0.0, 0.0, 0.0 // of the latest parameter, and mostly of the next one too
	o.each(params, func(p *nn.Param, r *record) {
		if r.t() != t {
			t = r.t()
			mu, next, scale = o.momentum(t), o.momentum(t+1), 1/math.Sqrt(unbias(o.Beta2, t))
		}
		product := mu
		if t > 1 {
			product *= r.scalar.Value[0]
		}
		r.scalar.Value[0] = product
		byGrad := o.Rate * (1 - mu) / (1 - product)
		byMean := o.Rate * next / (1 - product*next)
		o.move(p.Value, r.slots[0].Value, r.slots[1].Value, p.Grad, byGrad, byMean, scale)
	})
}

func (o *NAdam) move(x, m, v, g []float64, byGrad, byMean, scale float64) {
	x, m, v = x[:len(g)], m[:len(g)], v[:len(g)]
	for i, d := range g {
		d += o.Decay * x[i]
		m[i] += (1 - o.Beta1) * (d - m[i])
		v[i] = o.Beta2*v[i] + (1-o.Beta2)*d*d
		x[i] -= (byGrad*d + byMean*m[i]) / (scale*math.Sqrt(v[i]) + o.Epsilon)
	}
}

func (o *NAdam) momentum(t int) float64 {
	return o.Beta1 * (1 - 0.5*math.Pow(0.96, float64(t)*o.MomentumDecay))
}

func (o *NAdam) find(params []*nn.Param) {
	o.memory.scalar = "product"
	o.memory.find("NAdam", params, "mean", "square")
}

// SetRate implements nn.Optimizer.
func (o *NAdam) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: m, v and P.
func (o *NAdam) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
