package nn_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// deep are a Recurrent of every kind.
func deep(o nn.RecurrentOptions, rng *rand.Rand) map[string]*nn.Recurrent {
	return map[string]*nn.Recurrent{
		"RNN": nn.NewRecurrent(nn.NewRNN, 3, 2, o, rng), "GRU": nn.NewRecurrent(nn.NewGRU, 3, 2, o, rng), "LSTM": nn.NewRecurrent(nn.NewLSTM, 3, 2, o, rng),
	}
}

func numbers(rng *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	return x
}

// turned returns sequences backwards.
func turned(x reverse.Array) reverse.Array { return x.Slice(reverse.Range{}, reverse.Range{Step: -1}) }

// TestRecurrentIsItsParts holds that layers in both directions are what their parts make of sequences and of turned
// ones, with the last states where each ended.
func TestRecurrentIsItsParts(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	const batch, length = 2, 4
	for name, l := range deep(nn.RecurrentOptions{Layers: 2, Bidirectional: true}, rng) {
		tape := reverse.NewTape()
		x := tape.Const(numbers(rng, batch*length*3), batch, length, 3)
		got, last := l.ForwardFrom(x, nn.RecurrentState{})
		want := x
		var ends []float64
		for i := 0; i < len(l.Parts); i += 2 {
			a, b := l.Parts[i].Forward(want), l.Parts[i+1].Forward(turned(want))
			for _, y := range []reverse.Array{a, b} {
				ends = append(ends, y.Slice(reverse.Range{}, reverse.Range{Start: -1}).Values()...)
			}
			want = reverse.Concat(2, a, turned(b))
		}
		optest.Within(t, name, got.Values(), want.Values(), 1e-15)
		optest.Within(t, name+" last", last.H.Values(), ends, 1e-15)
		optest.Equal(t, name+" shape", last.H.Shape(), []int{4, batch, 2})
		if (last.C == reverse.Array{}) != (name != "LSTM") {
			t.Errorf("%s: cell states %v", name, last.C)
		}
	}
}

// TestRecurrentInTwoParts holds that layers in one direction go on from their last states, and that gradients go
// through them.
func TestRecurrentInTwoParts(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	for name, l := range deep(nn.RecurrentOptions{Layers: 3}, rng) {
		tape := reverse.NewTape()
		data := numbers(rng, 2*5*3)
		x := tape.Param(data, nil, 2, 5, 3)
		whole, end := l.ForwardFrom(x, nn.RecurrentState{})
		a, state := l.ForwardFrom(x.Slice(reverse.Range{}, reverse.Range{Stop: 2}), nn.RecurrentState{})
		b, last := l.ForwardFrom(x.Slice(reverse.Range{}, reverse.Range{Start: 2}), state)
		parts := reverse.Concat(1, a, b)
		optest.Within(t, name, parts.Values(), whole.Values(), 1e-15)
		optest.Within(t, name+" last", last.H.Values(), end.H.Values(), 1e-15)
		w := numbers(rng, whole.Size())
		whole.BackwardFrom(w)
		want := slices.Clone(x.Grad())
		parts.BackwardFrom(w)
		optest.Within(t, name+" gradient", x.Grad(), want, 1e-13)
	}
}

// TestRecurrentDropout holds that what goes between layers is dropped in training alone, and not behind the last.
func TestRecurrentDropout(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	l := nn.NewRecurrent(nn.NewGRU, 3, 2, nn.RecurrentOptions{Layers: 2, Dropout: 0.5}, rng)
	plain := &nn.Recurrent{Parts: l.Parts}
	one := &nn.Recurrent{Parts: l.Parts[:1], Between: l.Between}
	tape := reverse.NewTape()
	x := tape.Const(numbers(rng, 2*6*3), 2, 6, 3)
	if slices.Equal(l.Forward(x).Values(), plain.Forward(x).Values()) {
		t.Error("nothing is dropped in training")
	}
	optest.Equal(t, "one layer", one.Forward(x).Values(), l.Parts[0].Forward(x).Values(), optest.Bits())
	nn.SetTraining(l, false)
	optest.Equal(t, "after training", l.Forward(x).Values(), plain.Forward(x).Values(), optest.Bits())
}

// TestRecurrentSteadyState holds that a step of the same shape allocates nothing.
func TestRecurrentSteadyState(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 1))
	data, grad := numbers(rng, 2*6*3), make([]float64, 2*6*3)
	for name, l := range deep(nn.RecurrentOptions{Layers: 2, Bidirectional: true, Dropout: 0.25}, rng) {
		tape := reverse.NewTape()
		step := func() {
			tape.Reset()
			_, last := l.ForwardFrom(tape.Param(data, grad, 2, 6, 3), nn.RecurrentState{})
			y, _ := l.ForwardFrom(tape.Param(data, grad, 2, 6, 3), last)
			y.Sum().Backward()
		}
		step()
		if n := memtest.Allocations(20, step); n != 0 {
			t.Errorf("%s: a step allocates %v times", name, n)
		}
	}
}

// TestRecurrentRefuses holds the texts of panics.
func TestRecurrentRefuses(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	l := nn.NewRecurrent(nn.NewLSTM, 3, 2, nn.RecurrentOptions{Layers: 2}, rng)
	tape := reverse.NewTape()
	of := func(shape ...int) reverse.Array { return tape.Const(make([]float64, product(shape)), shape...) }
	optest.Panics(t, "nn: LSTM(3→2) wants [batch length 3] of a length of 1 or more, got [2 3]", func() { l.Forward(of(2, 3)) })
	optest.Panics(t, "nn: 0 LSTM(3→2) wants 3 features, got [1 2 4]", func() { l.Forward(of(1, 2, 4)) })
	optest.Panics(t, "nn: Recurrent(2 × LSTM(3→2)) wants states of shape [2 1 2], got [2 1 2] and []", func() {
		l.ForwardFrom(of(1, 2, 3), nn.RecurrentState{H: of(2, 1, 2)})
	})
	optest.Panics(t, "nn: NewRecurrent of -1 layers", func() { nn.NewRecurrent(nn.NewGRU, 3, 2, nn.RecurrentOptions{Layers: -1}, rng) })
	optest.Panics(t, "nn: NewDropout with probability 1", func() { nn.NewRecurrent(nn.NewGRU, 3, 2, nn.RecurrentOptions{Dropout: 1}, rng) })
}
