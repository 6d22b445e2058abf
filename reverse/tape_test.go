package reverse

import (
	"fmt"
	"runtime/debug"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestChunks: tapes that end, or have an n-ary statement, just before
// and after the end of a chunk.
func TestChunks(t *testing.T) {
	for n := chunkLen - 5; n < chunkLen+5; n++ {
		count := func(x []Var) Var { // x² + n·y, by n additions
			sum := x[0].Mul(x[0])
			for range n {
				sum = sum.Add(x[1])
			}
			return ad.SumSq([]Var{sum, x[1]})
		}
		x := []float64{3, 0.5}
		s := 9 + 0.5*float64(n)
		want := []float64{2 * s * 6, 2*s*float64(n) + 1}
		optest.Equal(t, fmt.Sprint("gradient of operations: ", n), Gradient(count, x), want, rounding)
		// Hessian of s² + y², s = x² + ny.
		k := float64(n)
		optest.Equal(t, fmt.Sprint("HVP of operations: ", n), HVP(count, x, []float64{1, 1}), []float64{2*36 + 4*s + 12*k, 12*k + 2*k*k + 2}, rounding)
		many := func(x []Var) Var { // as many inputs as a chunk has slots
			return ad.Dot(x, x)
		}
		y := make([]float64, n)
		for i := range y {
			y[i] = float64(i)
		}
		for i, d := range Gradient(many, y) {
			if d != 2*y[i] {
				t.Fatalf("gradient of a dot product of %d: entry %d is %v", n, i, d)
			}
		}
	}
}

// TestFullTape: a tape refuses more slots than it can number.
func TestFullTape(t *testing.T) {
	full := &tape{chunks: make([]*chunk, 1<<32/chunkLen-1)}
	full.n = uint32(len(full.chunks) * chunkLen)
	defer func() {
		if want := "reverse: more than 4294963200 operations on one tape"; recover() != want {
			t.Errorf("want the panic %q", want)
		}
	}()
	full.nextChunk()
}

// TestDeepChain: sweeps are loops; a chain of ten million operations neither
// overflows the stack nor takes more than 700 MiB.
func TestDeepChain(t *testing.T) {
	const n = 10_000_000
	f := func(x Var) Var {
		y := x
		for range n {
			y = y.Add(x)
		}
		return y
	}
	debug.FreeOSMemory() // and with it the tapes of other tests
	allocated := memtest.Allocated(func() {
		if d := Derivative(f, 1); d != n+1 {
			t.Errorf("derivative %v, want %d", d, n+1)
		}
	})
	t.Logf("%d MiB, %.1f bytes an operation", allocated>>20, float64(allocated)/n)
	if allocated > 700<<20 {
		t.Errorf("%d MiB were allocated", allocated>>20)
	}
}
