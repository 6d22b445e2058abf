package nn

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestSummaryChangesNothing: neither what is kept, nor the mode of any layer, nor a
// generator, also where the shape does not fit.
func TestSummaryChangesNothing(t *testing.T) {
	source, other := rand.NewPCG(1, 2), rand.NewPCG(1, 2)
	norm, frozen := NewBatchNorm1D(3), NewBatchNorm1D(3)
	norm.Mean.Value[1] = 5
	frozen.SetTraining(false)
	drop := NewDropout(0.5, rand.New(source))
	net := Sequential{norm, &Residual{Body: Sequential{drop, frozen}, Shortcut: NewLinear(3, 3, newRand(1))}, drop}
	before := slices.Concat(norm.Mean.Value, norm.Variance.Value, frozen.Mean.Value, frozen.Variance.Value)
	var out bytes.Buffer
	if err := Summary(&out, net, 1, 3); err != nil {
		t.Fatal(err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("a shape that does not fit is taken")
			}
		}()
		Summary(&out, net, 1, 4)
	}()
	after := slices.Concat(norm.Mean.Value, norm.Variance.Value, frozen.Mean.Value, frozen.Variance.Value)
	if !slices.Equal(before, after) || !norm.Training() || frozen.Training() || !drop.Training() || source.Uint64() != other.Uint64() {
		t.Errorf("buffers %v became %v; training %v %v %v", before, after, norm.Training(), frozen.Training(), drop.Training())
	}
}

// TestSummaryOfNested: parts have the paths of Walk, and every parameter counts once in
// the total.
func TestSummaryOfNested(t *testing.T) {
	rng := newRand(1)
	net := Sequential{&Residual{Body: Sequential{NewLinear(3, 2, rng), ReLU{}}, Shortcut: NewLinear(3, 2, rng)}, Func(ReLU{}.Forward)}
	tied := NewLinear(2, 2, rng)
	net = append(net, tied, tied)
	var out bytes.Buffer
	if err := Summary(&out, net, 5, 3); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	want := []string{"layer type shape parameters", "input [5 3] 0",
		"0.0.0 Linear [5 2] 8", "0.0.1 ReLU [5 2] 0", "0.1 Linear [5 2] 8", "0 Residual [5 2] 16", "1 Func [5 2] 0", "2 Linear [5 2] 6", "3 Linear [5 2] 6", "total 22"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

type full struct{}

var errFull = errors.New("full")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestSummaryError(t *testing.T) {
	if err := Summary(full{}, Flatten{}, 2, 3); !errors.Is(err, errFull) {
		t.Errorf("error %v", err)
	}
}
