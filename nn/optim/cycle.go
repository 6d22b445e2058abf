package optim

import (
	"fmt"
	"math"
)

// WarmRestarts is a CosineDecay from Base to End that starts again and again: the first time after
// Steps steps, then each time after Factor times as many as before.
//
// Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts (2017),
// equation 5.
type WarmRestarts struct {
	Base   float64
	End    float64
	Steps  int // at least 1
	Factor int // at least 1
}

// Rate implements nn.Schedule.
func (s WarmRestarts) Rate(step int) float64 {
	checkStep(step)
	atLeastOne("WarmRestarts", "Steps", s.Steps)
	atLeastOne("WarmRestarts", "Factor", s.Factor)
	length := s.Steps
	if s.Factor == 1 {
		step %= length
	}
	for step >= length {
		step -= length
		if length > math.MaxInt/s.Factor { // longer than any step
			length = math.MaxInt
		} else {
			length *= s.Factor
		}
	}
	return anneal(s.Base, s.End, float64(step)/float64(length), true)
}

// Cyclic goes up from Least to Greatest in Up steps and down again in Down steps, and so on, along
// straight lines. PerCycle, if it is not 0, multiplies the height above Least after each cycle;
// PerStep does so after each step.
//
// A PerCycle of 0.5 is known as triangular2, and a PerStep less than 1 as exp_range.
//
// Source: Smith, Cyclical learning rates for training neural networks (2017), section 3.
type Cyclic struct {
	Least, Greatest   float64
	Up, Down          int     // at least 1
	PerCycle, PerStep float64 // 0 leaves it out
}

// Rate implements nn.Schedule.
func (s Cyclic) Rate(step int) float64 {
	checkStep(step)
	atLeastOne("Cyclic", "Up", s.Up)
	atLeastOne("Cyclic", "Down", s.Down)
	length := s.Up + s.Down
	height := s.Greatest - s.Least
	if s.PerCycle != 0 {
		height *= math.Pow(s.PerCycle, float64(step/length))
	}
	if s.PerStep != 0 {
		height *= math.Pow(s.PerStep, float64(step))
	}
	at := step % length
	part := float64(at) / float64(s.Up)
	if at > s.Up {
		part = float64(length-at) / float64(s.Down)
	}
	return s.Least + height*part
}

// OneCycle goes up from Greatest/Start to Greatest in the part Rise of Steps steps, then down to
// Greatest/(Start·End). It follows half cosine waves, or straight lines if Linear. If ThreePhases,
// it goes down in two phases: first to where it started, in as many steps as it went up, and then
// to the end.
//
// After Steps steps the rate stays at the end. Fields are used as they are; NewOneCycle sets the
// usual Rise, Start and End.
//
// Source: Smith and Topin, Super-convergence: very fast training of neural networks using large
// learning rates (2019); phases as in PyTorch.
type OneCycle struct {
	Greatest   float64
	Steps      int     // at least 1
	Rise       float64 // between 0 and 1; at most ½ if ThreePhases
	Start, End float64 // more than 0

	Linear      bool
	ThreePhases bool
}

// NewOneCycle returns a OneCycle with the usual Rise of 0.3, Start of 25 and End of 10000.
func NewOneCycle(greatest float64, steps int) OneCycle {
	return OneCycle{Greatest: greatest, Steps: steps, Rise: 0.3, Start: 25, End: 1e4}
}

// Rate implements nn.Schedule.
func (s OneCycle) Rate(step int) float64 {
	positive("OneCycle", "Start", s.Start)
	positive("OneCycle", "End", s.End)
	start := s.Greatest / s.Start
	end := start / s.End
	if s.ThreePhases {
		return s.at(step, start, s.Greatest, start, end)
	}
	return s.at(step, start, s.Greatest, end, end)
}

// Momentum returns the momentum that goes with the rate at a step. It moves the opposite way: it is
// least where the rate is greatest. A least of 0.85 and a greatest of 0.95 are usual.
func (s OneCycle) Momentum(step int, least, greatest float64) float64 {
	return s.at(step, greatest, least, greatest, greatest)
}

// at returns the rate at a step of the way from a over b and c to d.
func (s OneCycle) at(step int, a, b, c, d float64) float64 {
	checkStep(step)
	atLeastOne("OneCycle", "Steps", s.Steps)
	positive("OneCycle", "Rise", s.Rise)
	if !(s.Rise < 1) || s.ThreePhases && s.Rise > 0.5 {
		panic(fmt.Sprintf("optim: OneCycle of Rise %v", s.Rise))
	}
	now, last := float64(step), float64(s.Steps-1)
	top := max(s.Rise*float64(s.Steps)-1, 0)
	second := last
	if s.ThreePhases {
		second = 2 * top
	}
	switch {
	case now >= last:
		return d
	case now < top:
		return anneal(a, b, now/top, !s.Linear)
	case now < second:
		return anneal(b, c, (now-top)/(second-top), !s.Linear)
	}
	return anneal(c, d, (now-second)/(last-second), !s.Linear)
}
