package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/quartet-ad/ad/internal/replace"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/nn/data"
	"github.com/quartet-ad/ad/nn/optim"
	"github.com/quartet-ad/ad/reverse"
)

// A session is one run of the command.
type session struct {
	*options
	*task
	trainer  *nn.Trainer[data.Batch]
	settings *nn.Param // what a checkpoint must have been made with
	scores   *nn.Param // on the held-out data, after each epoch
	began    time.Time
	took     time.Duration
	history  nn.History
	outcome  outcome
}

// train does what the command line says: it prints the result to out, and to status what is
// shown meanwhile.
func train(ctx context.Context, o *options, out, status io.Writer) error {
	for _, file := range []struct{ flag, path string }{{"-html", o.html}, {"-checkpoint", o.checkpoint}} { // before the work is done, not after
		if file.path == "" {
			continue
		}
		if err := replace.Check(file.path); err != nil {
			return fmt.Errorf("%s: %w", file.flag, err)
		}
	}
	t, err := o.kind.open(ctx, o, status)
	if err != nil {
		return err
	}
	s := newSession(o, t)
	if o.resume {
		if err := s.resume(); err != nil {
			return err
		}
	}
	if !o.quiet {
		s.printHead(out)
	}
	if err := s.fit(ctx, out, status); err != nil {
		return err
	}
	s.outcome = t.outcome()
	s.print(out)
	if o.html != "" {
		return s.writePage(o.html)
	}
	return nil
}

func newSession(o *options, t *task) *session {
	t.tape = reverse.NewTape()
	t.tape.UseFloat32(o.float32)
	s := &session{options: o, task: t}
	s.scores = &nn.Param{Name: "scores", Value: make([]float64, o.epochs), Shape: []int{o.epochs}}
	s.settings = &nn.Param{Name: "settings", Value: s.wanted(), Shape: []int{len(s.wanted())}}
	loader := &data.Loader{Set: t.train, Size: o.batch, Augment: t.augment}
	s.trainer = &nn.Trainer[data.Batch]{
		Model:     t.model,
		Optimizer: optim.NewAdamW(o.rate, 1e-4),
		Epochs:    o.epochs,
		Batches: func(epoch int) iter.Seq[data.Batch] {
			if t.renew != nil {
				t.renew(epoch)
			}
			loader.Rand = generator(o.seed, streamEpochs+uint64(epoch))
			return loader.All()
		},
		Loss: func(tape *reverse.Tape, b data.Batch) reverse.Array {
			return t.loss(tape.Const(b.X, b.Shape...), b)
		},
		Schedule: optim.WarmupCosine(o.rate, loader.Steps(o.epochs)),
		Clip:     10,
		Tape:     t.tape,
		Sources:  t.sources,
		More:     []*nn.Param{s.settings, s.scores},
	}
	valid := &data.Loader{Set: t.valid, Size: evaluationBatch}
	s.trainer.Validate = func() float64 {
		t.choosing = true
		defer func() { t.choosing = false }()
		return s.trainer.MeanLoss(valid.All())
	}
	return s
}

// wanted returns the options that the course of training depends on.
func (s *session) wanted() []float64 {
	narrow := 0.0
	if s.float32 {
		narrow = 1
	}
	return []float64{
		float64(slices.Index(kinds, s.kind)), float64(s.epochs), float64(s.batch), s.rate,
		float64(s.seed >> 32), float64(s.seed & (1<<32 - 1)), narrow,
	}
}

// resume reads the checkpoint.
func (s *session) resume() error {
	if err := s.trainer.Resume(s.checkpoint); err != nil {
		return fmt.Errorf("-resume: %w", err)
	}
	if !slices.Equal(s.settings.Value, s.wanted()) {
		return fmt.Errorf("-resume: %s was made with other flags", s.checkpoint)
	}
	return nil
}

// fit trains, with a line for every epoch.
func (s *session) fit(ctx context.Context, out, status io.Writer) error {
	bar := newBar(status, s.epochs, (s.train.Len()+s.batch-1)/s.batch, s.quiet)
	s.began = time.Now()
	epoch := s.began
	s.trainer.OnStep = func(step nn.Step) error { bar.show(step); return nil }
	s.trainer.OnEpoch = func(e nn.Epoch) error {
		bar.clear()
		score := s.score(s.valid)
		s.scores.Value[e.Epoch] = score.Value
		if !s.quiet {
			fmt.Fprintf(out, "epoch %*d/%d   loss %.4f   validation loss %.4f   %s %s   %.1f s\n",
				len(fmt.Sprint(s.epochs)), e.Epoch+1, s.epochs, e.Loss, e.Valid, s.figure, score, time.Since(epoch).Seconds())
		}
		epoch = time.Now()
		if s.checkpoint != "" {
			return s.trainer.Save(s.checkpoint)
		}
		return nil
	}
	var err error
	s.history, err = s.trainer.Fit(ctx)
	s.took = time.Since(s.began)
	bar.clear()
	if !errors.Is(err, context.Canceled) || ctx.Err() == nil {
		return err
	}
	if s.checkpoint == "" {
		return errors.New("interrupted; nothing is kept without -checkpoint")
	}
	if err := s.trainer.Save(s.checkpoint); err != nil {
		return fmt.Errorf("interrupted: %w", err)
	}
	return fmt.Errorf("interrupted; the same command with -resume goes on from %s", s.checkpoint)
}
