package nn

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// Embedding is a table of vectors, one for every index.
type Embedding struct {
	Weight *Param // [count, size]
}

// NewEmbedding returns an Embedding of standard normal vectors.
func NewEmbedding(count, size int, rng *rand.Rand) *Embedding {
	l := &Embedding{NewParam("weight", count, size)}
	initialize(rng, Normal(0, 1), l.Weight)
	return l
}

// Lookup returns the vectors of indices, in the shape [len(indices), size], on a tape.
// The derivative of a vector that is looked up several times is the sum.
//
// Cost: a copy. The indices are not copied, and must not change before the next Reset.
//
// Lookup panics if an index is out of range.
func (l *Embedding) Lookup(t *reverse.Tape, indices []int) reverse.Array {
	w := l.Weight
	return t.Param(w.Value, w.Grad, w.Shape...).Take(0, indices)
}

// Forward returns the vectors of indices that are the elements of x, whole numbers: an
// array of the shape of x and one more axis. Nothing is differentiated with respect to x.
//
// Forward panics if an element is no whole number, or out of range.
func (l *Embedding) Forward(x reverse.Array) reverse.Array {
	indices := make([]int, x.Size())
	for i, v := range x.Values() {
		indices[i] = int(v)
		if float64(indices[i]) != v {
			panic(fmt.Sprintf("nn: Embedding of the index %v", v))
		}
	}
	shape := append(append([]int(nil), x.Shape()...), l.Weight.Shape[1])
	return l.Lookup(x.Tape(), indices).Reshape(shape...)
}

// Params returns the table.
func (l *Embedding) Params() []*Param { return []*Param{l.Weight} }
