package dual

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
)

// Number is a value and one tangent. Its zero value is the constant 0.
//
// A constant, known by its tag, contributes nothing to a tangent, not even
// against an infinite slope. A tangent that merely happens to be 0 follows
// IEEE 754.
type Number struct {
	v, t float64
	tag  tag
}

// Tangent returns the tangent, which is 0 for a constant.
func (x Number) Tangent() float64 { return x.t }

// IsConst reports whether x is a constant: whether nothing that is being
// differentiated went into it.
func (x Number) IsConst() bool { return x.tag == 0 }

// String returns "value" for a constant and "value+tangentε" otherwise.
func (x Number) String() string {
	if x.IsConst() {
		return fmt.Sprint(x.v)
	}
	return fmt.Sprintf("%v%+gε", x.v, x.t)
}

// Add returns x + y.
func (x Number) Add(y Number) Number { return Number{x.v + y.v, x.t + y.t, x.tag | y.tag} }

// Sub returns x - y.
func (x Number) Sub(y Number) Number { return Number{x.v - y.v, x.t - y.t, x.tag | y.tag} }

// Neg returns -x.
func (x Number) Neg() Number { return Number{-x.v, -x.t, x.tag} }

// Mul returns x * y.
func (x Number) Mul(y Number) Number {
	t := x.t*y.v + x.v*y.t
	if t != t { // perhaps from the tangent 0 of a constant
		t = product(x, y)
	}
	return Number{x.v * y.v, t, x.tag | y.tag}
}

// product returns the tangent of x * y without the terms of constants.
func product(x, y Number) float64 {
	switch {
	case x.IsConst() && y.IsConst():
		return 0
	case x.IsConst():
		return x.v * y.t
	case y.IsConst():
		return x.t * y.v
	}
	return x.t*y.v + x.v*y.t
}

// Div returns x / y.
func (x Number) Div(y Number) Number {
	z := x.v / y.v
	t := (x.t - z*y.t) / y.v
	if t != t { // perhaps from the tangent 0 of a constant
		t = quotient(x, y, z)
	}
	return Number{z, t, x.tag | y.tag}
}

// quotient returns the tangent of z = x / y without the terms of constants.
func quotient(x, y Number, z float64) float64 {
	switch {
	case x.IsConst() && y.IsConst():
		return 0
	case y.IsConst():
		return x.t / y.v
	}
	return (x.t - z*y.t) / y.v
}

// IfPos returns a where x is positive, b where it is zero or negative, and NaN
// where it is NaN.
func (x Number) IfPos(a, b Number) Number {
	switch {
	case x.v > 0:
		return a
	case x.v <= 0:
		return b
	}
	z := Number{v: math.NaN(), tag: a.tag | b.tag}
	if !z.IsConst() {
		z.t = math.NaN()
	}
	return z
}

// Const returns the constant c.
func (Number) Const(c float64) Number { return Number{v: c} }

// Apply returns the elementary function op of x.
func (x Number) Apply(op ad.Op) Number {
	f := op.Func()
	y := f.Value(x.v)
	if x.IsConst() {
		return Number{v: y}
	}
	return Number{y, f.Slope(x.v, y) * x.t, x.tag}
}

// Apply2 returns the elementary function op of x and y.
func (x Number) Apply2(op ad.Op2, y Number) Number {
	f := op.Func()
	z := Number{f.Value(x.v, y.v), 0, x.tag | y.tag}
	switch {
	case z.IsConst():
	case y.IsConst():
		z.t = f.SlopeX(x.v, y.v, z.v) * x.t
	case x.IsConst():
		z.t = f.SlopeY(x.v, y.v, z.v) * y.t
	default:
		z.t = f.SlopeX(x.v, y.v, z.v)*x.t + f.SlopeY(x.v, y.v, z.v)*y.t
	}
	return z
}

// ApplyN returns the sum-like function op of x and y.
func (Number) ApplyN(op ad.OpN, x, y []Number) Number { return ad.FoldN(op, x, y) }

// Float returns the value without its tangent: a stop-gradient. See ad.Ordered.
func (x Number) Float() float64 { return x.v }

// Less reports whether the value of x is less than that of y.
func (x Number) Less(y Number) bool { return x.v < y.v }
