package nn

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"math"

	"github.com/quartet-ad/ad/reverse"
)

// Trainer trains a model on batches of any type B, epoch by epoch:
//
//	t := &nn.Trainer[batch]{
//		Model:     net,
//		Optimizer: optim.NewAdam(1e-3),
//		Epochs:    10,
//		Batches:   func(epoch int) iter.Seq[batch] { … },
//		Loss: func(tape *reverse.Tape, b batch) reverse.Array {
//			return nn.CrossEntropy(net.Forward(tape.Const(b.x, len(b.y), 784)), b.y)
//		},
//	}
//	history, err := t.Fit(ctx)
//
// The first five fields must be set. Every other field may be left out, and then leaves out what it
// does.
//
// A callback may freeze parameters, by a nil Grad, and unfreeze them, by a Grad of zeros, as in
// gradual unfreezing: the Optimizer keeps its state by parameter. Fit asks the Model for its
// parameters at the beginning of each epoch.
//
// Training gives the same bits for every GOMAXPROCS, if Batches and Loss do.
type Trainer[B any] struct {
	Model     Layer
	Optimizer Optimizer // of Model.Params()
	Epochs    int

	// Batches returns the batches of an epoch, counted from 0. They should depend only on that
	// number, as data shuffled by rand.NewPCG(seed, uint64(epoch)) does: training that resumes
	// within an epoch asks for its batches again and skips those that it has seen. A batch is no
	// longer used when the next one is asked for.
	Batches func(epoch int) iter.Seq[B]

	// Loss records the loss of a batch, of shape [].
	Loss func(tape *reverse.Tape, b B) reverse.Array

	Schedule Schedule // of the rate, by steps; without one the optimizer keeps its rate
	Clip     float64  // if positive, the limit of ClipGlobalNorm

	// Accumulate is for batches that are too large for memory: if it is k > 1, a step is made of the
	// gradients of k batches, divided by k. It is the step of one batch k times as large, if Loss is
	// a mean over samples and batches are equally large. The last step of an epoch is made of the
	// batches that are left, and divided by their number. A Schedule counts steps, not batches.
	Accumulate int

	// Validate is called after each epoch and returns a loss on other data. The state with the
	// least value is kept, and put back when training ends. If Patience is not 0, training ends
	// after that many epochs in a row without a lesser value. NaN is not less.
	Validate func() float64
	Patience int

	OnStep  func(Step) error  // called after each step; an error ends training
	OnEpoch func(Epoch) error // called after each epoch and its Validate; an error ends training
	Log     *slog.Logger      // gets a line after each epoch

	// Watch makes Fit look for the operation that makes the first NaN or infinity, forwards and back: see
	// reverse.Tape.Watch. The error then wraps the *reverse.NonFinite, which names the operation, the element
	// and the layer.
	Watch bool

	Tape    *reverse.Tape // to record on; without one Fit makes its own
	Sources []Source      // generators that Loss draws from, such as those of Dropout: part of a checkpoint
	More    []*Param      // other arrays to keep in a checkpoint: see Checkpoint

	fitState
}

// A Step describes one step of training, for OnStep.
type Step struct {
	Epoch int     // from 0 on
	Batch int     // within the epoch, from 0 on; with Accumulate the last one of the step
	Step  int     // within training, from 0 on
	Loss  float64 // of the batch, before the step; with Accumulate the mean over its batches
}

// An Epoch describes one pass over the data.
type Epoch struct {
	Epoch int     // from 0 on
	Steps int     // since training began, at the end of the epoch
	Loss  float64 // mean over the batches, each before its step
	Valid float64 // what Validate returned; NaN without it
}

// History describes training so far.
type History struct {
	Epochs []Epoch
	Best   int  // the epoch of the least Valid, -1 for none
	Early  bool // Patience ended training
}

// Fit trains the model until all Epochs are done or Patience is exhausted, and returns what it did.
// Called again after an error, with more Epochs, or after Resume, it continues where it stopped.
//
// While Loss and OnStep run, the Stateful layers of the model are in training; while Validate
// and OnEpoch run, and after Fit has returned, they are not. When training ends, the model is that
// of the epoch History.Best, if there is one.
//
// Fit checks the context before each step. If it is done, Fit returns ctx.Err(); if a callback
// fails, its error. The model is then that of the last step. If a loss is not finite or, with Clip,
// the norm of the gradients, Fit makes no step and returns an error with the epoch and the step. An
// epoch without batches is an error too, and so is a first loss that no learned parameter of the Model
// is in: a constant, or the loss of another model. If some of them are in it and others are not, the
// Log gets a warning that names these.
//
// Cost: beyond those of Batches, Loss and the callbacks, a step allocates nothing once shapes
// repeat.
//
// Fit panics if one of the first five fields is not set, Clip, Patience or Accumulate is negative, there is
// Patience without Validate, or a loss is not a scalar.
func (t *Trainer[B]) Fit(ctx context.Context) (History, error) {
	t.check()
	t.open(t.Model, t.Validate != nil)
	t.unchecked = true
	t.dropGradients() // of a call that ended within a step
	if t.Tape == nil {
		t.Tape = reverse.NewTape()
	}
	defer SetTraining(t.Model, false)
	for !t.ended(t.Epochs, t.Patience) {
		if err := t.epoch(ctx); err != nil {
			return t.history(), err
		}
	}
	t.restoreBest()
	return t.history(), nil
}

// epoch makes the steps that are left of an epoch, and what follows them.
func (t *Trainer[B]) epoch(ctx context.Context) error {
	SetTraining(t.Model, true)
	t.params = t.Model.Params()
	done := 0
	for b := range t.Batches(t.at) {
		if done++; done <= t.batch { // before a stop
			continue
		}
		if err := ctx.Err(); err != nil && t.pending == 0 {
			return err
		}
		if err := t.accumulate(b); err != nil {
			t.dropGradients()
			return err
		}
		if t.pending >= t.Accumulate {
			if err := t.step(); err != nil {
				return err
			}
		}
	}
	if t.pending > 0 {
		if err := t.step(); err != nil {
			return err
		}
	}
	if done == 0 || done < t.batch {
		return fmt.Errorf("nn: Fit: epoch %d has %d batches, and %d were done", t.at, done, t.batch)
	}
	SetTraining(t.Model, false)
	e := Epoch{Epoch: t.at, Steps: t.steps, Loss: t.sum / float64(done), Valid: math.NaN()}
	if t.Validate != nil {
		e.Valid = t.Validate()
	}
	t.closeEpoch(t.Model, e)
	if t.Log != nil {
		t.Log.Info("epoch", "epoch", e.Epoch, "steps", e.Steps, "loss", e.Loss, "valid", e.Valid)
	}
	if t.OnEpoch != nil {
		return t.OnEpoch(e)
	}
	return nil
}

// accumulate adds the gradients of a batch to those of the step to come.
func (t *Trainer[B]) accumulate(b B) (err error) {
	if t.Watch {
		defer t.Tape.Watch(t.Tape.Watched())
		defer t.found(&err)
		t.Tape.Watch(true)
	}
	t.Tape.Reset()
	loss := t.Loss(t.Tape, b)
	if loss.Size() != 1 {
		panic(fmt.Sprintf("nn: Fit: Loss returns an array of shape %v, want one number, such as its Mean", loss.Shape()))
	}
	value := loss.Value()
	if t.unchecked {
		if err := t.checkLoss(loss); err != nil {
			return err
		}
		t.unchecked = false
	}
	if !finite(value) {
		return fmt.Errorf("nn: Fit: loss %v at epoch %d, step %d", value, t.at, t.steps)
	}
	t.pending++
	t.pendingSum += value
	loss.Backward()
	return nil
}

// step makes one step, of the gradients that are there.
func (t *Trainer[B]) step() error {
	if t.pending > 1 {
		meanGradients(t.params, t.pending)
	}
	if t.Clip > 0 {
		if norm := ClipGlobalNorm(t.params, t.Clip); !finite(norm) {
			t.dropGradients()
			return fmt.Errorf("nn: Fit: gradients of norm %v at epoch %d, step %d", norm, t.at, t.steps)
		}
	}
	if t.Schedule != nil {
		t.Optimizer.SetRate(t.Schedule.Rate(t.steps))
	}
	t.Optimizer.Step(t.params)
	s := Step{Epoch: t.at, Batch: t.batch + t.pending - 1, Step: t.steps, Loss: t.pendingSum / float64(t.pending)}
	t.sum += t.pendingSum
	t.batch += t.pending
	t.pending, t.pendingSum = 0, 0
	t.steps++
	if t.OnStep != nil {
		return t.OnStep(s)
	}
	return nil
}

// found makes an error of the panic of a tape that is watched.
func (t *Trainer[B]) found(err *error) {
	switch r := recover().(type) {
	case nil:
	case *reverse.NonFinite:
		*err = fmt.Errorf("nn: Fit: at epoch %d, step %d: %w", t.at, t.steps, r)
	default:
		panic(r)
	}
}

// checkLoss returns an error if a loss has nothing to do with what is learned.
func (t *Trainer[B]) checkLoss(loss reverse.Array) error {
	if loss.IsConst() {
		return errors.New("nn: Fit: the loss is a constant: no parameter with a Grad is in it")
	}
	names := map[*float64]string{}
	for name, p := range State(t.Model) {
		if len(p.Value) > 0 {
			names[&p.Value[0]] = name
		}
	}
	var missing []string
	learned := 0
	for _, p := range t.params {
		if p.Grad == nil || len(p.Value) == 0 {
			continue
		}
		if learned++; !loss.Tape().HasParam(p.Value) {
			missing = append(missing, cmp.Or(names[&p.Value[0]], p.Name))
		}
	}
	switch {
	case learned == 0:
		return errors.New("nn: Fit: no parameter of Model is learned: none has a Grad")
	case len(missing) == learned:
		return fmt.Errorf("nn: Fit: the loss depends on none of the %d learned parameters of Model: is another model in Loss?", learned)
	case len(missing) > 0 && t.Log != nil:
		t.Log.Warn("the first loss does not depend on all parameters", "without", missing)
	}
	return nil
}

// MeanLoss returns the mean of Loss over batches, for use in Validate. MeanLoss of no batches is
// NaN.
//
// Cost: one call of Loss for each batch, on the Tape.
func (t *Trainer[B]) MeanLoss(batches iter.Seq[B]) float64 {
	if t.Tape == nil {
		t.Tape = reverse.NewTape()
	}
	sum, n := 0.0, 0
	for b := range batches {
		t.Tape.Reset()
		sum += t.Loss(t.Tape, b).Value()
		n++
	}
	return sum / float64(n)
}

func (t *Trainer[B]) check() {
	switch {
	case t.Model == nil || t.Optimizer == nil || t.Epochs == 0 || t.Batches == nil || t.Loss == nil:
		panic("nn: Fit without one of Model, Optimizer, Epochs, Batches, Loss")
	case t.Patience > 0 && t.Validate == nil:
		panic(fmt.Sprintf("nn: Fit of Patience %d without Validate", t.Patience))
	case t.Epochs < 0 || t.Patience < 0 || !(t.Clip >= 0):
		panic(fmt.Sprintf("nn: Fit of Epochs %d, Patience %d, Clip %v", t.Epochs, t.Patience, t.Clip))
	case t.Accumulate < 0:
		panic(fmt.Sprintf("nn: Fit of Accumulate %d", t.Accumulate))
	}
}

func finite(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }
