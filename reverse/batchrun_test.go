package reverse

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
)

// failingAt returns a function of one input that fails where that is negative.
func failingAt(fail func(x Var)) *Func {
	return Record(func(x []Var) Var {
		if x[0].Less(Var{}) {
			fail(x[0])
		}
		return x[0].Mul(x[0]).Mul(x[0]).Mul(x[0])
	}, 1)
}

// failingPoints returns points of 2, with failures that are told apart.
func failingPoints() []float64 {
	x := make([]float64, 60_000)
	for i := range x {
		x[i] = 2
	}
	x[11_000], x[30_000], x[59_000] = -1, -2, -3
	return x
}

// manyPoints are the ways to have a function evaluated at many points.
var manyPoints = map[string]func(f *Func, x []float64) []float64{
	"EvalBatch":     (*Func).EvalBatch,
	"GradientBatch": (*Func).GradientBatch,
	"JacobianBatch": (*Func).JacobianBatch,
	"Map": func(f *Func, x []float64) []float64 {
		g := make([]float64, len(x))
		f.Map(NewTape().Param(x, g)).Sum().Backward()
		return g
	},
}

// TestBatchFirstPanic: on any number of cores it is the panic of the first point that
// reaches the caller, and the function is as good as before.
func TestBatchFirstPanic(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	f := failingAt(func(x Var) { panic(fmt.Sprint("at ", x.value)) })
	x := failingPoints()
	for procs := 1; procs <= 64; procs *= 2 {
		runtime.GOMAXPROCS(procs)
		for name, batch := range manyPoints {
			func() {
				defer func() {
					if got := recover(); got != "at -1" {
						t.Errorf("%s on %d cores: recovered %v", name, procs, got)
					}
				}()
				batch(f, x)
			}()
			if y := batch(f, x[:10_000]); y[9_999] != 16 && y[9_999] != 32 {
				t.Errorf("%s on %d cores: %v after a panic", name, procs, y[9_999])
			}
		}
	}
}

// TestBatchGoexit: a function that ends its goroutine, as FailNow of a test does, ends that of
// the caller: no results are returned that were not computed.
func TestBatchGoexit(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	f := failingAt(func(Var) { runtime.Goexit() })
	x := failingPoints()
	for name, batch := range manyPoints {
		for range 10 {
			returned := false
			var all sync.WaitGroup
			all.Go(func() {
				batch(f, x)
				returned = true
			})
			all.Wait()
			if returned {
				t.Fatalf("%s returned", name)
			}
		}
		if y := batch(f, x[:10_000]); y[9_999] != 16 && y[9_999] != 32 {
			t.Errorf("%s: %v afterward", name, y[9_999])
		}
	}
}
