//go:build !race

package nn

import (
	"context"
	"iter"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad/reverse"
)

// TestFitDoesNotAllocate: a step does not, once shapes repeat.
func TestFitDoesNotAllocate(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	net := Sequential{NewLinear(8, 16, rng), NewBatchNorm1D(16), ReLU{}, NewDropout(0.5, rng), NewLinear(16, 3, rng)}
	type batch struct {
		x []float64
		y []int
	}
	b := batch{make([]float64, 4*8), make([]int, 4)}
	for i := range b.x {
		b.x[i] = rng.NormFloat64()
	}
	seen := 0
	trainer := &Trainer[batch]{
		Model:     net,
		Optimizer: NewAdam(0.01),
		Epochs:    1,
		Batches: func(int) iter.Seq[batch] {
			return func(yield func(batch) bool) { yield(b) }
		},
		Loss: func(tape *reverse.Tape, b batch) reverse.Array {
			return CrossEntropy(net.Forward(tape.Const(b.x, len(b.y), 8)), b.y)
		},
		Schedule: ConstantRate(0.01),
		Clip:     1,
		OnStep:   func(Step) error { seen++; return nil },
	}
	if _, err := trainer.Fit(context.Background()); err != nil {
		t.Fatal(err)
	}
	SetTraining(net, true)
	step := func() {
		if err := trainer.step(b); err != nil {
			t.Fatal(err)
		}
	}
	step()
	if a := testing.AllocsPerRun(100, step); a != 0 {
		t.Errorf("a step allocates %v times", a)
	}
	if seen < 100 {
		t.Errorf("%d steps", seen)
	}
}
