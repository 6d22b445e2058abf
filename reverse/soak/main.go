// Soak takes a million gradients of a tape of 1000 statements, and shows that
// none of them leaves anything behind: the heap after garbage collection is
// within 1 % of what it was at the start, and the last gradient is the first, bit
// by bit. Then it does so again with a function that panics in the middle of
// every seventh tape, with a small network over arrays on a tape that it
// keeps, and with replays of a recorded function. It exits with status 1 if one of them fails.
//
// Usage:
//
//	go run ./reverse/soak [-n GRADIENTS]
package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

func main() {
	n := flag.Int("n", 1_000_000, "the `number` of gradients, with and without panics")
	flag.Parse()
	if flag.NArg() > 0 || *n < 1 {
		fmt.Fprintln(os.Stderr, "usage: soak [-n GRADIENTS], with at least one gradient")
		os.Exit(2)
	}
	if !soak(os.Stdout, *n) {
		os.Exit(1)
	}
}

// soak makes all runs, prints a line about each and reports whether all is well.
func soak(out io.Writer, n int) bool {
	fmt.Fprintf(out, "%-22s %10s %10s %12s %12s %12s %10s\n", "", "gradients", "panics", "µs/gradient", "heap before", "heap after", "change")
	startThreads()
	ok := true
	for _, r := range []struct {
		name  string
		every int
		run   func(n, every int) load
	}{{"1000 statements", 0, run}, {"every seventh panics", 7, run}, {"arrays", 0, runArrays}, {"replays", 0, runReplays}} {
		l := r.run(n, r.every)
		fmt.Fprintf(out, "%-22s %10d %10d %12.2f %12d %12d %+9.3f %%\n", r.name, n, l.panics,
			float64(l.time.Microseconds())/float64(n), l.before, l.after, 100*l.change())
		if want := l.wanted(n, r.every); want != "" {
			fmt.Fprintf(out, "FAILED: %s\n", want)
			ok = false
		}
	}
	return ok
}

// A load is what became of a run.
type load struct {
	panics, wrong int
	before, after uint64 // bytes of heap
	time          time.Duration
}

// change returns by how much the heap grew, as a share of what it was.
func (l load) change() float64 { return float64(l.after)/float64(l.before) - 1 }

// wanted says what was not as it should be after n gradients with a panic in one
// of every, or "".
func (l load) wanted(n, every int) string {
	panics := 0
	if every > 0 {
		panics = n / every
	}
	switch {
	case l.panics != panics:
		return fmt.Sprintf("%d panics, want %d", l.panics, panics)
	case l.wrong > 0:
		return fmt.Sprintf("%d gradients differ from the first", l.wrong)
	case math.Abs(l.change()) > 0.01:
		return "the heap changed by more than 1 %"
	}
	return ""
}

// run takes n gradients, of which one of every panics; none if every is 0.
func run(n, every int) load {
	calls := 0
	f := program(func() {
		if calls++; every > 0 && calls%every == 0 {
			panic(stop)
		}
	})
	x := make([]float64, 10)
	for i := range x {
		x[i] = 0.1 + 0.05*float64(i)
	}
	first, g := make([]float64, len(x)), make([]float64, len(x))
	reverse.GradientTo(first, program(func() {}), x)
	for range 1000 { // warm up
		gradient(g, f, x)
	}
	calls = 0
	l := load{before: heap()}
	start := time.Now()
	for range n {
		if !gradient(g, f, x) {
			l.panics++
		} else if !slices.Equal(g, first) {
			l.wrong++
		}
	}
	l.time = time.Since(start)
	l.after = heap()
	return l
}

// runArrays takes n gradients of a small network over arrays. None panics.
func runArrays(n, _ int) load {
	const batch, in, hidden = 4, 8, 8
	w1, w2, x := waves(hidden*in), waves(hidden), waves(batch*in)
	g := make([]float64, len(w1)+len(w2))
	tape := reverse.NewTape()
	step := func() {
		clear(g)
		tape.Reset()
		a := tape.Param(w1, g[:len(w1)], hidden, in)
		b := tape.Param(w2, g[len(w1):], hidden)
		ad.Tanh(tape.Const(x, batch, in).MatMulT(a)).MatMul(b).SumSq().Backward()
	}
	step()
	first := slices.Clone(g)
	for range 1000 { // warm up
		step()
	}
	l := load{before: heap()}
	start := time.Now()
	for range n {
		if step(); !slices.Equal(g, first) {
			l.wrong++
		}
	}
	l.time = time.Since(start)
	l.after = heap()
	runtime.KeepAlive(tape)
	return l
}

// runReplays takes n gradients of a recorded function of 1000 statements, one by one, and
// now and then a batch of them. None panics.
func runReplays(n, _ int) load {
	f := reverse.Record(program(func() {}), 10)
	x := waves(10)
	points := slices.Repeat(x, 100)
	first, g, many := make([]float64, len(x)), make([]float64, len(x)), make([]float64, len(points))
	f.GradientTo(first, x)
	l := load{}
	step := func(i int) {
		if f.GradientTo(g, x); !slices.Equal(g, first) {
			l.wrong++
		}
		if i%1000 == 0 {
			f.GradientBatchTo(many, nil, points)
		}
	}
	for i := range 1000 { // warm up
		step(i)
	}
	l.before = heap()
	start := time.Now()
	for i := range n {
		step(i)
	}
	l.time = time.Since(start)
	l.after = heap()
	runtime.KeepAlive(f)
	runtime.KeepAlive(points)
	runtime.KeepAlive(many)
	return l
}

// waves returns n numbers of about 1.
func waves(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Sin(float64(3*i + 1))
	}
	return x
}

const stop = "stop here"

// gradient reports false where the function panicked.
func gradient(dst []float64, f func([]reverse.Var) reverse.Var, x []float64) (ok bool) {
	defer func() {
		if r := recover(); r != nil && r != stop {
			panic(r)
		}
	}()
	reverse.GradientTo(dst, f, x)
	return true
}

// program returns a function of 1000 statements, one of which is a user's own and
// calls meet.
func program(meet func()) func(x []reverse.Var) reverse.Var {
	op := ad.NewOp(&ad.Func{
		Name: "meeting",
		Value: func(x float64) float64 {
			meet()
			return x
		},
		Slope: func(x, _ float64) float64 { return 1 },
	})
	return func(x []reverse.Var) reverse.Var {
		y := x[0]
		for i := range 333 {
			y = ad.Sin(y.Mul(x[i%len(x)]).Add(x[(i+3)%len(x)]))
			if i == 166 {
				y = y.Apply(op)
			}
		}
		return y
	}
}

// startThreads has the runtime start more threads than it is going to need. It
// would start them when it likes and take their descriptions, of some 5 kB each,
// from the heap that is measured.
func startThreads() {
	const n = 16
	var all, done sync.WaitGroup
	all.Add(n)
	for range n {
		done.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			all.Done()
			all.Wait()
		})
	}
	done.Wait()
}

// heap returns how many bytes of heap are in use.
func heap() uint64 {
	runtime.GC()
	runtime.GC() // what the first found in a pool, the second frees
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
