package nn

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse"
)

// ForwardFrom is Forward from a state of shape [batch, hidden] on, and also returns the last state.
// The last state of one part of a sequence is the first one of the next.
//
// Cost: as Forward.
func (l *RNN) ForwardFrom(x, h reverse.Array) (states, last reverse.Array) {
	return l.runFrom(x, h, false, l.next)
}

// ForwardFrom is Forward from a state of shape [batch, hidden] on, and also returns the last state.
// The last state of one part of a sequence is the first one of the next.
//
// Cost: as Forward.
func (l *GRU) ForwardFrom(x, h reverse.Array) (states, last reverse.Array) {
	return l.runFrom(x, h, false, l.next)
}

// ForwardFrom is Forward from a hidden and a cell state of shape [batch, hidden] on, and also returns
// the last ones. The last states of one part of a sequence are the first ones of the next.
//
// Cost: as Forward.
func (l *LSTM) ForwardFrom(x, h, c reverse.Array) (states, lastH, lastC reverse.Array) {
	return l.from(x, h, c, false)
}

// from is ForwardFrom, backwards along the sequences or not.
func (l *LSTM) from(x, h, c reverse.Array, backwards bool) (states, lastH, lastC reverse.Array) {
	l.checkState(x, c)
	states, lastH = l.runFrom(x, h, backwards, func(a, h reverse.Array) reverse.Array {
		h, c = l.next(a, h, c)
		return h
	})
	return states, lastH, c
}

func (l *RNN) from(x, h, _ reverse.Array, backwards bool) (states, lastH, lastC reverse.Array) {
	states, lastH = l.runFrom(x, h, backwards, l.next)
	return states, lastH, lastC
}

func (l *GRU) from(x, h, _ reverse.Array, backwards bool) (states, lastH, lastC reverse.Array) {
	states, lastH = l.runFrom(x, h, backwards, l.next)
	return states, lastH, lastC
}

func (*RNN) cells() bool  { return false }
func (*GRU) cells() bool  { return false }
func (*LSTM) cells() bool { return true }

// checkState panics unless h is a state for every sequence of x.
func (g *gates) checkState(x, h reverse.Array) {
	g.checkSequences(x)
	if s := h.Shape(); len(s) != 2 || s[0] != x.Shape()[0] || s[1] != g.hidden() {
		wants(g, fmt.Sprintf("a state of shape [%d %d]", x.Shape()[0], g.hidden()), h)
	}
}
