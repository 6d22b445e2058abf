package nn

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// Dropout sets elements to 0 in training, each with the same probability. It scales the others by
// 1/(1-Probability), so that the expectation of every element stays the same. After training it
// changes nothing (Srivastava et al. 2014, in the inverted form). Algorithm 1 of the notes keeps
// elements with the probability p = 1-Probability and does not scale: its results are p times as
// large in training as they are afterwards.
type Dropout struct {
	Probability float64 // of 0
	Rand        *rand.Rand
	training    bool
	stateless
}

// NewDropout returns a Dropout in training.
//
// NewDropout panics if the probability is not at least 0 and less than 1.
func NewDropout(probability float64, rng *rand.Rand) *Dropout {
	if !(probability >= 0 && probability < 1) {
		panic(fmt.Sprintf("nn: NewDropout with probability %v", probability))
	}
	return &Dropout{Probability: probability, Rand: rng, training: true}
}

// Forward returns an array of the shape of x, in training with some elements set to 0. Every call
// draws new numbers. Do not use it under reverse.Array.Checkpoint, which runs a function again: the
// masks would differ.
//
// Cost: linear in the elements.
//
// Forward panics in training if Probability is not at least 0 and less than 1.
func (l *Dropout) Forward(x reverse.Array) reverse.Array {
	if !l.training || l.Probability == 0 {
		return x
	}
	if !(l.Probability > 0 && l.Probability < 1) {
		panic(fmt.Sprintf("nn: Dropout with probability %v", l.Probability))
	}
	t := tapeOf("Dropout", x)
	mask := t.Scratch(x.Size())
	scale := 1 / (1 - l.Probability)
	for i := range mask {
		mask[i] = 0
		if l.Rand.Float64() >= l.Probability {
			mask[i] = scale
		}
	}
	return x.Mul(t.Const(mask, x.Shape()...))
}

// SetTraining turns dropout on or off.
func (l *Dropout) SetTraining(on bool) { l.training = on }

// Training reports whether dropout is on.
func (l *Dropout) Training() bool { return l.training }

// Buffers returns nil: only the generator has a state.
func (l *Dropout) Buffers() []*Param { return nil }
