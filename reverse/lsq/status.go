package lsq

import (
	"errors"
	"fmt"
)

// Status says why the solver stopped.
type Status int

const (
	// NotTerminated is the zero value: there is no result.
	NotTerminated Status = iota

	// FunctionConvergence: a step was expected to lower the cost by less than FunctionTol of it.
	FunctionConvergence

	// StepConvergence: a step was shorter than StepTol of the parameters' length.
	StepConvergence

	// GradientConvergence: the gradient, by the cosines, was at most GradientTol, or exactly 0. A
	// start at a saddle point or a maximum ends like that, too.
	GradientConvergence

	// FunctionThreshold: the cost was at most Threshold; all residuals are 0, say.
	FunctionThreshold

	// IterationLimit and EvaluationLimit: the solver was stopped before it was done.
	IterationLimit
	EvaluationLimit

	// Stalled: no step lowered the cost, however short, though the gradient says that some should.
	// The Jacobian is not that of the residuals, or they have a jump or a kink there.
	Stalled

	// NotFinite: as Stalled, and the residuals or their Jacobian were NaN or infinite at the last
	// points that were tried. There is an edge of the function's domain, which a bound may say.
	NotFinite
)

var statuses = []struct {
	name string
	err  error
}{
	{"NotTerminated", nil},
	{"FunctionConvergence", nil},
	{"StepConvergence", nil},
	{"GradientConvergence", nil},
	{"FunctionThreshold", nil},
	{"IterationLimit", errors.New("lsq: maximum number of iterations reached")},
	{"EvaluationLimit", errors.New("lsq: maximum number of evaluations reached")},
	{"Stalled", errors.New("lsq: no step lowers the cost though its gradient is not 0: wrong Jacobian, jump or kink")},
	{"NotFinite", errors.New("lsq: the residuals or their Jacobian are not finite beside the point reached")},
}

// String returns the name of the constant.
func (s Status) String() string {
	if s < 0 || int(s) >= len(statuses) {
		return fmt.Sprintf("Status(%d)", int(s))
	}
	return statuses[s].name
}

// Early reports whether the solver stopped before it found a minimum.
func (s Status) Early() bool { return s.Err() != nil }

// Err returns nil if the solver found a minimum, else an error that says why it did not.
func (s Status) Err() error {
	if s < 0 || int(s) >= len(statuses) {
		return nil
	}
	return statuses[s].err
}
