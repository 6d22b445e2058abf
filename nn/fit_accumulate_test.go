package nn_test

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// inParts returns a Trainer on 12 points in batches of the size, of which a step takes as many as
// accumulate says.
func inParts(size, accumulate int) *nn.Trainer[points] {
	var all points
	for b := range spiral(3)(0) {
		all = points{slices.Clone(b.x[:24]), slices.Clone(b.y[:12])}
		break
	}
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.Sequential{nn.NewLinear(2, 8, rng), nn.Tanh{}, nn.NewLinear(8, 2, rng)}
	return &nn.Trainer[points]{
		Model:     net,
		Optimizer: optim.NewAdam(0.05),
		Epochs:    4,
		Batches: func(int) iter.Seq[points] {
			return func(yield func(points) bool) {
				for i := 0; i < 12; i += size {
					end := min(i+size, 12)
					if !yield(points{all.x[2*i : 2*end], all.y[i:end]}) {
						return
					}
				}
			}
		},
		Loss: func(tape *reverse.Tape, b points) reverse.Array {
			return nn.CrossEntropy(net.Forward(tape.Const(b.x, len(b.y), 2)), b.y)
		},
		Clip:       0.5,
		Accumulate: accumulate,
	}
}

// TestAccumulate: steps of k batches are those of batches k times as large, also where fewer are
// left at the end of an epoch, and the losses are theirs.
func TestAccumulate(t *testing.T) {
	for _, c := range []struct{ large, small, accumulate, steps int }{
		{12, 3, 4, 1},
		{12, 3, 9, 1}, // all that there are
		{8, 4, 2, 2},  // two batches and one
		{6, 2, 3, 2},
		{3, 3, 1, 4},
	} {
		large, small := inParts(c.large, 0), inParts(c.small, c.accumulate)
		var losses [2][]nn.Step
		for i, trainer := range []*nn.Trainer[points]{large, small} {
			trainer.OnStep = func(s nn.Step) error { losses[i] = append(losses[i], s); return nil }
			h := mustFit(t, trainer)
			if last := h.Epochs[3]; last.Steps != 4*c.steps {
				t.Errorf("%+v: %d steps, want %d", c, last.Steps, 4*c.steps)
			}
		}
		want := valuesOf(large.Model)
		for name, values := range valuesOf(small.Model) {
			optest.Within(t, name, values, want[name], 1e-10)
		}
		for k, s := range losses[0] {
			got := losses[1][k]
			optest.Within(t, "loss", []float64{got.Loss}, []float64{s.Loss}, 1e-12)
			if got.Step != s.Step || got.Epoch != s.Epoch {
				t.Errorf("step %+v, want %+v", got, s)
			}
		}
		if last := losses[1][c.steps-1]; last.Batch != (12+c.small-1)/c.small-1 {
			t.Errorf("%+v: the last step of an epoch has batch %d", c, last.Batch)
		}
	}
}

// TestAccumulateResumes: a stop between steps, and a loss that fails within one, leave nothing behind.
func TestAccumulateResumes(t *testing.T) {
	straight, stopped := inParts(2, 4), inParts(2, 4)
	mustFit(t, straight)
	ctx, cancel := context.WithCancel(t.Context())
	stopped.OnStep = func(s nn.Step) error {
		if s.Step == 2 {
			cancel()
		}
		return nil
	}
	if _, err := stopped.Fit(ctx); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	loss, failure := stopped.Loss, 2 // within the next step
	stopped.Loss = func(tape *reverse.Tape, b points) reverse.Array {
		y := loss(tape, b)
		if failure--; failure == 0 {
			return y.Div(tape.Const([]float64{0}))
		}
		return y
	}
	if _, err := stopped.Fit(t.Context()); err == nil {
		t.Fatal("an infinite loss is no error")
	}
	mustFit(t, stopped)
	optest.Equal(t, "weights", valuesOf(stopped.Model), valuesOf(straight.Model), optest.Bits())
}
