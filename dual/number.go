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
//
// Inside of Gradient, Jacobian and VJP of several inputs a Number may stand for as many
// tangents at once; what they follow from is then recorded elsewhere.
type Number struct {
	v, t float64
	tag  tag
}

// Tangent returns the tangent, which is 0 for a constant. Of the tangents of a function's
// argument that goes in many directions at once, it is the first.
func (x Number) Tangent() float64 {
	if !x.tag.isMany() {
		return x.t
	}
	if r := x.tag.trace(); r != nil {
		if r.block != nil {
			r.block.stop()
		}
		return r.first(x.place())
	}
	return math.NaN()
}

// IsConst reports whether x is a constant: whether nothing that is being
// differentiated went into it.
func (x Number) IsConst() bool { return x.tag == 0 }

// String returns "value" for a constant and "value+tangentε" otherwise.
func (x Number) String() string {
	if x.IsConst() {
		return fmt.Sprint(x.v)
	}
	return fmt.Sprintf("%v%+gε", x.v, x.Tangent())
}

// Add returns x + y.
func (x Number) Add(y Number) Number {
	z := Number{x.v + y.v, x.t + y.t, x.tag | y.tag}
	if !z.tag.isMany() {
		return z
	}
	p, at := z.tag.next()
	if p != nil {
		a, c := 1.0, 1.0
		if x.IsConst() { // of no use but to a block
			a = x.v
		}
		if y.IsConst() {
			c = y.v
		}
		p.put(at, step{A: a, C: c, X: x.place(), Y: y.place()}, summed)
	}
	z.t = tangentAt(at)
	return z
}

// Sub returns x - y.
func (x Number) Sub(y Number) Number {
	z := Number{x.v - y.v, x.t - y.t, x.tag | y.tag}
	if !z.tag.isMany() {
		return z
	}
	p, at := z.tag.next()
	if p != nil {
		a, c := 1.0, -1.0
		if x.IsConst() { // of no use but to a block
			a = x.v
		}
		if y.IsConst() {
			c = y.v
		}
		p.put(at, step{A: a, C: c, X: x.place(), Y: y.place()}, subtracted)
	}
	z.t = tangentAt(at)
	return z
}

// Neg returns -x.
func (x Number) Neg() Number {
	z := Number{-x.v, -x.t, x.tag}
	if !z.tag.isMany() {
		return z
	}
	p, at := z.tag.next()
	if p != nil {
		p.put(at, step{A: -1, X: x.place()}, negated)
	}
	z.t = tangentAt(at)
	return z
}

// Mul returns x * y. Its value is rounded once: it is never fused with a later
// addition.
func (x Number) Mul(y Number) Number {
	z := Number{float64(x.v * y.v), x.t*y.v + x.v*y.t, x.tag | y.tag}
	switch { // a place in a trace is NaN
	case z.t == z.t:
		return z
	case !z.tag.isMany(): // perhaps from the tangent 0 of a constant
		return product(x, y)
	}
	p, at := z.tag.next()
	if p != nil {
		p.put(at, step{A: y.v, C: x.v, X: x.place(), Y: y.place()}, multiplied)
	}
	z.t = tangentAt(at)
	return z
}

// product returns x * y, without terms of constants in its tangent.
func product(x, y Number) Number {
	z := Number{v: float64(x.v * y.v), tag: x.tag | y.tag}
	if !x.IsConst() {
		z.t = x.t * y.v
	}
	if !y.IsConst() {
		z.t += x.v * y.t
	}
	return z
}

// Div returns x / y.
func (x Number) Div(y Number) Number {
	v := x.v / y.v
	p := v * y.t
	z := Number{v, (x.t - p) / y.v, x.tag | y.tag}
	if z.tag.isMany() {
		return z.divide(x, y)
	}
	if !finite(z.t) || y.t != 0 && (lossy(p) || lossy(v)) {
		return quotient(x, y)
	}
	return z
}

// quotient returns x / y, without terms of constants in its tangent, and with digits
// where v·ẏ has none.
func quotient(x, y Number) Number {
	z := Number{v: x.v / y.v, tag: x.tag | y.tag}
	switch {
	case z.IsConst():
	case y.IsConst():
		z.t = x.t / y.v
	case finite(z.v) && finite(x.v) && finite(y.t) && finite(y.v):
		z.t = x.t/y.v - ratio{x.v, y.t, 1, y.v, 2}.value()
	default:
		z.t = (x.t - z.v*y.t) / y.v
	}
	return z
}

// IfPos returns a where x is positive, b where it is zero or negative, and NaN
// where it is NaN.
func (x Number) IfPos(a, b Number) Number {
	if block := x.tag.block(); block != nil {
		block.guard(guard{signOf, block.operand(x), operand{}, 0})
		if x.v != x.v {
			block.stop()
		}
	}
	switch {
	case x.v > 0:
		return a
	case x.v <= 0:
		return b
	}
	nan := math.NaN()
	switch z := (Number{v: nan, tag: a.tag | b.tag}); {
	case z.IsConst():
		return z
	case z.tag.isMany():
		return z.linear(nan, a, nan, b)
	default:
		z.t = nan
		return z
	}
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
	if x.tag.isMany() {
		z, block := Number{y, 0, x.tag}.recorded(f.Slope(x.v, y), x, 0, Number{})
		if block != nil {
			block.call(z, call{op: op, x: block.operand(x)})
		}
		return z
	}
	return Number{y, f.Slope(x.v, y) * x.t, x.tag}
}

// Apply2 returns the elementary function op of x and y.
func (x Number) Apply2(op ad.Op2, y Number) Number {
	f := op.Func()
	z := Number{f.Value(x.v, y.v), 0, x.tag | y.tag}
	switch {
	case z.IsConst():
	case z.tag.isMany():
		var slopeX, slopeY float64
		if !x.IsConst() {
			slopeX = f.SlopeX(x.v, y.v, z.v)
		}
		if !y.IsConst() {
			slopeY = f.SlopeY(x.v, y.v, z.v)
		}
		var b *block
		if z, b = z.recorded(slopeX, x, slopeY, y); b != nil {
			b.call(z, call{op2: op, x: b.operand(x), y: b.operand(y)})
		}
	case y.IsConst():
		z.t = f.SlopeX(x.v, y.v, z.v) * x.t
	case x.IsConst():
		z.t = f.SlopeY(x.v, y.v, z.v) * y.t
	default:
		z.t = f.SlopeX(x.v, y.v, z.v)*x.t + f.SlopeY(x.v, y.v, z.v)*y.t
	}
	return z
}

// Float returns the value without its tangent: a stop-gradient. See ad.Ordered.
func (x Number) Float() float64 {
	if x.tag.isMany() {
		x.read()
	}
	return x.v
}

// Less reports whether the value of x is less than that of y.
func (x Number) Less(y Number) bool {
	if (x.tag | y.tag).isMany() {
		x.compared(y)
	}
	return x.v < y.v
}
