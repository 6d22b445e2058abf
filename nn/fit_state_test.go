package nn_test

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// TestFitUnfreezes: layers that callbacks freeze and unfreeze move as in a loop that is written
// out, with an optimizer for each layer that knows of no other.
func TestFitUnfreezes(t *testing.T) {
	const epochs = 4
	frozen := func(epoch, layer int) bool { return epoch < 2-layer/2 || epoch == 3 && layer == 2 }
	net := func() nn.Sequential {
		rng := rand.New(rand.NewPCG(11, 2))
		return nn.Sequential{nn.NewLinear(2, 8, rng), nn.Tanh{}, nn.NewLinear(8, 8, rng), nn.Tanh{}, nn.NewLinear(8, 2, rng)}
	}
	lossOf := func(net nn.Layer, tape *reverse.Tape, b points) reverse.Array {
		return nn.CrossEntropy(net.Forward(tape.Const(b.x, len(b.y), 2)), b.y)
	}
	set := func(net nn.Sequential, grads map[*nn.Param][]float64, epoch int) {
		for layer, l := range net {
			for _, p := range l.Params() {
				if p.Grad != nil {
					grads[p] = p.Grad
				}
				if p.Grad = grads[p]; frozen(epoch, layer) {
					p.Grad = nil
				}
			}
		}
	}

	a, grads := net(), map[*nn.Param][]float64{}
	set(a, grads, 0)
	trainer := &nn.Trainer[points]{
		Model: a, Optimizer: optim.NewAdamW(0.02, 0.1), Epochs: epochs, Batches: spiral(11),
		Loss: func(tape *reverse.Tape, b points) reverse.Array { return lossOf(a, tape, b) },
		OnEpoch: func(e nn.Epoch) error {
			set(a, grads, e.Epoch+1)
			return nil
		},
	}
	mustFit(t, trainer)

	b, grads := net(), map[*nn.Param][]float64{}
	opts := map[int]nn.Optimizer{0: optim.NewAdamW(0.02, 0.1), 2: optim.NewAdamW(0.02, 0.1), 4: optim.NewAdamW(0.02, 0.1)}
	tape := reverse.NewTape()
	for epoch := range epochs {
		set(b, grads, epoch)
		for batch := range spiral(11)(epoch) {
			tape.Reset()
			lossOf(b, tape, batch).Backward()
			for layer, opt := range opts {
				opt.Step(b[layer].Params())
			}
		}
	}
	if !slices.Equal(state(a), state(b)) {
		t.Error("frozen and unfrozen layers do not go where optimizers of their own take them")
	}
	if slices.Equal(state(a), state(net())) {
		t.Error("nothing moved")
	}
}

// growing is layers that get more.
type growing struct{ nn.Sequential }

// TestFitGrows: a layer that a callback adds is learned from the next epoch on, and is part of the
// best state.
func TestFitGrows(t *testing.T) {
	trainer := newTrainer(12)
	net := &growing{trainer.Model.(nn.Sequential)}
	added := nn.NewLinear(2, 2, rand.New(rand.NewPCG(1, 2)))
	trainer.Model = net
	trainer.Loss = func(tape *reverse.Tape, b points) reverse.Array {
		return nn.CrossEntropy(net.Forward(tape.Const(b.x, len(b.y), 2)), b.y)
	}
	trainer.Epochs = 4
	valid := []float64{4, 3, 2, 5}
	var start, best []float64
	trainer.Validate = func() float64 { v := valid[0]; valid = valid[1:]; return v }
	trainer.OnEpoch = func(e nn.Epoch) error {
		switch e.Epoch {
		case 0:
			net.Sequential = append(net.Sequential, added)
			start = slices.Clone(added.Weight.Value)
		case 2:
			best = slices.Clone(added.Weight.Value)
		}
		return nil
	}
	h := mustFit(t, trainer)
	if slices.Equal(best, start) {
		t.Error("the layer was not learnt")
	}
	if h.Best != 2 || !slices.Equal(added.Weight.Value, best) {
		t.Errorf("best epoch %d, weights %v, want those of epoch 2, %v", h.Best, added.Weight.Value, best)
	}
}

// rates notes at which step it is asked.
type rates struct{ asked []int }

func (r *rates) Rate(step int) float64 {
	r.asked = append(r.asked, step)
	return 1 / float64(step+1)
}

// TestFitAsksTheStep: the rate of a step is the schedule's for that step, from 0 on, across epochs
// and a stop.
func TestFitAsksTheStep(t *testing.T) {
	schedule, tape := &rates{}, reverse.NewTape()
	p := nn.NewParam("p", 1)
	trainer := &nn.Trainer[int]{
		Model: parameter{p}, Optimizer: &optim.SGD{}, Epochs: 2,
		Batches:  func(int) iter.Seq[int] { return func(yield func(int) bool) { _ = yield(0) && yield(1) && yield(2) } },
		Loss:     func(tape *reverse.Tape, _ int) reverse.Array { return p.On(tape.Const([]float64{0})).Sum() },
		Schedule: schedule, Tape: tape,
	}
	moved := 0.0
	trainer.OnStep = func(s nn.Step) error {
		if moved -= 1 / float64(s.Step+1); p.Value[0] != moved { // the gradient is 1
			t.Errorf("after step %d at %v, want %v", s.Step, p.Value[0], moved)
		}
		if s.Step == 3 && len(schedule.asked) == 4 {
			return fmt.Errorf("enough")
		}
		return nil
	}
	if _, err := trainer.Fit(t.Context()); err == nil {
		t.Error("not stopped")
	}
	if _, err := trainer.Fit(t.Context()); err != nil {
		t.Error(err)
	}
	if want := []int{0, 1, 2, 3, 4, 5}; !slices.Equal(schedule.asked, want) {
		t.Errorf("the schedule was asked for steps %v, want %v", schedule.asked, want)
	}
}

// parameter is a layer of one.
type parameter struct{ p *nn.Param }

func (l parameter) Forward(x reverse.Array) reverse.Array { return x.Mul(l.p.On(x)) }
func (l parameter) Params() []*nn.Param                   { return []*nn.Param{l.p} }

// TestResumePatience: epochs without a better one before a file is written count after it, and the
// best epoch stays the best.
func TestResumePatience(t *testing.T) {
	valid := []float64{5, 3, 4, 4, math.NaN(), 4, 1}
	newRun := func() *nn.Trainer[points] {
		trainer := newTrainer(13)
		trainer.Epochs, trainer.Patience = len(valid), 4
		return trainer
	}
	validate := func(at int) func() float64 {
		return func() float64 { at++; return valid[at-1] }
	}
	whole := newRun()
	whole.Validate = validate(0)
	want := mustFit(t, whole)
	if want.Best != 1 || !want.Early || len(want.Epochs) != 6 {
		t.Fatalf("without a stop: %+v", want)
	}
	for stop := 1; stop <= 6; stop++ {
		path := filepath.Join(t.TempDir(), "c")
		first := newRun()
		first.Validate = validate(0)
		first.OnEpoch = func(e nn.Epoch) error {
			if e.Epoch+1 < stop {
				return nil
			}
			if err := first.Save(path); err != nil {
				t.Fatal(err)
			}
			return fmt.Errorf("enough")
		}
		if _, err := first.Fit(t.Context()); err == nil {
			t.Fatal("not stopped")
		}
		next := newRun()
		next.Validate = validate(stop)
		if err := next.Resume(path); err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("stopped after %d epochs: ", stop)
		optest.Equal(t, what+"the history", mustFit(t, next), want)
		optest.Equal(t, what+"the model", state(next.Model), state(whole.Model), optest.Bits())
	}
}
