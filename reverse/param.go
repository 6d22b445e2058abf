package reverse

import (
	"fmt"
	"slices"
)

// Param returns the elements as a parameter of the shape, a vector if none is
// given. Backward adds the derivatives with respect to them to grad; if that is
// nil, the tape keeps them, and Grad returns them. Neither is copied: value must not
// change before the next Reset, and nothing but Backward writes to grad.
//
// Until the next Reset, Param of the same slices in the same shape is the same
// Array: a layer that is used several times in a step has its parameters on the tape
// once.
//
// Param panics if the shape has another number of elements, or grad.
func (tp *Tape) Param(value, grad []float64, shape ...int) Array {
	if grad != nil && len(grad) != len(value) {
		panic(fmt.Sprintf("reverse: Param of %d elements with a gradient of %d", len(value), len(grad)))
	}
	t := (*tape)(tp)
	return t.wrap(t.param(value, grad, shape))
}

// HasParam reports whether an array of Param of these elements, with a gradient to be added to, is
// on the tape: whether anything that was recorded since the last Reset may depend on them. It is
// false for no elements.
//
// Cost: a look-up.
func (tp *Tape) HasParam(value []float64) bool {
	if len(value) == 0 {
		return false
	}
	for a := (*tape)(tp).params[&value[0]]; a != nil; a = a.sibling {
		if a.grad != nil && len(a.data[primal]) == len(value) {
			return true
		}
	}
	return false
}

// param returns the array of a parameter. It lives in the outermost stretch, even if
// the function of a Checkpoint makes it, so that its gradient can be asked for.
func (t *tape) param(value, grad []float64, shape []int) *array {
	shape = t.shapeOf("Param", value, shape)
	if len(value) == 0 {
		return t.newParam(value, grad, shape)
	}
	key := &value[0]
	for a := t.params[key]; a != nil; a = a.sibling {
		if slices.Equal(a.shape, shape) && sameSlice(a.grad, grad) {
			return a
		}
	}
	if t.replay {
		panic("reverse: the function of a Checkpoint makes other parameters than it did")
	}
	a := t.newRootParam(value, grad, shape)
	if t.params == nil {
		t.params = map[*float64]*array{}
	}
	a.sibling, t.params[key] = t.params[key], a
	return a
}

func (t *tape) newParam(value, grad []float64, shape []int) *array {
	a := t.leaf(value, shape)
	a.active, a.grad = true, grad
	return a
}

// newRootParam returns a new parameter in the outermost stretch.
func (t *tape) newRootParam(value, grad []float64, shape []int) *array {
	if len(t.outer) == 0 {
		return t.newParam(value, grad, shape)
	}
	root := &t.outer[0]
	swap := func() {
		t.arrays, root.arrays = root.arrays, t.arrays
		t.arraysUsed, root.arraysUsed = root.arraysUsed, t.arraysUsed
	}
	swap()
	defer swap()
	return t.newParam(value, grad, shape)
}

func sameSlice(a, b []float64) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}
