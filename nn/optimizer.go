package nn

import "slices"

// Optimizer moves parameters against their gradients.
//
// Package optim has the usual ones. Everything that an optimizer keeps belongs to a parameter: its
// means, its momentum, and the number of its steps, on which bias corrections depend. A parameter
// whose Grad is nil stays as it is, and so does what is kept for it. So a layer can be frozen, by a
// nil Grad, and unfrozen, by a Grad of zeros, between any two steps. The first step of a parameter
// is a first step, whenever it comes. A Grad of zeros is a gradient, and its parameter may move.
//
// A parameter is identified by its pointer, or by its Value if a layer makes its Params anew at
// each call. The list may differ in order and length from step to step. A parameter that is listed
// twice, because two layers share it, is moved once.
//
// A NaN in a gradient makes that element NaN, and what the optimizer keeps for it. ClipGlobalNorm
// returns a norm that shows it.
type Optimizer interface {
	// Step moves every Value against its Grad, and clears the Grad. The gradients of several
	// calls of Backward before a Step add up.
	//
	// The first Step with a parameter allocates what the optimizer keeps for it; later steps
	// allocate nothing. Step panics if the shape of a parameter has changed, or if a field of
	// the optimizer has no meaning.
	Step(params []*Param)

	// SetRate sets the learning rate of later steps.
	SetRate(rate float64)

	// State returns what the optimizer keeps for params. A name begins with the position of a
	// parameter in the list: "2.step" is the number of its steps, and "2.velocity" an array of
	// its shape. All are 0 before the first step. Their Values are live: LoadCheckpoint
	// overwrites them to put the optimizer where another one was.
	State(params []*Param) []*Param
}

// learned reports whether parameter i has a gradient, and is not listed before.
func learned(params []*Param, i int) bool {
	return params[i].Grad != nil && !slices.Contains(params[:i], params[i])
}

// Schedule gives the learning rate of each step, counted from 0. It is a function of the step
// alone, so resumed training needs only the step:
//
//	opt.SetRate(schedule.Rate(step))
//
// Rate panics if step is negative or if a field of the schedule has no meaning. A step may also be
// an epoch: the unit is the caller's. Package optim has the usual schedules. Its Plateau depends on
// a metric and is no Schedule.
type Schedule interface {
	Rate(step int) float64
}
