// Package optim trains the parameters of networks: optimizers, learning-rate schedules, and
// L-BFGS for losses that are the same function at every call.
//
//	opt := optim.NewAdam(1e-3)
//	schedule := optim.Joined{
//		First: optim.LinearWarmup{To: 1e-3, Steps: 100},
//		Steps: 100,
//		Then:  optim.CosineDecay{Base: 1e-3, Steps: 900},
//	}
//	for step := range 1000 {
//		… // gradients of params
//		opt.SetRate(schedule.Rate(step))
//		opt.Step(params) // moves every nn.Param and clears its Grad
//	}
//
// The optimizers implement nn.Optimizer and the schedules nn.Schedule, which an nn.Trainer takes.
// Gradient clipping and weight decay on its own are in package nn: nn.ClipGlobalNorm,
// nn.DecayWeights.
//
// Constructors carry the defaults: NewAdam sets the usual Beta1, Beta2 and Epsilon. Fields are used
// as they are, so a Beta1 of 0 can be asked for. Where a field of 0 makes no sense, as an Epsilon
// of 0, Step panics and names the constructor.
//
// In the formulas of this package p is a parameter and g its gradient, both element by element.
//
// # Files
//
//	sgd.go                                   gradient descent, momentum, Nesterov
//	adam.go, adamax.go, nadam.go, radam.go   Adam and its variants
//	adagrad.go, adadelta.go, rmsprop.go      steps scaled by past gradients
//	rprop.go, lion.go                        steps by the signs of gradients
//	memory.go                                what an optimizer keeps for each parameter
//	groups.go, average.go                    parameters in groups; averages of weights
//	schedule.go, cycle.go                    schedules: decays and warmup; cycles
//	plateau.go                               a rate that follows a metric
//	lbfgs.go, lbfgs_point.go, lbfgs_end.go   L-BFGS: the loop, a point, why it ends
//	check.go                                 the checks of fields
package optim
