package nn

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"slices"
)

// Save writes all that l keeps, under the names of State, to a file in the safetensors format.
// The file at path is the old one or the new one, whole, whatever happens meanwhile: the new
// one is written beside it, synced and renamed.
func Save(path string, l Layer) error {
	return saveFile(path, State(l), nil)
}

// Load reads what l keeps from a file that Save wrote, or that others wrote with the same
// names. Names and shapes must be those of State, no less and no more; else Load returns an
// error that names the tensor, and nothing of l is changed. For what a file may contain see
// ReadSafetensors. Cost: memory for the parameters once more, whatever the file says.
func Load(path string, l Layer) error {
	f, err := loadFile(path, State(l))
	if err != nil {
		return fmt.Errorf("nn: Load: %w", err)
	}
	f.apply()
	return nil
}

// loaded is a file that fits, before anything is changed.
type loaded struct {
	params   []*Param
	values   [][]float64
	metadata map[string]string
}

// apply overwrites the parameters.
func (f *loaded) apply() {
	for i, p := range f.params {
		copy(p.Value, f.values[i])
	}
}

// loadFile reads the file at path, whose tensors must be those that are wanted.
func loadFile(path string, wanted iter.Seq2[string, *Param]) (*loaded, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	l, err := load(bufio.NewReader(f), wanted)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, brief(err))
	}
	return l, nil
}

func load(r io.Reader, wanted iter.Seq2[string, *Param]) (*loaded, error) {
	entries, metadata, err := readHeader(r)
	if err != nil {
		return nil, err
	}
	l := &loaded{params: make([]*Param, len(entries)), metadata: metadata}
	place := map[string]int{}
	for i, e := range entries {
		place[e.name] = i
	}
	for name, p := range wanted {
		i, ok := place[name]
		if !ok {
			return nil, fmt.Errorf("tensor %.60q is missing", name)
		}
		if l.params[i] != nil {
			return nil, fmt.Errorf("tensor %.60q is wanted for two parameters", name)
		}
		if n, _ := elements(p.Shape); !slices.Equal(entries[i].shape, p.Shape) || n != len(p.Value) {
			return nil, fmt.Errorf("tensor %.60q has shape %v, want %v and %d values", name, entries[i].shape, p.Shape, len(p.Value))
		}
		l.params[i] = p
	}
	for i, e := range entries {
		if l.params[i] == nil {
			return nil, fmt.Errorf("tensor %.60q, of shape %v, is not expected", e.name, e.shape)
		}
	}
	if l.values, err = readData(r, entries, math.MaxInt); err != nil { // all at once: there are as many parameters
		return nil, err
	}
	return l, l.consistent(entries)
}

// consistent returns an error if one parameter is to have two values.
func (f *loaded) consistent(entries []entry) error {
	first := map[*Param]int{}
	for i, p := range f.params {
		j, ok := first[p]
		if !ok {
			first[p] = i
		} else if !slices.EqualFunc(f.values[i], f.values[j], sameBits) {
			return fmt.Errorf("tensors %q and %q are one parameter, and differ", entries[j].name, entries[i].name)
		}
	}
	return nil
}

func sameBits(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
