// Package rule is the table of elementary functions: what each one is, stated
// several times over, so that no two ways to differentiate have to trust the
// same statement.
//
// A row says how to compute a value (Value), its first and second derivative
// in Go (Slope, Curve), and its first derivative once more as a formula in text
// (Text). Differences read only Value; dual numbers and the tape read Value,
// Slope and Curve; expression graphs read Text, and Value to evaluate. A
// mistake in one column makes those readers disagree, and the pattern of who
// disagrees with whom names the column.
//
// Where a function has no derivative (a kink, a tie, a pole, an infinite
// argument) every column states the same agreed slope; the doc comment of the
// function in package ad lists them. A NaN argument gives a NaN value and NaN
// slopes.
//
// The package knows float64 and nothing else: no number type, no mode.
//
// # Files
//
//	rule.go, table.go, form.go            what a row is; all rows; forms that several rows share
//	power.go, exp.go, trig.go,            the rows
//	hyperbolic.go, special.go, step.go,
//	activation.go, many.go
//	pow.go, polar.go, softplus.go,        columns that take more than a line
//	celu.go, gamma.go, piecewise.go
//	value.go, wide.go                     helpers; numbers of more digits and exponents
//	mend_exp.go, mend_pow.go,             functions of package math where it is inexact
//	mend_trig.go
package rule

// Func is one elementary function of one variable, stated several times over.
type Func struct {
	// Name is the name under which symbolic.Parse knows the function.
	Name string

	// Value returns the function's value.
	Value func(x float64) float64

	// Slope returns the first derivative at x, where y = Value(x).
	Slope func(x, y float64) float64

	// Curve returns the second derivative at x, where y = Value(x). It may be
	// nil in a user's own row; second-order modes then panic with its name.
	Curve func(x, y float64) float64

	// Text is the first derivative as symbolic.Parse reads it, in the
	// variable x. It may be empty in a user's own row; symbolic then panics with
	// its name.
	Text string

	// Lo and Hi bound an interval where the function is smooth but for Kinks,
	// to sample from.
	Lo, Hi float64

	// Kinks are the points between Lo and Hi where the function is not
	// differentiable, and the slope agreed there.
	Kinks []Kink
}

// Kink is a point where a function has no derivative, and the slope that every
// mode agrees to return there.
type Kink = struct{ At, Slope float64 }

// Func2 is one elementary function z of two variables x and y.
type Func2 struct {
	// Name is the name under which symbolic.Parse knows the function.
	Name string

	// Value returns the function's value.
	Value func(x, y float64) float64

	// SlopeX and SlopeY return the first partial derivatives, where
	// z = Value(x, y).
	SlopeX, SlopeY func(x, y, z float64) float64

	// CurveXX, CurveXY and CurveYY return the second partial derivatives,
	// where z = Value(x, y). They may be nil in a user's own row.
	CurveXX, CurveXY, CurveYY func(x, y, z float64) float64

	// TextX and TextY are the first partial derivatives as symbolic.Parse
	// reads them, in the variables x and y.
	TextX, TextY string

	// Lo and Hi bound a box (x first, then y) where the function is smooth
	// but for the kinks that its doc comment names, to sample from.
	Lo, Hi [2]float64
}

// FuncN is one sum-like function of many numbers: of one list x, or of two
// lists x and y of the same length. A tape records it as one statement; what it
// means in terms of smaller functions is said once, by ad.FoldN.
type FuncN struct {
	// Name is the name under which symbolic.Parse knows the function.
	Name string

	// Value returns the function's value and writes its first partial
	// derivatives to sx, which is as long as x, and to sy, as long as y. A
	// function of one list leaves y and sy alone: both are empty.
	Value func(x, y, sx, sy []float64) float64

	// Terms says what the function is a sum of, if it is a sum: what needs to know
	// in which pairs of operands it is curved reads it here.
	Terms Terms

	// Curve writes to cx and cy the rates at which the partial derivatives
	// sx and sy of the result z change while x and y move at the rates vx
	// and vy: the product of the Hessian with (vx, vy). Every function of the
	// table can tell them without x and y. One of two lists that is all
	// constants may come empty: its slopes, its rates and its part of the
	// result.
	Curve func(sx, sy []float64, z float64, vx, vy, cx, cy []float64)
}

// Terms are what a FuncN is a sum of.
type Terms = int

const (
	NoSum    Terms = iota // it is none: curved in all pairs of operands
	Singles               // x[i]: linear
	Squares               // x[i]²: curved in each operand alone
	Products              // x[i]·y[i]: curved in each operand with its partner
)
