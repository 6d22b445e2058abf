package onnx

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/fuzz"
	"github.com/quartet-ad/ad/reverse"
)

var programs = flag.Int("programs", 300, "how many random programs are written as models")

// TestPrograms holds the models of random programs and of their gradients against the recordings.
func TestPrograms(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	written := 0
	for range *programs {
		p, x := fuzz.Random(rng)
		f := reverse.Record(func(x []reverse.Var) reverse.Var { return fuzz.Eval(p, x) }, p.Inputs())
		var b bytes.Buffer
		if err := WriteGradient(&b, f); err != nil {
			if !slices.ContainsFunc(unsaid, func(name string) bool { return strings.Contains(err.Error(), " "+name+" ") }) {
				t.Errorf("%v in\n%v", err, p)
			}
			continue
		}
		written++
		out := evaluate(t, read(t, b.Bytes()), &tensor{[]int{1, len(x)}, x})
		got, want := append(out[0].v, out[1].v...), append(f.Eval(x), f.Gradient(x)...)
		for k := range want {
			if !near(got[k], want[k], 1e-6) {
				t.Errorf("result %d is %v, want %v, at %v of\n%v", k, got[k], want[k], x, p)
			}
		}
	}
	if written < *programs*8/10 {
		t.Errorf("%d programs of %d are written", written, *programs)
	}
}
