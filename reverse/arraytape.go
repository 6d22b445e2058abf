package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// A Tape records operations on arrays, and on the scalars that are taken from
// them. It belongs to one goroutine.
//
//	tape := reverse.NewTape()
//	for range steps {
//		tape.Reset()
//		w := tape.Param(weights, grad, 10, 784)
//		loss := tape.Const(images, batch, 784).MatMulT(w).LogSumExp(1).Mean()
//		loss.Backward() // adds into grad
//	}
//
// A step of the same shape as the one before allocates nothing.
type Tape tape

// NewTape returns an empty tape.
func NewTape() *Tape {
	t := new(tape)
	t.start(nil)
	return (*Tape)(t)
}

// Reset makes the tape empty. Its arrays and scalars are void from then on: their
// use panics.
func (tp *Tape) Reset() {
	t := (*tape)(tp)
	t.outside("Reset")
	t.void()
	t.start(nil)
}

// Const returns the elements as a constant of the shape, a vector if none is
// given. They are not copied, and must not change before the next Reset.
//
// Const panics if the shape has another number of elements.
func (tp *Tape) Const(value []float64, shape ...int) Array {
	t := (*tape)(tp)
	return t.wrap(t.leaf(value, t.shapeOf("Const", value, shape)))
}

// Scratch returns n numbers that belong to the tape until its next Reset, for a constant
// that is made anew in every step, such as a mask of random numbers. They are not set.
//
// Scratch panics if n is negative.
func (tp *Tape) Scratch(n int) []float64 {
	t := (*tape)(tp)
	t.shape = append(t.shape[:0], n)
	return t.newArray(t.shape).data[primal]
}

// shapeOf returns the shape of a leaf, a vector if none is given.
func (t *tape) shapeOf(name string, value []float64, shape []int) []int {
	if len(shape) == 0 && len(value) != 1 {
		t.shape = append(t.shape[:0], len(value))
		return t.shape
	}
	if layout.Size(shape) != len(value) {
		panic(fmt.Sprintf("reverse: %s of %d elements in the shape %v", name, len(value), slices.Clone(shape)))
	}
	return shape
}

// leaf returns an array that is not computed.
func (t *tape) leaf(value []float64, shape []int) *array {
	a := t.lentArray(shape, value)
	a.leaf = true
	return a
}

// Backward adds to the gradients of all parameters the derivative of x, which has
// one element.
//
// Cost: one sweep of the tape.
//
// Backward panics if x has more elements (see BackwardFrom), and if x is a constant: nothing that is
// differentiated is in it.
func (x Array) Backward() {
	if x.IsConst() {
		panic(fmt.Sprintf("reverse: Backward from a constant of shape %v: no parameter is in it", x.Shape()))
	}
	if x.Size() != 1 {
		panic(fmt.Sprintf("reverse: Backward from an array of shape %v; use BackwardFrom", x.Shape()))
	}
	x.BackwardFrom(one)
}

// BackwardFrom adds to the gradients of all parameters the derivative of the sum of
// the elements of x weighted with w: the product of w with the Jacobian.
//
// Cost: one sweep of the tape.
//
// BackwardFrom panics if x and w differ in length.
func (x Array) BackwardFrom(w []float64) {
	if x.Size() != len(w) {
		panic(fmt.Sprintf("reverse: BackwardFrom an array of %d elements with %d weights", x.Size(), len(w)))
	}
	if x.IsConst() {
		return
	}
	t := x.a.tape
	t.outside("Backward")
	if !t.hadScalars && int(t.n-t.first) == t.nodesUsed { // arrays alone
		t.prepareAdjoints()
		vector.Add(x.a.data[adjoint], w)
		t.pullQuick(t.n - 1)
		return
	}
	t.prepareAll(adjoint)
	vector.Add(x.a.data[adjoint], w)
	if !t.pullQuick(t.n - 1) {
		t.prepareAll(adjoint)
		vector.Add(x.a.data[adjoint], w)
		t.reached = zeroed(t.reached, int(t.n))
		x.a.reached = true
		t.pullCareful(t.n - 1)
	}
	for _, a := range t.arrays[:t.arraysUsed] {
		if a.grad != nil {
			vector.Add(a.grad, a.data[adjoint])
		}
	}
}

// JVP returns the derivative of y along directions v of the parameters x: the
// product of the Jacobian with v. Parameters that are not listed do not move.
//
// Cost: one sweep of the tape.
//
// JVP panics if x and v differ in length, if a direction has another number of
// elements than its parameter, or if one is not a parameter.
func (y Array) JVP(x []Array, v [][]float64) []float64 {
	dst := make([]float64, y.Size())
	checkDirections("JVP", tapeOf(y), x, v)
	if y.IsConst() {
		return dst
	}
	t := y.a.tape
	t.seedDirection("JVP", x, v)
	t.pushQuick()
	copy(dst, y.a.data[tangent])
	return dst
}

// HVP returns the derivatives of the gradient along directions v of the parameters
// x: for each of them the product of its rows of the Hessian with v. The gradient
// is that of the sum of the elements of y weighted with w. Parameters that are not
// listed do not move. Gradients of parameters are not changed.
//
// Cost: a sweep forwards, and one backwards at second order.
//
// HVP panics as JVP does, if y and w differ in length, or if an operation has no
// second derivative.
func (y Array) HVP(w []float64, x []Array, v [][]float64) [][]float64 {
	if y.Size() != len(w) {
		panic(fmt.Sprintf("reverse: HVP of an array of %d elements with %d weights", y.Size(), len(w)))
	}
	checkDirections("HVP", tapeOf(y), x, v)
	dst := make([][]float64, len(x))
	for i := range dst {
		dst[i] = make([]float64, x[i].Size())
	}
	if y.IsConst() {
		return dst
	}
	t := y.a.tape
	t.seedDirection("HVP", x, v)
	t.pushQuick()
	t.prepareAll(adjoint)
	t.prepareAll(rate)
	vector.Add(y.a.data[adjoint], w)
	t.pullSecondQuick(t.n - 1)
	for i := range dst {
		copy(dst[i], x[i].a.data[rate])
	}
	return dst
}

// checkDirections panics unless v are directions of parameters x of the tape, or of any
// if it is nil.
func checkDirections(name string, t *tape, x []Array, v [][]float64) {
	if len(x) != len(v) {
		panic(fmt.Sprintf("reverse: %s of %d parameters with %d directions", name, len(x), len(v)))
	}
	for i, p := range x {
		p.check()
		if p.a == nil || t != nil && p.a.tape != t || !p.a.leaf || !p.a.active {
			panic(fmt.Sprintf("reverse: %s along an array that is not a parameter of the tape", name))
		}
		if len(v[i]) != p.a.size {
			panic(fmt.Sprintf("reverse: %s along %d elements of a parameter of %d", name, len(v[i]), p.a.size))
		}
	}
}

// seedDirection clears all tangents and sets those of the parameters x.
func (t *tape) seedDirection(name string, x []Array, v [][]float64) {
	t.outside(name)
	t.prepareAll(tangent)
	for i, p := range x {
		copy(p.a.data[tangent], v[i])
	}
}
