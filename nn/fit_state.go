package nn

import (
	"fmt"
	"math"
	"slices"
)

// fitState is where training is.
type fitState struct {
	params []*Param // of the model, in this epoch

	at    int     // the epoch
	batch int     // those of its batches that are in a step
	sum   float64 // of their losses
	steps int     // made in all

	epochs    []Epoch
	sinceBest int      // epochs in a row without a better one
	best      int      // the best epoch, where there is a kept
	kept      []*Param // the state of the best epoch
	keptOf    []*Param // where it belongs: the state of the model
	early     bool

	pending    int     // batches whose gradients wait for the next step
	pendingSum float64 // of their losses

	unchecked bool // this call of Fit has not seen a loss
}

// dropGradients forgets the batches that wait for a step: training goes on with them.
func (s *fitState) dropGradients() {
	if s.pending > 0 {
		ZeroGrad(s.params)
		s.pending, s.pendingSum = 0, 0
	}
}

// meanGradients divides the gradients of n batches by n.
func meanGradients(params []*Param, n int) {
	for i, p := range params {
		if learned(params, i) {
			for j := range p.Grad {
				p.Grad[j] /= float64(n)
			}
		}
	}
}

// open makes room for what is kept of a model, at its first call.
func (s *fitState) open(model Layer, validates bool) {
	if s.params == nil {
		s.best = -1
	}
	s.params = model.Params()
	if validates && s.kept == nil {
		s.keep(model)
	}
}

// keep copies the state of the model, into the arrays of the last time as far as they are of the
// same.
func (s *fitState) keep(model Layer) {
	n := 0
	for name, p := range State(model) {
		if n == len(s.keptOf) || s.keptOf[n] != p {
			s.keptOf = append(s.keptOf[:n], p)
			s.kept = append(s.kept[:n], &Param{Name: "best." + name, Value: slices.Clone(p.Value), Shape: p.Shape})
		}
		copy(s.kept[n].Value, p.Value)
		n++
	}
	s.keptOf, s.kept = s.keptOf[:n], s.kept[:n]
}

// ended reports whether training is done, and notes whether it is for want of patience.
func (s *fitState) ended(epochs, patience int) bool {
	s.early = patience > 0 && s.sinceBest >= patience
	return s.early || s.at >= epochs
}

// closeEpoch notes what an epoch did, and keeps the state if it is the best so far.
func (s *fitState) closeEpoch(model Layer, e Epoch) {
	s.epochs = append(s.epochs, e)
	s.at, s.batch, s.sum = s.at+1, 0, 0
	if s.kept == nil {
		return
	}
	if e.Valid < s.least() {
		s.best, s.sinceBest = e.Epoch, 0
		s.keep(model)
	} else {
		s.sinceBest++
	}
}

// least returns the least Valid so far.
func (s *fitState) least() float64 {
	if s.best < 0 {
		return math.Inf(1)
	}
	return s.epochs[s.best].Valid
}

func (s *fitState) restoreBest() {
	if s.best >= 0 {
		for i, p := range s.keptOf {
			copy(p.Value, s.kept[i].Value)
		}
	}
}

func (s *fitState) history() History {
	return History{Epochs: slices.Clone(s.epochs), Best: s.best, Early: s.early}
}

// checkpoint returns all that Fit needs to go on as if it had not stopped.
func (t *Trainer[B]) checkpoint() *Checkpoint {
	t.check()
	t.open(t.Model, t.Validate != nil)
	return &Checkpoint{
		Model:     t.Model,
		Optimizer: t.Optimizer,
		Step:      t.steps,
		Sources:   t.Sources,
		More:      append(slices.Clone(t.kept), t.More...),
		Numbers:   t.numbers(),
	}
}

// Save writes a checkpoint to a file, whole or not at all, as SaveCheckpoint does. It holds
// everything that Fit needs to continue, in another process too, with the same bits as without the
// stop. Call it in a callback such as OnEpoch, or after Fit has returned an error. After training
// has ended it is too late for that: the best parameters are back.
func (t *Trainer[B]) Save(path string) error { return SaveCheckpoint(path, t.checkpoint()) }

// Resume reads what Save wrote into a Trainer that was made in the same way: the model, the
// optimizer, the generators and where training is. It fails as LoadCheckpoint does. If the file is
// a checkpoint that Save did not write, the model may have changed.
func (t *Trainer[B]) Resume(path string) error {
	c := t.checkpoint()
	if err := LoadCheckpoint(path, c); err != nil {
		return err
	}
	if err := t.restore(c); err != nil {
		return fmt.Errorf("nn: Resume: %s: %w", path, err)
	}
	return nil
}

// numbers returns where training is, by name.
func (s *fitState) numbers() map[string]float64 {
	m := map[string]float64{
		"epoch": float64(s.at),
		"batch": float64(s.batch),
		"sum":   s.sum,
		"bad":   float64(s.sinceBest),
		"best":  float64(s.best),
	}
	for _, e := range s.epochs {
		m[epochKey("steps", e.Epoch)] = float64(e.Steps)
		m[epochKey("loss", e.Epoch)] = e.Loss
		m[epochKey("valid", e.Epoch)] = e.Valid
	}
	return m
}

func epochKey(what string, epoch int) string { return fmt.Sprintf("%s.%d", what, epoch) }

// restore puts training to where c says.
func (s *fitState) restore(c *Checkpoint) error {
	var failure error
	number := func(name string) float64 {
		x, ok := c.Numbers[name]
		if !ok && failure == nil {
			failure = fmt.Errorf("number %q is missing", name)
		}
		return x
	}
	count := func(name string, least int) int {
		x := number(name)
		if failure == nil && !(x == math.Trunc(x) && x >= float64(least) && x < 1<<53 && x <= math.MaxInt) {
			failure = fmt.Errorf("number %q is %v", name, x)
		}
		return int(x)
	}
	r := fitState{params: s.params, kept: s.kept, keptOf: s.keptOf, steps: c.Step, unchecked: s.unchecked, pending: s.pending}
	r.at, r.batch, r.sum = count("epoch", 0), count("batch", 0), number("sum")
	r.sinceBest, r.best = count("bad", 0), count("best", -1)
	for i := 0; i < r.at && failure == nil; i++ {
		r.epochs = append(r.epochs, Epoch{
			Epoch: i,
			Steps: count(epochKey("steps", i), 0),
			Loss:  number(epochKey("loss", i)),
			Valid: number(epochKey("valid", i)),
		})
	}
	if failure == nil && r.best >= r.at {
		failure = fmt.Errorf("number \"best\" is %d of %d epochs", r.best, r.at)
	}
	if failure == nil {
		*s = r
	}
	return failure
}
