package reverse

import (
	"slices"
	"sync"
	"testing"

	"github.com/quartet-ad/ad"
)

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
