package nn

import (
	"fmt"
	"math/rand/v2"

	"github.com/quartet-ad/ad/reverse"
)

// A Recurrence is one layer of recurrent cells along sequences: *RNN, *GRU or *LSTM.
type Recurrence interface {
	Layer
	fmt.Stringer

	// from returns all states, from first ones on, and the last ones. Cell states are of those that
	// have cells.
	from(x, h, c reverse.Array, backwards bool) (states, lastH, lastC reverse.Array)
	cells() bool
	hidden() int
	zero(x reverse.Array) reverse.Array
	checkSequences(x reverse.Array)
}

// RecurrentOptions say how many layers of cells there are, 1 if Layers is 0, whether each runs in both
// directions, and with what probability what goes from one layer to the next is dropped in training.
type RecurrentOptions struct {
	Layers        int
	Bidirectional bool
	Dropout       float64
}

// Recurrent is layers of cells along sequences, of which each takes the states of the one below. Where it is
// Bidirectional, each layer has cells that run from the end to the beginning too, and its states are those of
// both side by side.
type Recurrent struct {
	// Parts are the layers, from below; if Bidirectional, each followed by that of the other direction.
	Parts         []Recurrence
	Bidirectional bool
	Between       *Dropout // of the states that go from layer to layer, nil for none
}

// NewRecurrent returns a Recurrent of NewRNN, NewGRU or NewLSTM:
//
//	nn.NewRecurrent(nn.NewLSTM, 3, 8, nn.RecurrentOptions{Layers: 2, Bidirectional: true}, rng)
//
// NewRecurrent panics if there are fewer than 0 layers, or if Dropout is no probability less than 1.
func NewRecurrent[R Recurrence](layer func(in, hidden int, rng *rand.Rand) R, in, hidden int, o RecurrentOptions, rng *rand.Rand) *Recurrent {
	if o.Layers < 0 {
		panic(fmt.Sprintf("nn: NewRecurrent of %d layers", o.Layers))
	}
	l := &Recurrent{Bidirectional: o.Bidirectional}
	if o.Dropout != 0 {
		l.Between = NewDropout(o.Dropout, rng)
	}
	for range max(1, o.Layers) {
		for range l.directions() {
			l.Parts = append(l.Parts, layer(in, hidden, rng))
		}
		in = hidden * l.directions()
	}
	return l
}

func (l *Recurrent) directions() int {
	if l.Bidirectional {
		return 2
	}
	return 1
}

// Forward returns the states of the last layer, of shape [batch, length, hidden], or of twice as many
// numbers in both directions, from x of shape [batch, length, in].
//
// Cost: that of the layers.
func (l *Recurrent) Forward(x reverse.Array) reverse.Array {
	y, _ := l.ForwardFrom(x, RecurrentState{})
	return y
}

// A RecurrentState is what the cells of a Recurrent hold: hidden states H and, of an LSTM, cell states C, of
// shape [parts, batch, hidden], in the order of Parts. Of other kinds C is Array{}.
type RecurrentState struct{ H, C reverse.Array }

// ForwardFrom is Forward from a state on, of 0 if it is the zero RecurrentState, and also returns the last
// one: of cells that run backwards, that at the beginning of the sequences.
//
// Cost: as Forward.
//
// ForwardFrom panics if the shapes do not fit.
func (l *Recurrent) ForwardFrom(x reverse.Array, first RecurrentState) (states reverse.Array, last RecurrentState) {
	n := len(l.Parts)
	if n == 0 || n%l.directions() != 0 {
		panic(fmt.Sprintf("nn: Recurrent of %d parts", n))
	}
	l.Parts[0].checkSequences(x)
	l.checkState(x, first)
	hs, cs, both := listOf(n), listOf(n), listOf(l.directions())
	defer func() { lists.Put(hs); lists.Put(cs); lists.Put(both) }()
	for i, part := range l.Parts {
		direction := i % l.directions()
		h, c := part.zero(x), reverse.Array{}
		if part.cells() {
			c = h
		}
		if first != (RecurrentState{}) {
			h = stateOf(first.H, i)
			if part.cells() {
				c = stateOf(first.C, i)
			}
		}
		(*both)[direction], (*hs)[i], (*cs)[i] = l.part(i, x, h, c)
		if direction != l.directions()-1 {
			continue
		}
		if x = (*both)[0]; direction == 1 {
			x = reverse.Concat(2, *both...)
		}
		if l.Between != nil && i < n-1 {
			x = l.Between.Forward(x)
		}
	}
	last.H = reverse.StackAlong(0, *hs...)
	if l.Parts[0].cells() {
		last.C = reverse.StackAlong(0, *cs...)
	}
	return x, last
}

// part runs a part. If it panics, the text gets its place.
func (l *Recurrent) part(i int, x, h, c reverse.Array) (states, lastH, lastC reverse.Array) {
	defer locate(i, l.Parts[i])
	if t := x.Tape(); t != nil && t.Watched() {
		defer t.Enter(i, l.Parts[i].String())()
	}
	return l.Parts[i].from(x, h, c, i%l.directions() == 1)
}

// stateOf returns the state of a part.
func stateOf(all reverse.Array, part int) reverse.Array {
	s := all.Shape()
	return all.Slice(reverse.Range{Start: part, Stop: part + 1}).Reshape(s[1], s[2])
}

// checkState panics unless a state is the zero one or fits the sequences x.
func (l *Recurrent) checkState(x reverse.Array, first RecurrentState) {
	if first == (RecurrentState{}) {
		return
	}
	want := [3]int{len(l.Parts), x.Shape()[0], l.Parts[0].hidden()}
	fits := func(a reverse.Array) bool { return a.Rank() == 3 && [3]int(a.Shape()) == want }
	if cells := l.Parts[0].cells(); !fits(first.H) || cells && !fits(first.C) {
		panic(fmt.Sprintf("nn: %v wants states of shape %v, got %v and %v", l, want, first.H.Shape(), first.C.Shape()))
	}
}

// Params returns the weights and biases of all parts.
func (l *Recurrent) Params() []*Param {
	var params []*Param
	for _, part := range l.Parts {
		params = append(params, part.Params()...)
	}
	return params
}

// Layers returns the parts, and Between if there is one.
func (l *Recurrent) Layers() []Layer {
	layers := make([]Layer, 0, len(l.Parts)+1)
	for _, part := range l.Parts {
		layers = append(layers, part)
	}
	if l.Between != nil {
		layers = append(layers, l.Between)
	}
	return layers
}

// String returns "Recurrent(n × LSTM(in→hidden))" with the first part.
func (l *Recurrent) String() string {
	if len(l.Parts) == 0 {
		return "Recurrent()"
	}
	return fmt.Sprintf("Recurrent(%d × %v)", len(l.Parts), l.Parts[0])
}
