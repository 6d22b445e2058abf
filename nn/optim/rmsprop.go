package optim

import (
	"math"

	"github.com/quartet-ad/ad/nn"
)

// RMSProp divides the gradient by the root of a running mean of its squares:
//
//	g += Decay·p
//	s = Alpha·s + (1-Alpha)·g²
//	m = Alpha·m + (1-Alpha)·g
//	d = g/(√s + Epsilon), or g/(√(s - m²) + Epsilon) if Centered
//	p -= Rate·d           where Momentum is 0
//	v = Momentum·v + d, p -= Rate·v          else
//
// If Centered, the variance s - m² is kept instead of s, by a recurrence that neither cancels nor
// turns negative. The difference itself would become negative under constant gradients, and its
// root NaN.
//
// Fields are used as they are; NewRMSProp sets the usual ones.
//
// Sources: Tieleman and Hinton, lecture 6.5 of Neural networks for machine learning (2012);
// Graves, Generating sequences with recurrent neural networks (2013), equations 38 to 41, for
// Centered; with Epsilon as in PyTorch.
type RMSProp struct {
	Rate     float64
	Alpha    float64
	Epsilon  float64
	Momentum float64
	Centered bool
	Decay    float64 // of an L2 penalty: see nn.DecayWeights

	memory
}

// NewRMSProp returns an RMSProp with the usual Alpha of 0.99 and Epsilon of 1e-8. A rate of 0.01 is
// usual.
func NewRMSProp(rate float64) *RMSProp { return &RMSProp{Rate: rate, Alpha: 0.99, Epsilon: 1e-8} }

// Step implements nn.Optimizer. Cost: one pass over the parameters; one to three numbers of memory
// for each element of a parameter.
func (o *RMSProp) Step(params []*nn.Param) {
	o.find(params)
	notNegative("RMSProp", "Rate", o.Rate)
	within("RMSProp", "Alpha", o.Alpha, 0, 1)
	positive("RMSProp", "Epsilon", o.Epsilon)
	notNegative("RMSProp", "Momentum", o.Momentum)
	o.each(params, func(p *nn.Param, r *record) {
		x, g, s := p.Value, p.Grad, r.slots[0].Value
		x, s = x[:len(g)], s[:len(g)]
		for i, d := range g {
			d += o.Decay * x[i]
			if o.Centered {
				m := r.slots[1].Value
				away := d - m[i]
				s[i] = o.Alpha * (s[i] + (1-o.Alpha)*away*away)
				m[i] += (1 - o.Alpha) * away
			} else {
				s[i] = o.Alpha*s[i] + (1-o.Alpha)*d*d
			}
			d /= math.Sqrt(s[i]) + o.Epsilon
			if o.Momentum != 0 {
				v := r.slots[2].Value
				v[i] = o.Momentum*v[i] + d
				d = v[i]
			}
			x[i] -= o.Rate * d
		}
	})
}

func (o *RMSProp) find(params []*nn.Param) {
	square := "square"
	if o.Centered {
		square = "variance"
	}
	o.memory.find("RMSProp", params, square, when(o.Centered, "mean"), when(o.Momentum != 0, "velocity"))
}

// SetRate implements nn.Optimizer.
func (o *RMSProp) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: s, or variances and m if Centered, and velocities unless Momentum
// is 0.
func (o *RMSProp) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
