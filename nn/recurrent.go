package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// part returns the i-th of n equal parts of x along an axis that such parts make up; a negative one
// counts from the end.
func part(x reverse.Array, axis, i, n int) reverse.Array {
	s := x.Shape()
	if axis < 0 {
		axis += len(s)
	}
	ranges := append(make([]reverse.Range, 0, 8), make([]reverse.Range, axis)...)
	k := s[axis] / n
	if k == 0 {
		return x
	}
	return x.Slice(append(ranges, reverse.Range{Start: i * k, Stop: (i + 1) * k})...)
}

// gates are the weights of a recurrent cell: of so many gates one after the other, for
// the input and for the state before.
type gates struct {
	InputWeight *Param // [gates·hidden, in]
	StateWeight *Param // [gates·hidden, hidden]
	InputBias   *Param // [gates·hidden]
	StateBias   *Param // [gates·hidden]
}

func newGates(n, in, hidden int, rng *rand.Rand) gates {
	if hidden < 0 || hidden > math.MaxInt/n {
		panic(fmt.Sprintf("nn: %d gates of %d hidden numbers", n, hidden))
	}
	g := gates{
		NewParam("weight_ih", n*hidden, in), NewParam("weight_hh", n*hidden, hidden),
		NewParam("bias_ih", n*hidden), NewParam("bias_hh", n*hidden),
	}
	bound := 1 / math.Sqrt(float64(hidden))
	initialize(rng, Uniform(-bound, bound), g.Params()...)
	return g
}

// Params returns the weights and biases.
func (g *gates) Params() []*Param {
	return []*Param{g.InputWeight, g.StateWeight, g.InputBias, g.StateBias}
}

// hidden returns how many numbers the state has.
func (g *gates) hidden() int { return g.StateWeight.Shape[1] }

func (g *gates) ofInput(x reverse.Array) reverse.Array {
	weight := g.InputWeight.On(x)
	if in := g.InputWeight.Shape[1]; !endsWith(x, in) {
		wants(g, fmt.Sprintf("%d features", in), x)
	}
	return x.MatMulT(weight).Add(g.InputBias.On(x))
}

func (g *gates) ofState(h reverse.Array) reverse.Array {
	if !endsWith(h, g.hidden()) {
		wants(g, fmt.Sprintf("a state of %d numbers", g.hidden()), h)
	}
	return h.MatMulT(g.StateWeight.On(h)).Add(g.StateBias.On(h))
}

// RNNCell is the plain recurrent cell (Elman 1990): h' = tanh(W·x + b + U·h + c).
type RNNCell struct{ gates }

// NewRNNCell returns an RNNCell with weights and biases drawn uniformly
// between ±1/√hidden.
func NewRNNCell(in, hidden int, rng *rand.Rand) *RNNCell {
	return &RNNCell{newGates(1, in, hidden, rng)}
}

// Step returns the next state, of shape [batch, hidden], from an input x of shape [batch, in] and
// the previous state h.
//
// Cost: two products of matrices, O(batch·(in+hidden)·hidden).
func (l *RNNCell) Step(x, h reverse.Array) reverse.Array {
	return l.next(l.ofInput(x), h)
}

// next is Step from what ofInput makes of the input.
func (l *RNNCell) next(a, h reverse.Array) reverse.Array { return ad.Tanh(a.Add(l.ofState(h))) }

// GRUCell is the gated recurrent unit (Cho et al. 2014). As in PyTorch, the reset gate applies
// after the product with the state, and the weights hold the gates in the order r, z, n:
//
//	r = σ(W·x + b + U·h + c)        z likewise
//	n = tanh(W·x + b + r·(U·h + c))
//	h' = (1-z)·n + z·h
type GRUCell struct{ gates }

// NewGRUCell returns a GRUCell with weights and biases drawn uniformly
// between ±1/√hidden.
func NewGRUCell(in, hidden int, rng *rand.Rand) *GRUCell {
	return &GRUCell{newGates(3, in, hidden, rng)}
}

// Step returns the next state, of shape [batch, hidden], from an input x of shape [batch, in] and
// the previous state h.
//
// Cost: two products of matrices, O(batch·(in+hidden)·3·hidden).
func (l *GRUCell) Step(x, h reverse.Array) reverse.Array {
	return l.next(l.ofInput(x), h)
}

// next is Step from what ofInput makes of the input.
func (l *GRUCell) next(a, h reverse.Array) reverse.Array {
	b := l.ofState(h)
	r := ad.Sigmoid(part(a, -1, 0, 3).Add(part(b, -1, 0, 3)))
	z := ad.Sigmoid(part(a, -1, 1, 3).Add(part(b, -1, 1, 3)))
	n := ad.Tanh(part(a, -1, 2, 3).Add(r.Mul(part(b, -1, 2, 3))))
	return n.Add(z.Mul(h.Sub(n)))
}

// LSTMCell is the long short-term memory cell; see reverse.LSTM. The weights hold the gates in the
// order i, f, g, o.
type LSTMCell struct{ gates }

// NewLSTMCell returns an LSTMCell with weights and biases drawn uniformly
// between ±1/√hidden.
func NewLSTMCell(in, hidden int, rng *rand.Rand) *LSTMCell {
	return &LSTMCell{newGates(4, in, hidden, rng)}
}

// Step returns the next hidden and cell state, both of shape [batch, hidden], from an input x of
// shape [batch, in] and the previous states h and c.
//
// Cost: two products of matrices, O(batch·(in+hidden)·4·hidden).
func (l *LSTMCell) Step(x, h, c reverse.Array) (nextH, nextC reverse.Array) {
	return l.next(l.ofInput(x), h, c)
}

// next is Step from what ofInput makes of the input.
func (l *LSTMCell) next(a, h, c reverse.Array) (nextH, nextC reverse.Array) {
	return reverse.LSTM(a.Add(l.ofState(h)), c)
}

// RNN runs an RNNCell along sequences, starting from a state of 0.
type RNN struct{ RNNCell }

// NewRNN returns an RNN; see NewRNNCell.
func NewRNN(in, hidden int, rng *rand.Rand) *RNN { return &RNN{*NewRNNCell(in, hidden, rng)} }

// Forward returns all states, of shape [batch, length, hidden], from x of shape [batch, length,
// in].
//
// Cost: one product of matrices with all inputs and one with the state for each step.
func (l *RNN) Forward(x reverse.Array) reverse.Array {
	return l.run(x, l.next)
}

// GRU runs a GRUCell along sequences, starting from a state of 0.
type GRU struct{ GRUCell }

// NewGRU returns a GRU; see NewGRUCell.
func NewGRU(in, hidden int, rng *rand.Rand) *GRU { return &GRU{*NewGRUCell(in, hidden, rng)} }

// Forward returns all states, of shape [batch, length, hidden], from x of shape [batch, length,
// in].
//
// Cost: one product of matrices with all inputs and one with the state for each step.
func (l *GRU) Forward(x reverse.Array) reverse.Array {
	return l.run(x, l.next)
}

// LSTM runs an LSTMCell along sequences, starting from states of 0.
type LSTM struct{ LSTMCell }

// NewLSTM returns an LSTM; see NewLSTMCell.
func NewLSTM(in, hidden int, rng *rand.Rand) *LSTM { return &LSTM{*NewLSTMCell(in, hidden, rng)} }

// Forward returns all hidden states, of shape [batch, length, hidden], from x of shape
// [batch, length, in].
//
// Cost: one product of matrices with all inputs and one with the state for each step.
func (l *LSTM) Forward(x reverse.Array) reverse.Array {
	c := l.zero(x)
	return l.run(x, func(a, h reverse.Array) reverse.Array {
		h, c = l.next(a, h, c)
		return h
	})
}

// zero returns a state of 0 for every sequence of x.
func (g *gates) zero(x reverse.Array) reverse.Array {
	g.checkSequences(x)
	s := x.Shape()
	t := tapeOf("sequences", x)
	state := t.Scratch(s[0] * g.hidden())
	clear(state)
	return t.Const(state, s[0], g.hidden())
}

func (g *gates) checkSequences(x reverse.Array) {
	if s := x.Shape(); len(s) != 3 || s[1] == 0 {
		wants(g, fmt.Sprintf("[batch length %d] of a length of 1 or more", g.InputWeight.Shape[1]), x)
	}
}

// run returns all states of the sequences x, from 0 on, of which next makes one after
// the other. The products with the input are one for all steps.
func (g *gates) run(x reverse.Array, next func(a, h reverse.Array) reverse.Array) reverse.Array {
	states, _ := g.runFrom(x, g.zero(x), false, next)
	return states
}

// runFrom is run from a state h on, backwards along the sequences or not, and also returns the
// state that it came to.
func (g *gates) runFrom(x, h reverse.Array, backwards bool, next func(a, h reverse.Array) reverse.Array) (all, last reverse.Array) {
	g.checkState(x, h)
	a := g.ofInput(x)
	s := a.Shape()
	states := listOf(s[1])
	defer lists.Put(states)
	for k := range *states {
		i := k
		if backwards {
			i = s[1] - 1 - k
		}
		step := a.Slice(reverse.Range{}, reverse.Range{Start: i, Stop: i + 1})
		h = next(step.Reshape(s[0], s[2]), h)
		(*states)[i] = h
	}
	return reverse.StackAlong(1, *states...), h
}

// lists are lists of arrays to be used again: layers keep none, since goroutines may share them.
var lists = sync.Pool{New: func() any { return new([]reverse.Array) }}

// listOf returns a list of n arrays, to be given back to lists.
func listOf(n int) *[]reverse.Array {
	list := lists.Get().(*[]reverse.Array)
	*list = slices.Grow((*list)[:0], n)[:n]
	return list
}
