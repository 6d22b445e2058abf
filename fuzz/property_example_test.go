package fuzz_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/fuzz"
	"pgregory.net/rapid"
)

// divergence is the relative entropy of x to a uniform distribution.
func divergence(x []float64) (y float64) {
	for _, p := range x {
		if p != 0 {
			y += p * math.Log(p*float64(len(x)))
		}
	}
	return y
}

// A property is written once, over what a Decoder reads: here, that a gradient by hand is
// right anywhere on a simplex, where it is -Inf at its sides.
func divergenceIsRight(t compare.TB, d *fuzz.Decoder) {
	grad := func(grad, x []float64) {
		for i, p := range x {
			grad[i] = math.Log(p*float64(len(x))) + 1
		}
	}
	compare.TestGradient(t, divergence, grad, d.Simplex(3))
}

// It runs as a fuzz target:
func FuzzDivergence(f *testing.F) {
	fuzz.AddSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) { divergenceIsRight(t, fuzz.NewDecoder(data)) })
}

// and under rapid, in two ways: by the Decoder, or by the generators.
func TestDivergence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fuzz.Drawn(func(d *fuzz.Decoder) bool { divergenceIsRight(t, d); return true }).Draw(t, "decoder")
	})
	rapid.Check(t, func(t *rapid.T) {
		if x := fuzz.Simplexes(3).Draw(t, "x"); !(divergence(x) >= -1e-15) {
			t.Errorf("%v has the divergence %v", x, divergence(x))
		}
	})
}

// And from an Example, with data of a fuzzer or none.
func ExampleDrawn() {
	divergenceIsRight(printed{}, fuzz.NewDecoder([]byte{0, 63, 31, 31}))
	fmt.Println(fuzz.NewDecoder([]byte{0, 63, 31, 31}).Simplex(3))
	// Output: [0.5 0.25 0.25]
}

// printed is a compare.TB for where there is no test.
type printed struct{}

func (printed) Helper()                           {}
func (printed) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

// The generators fit rapid's own: pairs, lists and filters of them are generators too.
func ExampleSPDs() {
	var t *testing.T // of the test

	rapid.Check(t, func(t *rapid.T) {
		a := fuzz.SPDs(3).Draw(t, "a")
		x := fuzz.Points(3).Filter(func(x []float64) bool { return x[0] != 0 }).Draw(t, "x")
		_, _ = a, x // …
	})
}

// A Decoder reads numbers at kinks and right beside them.
func ExampleDecoder_Kink() {
	d := fuzz.NewDecoder([]byte{0, 0, 1, 160, 0, 65})
	fmt.Println(d.Kink(-3, 3), d.Kink(-3, 3), d.Kink(-3, 3) < -3)
	// Output: -3 3.0000000002328306 true
}
