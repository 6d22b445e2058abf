package reverse

import (
	"fmt"
	"math"
	"sync"
	"sync/atomic"

	"github.com/quartet-ad/ad/internal/check"
)

// A Func is a recorded function: a program that is replayed at new points without
// running the function. It may be used by many goroutines at once.
//
// Gradient, JVP and the like compute what the functions of those names of this package
// compute; see Record for the types that they return.
type Func struct {
	f       func([]Var) []Var
	n       int
	single  bool         // the function returns a Var, and no slice
	written bool         // nothing is shared, merged or dropped
	outputs atomic.Int64 // the number of results, and one more; 0 is not known yet

	lock     sync.Mutex // of recording
	programs atomic.Pointer[[]*recording]
	unfit    atomic.Int64
}

// paths is how many recordings a Func keeps: one for every path that it has seen
// through the function's comparisons, the latest first.
const paths = 16

// Record returns f, a function of n inputs with one result or several, ready to be
// replayed. f is recorded when the first point is known, and again where a comparison
// (Less) comes out as in no recording so far: replays follow the path that f would
// take. IfPos is no such comparison, for both of its branches are recorded, nor are
// Max, Abs and the like. The latest 16 paths are kept.
//
//	f := reverse.Record(rosenbrock, 100)
//	for … {
//		y := f.GradientTo(g, x) // does not run rosenbrock
//	}
//
// f must depend on nothing but its argument, and have the same number of results
// everywhere. If f takes the Float of a variable, or has operations on arrays, it cannot
// be replayed: f is then run for every point, which is right and slow. Err and Savings
// say so. Compare with Less, which is recorded, where Float only decides.
//
// A recording is made smaller: what is computed twice is computed once, what no result
// depends on is left out, sums of many terms become one operation; see Savings. Values
// stay the same to the bit. Derivatives may be added up in another order, which shows
// in their rounding, and where infinite ones meet 0 or each other.
//
// Before a comparison is checked, what f computes after it has been replayed too, so
// that a function of one's own (ad.NewOp) may be called with arguments that f would
// keep from it.
//
// Record panics if n is negative, or more than there may be on a tape. What f panics
// with reaches the caller of the operator that ran it.
func Record[R Var | []Var](f func([]Var) R, n int) *Func {
	if n < 0 || int64(n) >= min(1<<32-chunkLen, math.MaxInt/8) {
		panic(fmt.Sprintf("reverse: Record of a function of %d inputs", n))
	}
	fn := &Func{n: n, f: func(x []Var) []Var {
		switch y := any(f(x)).(type) {
		case Var:
			return []Var{y}
		case []Var:
			return y
		}
		panic("unreachable")
	}}
	_, fn.single = any(f).(func([]Var) Var)
	fn.programs.Store(new([]*recording))
	return fn
}

// Inputs returns the number of inputs.
func (f *Func) Inputs() int { return f.n }

// Outputs returns the number of results. It records f at the origin if no other call has
// recorded it yet.
func (f *Func) Outputs() int {
	f.first()
	return int(f.outputs.Load()) - 1
}

// Err returns nil if the function could be replayed wherever it has been recorded, else
// an Unfit. It records f at the origin if no other call has recorded it yet.
func (f *Func) Err() error {
	f.first()
	if u := Unfit(f.unfit.Load()); u != 0 {
		return u
	}
	return nil
}

// Check returns nil if what is recorded holds at x: if the operators will not run the
// function there. Otherwise it returns a *Changed, or an Unfit.
//
// Cost: a replay for every path that is recorded.
//
// Check panics if x has not as many entries as there are inputs.
func (f *Func) Check(x []float64) error {
	check.Length("reverse.Func.Check", "x", len(x), f.n)
	f.first()
	var err error
	for _, p := range *f.programs.Load() {
		r := p.borrow()
		k, ok := r.replay(x)
		if ok {
			r.release()
			return nil
		}
		if g := p.Guards[k]; err == nil {
			err = &Changed{k, r.values[g.X], r.values[g.Y], g.Less}
		}
		r.release()
	}
	if u := f.Err(); u != nil {
		return u
	}
	return err
}

// first sees to it that there is a recording.
func (f *Func) first() {
	if f.outputs.Load() == 0 {
		f.at("", make([]float64, f.n)).release()
	}
}

// at returns a runner that has evaluated the function at x: by a replay, if a
// recording holds there, else by running the function.
func (f *Func) at(name string, x []float64) *runner {
	check.Length(name, "x", len(x), f.n)
	if r := f.replay(x); r != nil {
		return r
	}
	if f.unfit.Load() == 0 {
		if r := f.extend(x); r != nil {
			return r
		}
	}
	return f.run(x)
}

// extend records the function at x, unless that was done in the meantime. It returns
// nil if the function is unfit.
func (f *Func) extend(x []float64) *runner {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.unfit.Load() != 0 {
		return nil
	}
	if r := f.replay(x); r != nil {
		return r
	}
	if p := f.record(x); p != nil {
		known := *f.programs.Load()
		programs := append([]*recording{p}, known[:min(len(known), paths-1)]...)
		f.programs.Store(&programs)
		r := p.borrow()
		if _, ok := r.replay(x); ok {
			return r
		}
	}
	return nil
}

// replay returns nil if no recording holds at x.
func (f *Func) replay(x []float64) *runner {
	for _, p := range *f.programs.Load() {
		r := p.borrow()
		if _, ok := r.replay(x); ok {
			return r
		}
		r.release()
	}
	return nil
}

// record runs the function at x and returns the program that becomes of it, nil if it
// is unfit.
func (f *Func) record(x []float64) *recording {
	t := borrow()
	defer t.release()
	t.recording, t.unfit = true, 0
	defer t.endRecording()
	y := f.results(t, x)
	t.recording = false
	if t.unfit != 0 {
		f.unfit.Store(int64(t.unfit))
		return nil
	}
	return newRecording(t, y, f.written)
}

// run runs the function at x.
func (f *Func) run(x []float64) *runner {
	t, done := borrow(), false
	defer func() {
		if !done { // f panicked
			t.release()
		}
	}()
	y := f.results(t, x)
	done = true
	return &runner{t: t, results: y, seeds: make([]float64, len(y))}
}

func (f *Func) results(t *tape, x []float64) []Var {
	y := f.f(t.start(x))
	for _, yk := range y {
		t.own(yk)
	}
	f.outputs.CompareAndSwap(0, int64(len(y))+1)
	if m := f.Outputs(); len(y) != m {
		panic(fmt.Sprintf("reverse: a recorded function has %d results, and at another point %d", m, len(y)))
	}
	return y
}
