package nn

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// optimizerState is what an optimizer keeps, as a checkpoint holds it.
type optimizerState struct {
	optimizer Optimizer
	params    []*Param // of the model
	tensors   []*Param // by name
	kept      []named  // what State returned

	// shared holds, for a file of the earlier layout, the numbers that all parameters have in
	// common, by name; nil for another file.
	shared map[string]*Param
}

// named is a tensor of State, whose name says for which parameter it is.
type named struct {
	*Param
	place int
	what  string // "step", say
}

// state returns what the optimizer of c keeps.
func (c *Checkpoint) state() *optimizerState {
	s := &optimizerState{optimizer: c.Optimizer}
	if c.Optimizer == nil {
		return s
	}
	s.params = c.Model.Params()
	s.tensors = c.Optimizer.State(s.params)
	for _, p := range s.tensors {
		place, what, _ := strings.Cut(p.Name, ".")
		if i, err := strconv.Atoi(place); err == nil && 0 <= i && i < len(s.params) {
			s.kept = append(s.kept, named{p, i, what})
		}
	}
	return s
}

// stranger returns a parameter that the optimizer has moved and that is not of the model, or nil.
func (s *optimizerState) stranger() *Param {
	o, ok := s.optimizer.(interface{ Moved() []*Param })
	if !ok {
		return nil
	}
	of := map[*Param]bool{}
	for _, p := range s.params {
		of[p] = true
	}
	for _, p := range o.Moved() {
		if !of[p] {
			return p
		}
	}
	return nil
}

// check returns an error if a number of steps in f is none.
func (s *optimizerState) check(f *loaded) error {
	counts := map[*Param]bool{s.shared["step"]: true}
	for _, k := range s.kept {
		counts[k.Param] = k.what == "step" && len(k.Value) == 1
	}
	for i, p := range f.params {
		if !counts[p] {
			continue
		}
		if x := f.entries[i].Value[0]; !(x == math.Trunc(x) && x >= 0 && x < 1<<53) {
			return fmt.Errorf("tensor \"optimizer.%s\" is %v, want a number of steps", p.Name, x)
		}
	}
	return nil
}

// earlierShared are the numbers that the earlier layout holds once for all parameters: the
// count of steps, and NAdam's product.
var earlierShared = []string{"step", "product"}

// isEarlier reports whether the file at path is a checkpoint of the earlier layout.
func (s *optimizerState) isEarlier(path string) bool {
	if slices.ContainsFunc(s.tensors, func(p *Param) bool { return p.Name == "step" }) {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	entries, _, err := readHeader(f)
	return err == nil && slices.ContainsFunc(entries, func(e *entry) bool { return e.Name == "optimizer.step" })
}

// toEarlier changes the tensors to those of the earlier layout, in which a parameter that is
// listed again has arrays of its own, without meaning.
func (s *optimizerState) toEarlier() {
	s.tensors, s.shared = nil, map[string]*Param{}
	arrays := make([][]named, len(s.params))
	for _, k := range s.kept {
		switch {
		case !slices.Contains(earlierShared, k.what):
			s.tensors = append(s.tensors, k.Param)
			arrays[k.place] = append(arrays[k.place], k)
		case s.shared[k.what] == nil:
			p := &Param{Name: k.what, Value: make([]float64, 1)}
			s.shared[k.what] = p
			s.tensors = append(s.tensors, p)
		}
	}
	for i, p := range s.params {
		first := slices.Index(s.params, p)
		if first == i {
			continue
		}
		for _, k := range arrays[first] {
			again := &Param{Name: fmt.Sprintf("%d.%s", i, k.what), Value: make([]float64, len(k.Value)), Shape: k.Shape}
			s.tensors = append(s.tensors, again)
		}
	}
}

// share gives the numbers of a file of the earlier layout to the parameters for which it keeps
// anything but zeros: the others have not moved.
func (s *optimizerState) share() {
	if s.shared == nil {
		return
	}
	moved := make([]bool, len(s.params))
	for _, k := range s.kept {
		if s.shared[k.what] == nil && slices.ContainsFunc(k.Value, func(x float64) bool { return x != 0 }) {
			moved[k.place] = true
		}
	}
	for _, k := range s.kept {
		if from := s.shared[k.what]; from != nil {
			k.Value[0] = 0
			if moved[k.place] {
				k.Value[0] = from.Value[0]
			}
		}
	}
}
