package nn_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/reverse"
)

// TestPredictIsForwardAfterTraining holds that parts make no difference, and that training is put back.
func TestPredictIsForwardAfterTraining(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	drop, norm := nn.NewDropout(0.5, rng), nn.NewBatchNorm1D(3)
	net := nn.Sequential{nn.NewLinear(2, 3, rng), norm, drop}
	for _, n := range []int{0, 1, 255, 256, 257, 600} {
		x := make([]float64, 2*n)
		for i := range x {
			x[i] = rng.NormFloat64()
		}
		nn.SetTraining(net, true)
		got := nn.Predict(net, x, n, 2)
		if !drop.Training() || !norm.Training() {
			t.Errorf("%d samples: training is off", n)
		}
		nn.SetTraining(net, false)
		want := net.Forward(reverse.NewTape().Const(x, n, 2)).Values()
		optest.Within(t, "results in parts", got, want, 1e-14) // products of other sizes round in other ways
	}
}

func TestPredictMisuse(t *testing.T) {
	l := nn.NewLinear(2, 3, rand.New(rand.NewPCG(7, 1)))
	optest.Panics(t, "nn: Predict of 5 numbers of shape [2 2]", func() { nn.Predict(l, make([]float64, 5), 2, 2) })
	optest.Panics(t, "nn: Predict of 1 numbers of shape []", func() { nn.Predict(l, make([]float64, 1)) })
	sum := nn.Func(func(x reverse.Array) reverse.Array { return x.SumSq() })
	optest.Panics(t, "nn: Predict of 2 samples by a layer with results of shape []", func() { nn.Predict(sum, make([]float64, 4), 2, 2) })
}

// TestEvaluateSeesEveryBatch holds the order of the batches, and that layers are out of training.
func TestEvaluateSeesEveryBatch(t *testing.T) {
	set := data.Iris()
	drop := nn.NewDropout(0.5, rand.New(rand.NewPCG(7, 1)))
	var labels []int
	loader := &data.Loader{Set: set, Size: 40}
	nn.Evaluate(drop, loader.All(), func(tape *reverse.Tape, b data.Batch) {
		labels = append(labels, b.Labels...)
		if y := drop.Forward(tape.Const(b.X, b.Shape...)).Values(); !slices.Equal(y, b.X) {
			t.Error("dropout is on")
		}
	})
	if !slices.Equal(labels, set.Labels) {
		t.Errorf("labels %v", labels)
	}
	if !drop.Training() {
		t.Error("training is off")
	}
}

func TestArgmax(t *testing.T) {
	nan := math.NaN()
	got := nn.Argmax([]float64{1, 3, 2, 5, 5, 1, -3, -2, -2, 1, nan, nan, math.Inf(-1), math.Inf(-1), math.Inf(-1), nan, 1, 2}, 3)
	if want := []int{1, 0, 1, 1, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("Argmax is %v, want %v", got, want)
	}
	optest.Panics(t, "nn: Argmax of 4 numbers in rows of 3", func() { nn.Argmax(make([]float64, 4), 3) })
	optest.Panics(t, "nn: Argmax of 4 numbers in rows of 0", func() { nn.Argmax(make([]float64, 4), 0) })
}
