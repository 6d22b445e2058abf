package nn

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// Dropout deletes elements in training, each with the same probability, and scales those
// that stay by 1/(1-Probability), so that the mean of every element stays what it was;
// afterwards it changes nothing (Srivastava et al. 2014, in the inverted form). Algorithm
// 1 of the notes keeps elements with the probability p = 1-Probability and does not
// scale: its results are p times as large in training as they are afterwards.
type Dropout struct {
	Probability float64 // of deletion
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

// Forward returns x, with elements deleted in training. It draws a number for every
// element, anew in every call: under reverse.Array.Checkpoint, which runs a function
// again, masks would differ.
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

// SetTraining says whether elements are deleted.
func (l *Dropout) SetTraining(on bool) { l.training = on }

// Training reports whether elements are deleted.
func (l *Dropout) Training() bool { return l.training }

// Buffers returns nil: nothing is kept but the generator.
func (l *Dropout) Buffers() []*Param { return nil }
