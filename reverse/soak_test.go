package reverse

import (
	"runtime"
	"slices"
	"sync"
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

// A smallNet is a step of a small network: products, elementwise functions,
// reductions, a factor and a checkpoint.
type smallNet struct {
	tape             *Tape
	w, b, x          []float64
	gw, gb           []float64
	layer            func(x Array) Array
	weights, offsets Array
}

func newSmallNet() *smallNet {
	n := &smallNet{
		tape: NewTape(), w: waves(16, 0.5), b: waves(4, 1), x: waves(12, 2),
		gw: make([]float64, 16), gb: make([]float64, 4),
	}
	n.layer = func(x Array) Array { return ad.Tanh(x.MatMulT(n.weights).Add(n.offsets)) }
	return n
}

// step computes a loss and its gradient.
func (n *smallNet) step() float64 {
	n.tape.Reset()
	clear(n.gw)
	clear(n.gb)
	n.weights, n.offsets = n.tape.Param(n.w, n.gw, 4, 4), n.tape.Param(n.b, n.gb, 4)
	x := n.tape.Const(n.x, 3, 4)
	y := n.layer(n.layer(x).Checkpoint(n.layer))
	gram := y.TMatMul(y).Add(n.weights.MatMulT(n.weights))
	loss := gram.Cholesky().LogDet().Add(y.SumSq()).Add(y.Max(0).Sum())
	loss.Backward()
	return loss.Value()
}

// TestArraySoak: ten thousand gradients leave the heap as it was, and the last has the
// bits of the first.
func TestArraySoak(t *testing.T) {
	const steps = 10_000
	n := newSmallNet()
	loss := n.step()
	gw, gb := slices.Clone(n.gw), slices.Clone(n.gb)
	for _, g := range append(gw, gb...) {
		if g-g != 0 || g == 0 {
			t.Fatalf("gradients %v, %v", gw, gb)
		}
	}
	for range 100 {
		n.step()
	}
	before := heap()
	for range steps {
		if l := n.step(); l != loss {
			t.Fatalf("loss %v, the first was %v", l, loss)
		}
	}
	after := heap()
	if !slices.Equal(n.gw, gw) || !slices.Equal(n.gb, gb) {
		t.Errorf("gradients %v %v, the first were %v %v", n.gw, n.gb, gw, gb)
	}
	if after-before > steps {
		t.Errorf("the heap grew by more than a byte a step, from %v to %v", before, after)
	}
}

// TestConcurrentTapes: tapes of several goroutines have nothing in common. It is for
// the race detector as much as for its results.
func TestConcurrentTapes(t *testing.T) {
	want := newSmallNet()
	loss := want.step()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			n := newSmallNet()
			for range 50 {
				if got := n.step(); got != loss || !slices.Equal(n.gw, want.gw) || !slices.Equal(n.gb, want.gb) {
					t.Errorf("loss %v, gradients %v %v; alone %v, %v %v", got, n.gw, n.gb, loss, want.gw, want.gb)
					return
				}
			}
		})
	}
	wait.Wait()
}
