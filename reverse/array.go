package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// Array is an array of float64, row-major and of up to 16 axes, that is recorded
// on a Tape. Its zero value is the constant 0 of rank 0.
//
// Operations of two arrays broadcast: shapes are aligned at their ends, and an
// axis of length 1, or one that is missing, is repeated. They panic where shapes
// do not fit, before anything is computed.
//
// Array implements ad.Scalar, element by element: a function that is written over
// ad.Scalar, and every function of package ad, takes arrays.
type Array struct {
	a   *array
	gen uint64  // the tape's generation in the upper half, the array's life in the lower
	c   float64 // the constant, where a is nil
}

// An array is the storage of an Array. It belongs to a tape, which reuses it.
type array struct {
	tape  *tape
	shape []int
	size  int

	// active says that a derivative with respect to a parameter goes through
	// the array; of others no adjoint is computed.
	active bool
	leaf   bool // not computed by a node

	data [quantities][]float64
	grad []float64 // of a parameter: where Backward adds its gradient

	sibling *array // a parameter with the same first element, in another shape
	slot    uint32 // of the first element among the scalars, 0 if it is not there

	lent     bool // the primals are a caller's slice, or another array's
	borrowed bool // the adjoints are grad

	reached bool // by a careful sweep

	life uint32 // how often the stretch it belonged to was cut off
}

// A quantity is one of the numbers that an element has in data.
type quantity int

const (
	primal  quantity = iota
	adjoint          // the derivative of the result with respect to the element
	tangent          // the derivative of the element in a direction
	rate             // the derivative of the adjoint in that direction
	quantities
)

// Shape returns the lengths of the axes. It must not be written to.
func (x Array) Shape() []int {
	if x.a == nil {
		return nil
	}
	x.check()
	return x.a.shape
}

// Tape returns the tape that x lies on, nil if it is a constant without one.
func (x Array) Tape() *Tape {
	if x.a == nil {
		return nil
	}
	x.check()
	return (*Tape)(x.a.tape)
}

// Rank returns the number of axes.
func (x Array) Rank() int { return len(x.Shape()) }

// Size returns the number of elements.
func (x Array) Size() int { return len(x.Values()) }

// Values returns the elements, row by row. They belong to the tape: they must not
// be written to, and are void after its next Reset.
func (x Array) Values() []float64 {
	if x.a == nil {
		return []float64{x.c}
	}
	x.check()
	return x.a.data[primal]
}

// Value returns the only element.
//
// Value panics if there are more, or none.
func (x Array) Value() float64 {
	v := x.Values()
	if len(v) != 1 {
		panic(fmt.Sprintf("reverse: Value of an array of shape %v", x.Shape()))
	}
	return v[0]
}

// Grad returns the derivative of the result of the last Backward with respect to
// the elements, nil if there was none or if it does not depend on x. For a
// parameter that is the slice that its gradients are added to. It belongs to the
// tape as Values does.
func (x Array) Grad() []float64 {
	if x.a == nil {
		return nil
	}
	x.check()
	if x.a.grad != nil {
		return x.a.grad
	}
	return x.a.data[adjoint]
}

// IsConst reports whether x is a constant: whether no parameter went into it.
func (x Array) IsConst() bool { return x.a == nil || !x.a.active }

// String returns the shape and the first elements.
func (x Array) String() string {
	v := x.Values()
	if len(v) > 8 {
		return fmt.Sprintf("%v%v…", x.Shape(), v[:8])
	}
	return fmt.Sprintf("%v%v", x.Shape(), v)
}

// check panics if the array has outlived its tape's last Reset, or the Checkpoint
// that it was computed in.
func (x Array) check() {
	switch {
	case x.a == nil || x.gen == x.a.tape.gen|uint64(x.a.life):
	case x.gen>>32 == x.a.tape.gen>>32:
		panic("reverse: an Array was kept past the end of the Checkpoint that it was computed in")
	default:
		panic("reverse: an Array was kept past the Reset of its tape")
	}
}

// tapeOf returns the tape of arrays, nil if all are constants without one. It
// panics if they have different tapes, or if one has outlived its own.
func tapeOf(xs ...Array) *tape {
	var t *tape
	for _, x := range xs {
		if x.a == nil {
			continue
		}
		x.check()
		if t != nil && x.a.tape != t {
			panic("reverse: arrays of two tapes in one operation")
		}
		t = x.a.tape
	}
	return t
}

// on returns x as an array of the tape, which a constant without one becomes.
func (x Array) on(t *tape) *array {
	if x.a != nil {
		return x.a
	}
	a := t.newArray(nil)
	a.data[primal][0] = x.c
	a.leaf = true
	return a
}

// newArray returns an array of the shape, whose elements are not set. The storage
// is that of an array of an earlier life, if there was one.
func (t *tape) newArray(shape []int) *array {
	a := t.bareArray(shape)
	a.data[primal] = slices.Grow(a.data[primal][:0], a.size)[:a.size]
	return a
}

// lentArray returns an array of the shape with the elements, which stay where they
// are.
func (t *tape) lentArray(shape []int, value []float64) *array {
	a := t.bareArray(shape)
	a.data[primal], a.lent = value, true
	return a
}

// bareArray returns an array of the shape without elements.
func (t *tape) bareArray(shape []int) *array {
	if len(shape) > layout.MaxRank {
		panic(fmt.Sprintf("reverse: an array of %d axes; there may be %d", len(shape), layout.MaxRank))
	}
	if len(t.arrays) == t.arraysUsed {
		t.arrays = append(t.arrays, new(array))
	}
	a := t.arrays[t.arraysUsed]
	t.arraysUsed++
	a.tape = t
	a.shape = append(a.shape[:0], shape...)
	a.size = layout.Size(shape)
	if a.lent {
		a.data[primal] = nil
	}
	if a.borrowed {
		a.data[adjoint] = nil
	}
	a.active, a.leaf, a.lent, a.borrowed, a.grad, a.sibling, a.slot = false, false, false, false, nil, nil, 0
	for q := adjoint; q < quantities; q++ {
		a.data[q] = a.data[q][:0]
	}
	return a
}

// wrap returns the Array of an array.
func (t *tape) wrap(a *array) Array {
	if t.watching {
		t.watchResult(a)
	}
	return Array{a: a, gen: t.gen | uint64(a.life)}
}
