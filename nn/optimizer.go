package nn

import (
	"fmt"
	"slices"
)

// Optimizer moves parameters against their gradients.
//
// All that an optimizer keeps belongs to a parameter: its means, its momentum, and the number of steps that
// it has made, which corrections of bias and the like go by. A parameter whose Grad is nil stays as it is,
// and so does what is kept for it. So layers can be frozen, by a nil Grad, and unfrozen, by a Grad of
// zeros, between any two steps: the first step of a parameter is a first step, whenever it comes. A Grad of
// zeros is a gradient, and its parameter may move.
//
// A parameter is known by its pointer, or by its Value where a layer makes its Params anew at each
// call. Lists may differ from step to step in order and in length. One that is listed twice, as of
// two layers that share it, is moved once.
//
// A gradient that is NaN makes the element, and what the optimizer keeps for it, NaN: look at the
// norm that ClipGlobalNorm returns.
type Optimizer interface {
	// Step moves every Value against its Grad, and clears the Grad. The gradients of
	// several calls of Backward before a Step are summed.
	//
	// The first Step with a parameter allocates what the optimizer keeps for it; later ones allocate
	// nothing, and panic if its shape has changed, or if a field of the optimizer has no meaning.
	Step(params []*Param)

	// SetRate sets the learning rate of the steps to come.
	SetRate(rate float64)

	// State returns what the optimizer keeps for params: for each, by its position among them, the number
	// of steps made, as "2.step", and arrays such as "2.velocity"; all are 0 before its first step. Their
	// Values are live: to overwrite them, as LoadCheckpoint does, is to put the optimizer where another one was.
	State(params []*Param) []*Param
}

// learnt reports whether parameter i has a gradient, and is not listed before.
func learnt(params []*Param, i int) bool {
	return params[i].Grad != nil && !slices.Contains(params[:i], params[i])
}

// within panics unless lo <= x < hi.
func within(who, field string, x, lo, hi float64) {
	if !(lo <= x && x < hi) {
		panic(fmt.Sprintf("nn: %s of %s %v, want at least %v and less than %v", who, field, x, lo, hi))
	}
}

// positive panics unless x > 0.
func positive(who, field string, x float64) {
	if !(x > 0) {
		panic(fmt.Sprintf("nn: %s of %s %v, want more than 0; New%s sets the usual one", who, field, x, who))
	}
}

// notNegative panics unless x >= 0.
func notNegative(who, field string, x float64) {
	if !(x >= 0) {
		panic(fmt.Sprintf("nn: %s of %s %v, want at least 0", who, field, x))
	}
}

// betas panics unless 0 <= first < 1 and 0 < second < 1.
func betas(who string, first, second float64) {
	within(who, "Beta1", first, 0, 1)
	positive(who, "Beta2", second)
	within(who, "Beta2", second, 0, 1)
}

// when returns name if it is wanted, else "".
func when(wanted bool, name string) string {
	if wanted {
		return name
	}
	return ""
}
