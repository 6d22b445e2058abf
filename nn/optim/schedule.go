package optim

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/nn"
)

// ConstantRate is the same rate at every step.
type ConstantRate float64

// Rate implements nn.Schedule.
func (s ConstantRate) Rate(step int) float64 { checkStep(step); return float64(s) }

// StepDecay multiplies Base by Factor once every Every steps: Base·Factor^⌊step/Every⌋.
type StepDecay struct {
	Base   float64
	Every  int // at least 1
	Factor float64
}

// Rate implements nn.Schedule.
func (s StepDecay) Rate(step int) float64 {
	checkStep(step)
	atLeastOne("StepDecay", "Every", s.Every)
	return s.Base * math.Pow(s.Factor, float64(step/s.Every))
}

// MultiStepDecay multiplies Base by Factor at each of the steps in Milestones, which may come in
// any order. A step that is listed twice counts twice.
type MultiStepDecay struct {
	Base       float64
	Milestones []int
	Factor     float64
}

// Rate implements nn.Schedule.
func (s MultiStepDecay) Rate(step int) float64 {
	checkStep(step)
	passed := 0
	for _, m := range s.Milestones {
		if m <= step {
			passed++
		}
	}
	return s.Base * math.Pow(s.Factor, float64(passed))
}

// ExponentialDecay is Base·Factor^step.
type ExponentialDecay struct {
	Base   float64
	Factor float64
}

// Rate implements nn.Schedule.
func (s ExponentialDecay) Rate(step int) float64 {
	checkStep(step)
	return s.Base * math.Pow(s.Factor, float64(step))
}

// PolynomialDecay goes from Base to End in Steps steps and stays there. The rate on the way is
// End + (Base-End)·(1 - step/Steps)^Power.
type PolynomialDecay struct {
	Base  float64
	End   float64
	Power float64 // more than 0; 1 is a straight line
	Steps int     // at least 1
}

// Rate implements nn.Schedule.
func (s PolynomialDecay) Rate(step int) float64 {
	checkStep(step)
	atLeastOne("PolynomialDecay", "Steps", s.Steps)
	if !(s.Power > 0) {
		panic(fmt.Sprintf("optim: PolynomialDecay of Power %v", s.Power))
	}
	left := 1 - float64(min(step, s.Steps))/float64(s.Steps)
	return s.End + (s.Base-s.End)*math.Pow(left, s.Power)
}

// CosineDecay goes from Base to End in Steps steps along half a cosine wave. The rate is End +
// (Base-End)·(1 + cos(π·step/Steps))/2. After Steps the wave goes on: the rate is Base again at
// step 2·Steps. Joined with a ConstantRate keeps it at End.
//
// Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts (2017),
// equation 5.
type CosineDecay struct {
	Base  float64
	End   float64
	Steps int
}

// Rate implements nn.Schedule.
func (s CosineDecay) Rate(step int) float64 {
	checkStep(step)
	atLeastOne("CosineDecay", "Steps", s.Steps)
	if s.Steps <= math.MaxInt/2 {
		step %= 2 * s.Steps
	}
	return anneal(s.Base, s.End, float64(step)/float64(s.Steps), true)
}

// LinearWarmup goes from From to To in Steps steps along a straight line, and stays there. Joined
// puts another schedule after it.
type LinearWarmup struct {
	From, To float64
	Steps    int
}

// Rate implements nn.Schedule.
func (s LinearWarmup) Rate(step int) float64 {
	checkStep(step)
	atLeastOne("LinearWarmup", "Steps", s.Steps)
	return anneal(s.From, s.To, float64(min(step, s.Steps))/float64(s.Steps), false)
}

// Joined is First for Steps steps, and Then afterwards, whose own steps count from 0.
type Joined struct {
	First nn.Schedule
	Steps int
	Then  nn.Schedule
}

// Rate implements nn.Schedule.
func (s Joined) Rate(step int) float64 {
	checkStep(step)
	if step < s.Steps {
		return s.First.Rate(step)
	}
	return s.Then.Rate(step - max(s.Steps, 0))
}

// anneal returns the rate at a part of the way between two rates, from 0 to 1, along half a cosine
// wave or a straight line. It is exact at both ends.
func anneal(from, to, at float64, cosine bool) float64 {
	if cosine {
		at = (1 - math.Cos(math.Pi*at)) / 2
	}
	return from*(1-at) + to*at
}

// WarmupCosine returns the schedule of training of so many steps that rises from a tenth of the
// rate to the rate in the first tenth of the steps, or in 100 if that is less, and falls to 0 at the
// end along half a cosine wave.
//
//	Schedule: optim.WarmupCosine(1e-3, loader.Steps(epochs))
//
// WarmupCosine panics if steps is less than 1.
func WarmupCosine(rate float64, steps int) nn.Schedule {
	atLeastOne("WarmupCosine", "steps", steps)
	warm := min(100, steps/10)
	return Joined{
		First: LinearWarmup{From: rate / 10, To: rate, Steps: max(1, warm)},
		Steps: warm,
		Then:  CosineDecay{Base: rate, Steps: steps - warm},
	}
}
