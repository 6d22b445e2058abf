package optim

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/nn"
)

// Plateau lowers the learning rate when a metric has stopped getting better:
//
//	plateau := optim.NewPlateau(0.1)
//	for … {
//		…
//		opt.SetRate(plateau.Observe(loss))
//	}
//
// A metric is better than the best so far if it is less by more than Threshold·|best|, or
// greater by more than that if Maximize. NaN is not better.
type Plateau struct {
	Base      float64 // the rate at first
	Factor    float64 // between 0 and 1: what the rate is multiplied by
	Patience  int     // metrics that are not better and are borne with; the next one lowers the rate
	Cooldown  int     // metrics after a lower rate that are not counted
	Threshold float64
	Least     float64 // the rate is not lowered further
	Maximize  bool

	state *nn.Param
}

// NewPlateau returns a Plateau of the usual Factor 0.1, Patience 10 and Threshold 1e-4.
func NewPlateau(base float64) *Plateau {
	return &Plateau{Base: base, Factor: 0.1, Patience: 10, Threshold: 1e-4}
}

// What Plateau keeps, by its place in the state.
const (
	plateauRate = iota
	plateauBest
	plateauBad     // metrics in a row that were not better
	plateauCooling // metrics left of the cooldown
	plateauKept
)

// Observe returns the rate for what follows the metric.
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

// State returns what is kept from one metric to the next. Its Values are live, as those of
// Optimizer's State.
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
