package lsq

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/internal/check"
)

// Settings are what can be asked of the solver. NewSettings returns the usual ones, to be
// changed; fields are taken as they are.
type Settings struct {
	// Lower and Upper bound the parameters. nil is no bound, and so is an infinity. The residuals
	// are never evaluated outside. A parameter whose bounds are equal is held fixed.
	Lower, Upper []float64

	// Weights multiply the squares of the residuals: 1/σ² for a measurement with the standard
	// deviation σ. A residual of weight 0 is left out, even if it is NaN. nil is 1 for all.
	Weights []float64

	// Loss is applied to the squares of the weighted residuals. nil is the square itself.
	Loss Loss

	// Linear is how the linear systems are solved.
	Linear Linear

	// The solver stops if a step is expected to lower the cost by less than FunctionTol of it; if
	// a step is shorter than StepTol of the length of x, in the units of the Jacobian's columns;
	// if no column of the Jacobian has a cosine above GradientTol with the residuals; or if the
	// cost is at most Threshold.
	FunctionTol, StepTol, GradientTol, Threshold float64

	// MaxIterations and MaxEvaluations bound the number of steps taken, and the number of
	// evaluations of the residuals. At least one evaluation is made.
	MaxIterations, MaxEvaluations int

	// Damping is the first damping λ: small is bold, as Newton's method, and large is careful.
	Damping float64

	// Polish lets the last steps be Newton's, judged by the gradient: where a sum of squares is
	// flat, it has all its digits where the parameters have half of theirs. Without curvature
	// they are as the others. It costs a few Jacobians.
	Polish bool

	// Record is called after every step that is taken, and at the start. nil is not called.
	Record func(Progress)
}

// NewSettings returns the usual settings: no bounds, weights or loss, tolerances near rounding,
// at most 10 000 iterations, and a polish at the end.
func NewSettings() *Settings {
	return &Settings{
		FunctionTol:    1e-12,
		StepTol:        0x1p-52,
		MaxIterations:  10_000,
		MaxEvaluations: 100_000,
		Damping:        1e-3,
		Polish:         true,
	}
}

// A Progress is where the solver stands. X belongs to the solver.
type Progress struct {
	Stats
	X       []float64
	Cost    float64
	Damping float64 // for the next step
}

// Linear is a way to solve the linear systems of a step.
type Linear int

const (
	// Auto is QR for dense Jacobians and Cholesky for sparse ones.
	Auto Linear = iota

	// QR factors the Jacobian, the most accurate way. A sparse Jacobian is made dense.
	QR

	// Cholesky factors JᵀJ, which has the square of J's condition, but is faster: for dense ones
	// if m is much greater than n, for sparse ones nearly always.
	Cholesky

	// CG is conjugate gradients on the normal equations: nothing is factored, and JᵀJ is not
	// formed. For problems whose factors would not fit into memory.
	CG
)

// String returns the name of the constant.
func (l Linear) String() string {
	if l < Auto || l > CG {
		return fmt.Sprintf("Linear(%d)", int(l))
	}
	return [...]string{"Auto", "QR", "Cholesky", "CG"}[l]
}

// validate panics on lengths that do not fit, and returns an error for numbers that do not.
func (s *Settings) validate(p Problem, x []float64) error {
	if s.Linear < Auto || s.Linear > CG {
		panic(fmt.Sprintf("lsq.Minimize: there is no %v", s.Linear))
	}
	if !(s.Damping > 0) || math.IsInf(s.Damping, 1) {
		panic(fmt.Sprintf("lsq.Minimize: the damping is %v, want a positive number", s.Damping))
	}
	for _, tol := range []float64{s.FunctionTol, s.StepTol, s.GradientTol, s.Threshold} {
		if !(tol >= 0) {
			panic(fmt.Sprintf("lsq.Minimize: a tolerance is %v, want 0 or more", tol))
		}
	}
	if s.Lower != nil {
		check.Length("lsq.Minimize", "Lower", len(s.Lower), len(x))
	}
	if s.Upper != nil {
		check.Length("lsq.Minimize", "Upper", len(s.Upper), len(x))
	}
	if s.Weights != nil {
		check.Length("lsq.Minimize", "Weights", len(s.Weights), p.Size)
	}
	for i, w := range s.Weights {
		if !(w >= 0) || math.IsInf(w, 1) {
			return fmt.Errorf("lsq: weight %d is %v, want 0 or more", i, w)
		}
	}
	b := newBox(s, len(x))
	for i, v := range x {
		switch lower, upper := b.lower[i], b.upper[i]; {
		case math.IsNaN(v) || math.IsInf(v, 0):
			return fmt.Errorf("lsq: parameter %d starts at %v", i, v)
		case !(lower <= upper):
			return fmt.Errorf("lsq: parameter %d has the bounds %v and %v", i, lower, upper)
		case v < lower || v > upper:
			return fmt.Errorf("lsq: parameter %d starts at %v, outside of its bounds %v and %v", i, v, lower, upper)
		}
	}
	return nil
}
