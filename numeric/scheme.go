package numeric

import "fmt"

// A Scheme is a way to take differences. Its methods are the operators of the
// package for functions over float64; Plain, PlainNumber and PlainVector make one of a
// generic function:
//
//	numeric.Central.Gradient(numeric.Plain(rosenbrock[numeric.Real]), x)
//
// The zero value is Richardson.
//
// Beside the evaluation of f at x itself, a quotient costs so many more: for a
// first derivative, and for an entry of a Hessian on its diagonal and off it,
//
//	Forward, Backward       1         2         3
//	Central                 2         2         4
//	FivePoint               4         4         16
//	SevenPoint              6         6         36
//	RichardsonForward, …    6 to 25   12 to 48  18 to 72
//	Richardson              12 to 36  12 to 36  24 to 72
//	Ridders, Adaptive       up to three times as many
//
// Derivative and Gradient do without f(x) where they are single symmetric quotients, as by
// Central, FivePoint and SevenPoint, and neither bounds nor a noise or a budget are set; so
// 1/x² has the slope 0 at 0. A Result tells a pole from that.
//
// The first four rows take two more quotients for an estimate of the error and one or two to hold it
// against, or to one side three to six; two if f does not change at all, and eight if the estimate is
// above 1/64 of the derivative. The last three hold where
// f is smooth and finite around x; where it is not, the search may take a few
// hundred evaluations.
type Scheme struct {
	side  int     // 1 and -1 look to the right and to the left only
	plain bool    // a single quotient, not extrapolated
	step  float64 // 0 leaves the choice to the scheme
	at    float64 // the step of At, for settings that have none

	formula  *formula // for a quotient of other points
	ratio    float64  // of one step to the next, 0 for the usual
	thorough bool     // more first steps are tried, and more is asked of the result
	set      *Settings
}

// The schemes of one quotient take a step that is a fixed fraction of
// max(|x|/4, 1), or of |x| where f is not finite so far out: 2⁻²⁶ to one side and
// 2⁻¹⁸ to both sides, near √ε and ∛ε, where the error of the series and rounding
// in f are about balanced; 2⁻¹² and 2⁻¹⁰ for FivePoint and SevenPoint. For second derivatives
// the fractions are of max(|x|, 1): 2⁻¹⁷ and 2⁻¹³, 2⁻¹⁰ and 2⁻⁸.
var (
	// Forward is (f(x+h) - f(x)) / h, with an error of order h.
	Forward = Scheme{side: 1, plain: true}

	// Backward is (f(x) - f(x-h)) / h, with an error of order h.
	Backward = Scheme{side: -1, plain: true}

	// Central is (f(x+h) - f(x-h)) / 2h, with an error of order h².
	Central = Scheme{plain: true}

	// FivePoint is the quotient of the points x-2h … x+2h, with an error of order
	// h⁴.
	FivePoint = Stencil(-2, -1, 0, 1, 2)

	// SevenPoint is the quotient of the points x-3h … x+3h, with an error of order
	// h⁶.
	SevenPoint = Stencil(-3, -2, -1, 0, 1, 2, 3)
)

// The extrapolated schemes choose their steps as they go.
var (
	// Richardson extrapolates Central to step 0. It is the scheme of the
	// package's functions. Where f is finite on one side only, it is one of
	// the next two.
	Richardson = Scheme{}

	// Adaptive is Richardson that is not content as soon, and tries larger first steps
	// as well: for the last digits, at up to three times as many evaluations.
	Adaptive = Scheme{thorough: true}

	// Ridders is Richardson with steps that shrink by 1.4 only (Ridders, Advances in
	// Engineering Software 4, 1982): with more of them where f is smooth only near
	// x, and with less reach.
	Ridders = Scheme{ratio: 1.4}

	// RichardsonForward extrapolates Forward to step 0: it finds the derivative
	// from the right, also at a kink or at the left end of the domain.
	RichardsonForward = Scheme{side: 1}

	// RichardsonBackward extrapolates Backward to step 0: it finds the
	// derivative from the left.
	RichardsonBackward = Scheme{side: -1}
)

// under returns the scheme with the settings of another.
func (s Scheme) under(other Scheme) Scheme {
	s.set, s.step, s.at = other.set, other.step, other.at
	return s
}

// symmetric reports whether the first derivative is a single quotient in which f(x) has no
// weight.
func (s Scheme) symmetric() bool {
	if s.formula != nil {
		return s.formula.symmetric
	}
	return s.plain && s.side == 0
}

// At returns the scheme with a step of its own: the step of a single quotient,
// measured along the direction that is differentiated in, or the first step of an
// extrapolation. A step that the point can only take with rounding is replaced by
// the nearest one that it can take without, and one that leads out of the bounds or to
// infinity is cut short. Along a vector with a single entry that is not 0, it is a step of
// that input. The last of At and Settings.Step counts.
//
// At panics if step is not a positive number.
func (s Scheme) At(step float64) Scheme {
	if !(step > 0) || !finite(step) {
		panic(fmt.Sprintf("numeric: Scheme.At: step is %v, want a positive number", step))
	}
	s.step, s.at = step, step
	return s
}
