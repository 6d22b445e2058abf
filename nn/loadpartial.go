package nn

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/internal/outside"
)

// A LoadReport says what LoadPartial did, by the names of State where they are known, and else by
// those of the file, both in order.
type LoadReport struct {
	Loaded     []string   // of the layer, that have new values
	Missing    []string   // of the layer, that the file does not have
	Unexpected []string   // of the file, that the layer does not have
	Unfit      []UnfitOne // that both have, in different shapes
	Ignored    []string   // of the file, that were left out
}

// An UnfitOne is an array whose shape in a file is another one.
type UnfitOne struct {
	Name      string // in the layer
	Got, Want []int  // the shape in the file, and in the layer
}

// Complete reports whether everything was loaded, and nothing of the file was left over, but for
// what was to be left out.
func (r LoadReport) Complete() bool {
	return len(r.Missing)+len(r.Unexpected)+len(r.Unfit) == 0
}

// String returns a line for each sort of name that is not empty.
func (r LoadReport) String() string {
	var b strings.Builder
	line := func(what string, names []string) {
		if len(names) > 0 {
			fmt.Fprintf(&b, "%s: %s\n", what, strings.Join(names, ", "))
		}
	}
	line("loaded", r.Loaded)
	line("missing in the file", r.Missing)
	line("unexpected in the file", r.Unexpected)
	for _, u := range r.Unfit {
		fmt.Fprintf(&b, "unfit: %s has shape %v, want %v\n", u.Name, u.Got, u.Want)
	}
	line("ignored", r.Ignored)
	return b.String()
}

// LoadPartial reads from a file in the safetensors format what fits l, and reports what did and what
// did not.
//
// Rename, unless it is nil, returns the name in l of what the file calls name, as TorchNames does.
// With no name the tensor is left out. With several it is divided among them: into equal parts along
// its first axis. Tensors called num_batches_tracked, which PyTorch counts and does not use, are
// always left out.
//
// It returns an error, and changes nothing, if the file does not follow the format, as
// ReadSafetensors says, or if two tensors get one name.
//
// Cost: memory for what fits once more.
func LoadPartial(path string, l Layer, rename func(name string) []string) (LoadReport, error) {
	report, err := loadPartialFile(path, l, rename)
	if err != nil {
		return LoadReport{}, outside.Brief(fmt.Errorf("nn: LoadPartial: %w", err))
	}
	return report, nil
}

func loadPartialFile(path string, l Layer, rename func(name string) []string) (LoadReport, error) {
	f, err := os.Open(path)
	if err != nil {
		return LoadReport{}, err
	}
	defer f.Close()
	p := partial{wanted: map[string]*Param{}, from: map[string]string{}}
	if rename == nil {
		rename = func(name string) []string { return []string{name} }
	}
	var order []string
	for name, param := range State(l) {
		p.wanted[name] = param
		order = append(order, name)
	}
	if err := p.read(f, rename); err != nil {
		return LoadReport{}, fmt.Errorf("%s: %w", path, err)
	}
	for _, part := range p.parts {
		copy(part.to.Value, part.value)
	}
	for _, name := range order {
		switch _, ok := p.from[name]; {
		case !ok:
			p.report.Missing = append(p.report.Missing, name)
		case !slices.ContainsFunc(p.report.Unfit, func(u UnfitOne) bool { return u.Name == name }):
			p.report.Loaded = append(p.report.Loaded, name)
		}
	}
	return p.report, nil
}

// A partial is a file that is being read as far as it fits.
type partial struct {
	wanted map[string]*Param
	from   map[string]string // the name in the file of each that is wanted and there
	parts  []partialPart
	report LoadReport
}

// A partialPart is what a parameter gets.
type partialPart struct {
	to    *Param
	value []float64
}

func (p *partial) read(r io.Reader, rename func(name string) []string) error {
	entries, _, err := readHeader(r)
	if err != nil {
		return err
	}
	taken := make([][]*Param, len(entries)) // for each entry, who gets its parts
	for i, e := range entries {
		if taken[i], err = p.takers(e, rename); err != nil {
			return err
		}
	}
	sure := len(entries) > 0 && outside.Left(r) >= entries[len(entries)-1].end()
	return readSome(r, entries, sure, func(i int) bool { return len(taken[i]) > 0 }, func(i int, value []float64) {
		n := len(value) / len(taken[i])
		for k, to := range taken[i] {
			if to != nil {
				p.parts = append(p.parts, partialPart{to, value[k*n:][:n]})
			}
		}
	})
}

// takers returns the parameters that the equal parts of a tensor are for, nil for a part that does
// not fit, and none at all if no part does.
func (p *partial) takers(e *entry, rename func(name string) []string) ([]*Param, error) {
	base := e.Name[strings.LastIndexByte(e.Name, '.')+1:]
	if base == "num_batches_tracked" {
		p.report.Ignored = append(p.report.Ignored, e.Name)
		return nil, nil
	}
	names := rename(e.Name)
	if len(names) == 0 {
		p.report.Ignored = append(p.report.Ignored, e.Name)
		return nil, nil
	}
	shape := slices.Clone(e.Shape)
	divides := len(names) == 1
	if len(names) > 1 && len(shape) > 0 && shape[0]%len(names) == 0 {
		shape[0] /= len(names)
		divides = true
	}
	list, some := make([]*Param, len(names)), false
	for k, name := range names {
		to := p.wanted[name]
		if to == nil {
			if unknown := e.Name; !slices.Contains(p.report.Unexpected, unknown) {
				p.report.Unexpected = append(p.report.Unexpected, unknown)
			}
			continue
		}
		if other, ok := p.from[name]; ok {
			return nil, fmt.Errorf("tensors %s and %s are both for %s", outside.Quote(other), outside.Quote(e.Name), outside.Quote(name))
		}
		p.from[name] = e.Name
		if n, _ := elements(to.Shape); !divides || !slices.Equal(shape, to.Shape) || n != len(to.Value) {
			p.report.Unfit = append(p.report.Unfit, UnfitOne{name, shape, slices.Clone(to.Shape)})
			continue
		}
		list[k], some = to, true
	}
	if !some {
		return nil, nil
	}
	return list, nil
}
