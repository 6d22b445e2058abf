package nn

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"slices"

	"github.com/quartet-ad/ad/internal/outside"
	"github.com/quartet-ad/ad/internal/replace"
)

// Save writes everything that l keeps to a file in the safetensors format, under the names of
// State.
//
// The file is replaced as a whole: the new one is written beside it, synced and renamed, so path
// always holds the old file or the new one, even if a second Save runs meanwhile. The new file has
// the permissions of the old one. If path is a symbolic link, the file that it leads to is
// replaced. What a killed Save leaves behind is removed by the next Save to the same path.
//
// Cost: one pass over the arrays.
func Save(path string, l Layer) error {
	if err := saveFile(path, State(l), nil); err != nil {
		return outside.Brief(fmt.Errorf("nn: Save: %w", err))
	}
	return nil
}

// saveFile writes tensors and metadata to the file at path at once.
func saveFile(path string, tensors iter.Seq2[string, *Param], metadata map[string]string) error {
	return replace.File(path, func(w io.Writer) error { return writeSafetensors(w, tensors, metadata) })
}

// Load reads what l keeps from a file that Save wrote, or another program with the same names. The
// file must hold exactly the names and shapes of State. Otherwise Load returns an error that names
// the tensor, and changes nothing. For what a file may contain see ReadSafetensors.
//
// Cost: memory for the parameters once more, whatever the file says.
func Load(path string, l Layer) error {
	f, err := loadFile(path, State(l))
	if err != nil {
		return outside.Brief(fmt.Errorf("nn: Load: %w", err))
	}
	f.apply()
	return nil
}

// loaded is a file that fits, before anything is changed.
type loaded struct {
	entries  []*entry
	params   []*Param // that they are for
	metadata map[string]string
}

// apply overwrites the parameters.
func (f *loaded) apply() {
	for i, p := range f.params {
		copy(p.Value, f.entries[i].Value)
	}
}

// loadFile reads the file at path, whose tensors must be those that are wanted.
func loadFile(path string, wanted iter.Seq2[string, *Param]) (*loaded, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	l, err := load(f, wanted)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return l, nil
}

func load(r io.Reader, wanted iter.Seq2[string, *Param]) (*loaded, error) {
	entries, metadata, err := readHeader(r)
	if err != nil {
		return nil, err
	}
	l := &loaded{entries: entries, params: make([]*Param, len(entries)), metadata: metadata}
	places := slices.Clone(entries) // by name
	slices.SortFunc(places, byName)
	fits := map[*entry]*Param{}
	for name, p := range wanted {
		i, ok := slices.BinarySearchFunc(places, name, func(e *entry, name string) int { return cmp.Compare(e.Name, name) })
		if !ok {
			return nil, fmt.Errorf("tensor %s is missing", outside.Quote(name))
		}
		e := places[i]
		if fits[e] != nil {
			return nil, fmt.Errorf("tensor %s is wanted for two parameters", outside.Quote(name))
		}
		if n, _ := elements(p.Shape); !slices.Equal(e.Shape, p.Shape) || n != len(p.Value) {
			return nil, fmt.Errorf("tensor %s has shape %v, want %v and %d values", outside.Quote(name), e.Shape, p.Shape, len(p.Value))
		}
		fits[e] = p
	}
	for i, e := range entries {
		if l.params[i] = fits[e]; l.params[i] == nil {
			return nil, fmt.Errorf("tensor %s, of shape %v, is not expected", outside.Quote(e.Name), e.Shape)
		}
	}
	if err := readData(r, entries, true); err != nil { // at once: there are as many parameters
		return nil, err
	}
	return l, l.consistent()
}

// consistent returns an error if one parameter is to have two values.
func (f *loaded) consistent() error {
	first := map[*Param]*entry{}
	for i, p := range f.params {
		e := f.entries[i]
		other, ok := first[p]
		if !ok {
			first[p] = e
		} else if !slices.EqualFunc(e.Value, other.Value, sameBits) {
			return fmt.Errorf("tensors %s and %s are one parameter, and differ", outside.Quote(other.Name), outside.Quote(e.Name))
		}
	}
	return nil
}

func sameBits(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
