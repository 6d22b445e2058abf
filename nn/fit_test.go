package nn_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"math"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// A points is a mini-batch of points in the plane with their classes.
type points struct {
	x []float64
	y []int
}

const (
	fitBatch   = 16
	fitBatches = 6
)

// spiral returns the batches of an epoch: points of two classes that no line divides, moved a
// little by a generator of the epoch. All of them share their storage.
func spiral(seed uint64) func(epoch int) iter.Seq[points] {
	return func(epoch int) iter.Seq[points] {
		return func(yield func(points) bool) {
			rng := rand.New(rand.NewPCG(seed, uint64(epoch)))
			b := points{make([]float64, 2*fitBatch), make([]int, fitBatch)}
			for range fitBatches {
				for i := range b.y {
					angle := 4 * rng.Float64()
					b.y[i] = rng.IntN(2)
					sin, cos := math.Sincos(angle + math.Pi*float64(b.y[i]))
					b.x[2*i] = angle*sin/4 + 0.05*rng.NormFloat64()
					b.x[2*i+1] = angle*cos/4 + 0.05*rng.NormFloat64()
				}
				if !yield(b) {
					return
				}
			}
		}
	}
}

// newTrainer returns a Trainer that has something of everything.
func newTrainer(seed uint64) *nn.Trainer[points] {
	pcg := rand.NewPCG(seed, 1)
	rng := rand.New(rand.NewPCG(seed, 2))
	net := nn.Sequential{
		nn.NewLinear(2, 16, rng), nn.NewBatchNorm1D(16), nn.Tanh{}, nn.NewDropout(0.1, rand.New(pcg)), nn.NewLinear(16, 2, rng),
	}
	t := &nn.Trainer[points]{
		Model:     net,
		Optimizer: optim.NewAdamW(0.02, 0.01),
		Epochs:    6,
		Batches:   spiral(seed),
		Loss: func(tape *reverse.Tape, b points) reverse.Array {
			return nn.CrossEntropy(net.Forward(tape.Const(b.x, len(b.y), 2)), b.y)
		},
		Schedule: optim.CosineDecay{Base: 0.02, End: 0.001, Steps: 6 * fitBatches},
		Clip:     1,
		Sources:  []nn.Source{pcg},
	}
	other := spiral(seed + 1)
	t.Validate = func() float64 { return t.MeanLoss(other(0)) }
	return t
}

// state returns the bits of all that a model keeps.
func state(l nn.Layer) []uint64 {
	var bits []uint64
	for _, p := range nn.State(l) {
		for _, x := range p.Value {
			bits = append(bits, math.Float64bits(x))
		}
	}
	return bits
}

func mustFit(t *testing.T, trainer *nn.Trainer[points]) nn.History {
	t.Helper()
	h, err := trainer.Fit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestFit: the loss falls, callbacks are told everything in order and in the right mode, and a
// line is logged for each epoch.
func TestFit(t *testing.T) {
	trainer := newTrainer(1)
	trainer.Epochs = 20
	trainer.Schedule = nil
	var log bytes.Buffer
	trainer.Log = slog.New(slog.NewTextHandler(&log, nil))
	training := func() bool { return trainer.Model.(nn.Sequential)[3].(*nn.Dropout).Training() }
	steps, epochs := 0, 0
	sum := 0.0
	trainer.OnStep = func(s nn.Step) error {
		if s.Step != steps || s.Epoch != steps/fitBatches || s.Batch != steps%fitBatches || !training() {
			t.Errorf("after %d steps: %+v, training %v", steps, s, training())
		}
		steps++
		sum += s.Loss
		return nil
	}
	trainer.OnEpoch = func(e nn.Epoch) error {
		if e.Epoch != epochs || e.Steps != steps || training() || e.Loss != sum/fitBatches || !(e.Valid > 0) {
			t.Errorf("after %d epochs and %d steps: %+v, training %v", epochs, steps, e, training())
		}
		epochs++
		sum = 0
		return nil
	}
	h := mustFit(t, trainer)
	if steps != 20*fitBatches || epochs != 20 || len(h.Epochs) != 20 || h.Early || training() {
		t.Errorf("%d steps, %d epochs, %d in %+v", steps, epochs, len(h.Epochs), h)
	}
	first, last := h.Epochs[0], h.Epochs[19]
	if !(last.Loss < 0.7*first.Loss && last.Valid < 0.7*first.Valid) {
		t.Errorf("training went from %+v to %+v", first, last)
	}
	if n := strings.Count(log.String(), "msg=epoch"); n != 20 || !strings.Contains(log.String(), "epoch=19 steps=120 loss=") {
		t.Errorf("%d lines of log:\n%s", n, log.String())
	}
	before := state(trainer.Model)
	if again := mustFit(t, trainer); len(again.Epochs) != 20 || !slices.Equal(before, state(trainer.Model)) {
		t.Error("training that has ended went on")
	}
}

// TestFitResume: training that is stopped at any step, by its context or by an error, and taken
// up again, in the same Trainer or through a file, has the bits of training that was not.
func TestFitResume(t *testing.T) {
	whole := newTrainer(3)
	want := mustFit(t, whole)
	final := state(whole.Model)
	for stop := range 6*fitBatches + 1 {
		for _, how := range []string{"again", "file"} {
			first := newTrainer(3)
			ctx, cancel := context.WithCancel(t.Context())
			failure := errors.New("enough")
			first.OnStep = func(s nn.Step) error {
				if s.Step+1 == stop && stop%2 == 0 {
					return failure
				} else if s.Step+1 == stop {
					cancel()
				}
				return nil
			}
			if stop == 0 {
				cancel()
			}
			h, err := first.Fit(ctx)
			cancel()
			if !errors.Is(err, context.Canceled) && !errors.Is(err, failure) && stop < 6*fitBatches {
				t.Fatalf("stopped after %d steps: %v", stop, err)
			}
			if len(h.Epochs) != max(0, stop-1)/fitBatches && stop < 6*fitBatches && stop%fitBatches != 0 {
				t.Errorf("stopped after %d steps: %d epochs", stop, len(h.Epochs))
			}
			next := first
			if how == "file" {
				path := filepath.Join(t.TempDir(), "half")
				if err := first.Save(path); err != nil {
					t.Fatal(err)
				}
				next = newTrainer(4) // other weights and generators
				next.Batches = spiral(3)
				other := spiral(4)
				next.Validate = func() float64 { return next.MeanLoss(other(0)) }
				if err := next.Resume(path); err != nil {
					t.Fatal(err)
				}
			}
			next.OnStep = nil
			got := mustFit(t, next)
			if !slices.Equal(state(next.Model), final) || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("stopped after %d steps, %s: %v\nwant %v", stop, how, got, want)
			}
		}
	}
}

// TestFitHalves: a checkpoint taken in OnEpoch after k epochs goes on to the bits of 2k,
// although the first training went back to its best epoch.
func TestFitHalves(t *testing.T) {
	whole := newTrainer(5)
	want := mustFit(t, whole)
	path := filepath.Join(t.TempDir(), "half")
	half := newTrainer(5)
	half.Epochs = 3
	half.OnEpoch = func(nn.Epoch) error { return half.Save(path) }
	mustFit(t, half)
	next := newTrainer(5)
	if err := next.Resume(path); err != nil {
		t.Fatal(err)
	}
	if got := mustFit(t, next); fmt.Sprint(got) != fmt.Sprint(want) || !slices.Equal(state(next.Model), state(whole.Model)) {
		t.Errorf("3 and 3 epochs: %v\n6: %v", got, want)
	}
}

// TestFitDeterministic: training has the same bits whatever GOMAXPROCS is, on layers that are
// large enough to be shared out.
func TestFitDeterministic(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var want []uint64
	for _, procs := range []int{1, 2, 3, 7} {
		runtime.GOMAXPROCS(procs)
		trainer := newTrainer(6)
		rng := rand.New(rand.NewPCG(6, 7))
		net := nn.Sequential{
			nn.NewLinear(2, 256, rng), nn.ReLU{},
			nn.Func(func(x reverse.Array) reverse.Array { return x.Reshape(fitBatch, 1, 16, 16) }),
			nn.NewConv2D(1, 8, 3, reverse.ConvOptions{Padding: [2]int{1, 1}}, rng), nn.NewBatchNorm2D(8), nn.ReLU{},
			nn.NewMaxPool2D(2), nn.Flatten{}, nn.NewLinear(512, 256, rng), nn.Tanh{}, nn.NewLinear(256, 2, rng),
		}
		trainer.Model = net
		trainer.Loss = func(tape *reverse.Tape, b points) reverse.Array {
			return nn.CrossEntropy(net.Forward(tape.Const(b.x, len(b.y), 2)), b.y)
		}
		trainer.Epochs = 2
		mustFit(t, trainer)
		if got := state(net); want == nil {
			want = got
		} else if !slices.Equal(got, want) {
			t.Errorf("GOMAXPROCS %d changes the bits", procs)
		}
	}
}

// TestFitEarly: training ends for want of patience, and the parameters and buffers are those of
// the best epoch.
func TestFitEarly(t *testing.T) {
	trainer := newTrainer(8)
	valid := []float64{3, math.NaN(), 2, 2, math.NaN(), 2.5, 0}
	trainer.Epochs, trainer.Patience = len(valid), 3
	epoch := 0
	var best []uint64
	trainer.Validate = func() float64 { epoch++; return valid[epoch-1] }
	trainer.OnEpoch = func(e nn.Epoch) error {
		if e.Epoch == 2 {
			best = state(trainer.Model)
		}
		return nil
	}
	h := mustFit(t, trainer)
	if h.Best != 2 || !h.Early || len(h.Epochs) != 6 {
		t.Errorf("history %+v", h)
	}
	if !slices.Equal(state(trainer.Model), best) {
		t.Error("the model is not that of the best epoch")
	}
}

// TestFitNotFinite: a loss or norm that is not finite ends training with an error that says
// where, before it reaches the parameters.
func TestFitNotFinite(t *testing.T) {
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		trainer := newTrainer(9)
		loss := trainer.Loss
		steps := 0
		var before []uint64
		trainer.Loss = func(tape *reverse.Tape, b points) reverse.Array {
			if steps++; steps == 9 {
				before = state(trainer.Model)[:48]
				return loss(tape, b).Add(tape.Const([]float64{bad}).Sum())
			}
			return loss(tape, b)
		}
		trainer.Validate = nil
		_, err := trainer.Fit(t.Context())
		want := fmt.Sprintf("loss %v at epoch 1, step 8", bad)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
		if !slices.Equal(state(trainer.Model)[:48], before) {
			t.Error("the parameters have moved")
		}
	}
	trainer := newTrainer(9)
	loss := trainer.Loss
	trainer.Loss = func(tape *reverse.Tape, b points) reverse.Array {
		y := loss(tape, b)
		return y.Sub(y).Div(tape.Const([]float64{5e-324}).Sum()).Add(y)
	}
	if _, err := trainer.Fit(t.Context()); err == nil || !strings.Contains(err.Error(), "gradients of norm NaN at epoch 0, step 0") {
		t.Errorf("error %v of gradients ±Inf", err)
	}
}

func TestFitMisuse(t *testing.T) {
	const missing = "nn: Fit without one of Model, Optimizer, Epochs, Batches, Loss"
	for _, test := range []struct {
		want   string
		change func(*nn.Trainer[points])
	}{
		{missing, func(t *nn.Trainer[points]) { t.Model = nil }},
		{missing, func(t *nn.Trainer[points]) { t.Optimizer = nil }},
		{missing, func(t *nn.Trainer[points]) { t.Epochs = 0 }},
		{missing, func(t *nn.Trainer[points]) { t.Batches = nil }},
		{missing, func(t *nn.Trainer[points]) { t.Loss = nil }},
		{"nn: Fit of Epochs -1, Patience 0, Clip 1", func(t *nn.Trainer[points]) { t.Epochs = -1 }},
		{"nn: Fit of Epochs 6, Patience -1, Clip 1", func(t *nn.Trainer[points]) { t.Patience = -1 }},
		{"nn: Fit of Epochs 6, Patience 0, Clip NaN", func(t *nn.Trainer[points]) { t.Clip = math.NaN() }},
		{"nn: Fit of Accumulate -1", func(t *nn.Trainer[points]) { t.Accumulate = -1 }},
		{"nn: Fit of Patience 2 without Validate", func(t *nn.Trainer[points]) { t.Patience, t.Validate = 2, nil }},
	} {
		trainer := newTrainer(1)
		test.change(trainer)
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != test.want {
					t.Errorf("panic %q, want %q", got, test.want)
				}
			}()
			trainer.Fit(t.Context())
		}()
	}
	trainer := newTrainer(1)
	trainer.Batches = func(int) iter.Seq[points] { return func(func(points) bool) {} }
	if _, err := trainer.Fit(t.Context()); err == nil || !strings.Contains(err.Error(), "epoch 0 has 0 batches") {
		t.Errorf("error %v of no batches", err)
	}
}

// TestResumeHostile: a file that is a checkpoint of something else is an error.
func TestResumeHostile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c")
	n := 0
	for name, x := range map[string]float64{
		"epoch": 1e15, "batch": -1, "best": 4, "bad": 0.5, "steps.1": math.NaN(), "epoch ": 3,
	} {
		numbers := map[string]float64{"epoch": 2, "batch": 0, "sum": 0, "bad": 0, "best": 1}
		for i := range 2 {
			for _, what := range []string{"steps", "loss", "valid"} {
				numbers[fmt.Sprintf("%s.%d", what, i)] = 1
			}
		}
		trainer := newTrainer(1)
		save := func() error {
			trainer.Validate = nil
			return nn.SaveCheckpoint(path, &nn.Checkpoint{Model: trainer.Model, Optimizer: trainer.Optimizer, Sources: trainer.Sources, Numbers: numbers})
		}
		if err := save(); err != nil {
			t.Fatal(err)
		}
		if err := trainer.Resume(path); err != nil {
			t.Fatalf("a file that is right: %v", err)
		}
		if name == "epoch " {
			delete(numbers, "epoch")
		} else {
			numbers[name] = x
		}
		if err := save(); err != nil {
			t.Fatal(err)
		}
		if err := trainer.Resume(path); err == nil || !strings.HasPrefix(err.Error(), "nn: Resume: ") {
			t.Errorf("%s of %v: error %v", name, x, err)
		}
		n++
	}
	if n != 6 {
		t.Errorf("%d cases", n)
	}
	if err := newTrainer(1).Resume(filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a file that is not there is read")
	}
}
