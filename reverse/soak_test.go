package reverse

import (
	"runtime"
	"slices"
	"testing"
	"weak"

	"github.com/quartet-ad/ad"
)

// TestSoak: ten thousand gradients of a tape of 1000 statements, every seventh of
// which panics on the way, leave nothing behind. The command soak takes a
// million.
func TestSoak(t *testing.T) {
	const n, statements = 10_000, 1000
	calls, panics := 0, 0
	f := func(x []Var) Var {
		calls++
		y := x[0]
		for i := range statements / 2 {
			if i == 100 && calls%7 == 0 {
				panic("the seventh")
			}
			y = ad.Sin(y.Add(x[i%len(x)]))
		}
		if got := int(y.slot()) - len(x); got != statements {
			t.Fatalf("%d statements, want %d", got, statements)
		}
		return y
	}
	x := []float64{0.1, 0.2, 0.3}
	first, g := Gradient(f, x), make([]float64, len(x))
	gradient := func() {
		defer func() {
			if recover() != nil {
				panics++
			}
		}()
		GradientTo(g, f, x)
		if !slices.Equal(g, first) {
			t.Fatalf("gradient %v, the first was %v", g, first)
		}
	}
	run := func(n int) {
		for range n {
			gradient()
		}
	}
	run(100)
	calls, panics = 0, 0
	before := heapInUse()
	run(n)
	after := heapInUse()
	if panics != n/7 {
		t.Errorf("%d panics, want %d", panics, n/7)
	}
	if after-before > n { // the runtime may have started a thread, of some 5 kB
		t.Errorf("the heap grew by more than a byte a gradient, from %v to %v", before, after)
	}
}

func heapInUse() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// TestSoakReplays: nor do replays, among them some on a new path, which stays one of few.
func TestSoakReplays(t *testing.T) {
	const n = 10_000
	f := Record(func(x []Var) Var {
		y := x[0]
		for range 50 {
			y = ad.Sin(y.Add(x[1]))
		}
		for k := range 40 {
			if x[0].Less(Var{value: float64(k)}) {
				return y.Mul(Var{value: float64(k)})
			}
		}
		return y
	}, 2)
	g, batch := make([]float64, 2), make([]float64, 20)
	run := func(n int) {
		for i := range n {
			x := [2]float64{float64(i/100) - 0.5, 1}
			f.GradientTo(g, x[:])
			if i%20 == 0 {
				f.GradientBatchTo(batch, nil, batch)
			}
		}
	}
	run(n)
	before := heapInUse()
	run(n)
	if after := heapInUse(); after-before > n {
		t.Errorf("the heap grew by more than a byte a gradient, from %v to %v", before, after)
	}
	runtime.KeepAlive(f)
}

// TestReleasedRows: a released tape does not keep a user's function alive, nor
// what that holds.
func TestReleasedRows(t *testing.T) {
	tp := new(tape)
	held := func() weak.Pointer[[100]float64] {
		data := new([100]float64)
		op := ad.NewOp(&ad.Func{
			Name:  "lookup",
			Value: func(x float64) float64 { return x + data[0] },
			Slope: func(x, _ float64) float64 { return 1 },
		})
		op2 := ad.NewOp2(&ad.Func2{
			Name:   "lookup2",
			Value:  func(x, y float64) float64 { return x + y + data[0] },
			SlopeX: func(x, y, _ float64) float64 { return 1 },
			SlopeY: func(x, y, _ float64) float64 { return 1 },
		})
		x := tp.start([]float64{1})
		x[0].Apply(op).Apply2(op2, x[0])
		tp.release()
		return weak.Make(data)
	}()
	runtime.GC()
	if held.Value() != nil {
		t.Error("the data of a function is still there")
	}
	runtime.KeepAlive(tp)
}

// heap returns the size of what is in use.
func heap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
