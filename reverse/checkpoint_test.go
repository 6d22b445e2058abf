package reverse

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
)

// A chain is n layers tanh(w·x + b·x), where w is a parameter that all layers share,
// and b is one that each makes.
type chain struct {
	tape     *Tape
	w, x     []float64
	b        [][]float64
	gw, gx   []float64
	gb       [][]float64
	pw       Array
	scalars  bool // layers that go through scalars too
	captured bool // among them one of w
	evaluate int  // layers evaluated
}

func newChain(n, size int) *chain {
	c := &chain{tape: NewTape(), w: waves(size, 0.5), x: waves(size, 1), gw: make([]float64, size), gx: make([]float64, size)}
	for i := range n {
		c.b = append(c.b, waves(size, float64(i)+0.5))
		c.gb = append(c.gb, make([]float64, size))
	}
	return c
}

func (c *chain) layer(i int, x Array) Array {
	c.evaluate++
	y := x.Mul(c.pw).Add(x.Mul(c.tape.Param(c.b[i], c.gb[i])))
	if c.scalars {
		s := ad.Sin(x.At(0))
		if c.captured {
			s = s.Mul(c.pw.At(1))
		}
		y = y.Add(Stack(s, ad.LogSumExp([]Var{s, x.At(1)})).Sum())
	}
	return ad.Tanh(y)
}

// from runs layers from first to last-1, in Checkpoints of k if k is positive, and
// those in Checkpoints of one where nested.
func (c *chain) from(x Array, first, last, k int, nested bool) Array {
	if k <= 0 {
		for i := first; i < last; i++ {
			x = c.layer(i, x)
		}
		return x
	}
	for first < last {
		end := min(first+k, last)
		at, inner := first, 0
		if nested {
			inner = 1
		}
		x = x.Checkpoint(func(x Array) Array { return c.from(x, at, end, inner, false) })
		first = end
	}
	return x
}

// derive returns value, gradients, JVP and HVP, laid end to end.
func (c *chain) derive(k int, nested bool) []float64 {
	c.tape.Reset()
	for _, g := range append(c.gb, c.gw, c.gx) {
		clear(g)
	}
	c.pw = c.tape.Param(c.w, c.gw)
	x := c.tape.Param(c.x, c.gx)
	y := c.from(x, 0, len(c.b), k, nested)
	n := len(c.x)
	all := slices.Clone(y.Values())
	weights := waves(n, 2)
	y.BackwardFrom(weights)
	y.BackwardFrom(weights)
	all = append(append(append(all, c.gw...), c.gx...), concat(c.gb)...)
	p, v := []Array{c.pw, x}, [][]float64{waves(n, 3), waves(n, 4)}
	return append(append(all, y.JVP(p, v)...), concat(y.HVP(weights, p, v))...)
}

// TestCheckpoint: values and derivatives have the same bits with and without
// checkpoints, through arrays and scalars, nested or not.
func TestCheckpoint(t *testing.T) {
	for _, scalars := range []bool{false, true} {
		c := newChain(10, 4)
		c.scalars = scalars
		want := c.derive(0, false)
		for _, k := range []int{1, 3, 10} {
			for _, nested := range []bool{false, true} {
				if got := c.derive(k, nested); !slices.EqualFunc(got, want, sameBits) {
					t.Errorf("scalars %v, checkpoints of %d, nested %v: %v, want %v", scalars, k, nested, got[:8], want[:8])
				}
			}
		}
		if !slices.EqualFunc(c.derive(0, false), want, sameBits) {
			t.Error("a tape is not as it was after checkpoints")
		}
	}
	c := newChain(10, 4)
	c.scalars, c.captured = true, true
	want := c.derive(0, false)
	optest.Equal(t, "with scalars from outside", c.derive(3, true), want, rounding)
	for _, w := range newChain(10, 4).derive(3, true) {
		if w-w != 0 || w == 0 {
			t.Errorf("%v in the results", w)
		}
	}
}

// TestCheckpointOdd: functions that return what they got, a constant, or something
// that does not depend on it.
func TestCheckpointOdd(t *testing.T) {
	tape, xs := NewTape(), []float64{2, 3}
	x := tape.Param(xs, nil)
	other := tape.Param([]float64{5, 7}, nil)
	same := x.Checkpoint(func(x Array) Array { return x })
	free := x.Checkpoint(func(Array) Array { return other.Mul(other) })
	constant := x.Checkpoint(func(Array) Array { return Array{}.Const(4) })
	if !constant.IsConst() || constant.Value() != 4 {
		t.Errorf("the constant is %v, constant %v", constant, constant.IsConst())
	}
	y := same.Mul(same).Add(free).Mul(constant)
	y.BackwardFrom([]float64{1, 1})
	optest.Equal(t, "gradient", x.Grad(), []float64{16, 24}, rounding)
	optest.Equal(t, "other gradient", other.Grad(), []float64{40, 56}, rounding)
	optest.Equal(t, "HVP", concat(y.HVP([]float64{1, 1}, []Array{x, other}, [][]float64{{1, 2}, {3, 4}})), []float64{8, 16, 24, 32}, rounding)
	if got := (Array{}).Const(3).Checkpoint(func(x Array) Array { return x.Mul(x) }).Value(); got != 9 {
		t.Errorf("of a constant: %v", got)
	}

	// In a function of scalars.
	f := func(checkpoint bool) func(x []Var) Var {
		g := func(y Array) Array { return ad.Sin(y).Mul(y) }
		return func(x []Var) Var {
			y := Stack(x...)
			if checkpoint {
				y = y.Checkpoint(g)
			} else {
				y = g(y)
			}
			return y.At(0).Mul(y.At(1))
		}
	}
	if got, want := Gradient(f(true), xs), Gradient(f(false), xs); !slices.Equal(got, want) {
		t.Errorf("gradient %v, want %v", got, want)
	}
	if got, want := HVP(f(true), xs, xs), HVP(f(false), xs, xs); !slices.Equal(got, want) {
		t.Errorf("HVP %v, want %v", got, want)
	}
}

// TestCheckpointZero: an infinite slope that the result does not reach contributes
// nothing, inside of a checkpoint or not.
func TestCheckpointZero(t *testing.T) {
	f := func(x Array) Array {
		ad.Sqrt(x.At(0)) // slope +Inf at 0
		return Stack(x.At(1), x.At(1))
	}
	tape := NewTape()
	for _, checkpoint := range []bool{false, true} {
		tape.Reset()
		x := tape.Param([]float64{0, 3}, nil)
		y := x
		if checkpoint {
			y = x.Checkpoint(f)
		} else {
			y = f(x)
		}
		z := y.At(1)
		Stack(z.Mul(z)).Backward()
		if g := x.Grad(); g[0] != 0 || g[1] != 6 {
			t.Errorf("checkpoint %v: gradient %v", checkpoint, g)
		}
	}
}

func TestCheckpointMisuse(t *testing.T) {
	tape := NewTape()
	calls, leaked := 0.0, Array{}
	xs := []float64{1, 2}
	x := tape.Param(xs, nil)
	again := func(f func(x Array) Array) func() {
		return func() {
			x.Checkpoint(f).BackwardFrom(xs)
		}
	}
	reset := func() {
		tape.Reset()
		x, calls = tape.Param(xs, nil), 1
	}
	for want, f := range map[string]func(){
		"reverse: the function of a Checkpoint did not return the same again": again(func(x Array) Array {
			calls++
			return x.Scale(calls)
		}),
		"reverse: the function of a Checkpoint makes other parameters than it did": again(func(x Array) Array {
			return x.Add(tape.Param(slices.Clone(xs), nil))
		}),
		"reverse: an Array was kept past the end of the Checkpoint that it was computed in": func() {
			x.Checkpoint(func(x Array) Array { leaked = x.Scale(2); return leaked })
			leaked.Add(x)
		},
		"reverse: Backward inside of the function of a Checkpoint": again(func(x Array) Array {
			x.BackwardFrom(xs)
			return x
		}),
		"reverse: HVP inside of the function of a Checkpoint": again(func(x Array) Array {
			x.HVP(xs, []Array{x}, [][]float64{xs})
			return x
		}),
		"reverse: Reset inside of the function of a Checkpoint": again(func(x Array) Array {
			tape.Reset()
			return x
		}),
		"the user's own": again(func(x Array) Array { panic("the user's own") }),
	} {
		reset()
		if got := panicOf(f); got != want {
			t.Errorf("panic %q, want %q", got, want)
		}
		reset() // the tape can be used again
		y := x.Mul(x)
		y.BackwardFrom(xs)
		optest.Equal(t, "gradient after "+want, x.Grad(), []float64{2, 8}, rounding)
	}
}

// TestCheckpointMemory measures what the tape of a chain of 1000 layers holds after a
// gradient, with and without checkpoints of 32 layers.
func TestCheckpointMemory(t *testing.T) {
	const n, size = 1000, 1000
	layer := func(x Array) Array { return ad.Tanh(x.Scale(1.5)) }
	xs := waves(size, 0)
	measure := func(k int) (bytes float64, g []float64) {
		before := heapInUse()
		tape, g := NewTape(), make([]float64, size)
		y := tape.Param(xs, g)
		for i := 0; i < n; {
			steps := 1
			f := layer
			if k > 1 {
				steps = min(k, n-i)
				f = func(x Array) Array {
					return x.Checkpoint(func(x Array) Array {
						for range steps {
							x = layer(x)
						}
						return x
					})
				}
			}
			y = f(y)
			i += steps
		}
		y.BackwardFrom(xs)
		after := heapInUse()
		runtime.KeepAlive(tape)
		return after - before, g
	}
	plain, want := measure(1)
	kept, got := measure(32)
	if !slices.EqualFunc(got, want, sameBits) {
		t.Error("the gradients differ")
	}
	t.Logf("%.2f MB without, %.2f MB with checkpoints: %.1f times less", plain/1e6, kept/1e6, plain/kept)
	if !(kept > 0 && plain/kept >= 10) {
		t.Errorf("%v bytes without, %v with checkpoints", plain, kept)
	}
}

func TestCheckpointSteadyState(t *testing.T) {
	c := newChain(6, 4)
	f := func(x Array) Array { return c.from(x, 0, 3, 0, false) }
	g := func(x Array) Array { return c.from(x.Checkpoint(f), 3, 6, 0, false) }
	for _, scalars := range []bool{false, true} {
		c.scalars = scalars
		c.tape = NewTape()
		step := func() {
			c.tape.Reset()
			c.pw = c.tape.Param(c.w, c.gw)
			c.tape.Param(c.x, c.gx).Checkpoint(g).Checkpoint(g).BackwardFrom(c.x)
		}
		step()
		allowed := 0.0
		if scalars { // the arguments of Stack and LogSumExp
			allowed = math.Inf(1)
		}
		if n := memtest.Allocations(20, step); n > allowed {
			t.Errorf("%v allocations in a step", n)
		}
	}
}

// TestCheckpointPoison: in a build with the tag poison, nothing is left of what the
// function computed.
func TestCheckpointPoison(t *testing.T) {
	tape := NewTape()
	var storage *array
	x := tape.Param([]float64{1, 2}, nil)
	y := x.Checkpoint(func(x Array) Array {
		storage = x.Mul(x).a
		return Array{a: storage, gen: storage.tape.gen | uint64(storage.life)}.Neg()
	})
	optest.Equal(t, "value", y.Values(), []float64{-1, -4}, rounding)
	for _, v := range storage.data[primal] {
		if math.IsNaN(v) != check.Poison {
			t.Errorf("%v is left", v)
		}
	}
}
