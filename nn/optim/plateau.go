package optim

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/nn"
)

// Plateau lowers the learning rate when a metric stops improving:
//
//	plateau := optim.NewPlateau(0.1)
//	for … {
//		…
//		opt.SetRate(plateau.Observe(loss))
//	}
//
// A metric is an improvement if it is less than the best so far by more than Threshold·|best|, or
// greater by more than that if Maximize. NaN is no improvement.
//
// Fields are used as they are; NewPlateau sets the usual Factor, Patience and Threshold.
type Plateau struct {
	Base      float64 // the first rate
	Factor    float64 // what the rate is multiplied by, between 0 and 1
	Patience  int     // how many metrics in a row without an improvement are accepted before the rate is lowered
	Cooldown  int     // how many metrics after that are not counted
	Threshold float64 // see above, at least 0
	Least     float64 // the rate is not lowered below it
	Maximize  bool    // greater metrics are better

	state *nn.Param
}

// NewPlateau returns a Plateau with the usual Factor of 0.1, Patience of 10 and Threshold of 1e-4.
func NewPlateau(base float64) *Plateau {
	return &Plateau{Base: base, Factor: 0.1, Patience: 10, Threshold: 1e-4}
}

// The places in the state of what Plateau keeps.
const (
	plateauRate = iota
	plateauBest
	plateauBad     // metrics in a row that were not better
	plateauCooling // metrics left of the cooldown
	plateauKept
)

// Observe notes a metric, of an epoch say, and returns the rate to go on with.
//
// Observe panics unless 0 < Factor < 1 and Threshold >= 0.
func (s *Plateau) Observe(metric float64) float64 {
	if !(0 < s.Factor && s.Factor < 1 && s.Threshold >= 0) {
		panic(fmt.Sprintf("optim: Plateau of Factor %v and Threshold %v; NewPlateau sets the usual ones", s.Factor, s.Threshold))
	}
	k := s.State()[0].Value
	if s.better(metric, k[plateauBest]) {
		k[plateauBest] = metric
		k[plateauBad] = 0
	} else {
		k[plateauBad]++
	}
	if k[plateauCooling] > 0 {
		k[plateauCooling]--
		k[plateauBad] = 0
	}
	if k[plateauBad] > float64(s.Patience) {
		k[plateauRate] = min(k[plateauRate], max(k[plateauRate]*s.Factor, s.Least))
		k[plateauCooling] = float64(s.Cooldown)
		k[plateauBad] = 0
	}
	return k[plateauRate]
}

func (s *Plateau) better(metric, best float64) bool {
	if s.Maximize {
		metric, best = -metric, -best
	}
	if math.IsInf(best, 1) { // none yet
		return metric < best
	}
	return metric < best-s.Threshold*math.Abs(best)
}

// State returns what is kept from one metric to the next, one array of 4 numbers. Its Value is
// live, as those of an nn.Optimizer's State are: put it into nn.Checkpoint.More or nn.Trainer.More
// to save it.
func (s *Plateau) State() []*nn.Param {
	if s.state == nil {
		s.state = &nn.Param{Name: "plateau", Value: make([]float64, plateauKept), Shape: []int{plateauKept}}
		s.state.Value[plateauRate] = s.Base
		s.state.Value[plateauBest] = math.Inf(1)
		if s.Maximize {
			s.state.Value[plateauBest] = math.Inf(-1)
		}
	}
	return []*nn.Param{s.state}
}
