package nn_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// TestSequencesInTwoParts holds that a sequence in two parts, the second from the last state of the first on, is the
// sequence as a whole.
func TestSequencesInTwoParts(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	x := make([]float64, 2*5*3)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	rnn, gru, lstm := nn.NewRNN(3, 4, rng), nn.NewGRU(3, 4, rng), nn.NewLSTM(3, 4, rng)
	all := reverse.Range{}
	tape := reverse.NewTape()
	whole, zero := tape.Const(x, 2, 5, 3), tape.Const(make([]float64, 8), 2, 4)
	first, second := whole.Slice(all, reverse.Range{Stop: 2}), whole.Slice(all, reverse.Range{Start: 2, Stop: 5})
	for _, l := range []struct {
		name string
		nn.Layer
		parts func() (a, b reverse.Array)
	}{
		{"RNN", rnn, func() (a, b reverse.Array) {
			a, h := rnn.ForwardFrom(first, zero)
			b, _ = rnn.ForwardFrom(second, h)
			return a, b
		}},
		{"GRU", gru, func() (a, b reverse.Array) {
			a, h := gru.ForwardFrom(first, zero)
			b, _ = gru.ForwardFrom(second, h)
			return a, b
		}},
		{"LSTM", lstm, func() (a, b reverse.Array) {
			a, h, c := lstm.ForwardFrom(first, zero, zero)
			b, _, _ = lstm.ForwardFrom(second, h, c)
			return a, b
		}},
	} {
		a, b := l.parts()
		optest.Within(t, l.name, reverse.Concat(1, a, b).Values(), l.Forward(whole).Values(), 1e-15)
	}
	optest.Panics(t, "nn: GRU(3→4) wants a state of shape [2 4], got [4]", func() { gru.ForwardFrom(whole, tape.Const(make([]float64, 4))) })
	optest.Panics(t, "nn: LSTM(3→4) wants a state of shape [2 4], got [1 8]", func() { lstm.ForwardFrom(whole, zero, zero.Reshape(1, 8)) })
}

// TestAttendPadding holds that padding has no influence, even where it is not finite, and that a sequence of padding
// alone gives the bias.
func TestAttendPadding(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	for _, causal := range []bool{false, true} {
		l := nn.NewMultiHeadAttention(4, 2, rng)
		l.Causal = causal
		x := make([]float64, 3*4)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		tape := reverse.NewTape()
		want := l.Forward(tape.Const(x, 1, 3, 4)).Values()
		memory := slices.Concat(x, make([]float64, 2*4), make([]float64, 5*4))
		for i := 12; i < 20; i++ {
			memory[i] = math.Inf(1 - 2*(i%2))
		}
		pad := tape.Param(memory, nil, 2, 5, 4)
		y := l.Attend(tape.Const(slices.Concat(x, x), 2, 3, 4), pad, []bool{false, false, false, true, true, true, true, true, true, true})
		optest.Within(t, "the sequence", y.Values()[:12], want, 1e-14)
		for i, v := range y.Values()[12:] {
			if v != l.Output.Bias.Value[i%4] {
				t.Errorf("number %d of a padded sequence is %v, want the bias %v", i, v, l.Output.Bias.Value[i%4])
			}
		}
	}
	l := nn.NewMultiHeadAttention(4, 2, rng)
	tape := reverse.NewTape()
	of := func(shape ...int) reverse.Array { return tape.Const(make([]float64, product(shape)), shape...) }
	optest.Panics(t, "nn: MultiHeadAttention(4, 2) wants a memory of [2 keys 4], got [1 3 4]", func() { l.Attend(of(2, 3, 4), of(1, 3, 4), nil) })
	optest.Panics(t, "nn: MultiHeadAttention(4, 2) wants padding of 6 vectors, got 2", func() { l.Attend(of(2, 3, 4), of(2, 3, 4), make([]bool, 2)) })
}
