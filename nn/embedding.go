package nn

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// Embedding is a table of vectors, one for every index. If Padding is set, the vector of that index
// is not learned: it stands for the filling of short sequences.
type Embedding struct {
	Weight  *Param // [count, size]
	Padding *int   // the index whose vector stays, nil for none
}

// NewEmbedding returns an Embedding of count vectors of the size, drawn from the standard normal
// distribution.
func NewEmbedding(count, size int, rng *rand.Rand) *Embedding {
	l := &Embedding{Weight: NewParam("weight", count, size)}
	initialize(rng, Normal(0, 1), l.Weight)
	return l
}

// Lookup returns the vectors of indices, of shape [len(indices), size], on a tape. If an index
// occurs several times, the derivatives of its vector add up.
//
// Cost: a copy of the vectors. The indices are not copied, and must not change before the next
// Reset.
//
// Lookup panics if an index is out of range.
func (l *Embedding) Lookup(t *reverse.Tape, indices []int) reverse.Array {
	w := l.Weight
	for i, index := range indices {
		if index < 0 || index >= w.Shape[0] {
			panic(fmt.Sprintf("nn: %v wants indices from 0 to %d, got %d at %d", l, w.Shape[0]-1, index, i))
		}
	}
	y := t.Param(w.Value, w.Grad, w.Shape...).Take(0, indices)
	if l.Padding == nil {
		return y
	}
	padding, size := *l.Padding, w.Shape[1]
	learnt := t.Scratch(y.Size())
	for i := range learnt {
		learnt[i] = 1
		if indices[i/size] == padding {
			learnt[i] = 0
		}
	}
	return t.Const(learnt, y.Shape()...).IfPos(y, detached(y))
}

// Forward returns vectors of shape [shape of x…, size] from x, whose elements are indices. Nothing
// is differentiated with respect to x.
//
// Cost: as Lookup, and the memory of the indices.
//
// Forward panics if an element is no whole number, or out of range.
func (l *Embedding) Forward(x reverse.Array) reverse.Array {
	indices := make([]int, x.Size())
	for i, v := range x.Values() {
		indices[i] = int(v)
		if float64(indices[i]) != v {
			panic(fmt.Sprintf("nn: %v wants whole indices, got %v at %d", l, v, i))
		}
	}
	shape := append(append(make([]int, 0, 8), x.Shape()...), l.Weight.Shape[1])
	return l.Lookup(tapeOf("Embedding", x), indices).Reshape(shape...)
}

// Params returns the table.
func (l *Embedding) Params() []*Param { return []*Param{l.Weight} }
