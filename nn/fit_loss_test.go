package nn_test

import (
	"bytes"
	"context"
	"iter"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// fitOnce trains a model for an epoch of two batches on the loss of another one's output.
func fitOnce(model nn.Layer, log *slog.Logger, loss func(tape *reverse.Tape) reverse.Array) error {
	trainer := &nn.Trainer[int]{
		Model: model, Optimizer: &optim.SGD{Rate: 0.1}, Epochs: 1, Log: log,
		Batches: func(int) iter.Seq[int] {
			return func(yield func(int) bool) { _ = yield(0) && yield(1) }
		},
		Loss: func(tape *reverse.Tape, _ int) reverse.Array { return loss(tape) },
	}
	_, err := trainer.Fit(context.Background())
	return err
}

// TestFitOfALossWithoutTheModel holds that training that cannot learn anything is an error.
func TestFitOfALossWithoutTheModel(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	model, other, frozen := nn.NewLinear(2, 1, rng), nn.NewLinear(2, 1, rng), nn.NewLinear(2, 1, rng)
	frozen.Weight.Grad, frozen.Bias.Grad = nil, nil
	of := func(l nn.Layer) func(tape *reverse.Tape) reverse.Array {
		return func(tape *reverse.Tape) reverse.Array { return l.Forward(tape.Const([]float64{1, 2}, 1, 2)).SumSq() }
	}
	for _, c := range []struct {
		name  string
		model nn.Layer
		loss  func(tape *reverse.Tape) reverse.Array
		want  string
	}{
		{"the model", model, of(model), ""},
		{"another model", model, of(other), "nn: Fit: the loss depends on none of the 2 learned parameters of Model: is another model in Loss?"},
		{"a constant", model, func(tape *reverse.Tape) reverse.Array { return tape.Const([]float64{1}) }, "nn: Fit: the loss is a constant: no parameter with a Grad is in it"},
		{"a number", model, func(*reverse.Tape) reverse.Array { return reverse.Array{} }, "nn: Fit: the loss is a constant: no parameter with a Grad is in it"},
		{"a frozen model", frozen, of(frozen), "nn: Fit: no parameter of Model is learned: none has a Grad"},
		{"a frozen model and another", frozen, of(other), "nn: Fit: no parameter of Model is learned: none has a Grad"},
		{"a gradient of zero", model, func(tape *reverse.Tape) reverse.Array { return of(model)(tape).Scale(0) }, ""},
	} {
		got := ""
		if err := fitOnce(c.model, nil, c.loss); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: error %q, want %q", c.name, got, c.want)
		}
	}
}

// TestFitOfManyLosses holds that a loss that is not reduced is refused by its shape.
func TestFitOfManyLosses(t *testing.T) {
	model := nn.NewLinear(2, 3, rand.New(rand.NewPCG(3, 1)))
	optest.Panics(t, "nn: Fit: Loss returns an array of shape [1 3], want one number, such as its Mean", func() {
		_ = fitOnce(model, nil, func(tape *reverse.Tape) reverse.Array { return model.Forward(tape.Const([]float64{1, 2}, 1, 2)) })
	})
}

// TestFitWarnsOfUnusedParameters holds that a part of the model that is not in the loss is named.
func TestFitWarnsOfUnusedParameters(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	used := nn.NewLinear(2, 1, rng)
	net := nn.Sequential{used, nn.NewLinear(1, 1, rng)}
	var text bytes.Buffer
	err := fitOnce(net, slog.New(slog.NewTextHandler(&text, nil)), func(tape *reverse.Tape) reverse.Array {
		return used.Forward(tape.Const([]float64{1, 2}, 1, 2)).SumSq()
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := text.String(); strings.Count(got, "level=WARN") != 1 || !strings.Contains(got, "[1.weight 1.bias]") {
		t.Errorf("the log is %q", got)
	}
}
