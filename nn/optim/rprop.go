package optim

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/nn"
)

// Rprop uses only the signs of gradients, so it needs the gradient over all samples. Every element
// has its own step size, which starts at Rate:
//
//	size *= Grow              where g has the same sign as before
//	size *= Shrink, g = 0     where g has the opposite sign
//	size = min(max(size, Least), Greatest)
//	p -= size·sign(g)
//
// Rate, and so SetRate, matters only at the first step of a parameter. Fields are used as they are;
// NewRprop sets the usual ones. Step panics unless 0 < Shrink < 1 < Grow and 0 <= Least <=
// Greatest.
//
// Sources: Riedmiller and Braun, A direct adaptive method for faster backpropagation learning: the
// RPROP algorithm (1993); Igel and Hüsken (2000) for the variant without backtracking, iRprop-.
type Rprop struct {
	Rate            float64
	Shrink, Grow    float64
	Least, Greatest float64 // step sizes

	memory
}

// NewRprop returns an Rprop with the usual Shrink of 0.5, Grow of 1.2 and step sizes from 1e-6 to
// 50. A rate of 0.01 is usual.
func NewRprop(rate float64) *Rprop {
	return &Rprop{Rate: rate, Shrink: 0.5, Grow: 1.2, Least: 1e-6, Greatest: 50}
}

// Step implements nn.Optimizer. Cost: one pass over the parameters; two numbers of memory for each
// element of a parameter.
func (o *Rprop) Step(params []*nn.Param) {
	o.find(params)
	notNegative("Rprop", "Rate", o.Rate)
	if !(0 < o.Shrink && o.Shrink < 1 && 1 < o.Grow && 0 <= o.Least && o.Least <= o.Greatest) {
		panic(fmt.Sprintf("optim: Rprop of Shrink %v, Grow %v, Least %v, Greatest %v; NewRprop sets the usual ones",
			o.Shrink, o.Grow, o.Least, o.Greatest))
	}
	o.each(params, func(p *nn.Param, r *record) {
		x, g, before, size := p.Value, p.Grad, r.slots[0].Value, r.slots[1].Value
		x, before, size = x[:len(g)], before[:len(g)], size[:len(g)]
		if r.t() == 1 {
			fill(size, o.Rate)
		}
		for i, d := range g {
			sign := signOf(d)
			switch sign * before[i] {
			case 1:
				size[i] *= o.Grow
			case -1:
				size[i] *= o.Shrink
				sign = 0
			}
			size[i] = min(max(size[i], o.Least), o.Greatest)
			x[i] -= size[i] * sign
			before[i] = sign
		}
	})
}

// signOf returns -1 or 1, or x where it is 0 or NaN.
func signOf(x float64) float64 {
	if x == 0 || x != x {
		return x
	}
	return math.Copysign(1, x) // signs of gradients are not to be guessed: no branch on them
}

func (o *Rprop) find(params []*nn.Param) { o.memory.find("Rprop", params, "sign", "size") }

// SetRate implements nn.Optimizer. It has no effect on parameters that have made a step.
func (o *Rprop) SetRate(rate float64) { o.Rate = rate }

// State implements nn.Optimizer: the signs of the previous gradients, and the step sizes.
func (o *Rprop) State(params []*nn.Param) []*nn.Param { o.find(params); return o.state() }
