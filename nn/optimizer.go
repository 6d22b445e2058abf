package nn

import "slices"

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

// Schedule says what the learning rate is at each step, counted from 0 on. It is a function of
// the step alone, so that training which is taken up again needs no more than the step:
//
//	opt.SetRate(schedule.Rate(step))
//
// Rate panics if step is negative or if the schedule's own fields have no meaning. Units are
// the caller's: a schedule may as well be asked once an epoch. optim.Plateau, which looks at a
// metric, is not a Schedule.
type Schedule interface {
	Rate(step int) float64
}
