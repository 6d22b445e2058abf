package nn

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse"
)

// A Reduction says how the losses of many elements, rows or boxes are combined.
type Reduction int

const (
	ReduceMean      Reduction = iota // their mean; NaN if there are none
	ReduceSum                        // their sum; 0 if there are none
	ReduceNone                       // all of them, one by one
	ReduceBatchMean                  // their sum divided by the length of the first axis, the number of samples
)

// LossOptions say how the losses of elements are weighted and combined. The zero value is their
// mean.
//
// Every loss takes its options last. They may be left out; more than one panics. Parameters of the
// formula of a loss are arguments.
type LossOptions struct {
	Reduction Reduction

	// Weights multiply the losses and are broadcast to their shape. Array{} leaves them out. The
	// mean still divides by the number of losses.
	//
	// A weight of 0 masks a loss, even one that is infinite or NaN: its adjoint is 0. So missing
	// targets can be masked. Missing features cannot: a layer multiplies them with its weights,
	// whose gradient is then 0·NaN, which is NaN. Replace such features with reverse.Where before
	// the first product; see the Example.
	Weights reverse.Array
}

// given returns the only options, the zero value if there are none.
func given[O any](name string, o []O) O {
	switch len(o) {
	case 0:
		var zero O
		return zero
	case 1:
		return o[0]
	}
	panic(fmt.Sprintf("nn: %s with %d options, want one or none", name, len(o)))
}

// reduce weights and reduces losses.
func (o LossOptions) reduce(name string, losses reverse.Array) reverse.Array {
	return o.Reduction.of(name, weighted(name, o.Weights, losses))
}

// weighted returns losses times weights, which are broadcast to them.
func weighted(name string, weights, losses reverse.Array) reverse.Array {
	switch {
	case weights == reverse.Array{}:
		return losses
	case !broadcasts(weights, losses):
		panic(fmt.Sprintf("nn: %s with weights of shape %v for losses of shape %v, to which they do not broadcast", name, weights.Shape(), losses.Shape()))
	}
	return times(weights, losses)
}

// of reduces losses.
func (r Reduction) of(name string, losses reverse.Array) reverse.Array {
	switch r {
	case ReduceMean:
		mean := losses.Mean()
		if math.IsInf(mean.Value(), 0) { // perhaps their sum alone is
			return losses.Scale(1 / float64(losses.Size())).Sum()
		}
		return mean
	case ReduceSum:
		return losses.Sum()
	case ReduceNone:
		return losses
	case ReduceBatchMean:
		return losses.Sum().Scale(1 / float64(samples(losses)))
	}
	panic(fmt.Sprintf("nn: %s with the reduction %d, of ReduceMean to ReduceBatchMean, 0 to 3", name, int(r)))
}

// samples is the length of the first axis.
func samples(x reverse.Array) int {
	if x.Rank() == 0 {
		return 1
	}
	return x.Shape()[0]
}

// broadcasts reports whether x is repeated to the shape of y, which stays.
func broadcasts(x, y reverse.Array) bool {
	s, t := x.Shape(), y.Shape()
	if len(s) > len(t) {
		return false
	}
	for i, d := range t[len(t)-len(s):] {
		if s[i] != d && s[i] != 1 {
			return false
		}
	}
	return true
}

// checkTarget panics unless the target has the shape of x. One number without axes is a
// target for all, and two of one element fit whatever their shapes.
func checkTarget(name string, x, target reverse.Array) {
	if target.Rank() == 0 || slices.Equal(x.Shape(), target.Shape()) || x.Size() == 1 && target.Size() == 1 {
		return
	}
	checkEqual(name, x, target)
}

// checkEqual panics unless the shapes are the same.
func checkEqual(name string, x, y reverse.Array) {
	if !slices.Equal(x.Shape(), y.Shape()) {
		panic(fmt.Sprintf("nn: %s of shapes %v and %v, want the same", name, x.Shape(), y.Shape()))
	}
}

// checkAxis panics unless x has an axis.
func checkAxis(name string, x reverse.Array, axis int) {
	if rank := x.Rank(); axis < -rank || axis >= rank {
		panic(fmt.Sprintf("nn: %s along axis %d of shape %v", name, axis, x.Shape()))
	}
}

// checkParameter panics unless a parameter of a loss is positive, or 0 if it may be.
func checkParameter(name, parameter string, v float64, zero bool) {
	if !(v > 0 || zero && v == 0) {
		want := "more than 0"
		if zero {
			want = "0 or more"
		}
		panic(fmt.Sprintf("nn: %s with %s %v, want %s", name, parameter, v, want))
	}
}

// times returns w·x, and 0 where w is 0, even if x is infinite or NaN.
func times(w, x reverse.Array) reverse.Array {
	y := w.Mul(x)
	if sum := kernel.Sum(y.Values()); sum == sum { // nothing is NaN
		return y
	}
	var nothing reverse.Array
	if !w.IsConst() { // the same value, with the derivative in w
		nothing = w.Mul(ad.Clamp(x, -largest, largest))
	}
	return ad.Abs(w).IfPos(y, nothing)
}

// quotient returns x/y where y is positive, and otherwise where it is not.
func quotient(x, y, otherwise reverse.Array) reverse.Array {
	for _, v := range y.Values() {
		if !(v > 0) {
			return y.IfPos(x.Div(y), otherwise)
		}
	}
	return x.Div(y)
}

const largest = 0x1.fffffffffffffp1023

// oneLess returns 1 - x.
func oneLess(x reverse.Array) reverse.Array { return x.Const(1).Sub(x) }

// detached returns the values of x as a constant: no derivative goes through it.
func detached(x reverse.Array) reverse.Array {
	t := x.Tape()
	if t == nil {
		return x
	}
	return t.Const(x.Values(), x.Shape()...)
}
