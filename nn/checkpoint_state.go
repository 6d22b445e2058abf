package nn

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
)

// optimizerState is what an optimizer keeps, as a checkpoint holds it.
type optimizerState struct {
	tensors []*Param
	counts  map[*Param]bool // those of them that are numbers of steps
	memory  *memory         // nil for an optimizer that is not of this package
	shared  *record         // in the earlier layout, the numbers that all parameters have in common
}

func (m *memory) remembers() *memory { return m }

// state returns what the optimizer of c keeps.
func (c *Checkpoint) state() *optimizerState {
	s := &optimizerState{counts: map[*Param]bool{}}
	if c.Optimizer == nil {
		return s
	}
	s.tensors = c.Optimizer.State(c.Model.Params())
	if o, ok := c.Optimizer.(interface{ remembers() *memory }); ok {
		s.memory = o.remembers()
		for _, p := range s.tensors {
			s.counts[p] = strings.HasSuffix(p.Name, ".step")
		}
	}
	return s
}

// stranger returns a parameter that the optimizer has moved and that is not of the model, or nil.
func (s *optimizerState) stranger() *Param {
	if s.memory == nil {
		return nil
	}
	for _, r := range s.memory.all {
		if r.call != s.memory.call && r.t() > 0 {
			return r.param
		}
	}
	return nil
}

// check returns an error if a number of steps in f is none.
func (s *optimizerState) check(f *loaded) error {
	for i, p := range f.params {
		if !s.counts[p] {
			continue
		}
		if x := f.entries[i].Value[0]; !(x == math.Trunc(x) && x >= 0 && x < 1<<53) {
			return fmt.Errorf("tensor \"optimizer.%s\" is %v, want a number of steps", p.Name, x)
		}
	}
	return nil
}

// isEarlier reports whether the file at path is a checkpoint of the earlier layout: "optimizer.step" is one count for
// all parameters, and so is NAdam's "optimizer.product".
func isEarlier(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	entries, _, err := readHeader(f)
	return err == nil && slices.ContainsFunc(entries, func(e *entry) bool { return e.Name == "optimizer.step" })
}

// toEarlier changes the tensors to those of the earlier layout, in which a parameter that is listed
// again has arrays of its own, without meaning.
func (s *optimizerState) toEarlier(params []*Param) {
	s.shared = s.memory.newRecord(&Param{}, nil)
	s.tensors = present(s.shared.steps, s.shared.scalar)
	s.counts = map[*Param]bool{s.shared.steps: true}
	for i, r := range s.memory.open {
		again := r == nil
		if again {
			r = s.memory.of[params[i]]
		}
		for _, a := range r.slots {
			if a == nil {
				continue
			}
			value := a.Value
			if again {
				value = make([]float64, len(value))
			}
			s.tensors = append(s.tensors, &Param{Name: fmt.Sprintf("%d.%s", i, a.Name), Value: value, Shape: a.Shape})
		}
	}
}

// share gives the numbers of a file of the earlier layout to the parameters for which it keeps anything but
// zeros: the others have not moved.
func (s *optimizerState) share() {
	if s.shared == nil {
		return
	}
	for _, r := range s.memory.open {
		if r == nil {
			continue
		}
		from := s.shared
		if !r.moved() {
			from = s.memory.newRecord(&Param{}, nil)
		}
		copy(r.steps.Value, from.steps.Value)
		if r.scalar != nil {
			copy(r.scalar.Value, from.scalar.Value)
		}
	}
}

// moved reports whether anything that is kept differs from 0.
func (r *record) moved() bool {
	return slices.ContainsFunc(present(r.slots...), func(s *Param) bool {
		return slices.ContainsFunc(s.Value, func(x float64) bool { return x != 0 })
	})
}
