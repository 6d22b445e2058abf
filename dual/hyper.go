package dual

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
)

// Hyper is a value, two tangents and their cross term, which carries second
// derivatives. Its zero value is the constant 0.
//
// There is no room for a tag: a fifth word would push the number out of
// registers and cost a factor of 4. Instead every part tells on its own whether
// anything that is being differentiated went into it: +0 says that nothing did,
// and contributes nothing, not even against an infinite slope; a part that
// merely happens to be 0 is stored as -0, and follows IEEE 754.
type Hyper struct {
	v, e1, e2, e12 float64
}

// Tangents returns the two tangents and the cross term.
func (x Hyper) Tangents() (e1, e2, e12 float64) { return x.e1 + 0, x.e2 + 0, x.e12 + 0 }

// IsConst reports whether x is a constant: whether nothing that is being
// differentiated went into it.
func (x Hyper) IsConst() bool { return absent(x.e1) && absent(x.e2) && absent(x.e12) }

// String returns "value" for a constant and
// "value+tangentε₁+tangentε₂+crossε₁ε₂" otherwise.
func (x Hyper) String() string {
	if x.IsConst() {
		return fmt.Sprint(x.v)
	}
	return fmt.Sprintf("%v%+gε₁%+gε₂%+gε₁ε₂", x.v, x.e1+0, x.e2+0, x.e12+0)
}

// Add returns x + y.
func (x Hyper) Add(y Hyper) Hyper {
	return Hyper{x.v + y.v, plus(x.e1, y.e1), plus(x.e2, y.e2), plus(x.e12, y.e12)}
}

// Sub returns x - y.
func (x Hyper) Sub(y Hyper) Hyper {
	return Hyper{x.v - y.v, plus(x.e1, neg(y.e1)), plus(x.e2, neg(y.e2)), plus(x.e12, neg(y.e12))}
}

// Neg returns -x.
func (x Hyper) Neg() Hyper { return Hyper{-x.v, neg(x.e1), neg(x.e2), neg(x.e12)} }

// Mul returns x * y. Its value is rounded once: it is never fused with a later
// addition.
func (x Hyper) Mul(y Hyper) Hyper {
	z := Hyper{
		float64(x.v * y.v),
		x.e1*y.v + x.v*y.e1,
		x.e2*y.v + x.v*y.e2,
		x.e12*y.v + x.v*y.e12 + (x.e1*y.e2 + x.e2*y.e1),
	}
	if z.plain() {
		return z
	}
	return Hyper{
		z.v,
		plus(times(y.v, x.e1), times(x.v, y.e1)),
		plus(times(y.v, x.e2), times(x.v, y.e2)),
		plus(plus(times(y.v, x.e12), times(x.v, y.e12)), plus(product2(x.e1, y.e2), product2(x.e2, y.e1))),
	}
}

// Div returns x / y.
func (x Hyper) Div(y Hyper) Hyper {
	z := Hyper{v: x.v / y.v}
	if y.IsConst() {
		z.e1, z.e2, z.e12 = over(x.e1, y.v), over(x.e2, y.v), over(x.e12, y.v)
		return z
	}
	// From x = z·y: every part of x is a sum of products of parts of z and y.
	z.e1 = (x.e1 - z.v*y.e1) / y.v
	z.e2 = (x.e2 - z.v*y.e2) / y.v
	z.e12 = (x.e12 - z.v*y.e12 - (z.e1*y.e2 + z.e2*y.e1)) / y.v
	if z.plain() && z.middling(y) {
		return z
	}
	z.e1 = over(plus(x.e1, neg(times(z.v, y.e1))), y.v)
	z.e2 = over(plus(x.e2, neg(times(z.v, y.e2))), y.v)
	z.e12 = over(plus(plus(x.e12, neg(times(z.v, y.e12))), neg(plus(product2(z.e1, y.e2), product2(z.e2, y.e1)))), y.v)
	if z.middling(y) && (z.v != 0 || x.v == 0) && finite(z.e12) {
		return z
	}
	return z.ratios(x, y)
}

// middling reports whether no product of parts of a quotient z and its divisor y comes
// near either end of the range.
func (z Hyper) middling(y Hyper) bool {
	return middling(z.v) && middling(y.e1) && middling(y.e2) && middling(y.e12) && middling(z.e1) && middling(z.e2)
}

// ratios returns the quotient z = x/y with its parts from ratios, if all numbers are
// finite.
func (z Hyper) ratios(x, y Hyper) Hyper {
	if !finite(z.v) || !finite(x.v) || !finite(y.v) || !finite(x.e1) || !finite(x.e2) ||
		!finite(y.e1) || !finite(y.e2) || !finite(y.e12) {
		return z
	}
	e1 := plus(over(x.e1, y.v), term(y.e1, y.e1, ratio{-x.v, y.e1, 1, y.v, 2}))
	e2 := plus(over(x.e2, y.v), term(y.e2, y.e2, ratio{-x.v, y.e2, 1, y.v, 2}))
	e12 := plus(over(x.e12, y.v), term(y.e12, y.e12, ratio{-x.v, y.e12, 1, y.v, 2}))
	e12 = plus(e12, term(x.e1, y.e2, ratio{-x.e1, y.e2, 1, y.v, 2}))
	e12 = plus(e12, term(x.e2, y.e1, ratio{-x.e2, y.e1, 1, y.v, 2}))
	e12 = plus(e12, 2*term(y.e1, y.e2, ratio{x.v, y.e1, y.e2, y.v, 3}))
	return Hyper{z.v, e1, e2, e12}
}

// term returns a ratio that is a term of a part, if the parts a and b that go into it
// are present.
func term(a, b float64, r ratio) float64 {
	if absent(a) || absent(b) {
		return 0
	}
	return present(r.value())
}

// IfPos returns a where x is positive, b where it is zero or negative, and NaN
// where it is NaN.
func (x Hyper) IfPos(a, b Hyper) Hyper {
	switch {
	case x.v > 0:
		return a
	case x.v <= 0:
		return b
	}
	nan := math.NaN()
	return Hyper{nan, times(nan, plus(a.e1, b.e1)), times(nan, plus(a.e2, b.e2)), times(nan, plus(a.e12, b.e12))}
}

// Const returns the constant c.
func (Hyper) Const(c float64) Hyper { return Hyper{v: c} }

// Apply returns the elementary function op of x. It panics if op has no Curve.
func (x Hyper) Apply(op ad.Op) Hyper {
	f := op.Func()
	y := Hyper{v: f.Value(x.v)}
	if x.IsConst() {
		return y
	}
	if f.Curve == nil {
		panic(noCurve(f.Name))
	}
	slope := f.Slope(x.v, y.v)
	y.e1, y.e2, y.e12 = times(slope, x.e1), times(slope, x.e2), times(slope, x.e12)
	if !absent(x.e1) && !absent(x.e2) {
		y.e12 = plus(y.e12, cross(f.Curve(x.v, y.v), x.e1, x.e2))
	}
	return y
}

// Apply2 returns the elementary function op of x and y. It panics if op has no
// curves.
func (x Hyper) Apply2(op ad.Op2, y Hyper) Hyper {
	f := op.Func()
	z := Hyper{v: f.Value(x.v, y.v)}
	if !x.IsConst() {
		slope := f.SlopeX(x.v, y.v, z.v)
		z.e1, z.e2, z.e12 = times(slope, x.e1), times(slope, x.e2), times(slope, x.e12)
		z.e12 = plus(z.e12, curve(f, f.CurveXX, x.e1, x.e2, x, y, z))
	}
	if !y.IsConst() {
		slope := f.SlopeY(x.v, y.v, z.v)
		z.e1, z.e2 = plus(z.e1, times(slope, y.e1)), plus(z.e2, times(slope, y.e2))
		z.e12 = plus(z.e12, times(slope, y.e12))
		z.e12 = plus(z.e12, curve(f, f.CurveYY, y.e1, y.e2, x, y, z))
	}
	z.e12 = plus(z.e12, curve(f, f.CurveXY, x.e1, y.e2, x, y, z))
	z.e12 = plus(z.e12, curve(f, f.CurveXY, x.e2, y.e1, x, y, z))
	return z
}

// curve returns the term of z.e12 that comes from one second partial derivative.
func curve(f *ad.Func2, partial func(x, y, z float64) float64, a, b float64, x, y, z Hyper) float64 {
	if absent(a) || absent(b) {
		return 0
	}
	if partial == nil {
		panic(noCurve(f.Name))
	}
	return cross(partial(x.v, y.v, z.v), a, b)
}

func noCurve(name string) string {
	return fmt.Sprintf("dual: %s has no second derivative (its Curve is nil), which Hessian and HVP need", name)
}

// Float returns the value without its tangents: a stop-gradient. See ad.Ordered.
func (x Hyper) Float() float64 { return x.v }

// Less reports whether the value of x is less than that of y.
func (x Hyper) Less(y Hyper) bool { return x.v < y.v }
