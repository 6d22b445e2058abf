package numeric

import (
	"math"
	"slices"
)

// Result is a derivative found by differences, with an estimate of its error.
type Result struct {
	Value  float64 // the derivative
	Err    float64 // an estimate of |Value - truth|, +Inf where there is none
	Step   float64 // the smallest step that went into Value, in the first of two directions
	Evals  int     // evaluations of f, those shared with other entries included
	Status Status
}

// Status says how a Result came about and what limits it.
type Status int

const (
	// Converged: the quotients settle, to within Err.
	Converged Status = iota

	// RoundoffLimited: the quotients settle, but rounding in f leaves fewer
	// than half of the digits: most of Err is rounding, and Err exceeds
	// 2⁻²⁶·|Value|.
	RoundoffLimited

	// DomainLimited: the quotients settle, but f is not finite at the steps
	// first tried, which were cut short or taken to one side only.
	DomainLimited

	// Kinked: the quotients to the left and to the right settle on different
	// values. Value is near their mean, and Err at least half their distance;
	// RichardsonForward and RichardsonBackward tell them apart.
	Kinked

	// Diverged: the quotients settle on nothing. Value, often NaN, means
	// nothing, and Err is +Inf.
	Diverged

	// Stopped: Settings ended the search, by MaxEvals or Context, before the
	// quotients had settled. Value and Err are the best until then; Err is +Inf
	// where there was nothing yet.
	Stopped

	// SlowlyConvergent: the quotients settle, but as a fractional power of the step:
	// f has a singularity at x or near it, and most of Err, which exceeds 2⁻²⁶·|Value|,
	// is what they still have to go.
	SlowlyConvergent
)

// Diverges is Diverged.
const Diverges = Diverged

var statusNames = [...]string{"converged", "roundoff limited", "domain limited", "kinked", "diverged", "stopped", "slowly convergent"}

// String returns the status in words.
func (s Status) String() string {
	if s < 0 || int(s) >= len(statusNames) {
		return "unknown status"
	}
	return statusNames[s]
}

// gravity orders statuses by how little they promise.
func (s Status) gravity() int {
	return slices.Index([]Status{Converged, RoundoffLimited, DomainLimited, SlowlyConvergent, Kinked, Stopped, Diverged}, s)
}

// diverged returns the Result of quotients that settle on nothing.
func diverged() Result {
	return Result{Value: math.NaN(), Err: math.Inf(1), Status: Diverged}
}

// limitedIf returns the Result marked as limited by the domain of f, if it was.
func (r Result) limitedIf(limited bool) Result {
	if limited && (r.Status == Converged || r.Status == RoundoffLimited || r.Status == SlowlyConvergent) {
		r.Status = DomainLimited
	}
	return r
}

// scaled returns the Result for a derivative that is c times as large.
func (r Result) scaled(c float64) Result {
	r.Value *= c
	r.Err *= math.Abs(c)
	if math.Abs(c) < 0x1p-500 { // the value may be subnormal
		r.Err += smallest
	}
	return r.honest()
}

// per returns the Result for a derivative of order n, which was measured in a unit.
func (r Result) per(unit float64, n int) Result {
	r.Value, r.Err = over(r.Value, unit, n), over(r.Err, unit, n)
	if math.Abs(r.Value) < 0x1p-1000 { // it may be subnormal
		r.Err += float64(n) * smallest
	}
	return r.honest()
}

// honest returns the Result, without an estimate where that or the value is not finite.
func (r Result) honest() Result {
	if !finite(r.Err) || !finite(r.Value) {
		r.Err = math.Inf(1)
		if r.Status != Stopped {
			r.Status = Diverged
		}
	}
	return r
}

// plus returns the Result for the sum of two derivatives that have evaluated f
// separately, but for f at the point. Rounding in the sums is for the caller to add.
func (r Result) plus(s Result) Result {
	r.Value += s.Value
	r.Err += s.Err
	r.Evals += s.Evals - 1
	if r.Step == 0 || s.Step < r.Step {
		r.Step = s.Step
	}
	if s.Status.gravity() > r.Status.gravity() {
		r.Status = s.Status
	}
	return r
}

// rounded returns the Result with the rounding of its last place. Where that is no number
// there is no estimate.
func (r Result) rounded() Result {
	r.Err += ulp * math.Abs(r.Value)
	return r.honest()
}

// refined returns the better of two Results, of which s was found with the larger
// steps. Smaller steps see f as it is at the point; larger ones may only
// sharpen what these have found.
func (r Result) refined(s Result) Result {
	switch {
	case r.Status == Diverged:
		return s
	case s.Status == Diverged:
		return r
	case s.Err < r.Err && math.Abs(r.Value-s.Value) <= r.Err+s.Err:
		return s
	}
	return r
}

func copyValues(dst []float64, results []Result) {
	for i := range dst {
		dst[i] = results[i].Value
	}
}
