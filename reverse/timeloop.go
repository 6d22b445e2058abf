package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/reverse/revolve"
)

// TimeLoop is a function of a state x and of parameters p that is computed step
// by step:
//
//	x = Step(k, x, p) for k = 0, …, Steps-1        y = Loss(x, p)
//
// Its gradient takes the memory of one step on a tape and of as many states as
// there are Slots, where Gradient of the whole loop takes that of all steps. A sum
// over time is an element of the state.
//
// Step returns as many elements as x has. It must not keep its arguments, and must
// do the same whenever it runs, also on constants, where nothing is recorded.
type TimeLoop struct {
	Steps int // 0 or more
	Slots int // states kept at a time, 1 or more
	Step  func(k int, x, p []Var) []Var
	Loss  func(x, p []Var) Var
}

// Gradient returns the derivative of the loss with respect to the state x at the
// start, and to the parameters p, of which there may be none.
//
// It has the bits that reverse.Gradient of the whole loop has, unless a step
// returns a Var twice or returns a parameter; sums are then taken in another order.
//
// Cost: revolve.Steps(Steps, Slots) evaluations of Step on constants, one on Vars
// for each step, and one sweep of each step's tape, or two if an adjoint is 0.
//
// Gradient panics if Steps is negative or Slots less than 1, or if Step returns
// another number of elements than x has.
func (l *TimeLoop) Gradient(x, p []float64) (dx, dp []float64) {
	dx, dp = make([]float64, len(x)), make([]float64, len(p))
	l.GradientTo(dx, dp, x, p)
	return dx, dp
}

// GradientTo writes the derivatives of the loss to dx and dp and returns the loss.
//
// Cost: as Gradient.
//
// GradientTo panics as Gradient does, and if dx and x or dp and p differ in length.
func (l *TimeLoop) GradientTo(dx, dp, x, p []float64) float64 {
	check.Length("reverse.TimeLoop.GradientTo", "dx", len(dx), len(x))
	check.Length("reverse.TimeLoop.GradientTo", "dp", len(dp), len(p))
	if l.Steps < 0 || l.Slots < 1 {
		panic(fmt.Sprintf("reverse: TimeLoop of %d steps with %d slots", l.Steps, l.Slots))
	}
	r := loopRun{TimeLoop: l, t: borrow(), n: len(x), inputs: slices.Concat(x, p)}
	defer r.t.release()
	r.constants = make([]Var, len(r.inputs))
	state := r.inputs[:len(x):len(x)]
	if l.Steps == 0 {
		r.back(-1, state)
	} else {
		revolve.Run(l.Steps, l.Slots, state, r.step, r.back)
	}
	copy(dx, r.adjoints)
	copy(dp, r.adjoints[len(x):])
	return r.loss
}

// loopRun is one gradient of a TimeLoop. The state and the parameters lie one
// after the other.
type loopRun struct {
	*TimeLoop
	t         *tape
	n         int       // elements of the state
	inputs    []float64 // the state at hand and the parameters
	constants []Var     // the same, for Step
	p         []Var     // the parameters on the tape
	results   []Var     // what is swept from
	adjoints  []float64 // the derivatives of the loss in the state and the parameters
	reached   []bool    // which of them the loss depends on
	loss      float64
}

func (r *loopRun) step(k int, state []float64) {
	for i, v := range r.inputs {
		r.constants[i] = Var{value: v}
	}
	for i, y := range r.run(k, r.constants) {
		state[i] = r.t.own(y).value
	}
}

// run returns the state after step k, or before all for k = -1.
func (r *loopRun) run(k int, inputs []Var) []Var {
	x, p := inputs[:r.n:r.n], inputs[r.n:]
	if k < 0 {
		return x
	}
	y := r.Step(k, x, p)
	check.Length("reverse.TimeLoop", "the result of Step", len(y), r.n)
	return y
}

// back takes the adjoints through step k, and through the loss too after the last.
func (r *loopRun) back(k int, _ []float64) {
	t := r.t
	defer t.void()
	r.p = append(r.p[:0], t.start(r.inputs)[r.n:]...) // Step may overwrite what it is given
	y := r.run(k, t.vars)
	if k == r.Steps-1 {
		loss := t.own(r.Loss(y, r.p))
		r.loss = loss.value
		r.results = append(r.results[:0], loss)
		r.adjoints, r.reached = []float64{1}, []bool{true}
	} else {
		for _, v := range y {
			t.own(v)
		}
		r.results = append(append(r.results[:0], y...), r.p...)
	}
	t.pullOn(r.results, r.adjoints, r.reached)
	r.adjoints = append(r.adjoints[:0], t.adj[1:t.first]...)
	r.reached = append(r.reached[:0], t.reached[1:t.first]...)
}

// pullOn sweeps backwards as pull does, where the results are not the last of all:
// reached says which of them the last one reaches, whatever their seeds are. It
// leaves in t.reached which inputs it reaches.
func (t *tape) pullOn(results []Var, seeds []float64, reached []bool) {
	quick := t.pullQuick(t.seed(results, seeds))
	if quick && !slices.Contains(t.adj[1:t.first], 0) {
		t.reached = zeroed(t.reached, int(t.first))
		for i := range t.reached {
			t.reached[i] = true
		}
		return
	}
	t.seed(results, seeds)
	t.reached = zeroed(t.reached, int(t.n))
	for k, y := range results {
		t.reached[y.slot()] = t.reached[y.slot()] || reached[k]
	}
	t.pullCareful(t.n - 1)
}
