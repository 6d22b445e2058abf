package numeric

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Settings say where, how far and how often f may be evaluated. The zero value
// sets nothing. Scheme.With joins them to a scheme:
//
//	inside := numeric.Richardson.With(numeric.Settings{Lower: []float64{-1}, Upper: []float64{1}})
//	inside.Derivative(math.Acos, -0.999)
type Settings struct {
	// Lower and Upper are the bounds of the coordinates, as many as x has: nil is none,
	// and so is an infinite entry for its coordinate. They belong to the domain. f is never evaluated outside of them: steps are cut
	// short before, and schemes that look to both sides look to one only
	// where there is no room on the other. A scheme of one side does not change it.
	// A direction that leads out both ways is that of a sum of single inputs, at their
	// cost. Where there is room for no step at all, the derivative is NaN and Diverged.
	// A coordinate of x that is NaN is in all bounds; another outside of its own
	// panics.
	Lower, Upper []float64

	Step    float64 // the step of a formula, or the first of an extrapolation, as Scheme.At; 0 leaves it to the scheme or to its At
	MaxStep float64 // no coordinate moves further from x; 0 is no limit

	// Noise is how wrong values of f may be beyond their last place. The
	// extrapolated schemes find it out where it is 0; the others take f to be
	// right to the last place then, and choose their step by it if it is not.
	Noise float64

	// MaxEvals is how often f may be evaluated for one derivative, with the point
	// itself, or for those of all outputs that share their evaluations; 0 is no
	// limit. When they are used up, a derivative is as good as it is, and its status
	// is Stopped. It is NaN ± Inf if they were too few for one quotient.
	MaxEvals int

	// Context stops the search when it is done, in the same way. It is asked
	// before each evaluation but that at the point itself. Operators without a Result
	// return what they have: the caller asks the context.
	Context context.Context

	// Workers is how many derivatives may be searched at a time; f must be safe for
	// concurrent use if there are more than 1. Results are the same bit by bit.
	Workers int
}

// With returns the scheme with settings of its own, a copy, which replace earlier ones.
//
// With panics if a bound is NaN, if Lower is above Upper, or if a number is
// negative or not finite.
func (s Scheme) With(set Settings) Scheme {
	for i, l := range set.Lower {
		if math.IsNaN(l) || i < len(set.Upper) && l > set.Upper[i] {
			panic(fmt.Sprintf("numeric: Settings: coordinate %d has the bounds %v", i, set.bounds(i)))
		}
	}
	for i, u := range set.Upper {
		if math.IsNaN(u) {
			panic(fmt.Sprintf("numeric: Settings: coordinate %d has the bounds %v", i, set.bounds(i)))
		}
	}
	for _, n := range []struct {
		name  string
		value float64
	}{
		{"Step", set.Step}, {"MaxStep", set.MaxStep}, {"Noise", set.Noise},
		{"MaxEvals", float64(set.MaxEvals)}, {"Workers", float64(set.Workers)},
	} {
		if !(n.value >= 0) || !finite(n.value) {
			panic(fmt.Sprintf("numeric: Settings.%s is %v, want a number that is not negative", n.name, n.value))
		}
	}
	set.Lower, set.Upper = slices.Clone(set.Lower), slices.Clone(set.Upper)
	s.set, s.step = &set, s.at
	if set.Step > 0 {
		s.step = set.Step
	}
	return s
}

// bounds returns the bounds of coordinate i, infinite where there are none.
func (set *Settings) bounds(i int) [2]float64 {
	b := [2]float64{math.Inf(-1), math.Inf(1)}
	if i < len(set.Lower) {
		b[0] = set.Lower[i]
	}
	if i < len(set.Upper) {
		b[1] = set.Upper[i]
	}
	return b
}
