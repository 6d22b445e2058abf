package nn

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// Attention averages values for every query, weighted by how well their keys fit the query (Vaswani
// et al. 2017, equation 1):
//
//	softmax(q·kᵀ/√d) · v
//
// The result has shape […, queries, m], for q of shape […, queries, d], k of shape […, keys, d] and
// v of shape […, keys, m]. If causal, a query sees only the keys up to its own position.
//
// Cost: two products of matrices of O(queries·keys·(d+m)) for each batch entry, and the memory of
// queries·keys scores.
//
// Attention panics if the shapes do not fit.
func Attention(q, k, v reverse.Array, causal bool) reverse.Array {
	s := q.Shape()
	if len(s) < 2 {
		panic(fmt.Sprintf("nn: Attention of queries of shape %v", s))
	}
	scores := q.MatMulT(k).Scale(1 / math.Sqrt(float64(s[len(s)-1])))
	if causal {
		scores = scores.Add(causalMask(scores))
	}
	return scores.Softmax(-1).MatMul(v)
}

// causalMask returns -Inf for the keys after a query's place, else 0.
func causalMask(scores reverse.Array) reverse.Array {
	s := scores.Shape()
	queries, keys := s[len(s)-2], s[len(s)-1]
	t := tapeOf("Attention", scores)
	mask := t.Scratch(queries * keys)
	for i := range queries {
		for j := range keys {
			mask[i*keys+j] = 0
			if j > i {
				mask[i*keys+j] = math.Inf(-1)
			}
		}
	}
	return t.Const(mask, queries, keys)
}

// MultiHeadAttention is the self-attention of sequences by several heads, each of which sees its
// own projection (Vaswani et al. 2017, section 3.2.2).
type MultiHeadAttention struct {
	Heads                     int
	Causal                    bool
	Query, Key, Value, Output *Linear
}

// NewMultiHeadAttention returns a MultiHeadAttention of sequences with that many features, with
// projections as by NewLinear.
//
// NewMultiHeadAttention panics if the number of features is no multiple of the number of heads.
func NewMultiHeadAttention(features, heads int, rng *rand.Rand) *MultiHeadAttention {
	if heads < 1 || features%heads != 0 {
		panic(fmt.Sprintf("nn: NewMultiHeadAttention of %d features by %d heads", features, heads))
	}
	l := &MultiHeadAttention{Heads: heads}
	for _, p := range []**Linear{&l.Query, &l.Key, &l.Value, &l.Output} {
		*p = NewLinear(features, features, rng)
	}
	return l
}

// Forward returns an array of shape [batch, length, features] from x of that shape.
//
// Cost: four projections and one Attention for each head.
func (l *MultiHeadAttention) Forward(x reverse.Array) reverse.Array {
	s := x.Shape()
	if in := l.Query.Weight.Shape[1]; len(s) != 3 || s[2] != in {
		wants(l, fmt.Sprintf("[batch length %d]", in), x)
	}
	batch, length, features := s[0], s[1], s[2]
	split := func(p *Linear) reverse.Array {
		return p.Forward(x).Reshape(batch, length, l.Heads, features/l.Heads).Transpose(0, 2, 1, 3)
	}
	y := Attention(split(l.Query), split(l.Key), split(l.Value), l.Causal)
	return l.Output.Forward(y.Transpose(0, 2, 1, 3).Reshape(batch, length, features))
}

// Params returns the parameters of the four projections.
func (l *MultiHeadAttention) Params() []*Param { return Sequential(l.Layers()).Params() }

// Layers returns the four projections.
func (l *MultiHeadAttention) Layers() []Layer { return []Layer{l.Query, l.Key, l.Value, l.Output} }
