package reverse

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// Checkpoint returns f(x), and keeps nothing of what f records but the result. A
// sweep runs f again where it needs it: memory for the time of one more evaluation
// (Griewank and Walther, Evaluating Derivatives, 2008, chapter 12). Values and
// derivatives have the same bits as those of f(x) by itself; where f takes scalars of
// other arrays than x and its own, their derivatives may be summed in another order.
//
//	for len(layers) > 0 { // about √n checkpoints of √n layers each
//		k := min(len(layers), root)
//		x = x.Checkpoint(chain(layers[:k]))
//		layers = layers[k:]
//	}
//
// f may use any arrays and scalars of the tape besides x, make parameters and
// constants, and call Checkpoint itself: every level evaluates once more. What it
// computes is void when it returns, but for its result; a Var must not get out. It
// must do the same whenever it runs: random numbers, say, are to be drawn before it.
//
// Cost: that of f, and in every sweep that of f once more, besides that of sweeping
// it.
//
// Checkpoint panics if f sweeps or resets the tape. A sweep panics if f returns
// something else than it did, or makes other parameters.
func (x Array) Checkpoint(f func(Array) Array) Array {
	t := tapeOf(x)
	if t == nil {
		return f(x)
	}
	out, active := t.bareArray(nil), false
	t.within(func() {
		y := f(x)
		tapeOf(x, y)
		active = !y.IsConst()
		out.shape = append(out.shape[:0], y.Shape()...)
		out.size = y.Size()
		out.data[primal] = append(out.data[primal][:0], y.Values()...)
	})
	o := newNode[checkpointOp](t, out)
	out.active = active
	o.t, o.f, o.x, o.precision = t, f, x, t.precision
	return t.wrap(out)
}

// checkpointOp is a function that was run and forgotten.
type checkpointOp struct {
	elementary
	t         *tape
	f         func(Array) Array
	x         Array
	precision kernel.Precision
}

func (*checkpointOp) name() string { return "Checkpoint" }

// again runs f once more and calls sweep, within the stretch, with what it returns.
func (o *checkpointOp) again(n *node, sweep func(y *array)) {
	t := o.t
	replay, precision, careful := t.replay, t.precision, t.careful
	adj, tan, dadj := len(t.adj), len(t.tan), len(t.dadj)
	t.replay, t.precision, t.careful = true, o.precision, false
	defer func() {
		t.replay, t.precision, t.careful = replay, precision, careful
		t.adj, t.tan, t.dadj = t.adj[:adj], t.tan[:tan], t.dadj[:dadj]
	}()
	t.within(func() {
		y := o.f(o.x)
		if !slices.Equal(y.Shape(), n.out.shape) || !slices.EqualFunc(y.Values(), n.out.data[primal], sameBits) || y.IsConst() {
			panic("reverse: the function of a Checkpoint did not return the same again")
		}
		sweep(y.a)
	})
}

func sameBits(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }

func (o *checkpointOp) push(n *node) {
	o.again(n, func(y *array) {
		o.t.prepareStretch(tangent)
		o.t.pushQuick()
		copy(n.out.data[tangent], y.data[tangent])
	})
}

// pull is a careful sweep, which is right in either kind.
func (o *checkpointOp) pull(n *node, q quantity) {
	o.again(n, func(y *array) {
		t := o.t
		t.prepareStretch(q)
		t.reached = extended(t.reached, int(t.first), int(t.n))
		y.reached = true
		vector.Add(y.data[q], n.out.data[q])
		t.pullCareful(t.n - 1)
	})
}

// second runs f once for the adjoints and for their rates.
func (o *checkpointOp) second(n *node) {
	o.again(n, func(y *array) {
		t := o.t
		t.prepareStretch(tangent)
		t.pushQuick()
		t.prepareStretch(adjoint)
		t.prepareStretch(rate)
		vector.Add(y.data[adjoint], n.out.data[adjoint])
		vector.Add(y.data[rate], n.out.data[rate])
		t.pullSecondQuick(t.n - 1)
	})
}

func (*checkpointOp) curve(*node) {} // second does all of it
