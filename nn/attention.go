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
	return attention(q, k, v, causal, nil)
}

// attention is Attention with weights that are dropped, unless drop is nil.
func attention(q, k, v reverse.Array, causal bool, drop *Dropout) reverse.Array {
	s := q.Shape()
	if len(s) < 2 {
		panic(fmt.Sprintf("nn: Attention of queries of shape %v", s))
	}
	scores := q.MatMulT(k).Scale(1 / math.Sqrt(float64(s[len(s)-1])))
	if causal {
		scores = scores.Add(causalMask(scores))
	}
	return dropped(scores.Softmax(-1), drop).MatMul(v)
}

// dropped returns weights of attention without those that are dropped. What is left of them is scaled, and does not
// add up to 1.
func dropped(weights reverse.Array, drop *Dropout) reverse.Array {
	if drop == nil {
		return weights
	}
	return drop.Forward(weights)
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
	Drop                      *Dropout // of the weights of attention, nil for none
}

// NewMultiHeadAttention returns a MultiHeadAttention of sequences with that many features, with
// projections as by NewLinear.
//
// It drops nothing: for a dropout of the weights, as PyTorch has it, set
//
//	l.Drop = nn.NewDropout(0.1, rng)
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
func (l *MultiHeadAttention) Forward(x reverse.Array) reverse.Array { return l.Attend(x, x, nil) }

// Attend returns what the queries of x, of shape [batch, queries, features], find in memory, of shape
// [batch, keys, features]: the attention of x to another sequence, or to itself.
//
// Padding, unless it is nil, says of each of the batch·keys vectors of memory whether it only fills up
// a short sequence. Nothing sees those, whatever they hold; as long as they are finite, their derivatives are 0. Where a query has nothing to see,
// the heads give 0, and the result is the bias of Output.
//
// Cost: as Forward, and the memory of a mask with padding.
//
// Attend panics if the shapes do not fit, or padding has another length.
func (l *MultiHeadAttention) Attend(x, memory reverse.Array, padding []bool) reverse.Array {
	s, m, in := x.Shape(), memory.Shape(), l.Query.Weight.Shape[1]
	if len(s) != 3 || s[2] != in {
		wants(l, fmt.Sprintf("[batch length %d]", in), x)
	}
	if len(m) != 3 || m[0] != s[0] || m[2] != in {
		wants(l, fmt.Sprintf("a memory of [%d keys %d]", s[0], in), memory)
	}
	if padding != nil && len(padding) != m[0]*m[1] {
		panic(fmt.Sprintf("nn: %v wants padding of %d vectors, got %d", l, m[0]*m[1], len(padding)))
	}
	split := func(p *Linear, x reverse.Array) reverse.Array {
		return p.Forward(x).Reshape(s[0], x.Shape()[1], l.Heads, in/l.Heads).Transpose(0, 2, 1, 3)
	}
	q, k, v := split(l.Query, x), split(l.Key, memory), split(l.Value, memory)
	var y reverse.Array
	if padding == nil {
		y = attention(q, k, v, l.Causal, l.Drop)
	} else {
		y = l.padded(q, k, v, padding)
	}
	return l.Output.Forward(y.Transpose(0, 2, 1, 3).Reshape(s[0], s[1], in))
}

// padded is Attention to keys that are not padding, and 0 for a query that sees none.
func (l *MultiHeadAttention) padded(q, k, v reverse.Array, padding []bool) reverse.Array {
	batch, queries, keys := q.Shape()[0], q.Shape()[2], k.Shape()[2]
	t := tapeOf("Attend", q)
	mask, seen := t.Scratch(batch*queries*keys), t.Scratch(batch*queries)
	for row := range batch * queries {
		seen[row] = 0
		b, query := row/queries, row%queries
		for key := range keys {
			at := &mask[row*keys+key]
			if *at = 0; padding[b*keys+key] || l.Causal && key > query {
				*at = math.Inf(-1)
				continue
			}
			seen[row] = 1
		}
		if seen[row] == 0 { // any weights do, which count for nothing
			clear(mask[row*keys:][:keys])
		}
	}
	// What is hidden is 0, whatever it holds: 0 times an infinity would be NaN.
	shown := make([]bool, len(padding)*v.Shape()[1]*v.Shape()[3])
	n := v.Shape()[3]
	for i := range shown {
		shown[i] = !padding[i/(v.Shape()[1]*n*keys)*keys+i/n%keys]
	}
	zero := t.Const([]float64{0})
	v, k = reverse.Where(shown, v, zero), reverse.Where(shown, k, zero)
	scores := q.MatMulT(k).Scale(1 / math.Sqrt(float64(q.Shape()[3])))
	weights := scores.Add(t.Const(mask, batch, 1, queries, keys)).Softmax(-1)
	return dropped(weights, l.Drop).MatMul(v).Mul(t.Const(seen, batch, 1, queries, 1))
}

// Params returns the parameters of the four projections.
func (l *MultiHeadAttention) Params() []*Param { return Sequential(l.Layers()).Params() }

// Layers returns the four projections, and Drop if there is one.
func (l *MultiHeadAttention) Layers() []Layer {
	layers := []Layer{l.Query, l.Key, l.Value, l.Output}
	if l.Drop != nil {
		layers = append(layers, l.Drop)
	}
	return layers
}
