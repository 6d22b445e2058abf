package nn

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/reverse"
)

// TestSequencesDoNotAllocate: a step of what runs a cell allocates nothing, nor does one of attention and
// gates.
func TestSequencesDoNotAllocate(t *testing.T) {
	const batch, length, features = 2, 5, 4
	rng := newRand(1)
	x, grad := make([]float64, batch*length*features), make([]float64, batch*length*features)
	attention := NewMultiHeadAttention(features, 2, rng)
	attention.Causal = true
	tape := reverse.NewTape()
	for _, l := range []Layer{NewRNN(features, 3, rng), NewGRU(features, 3, rng), NewLSTM(features, 3, rng), attention, NewGLU(), NewSoftmax()} {
		step := func() {
			tape.Reset()
			l.Forward(tape.Param(x, grad, batch, length, features)).Sum().Backward()
		}
		step()
		if a := memtest.Allocations(20, step); a != 0 {
			t.Errorf("a step of %T allocates %v times", l, a)
		}
	}
}

// TestLayersDoNotAllocate: nor does a step of a net like LeNet, with normalization,
// dropout, and layers that hold others, forwards and back.
func TestLayersDoNotAllocate(t *testing.T) {
	const batch, classes = 4, 10
	rng := newRand(1)
	net := Sequential{
		NewConv2D(1, 6, 5, reverse.ConvOptions{Padding: [2]int{2, 2}}, rng), NewBatchNorm2D(6), ReLU{}, NewMaxPool2D(2),
		&Residual{Body: Sequential{NewConv2D(6, 6, 3, reverse.ConvOptions{Padding: [2]int{1, 1}}, rng), NewGroupNorm(2, 6), NewLeakyReLU()}},
		NewConv2D(6, 16, 5, reverse.ConvOptions{}, rng), NewPReLU(16), NewAvgPool2D(2), Flatten{},
		NewLinear(16, 12, rng), NewLayerNorm(12), GELU{}, NewDropout(0.3, rng), NewELU(), NewLinear(12, classes, rng),
	}
	images := make([]float64, batch*12*12)
	for i := range images {
		images[i] = rng.NormFloat64()
	}
	labels := []int{3, 1, 4, 1}
	tape := reverse.NewTape()
	value := 0.0
	step := func() {
		tape.Reset()
		loss := CrossEntropy(net.Forward(tape.Const(images, batch, 1, 12, 12)), labels)
		loss.Backward()
		value = loss.Value()
	}
	for _, training := range []bool{true, false} {
		SetTraining(net, training)
		step()
		if a := memtest.Allocations(10, step); a != 0 {
			t.Errorf("training %v: a step allocates %v times", training, a)
		}
		if math.IsNaN(value) || value <= 0 {
			t.Errorf("training %v: loss %v", training, value)
		}
	}
	for _, p := range net.Params() {
		moved := false
		for _, g := range p.Grad {
			moved = moved || g != 0
		}
		if !moved {
			t.Errorf("%s %v has no gradient", p.Name, p.Shape)
		}
	}
}
