package nn_test

import (
	"context"
	"errors"
	"iter"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// TestWatchNamesTheLayer holds that a Trainer that watches names the layer and operation of the first NaN or infinity, forwards
// and back, and leaves no gradients behind.
func TestWatchNamesTheLayer(t *testing.T) {
	for want, layer := range map[string]nn.Func{
		"nn: Fit: at epoch 0, step 0: reverse: 1.0 Func: log made NaN: element 1 of the result, of shape [2 1]":                 ad.Log[reverse.Array],
		"nn: Fit: at epoch 0, step 0: reverse: 1.0 Func: sqrt made +Inf: element 0 of the adjoint of operand 0, of shape [2 1]": func(x reverse.Array) reverse.Array { return ad.Sqrt(x.Sub(x)) },
	} {
		rng := rand.New(rand.NewPCG(1, 1))
		linear := nn.NewLinear(1, 1, rng)
		copy(linear.Weight.Value, []float64{1})
		copy(linear.Bias.Value, []float64{0})
		model := nn.Sequential{linear, nn.Sequential{layer}}
		trainer := &nn.Trainer[int]{
			Model: model, Optimizer: optim.NewAdam(0.1), Epochs: 1, Watch: true,
			Batches: func(int) iter.Seq[int] { return func(yield func(int) bool) { yield(0) } },
			Loss: func(tape *reverse.Tape, _ int) reverse.Array {
				return model.Forward(tape.Const([]float64{1, -1}, 2, 1)).Sum()
			},
		}
		_, err := trainer.Fit(context.Background())
		if err == nil {
			t.Fatalf("no error, want %s", want)
		}
		optest.Equal(t, "error", err.Error(), want)
		var found *reverse.NonFinite
		if !errors.As(err, &found) || found.Path != "1.0" || math.IsInf(found.Value, 1) != found.Backward {
			t.Errorf("found %+v", found)
		}
		if trainer.Tape.Watched() {
			t.Error("the tape is still watched")
		}
		for _, p := range model.Params() {
			for _, g := range p.Grad {
				if g != 0 {
					t.Errorf("%s has the gradient %v", p.Name, g)
				}
			}
		}
	}
}
