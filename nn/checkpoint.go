package nn

import (
	"encoding"
	"encoding/hex"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad/internal/outside"
)

// Source is a random number generator whose state can be saved: a *rand.PCG or *rand.ChaCha8 of
// math/rand/v2. A *rand.Rand has no state of its own.
type Source interface {
	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}

// Checkpoint is everything that training needs to continue with the same bits as without a stop:
//
//	c := &nn.Checkpoint{Model: net, Optimizer: opt, Sources: []nn.Source{pcg}}
//	if err := nn.LoadCheckpoint(path, c); err != nil && !errors.Is(err, fs.ErrNotExist) {
//		return err
//	}
//	for ; c.Step < steps; c.Step++ {
//		opt.SetRate(schedule.Rate(c.Step))
//		…
//	}
//
// Fields of the Optimizer, such as its rate, are not saved: they are part of the program.
type Checkpoint struct {
	Model     Layer
	Optimizer Optimizer          // of Model.Params(), frozen ones included; nil for none
	Step      int                // steps made, for a Schedule
	Sources   []Source           // generators that training draws from
	More      []*Param           // other arrays with different names, such as the State of an optim.Plateau
	Numbers   map[string]float64 // anything else, such as the best loss so far
}

// SaveCheckpoint writes c to a file in the safetensors format, whole or not at all, as Save does.
// The names of the tensors begin with "model.", "optimizer." or "more."; the rest is metadata. For
// each parameter there is a count of its steps.
//
// If the Optimizer has a method Moved() []*Param, as those of package optim have, it says which
// parameters have made a step. SaveCheckpoint returns an error if one of them is not of the Model,
// since its state would be lost.
//
// Cost: one pass over the arrays.
func SaveCheckpoint(path string, c *Checkpoint) error {
	state := c.state()
	if p := state.stranger(); p != nil {
		return fmt.Errorf("nn: SaveCheckpoint: the optimizer has moved %s%v, which is no parameter of the model", p.Name, p.Shape)
	}
	metadata := map[string]string{
		"optimizer": c.optimizer(),
		"step":      strconv.Itoa(c.Step),
		"sources":   strconv.Itoa(len(c.Sources)),
	}
	for i, s := range c.Sources {
		state, err := s.MarshalBinary()
		if err != nil {
			return fmt.Errorf("nn: SaveCheckpoint: source %d: %w", i, err)
		}
		metadata[sourceName(i)] = hex.EncodeToString(state)
	}
	for name, x := range c.Numbers {
		metadata[numberPrefix+name] = strconv.FormatFloat(x, 'g', -1, 64)
	}
	if err := saveFile(path, c.tensors(state.tensors), metadata); err != nil {
		return outside.Brief(fmt.Errorf("nn: SaveCheckpoint: %w", err))
	}
	return nil
}

// LoadCheckpoint reads into c what SaveCheckpoint wrote. It overwrites what Model, Optimizer,
// Sources and More keep, and sets Step and Numbers. If the file does not fit c, because it has
// other tensors, another type of optimizer or another number of sources, LoadCheckpoint returns an
// error and changes nothing. For what a file may contain see ReadSafetensors.
//
// Earlier files are read too: those that name an optimizer by this package, as "*nn.Adam", and
// those that have one count of steps for all parameters. That count becomes the count of each
// parameter for which the file keeps anything but zeros; the others are at their first step.
//
// Cost: memory for the arrays once more.
func LoadCheckpoint(path string, c *Checkpoint) error {
	state := c.state()
	if state.isEarlier(path) {
		state.toEarlier()
	}
	f, err := loadFile(path, c.tensors(state.tensors))
	if err != nil {
		return outside.Brief(fmt.Errorf("nn: LoadCheckpoint: %w", err))
	}
	err = state.check(f)
	if err == nil {
		err = c.restore(f)
	}
	if err != nil {
		return outside.Brief(fmt.Errorf("nn: LoadCheckpoint: %s: %w", path, err))
	}
	state.share()
	return nil
}

const numberPrefix = "number."

func sourceName(i int) string { return "source." + strconv.Itoa(i) }

// optimizer names the type of the optimizer, as "*optim.Adam".
func (c *Checkpoint) optimizer() string { return fmt.Sprintf("%T", c.Optimizer) }

// earlierName returns the name of an optimizer in files from when it was of this package.
func earlierName(name string) string { return strings.Replace(name, "*optim.", "*nn.", 1) }

// tensors iterates over all arrays of c by name, with state for what the optimizer keeps.
func (c *Checkpoint) tensors(state []*Param) iter.Seq2[string, *Param] {
	return func(yield func(string, *Param) bool) {
		for name, p := range State(c.Model) {
			if !yield("model."+name, p) {
				return
			}
		}
		for _, p := range state {
			if !yield("optimizer."+p.Name, p) {
				return
			}
		}
		for _, p := range c.More {
			if !yield("more."+p.Name, p) {
				return
			}
		}
	}
}

// restore sets c to what f holds, or changes nothing.
func (c *Checkpoint) restore(f *loaded) error {
	if got, want := f.metadata["optimizer"], c.optimizer(); got != want && got != earlierName(want) {
		return fmt.Errorf("metadata \"optimizer\" is %s, want %q", outside.Quote(got), want)
	}
	if got, want := f.metadata["sources"], strconv.Itoa(len(c.Sources)); got != want {
		return fmt.Errorf("metadata \"sources\" is %s, want %q", outside.Quote(got), want)
	}
	step, err := strconv.ParseUint(f.metadata["step"], 10, strconv.IntSize-1)
	if err != nil {
		return fmt.Errorf("metadata \"step\": %s is no number of steps", outside.Quote(f.metadata["step"]))
	}
	numbers := map[string]float64{}
	for key, text := range f.metadata {
		if name, ok := strings.CutPrefix(key, numberPrefix); ok {
			if numbers[name], err = strconv.ParseFloat(text, 64); err != nil {
				return fmt.Errorf("metadata %s: %s is no number", outside.Quote(key), outside.Quote(text))
			}
		}
	}
	if err := c.restoreSources(f.metadata); err != nil {
		return err
	}
	f.apply()
	c.Step = int(step)
	c.Numbers = numbers
	return nil
}

// restoreSources sets all sources, or none.
func (c *Checkpoint) restoreSources(metadata map[string]string) error {
	var before [][]byte
	for i, s := range c.Sources {
		old, err := s.MarshalBinary()
		if err == nil {
			before = append(before, old)
			var state []byte
			if state, err = hex.DecodeString(metadata[sourceName(i)]); err == nil {
				err = s.UnmarshalBinary(state)
			}
		}
		if err != nil {
			for j, old := range before {
				c.Sources[j].UnmarshalBinary(old)
			}
			return fmt.Errorf("metadata %q: %w", sourceName(i), err)
		}
	}
	return nil
}
