package nn_test

import (
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// TestFitDoesNotAllocate: a step does not, once shapes repeat.
func TestFitDoesNotAllocate(t *testing.T) {
	for _, accumulate := range []int{0, 2} {
		fitDoesNotAllocate(t, accumulate)
	}
}

func fitDoesNotAllocate(t *testing.T, accumulate int) {
	rng := rand.New(rand.NewPCG(1, 2))
	net := nn.Sequential{nn.NewLinear(8, 16, rng), nn.NewBatchNorm1D(16), nn.ReLU{}, nn.NewDropout(0.5, rng), nn.NewLinear(16, 3, rng)}
	b := points{make([]float64, 4*8), make([]int, 4)}
	for i := range b.x {
		b.x[i] = rng.NormFloat64()
	}
	seen, allocations := 0, -1.0
	trainer := &nn.Trainer[points]{
		Model:     net,
		Optimizer: optim.NewAdam(0.01),
		Epochs:    1,
		Batches: func(int) iter.Seq[points] {
			return func(yield func(points) bool) {
				yield(b)
				allocations = memtest.Allocations(100, func() { yield(b) }) // which is a step
			}
		},
		Loss: func(tape *reverse.Tape, b points) reverse.Array {
			return nn.CrossEntropy(net.Forward(tape.Const(b.x, len(b.y), 8)), b.y)
		},
		Schedule:   optim.ConstantRate(0.01),
		Clip:       1,
		Accumulate: accumulate,
		OnStep:     func(nn.Step) error { seen++; return nil },
	}
	if _, err := trainer.Fit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if allocations != 0 {
		t.Errorf("a step allocates %v times", allocations)
	}
	if seen < 100/max(1, accumulate) {
		t.Errorf("%d steps", seen)
	}
}
