package rounding

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// A Running says what a running error analysis finds about a result: the sums of the
// absolute values of the terms of its derivatives in two directions and of its second
// derivative in both, which are NaN where infinite terms met, and whether something on
// the way came close to the end of the range. It does not know of cancellation: it is
// for numbers that are not finite.
type Running struct {
	First, Second float64
	Wild          bool
}

// Run returns a Running for every formula at x, in the directions u and v.
func Run(formulas, vars []symbolic.Expr, x, u, v []float64) []Running {
	in := make([]bound, len(x))
	for i := range x {
		in[i] = bound{v: x[i], e1: math.Abs(u[i]), e2: math.Abs(v[i]), moves: u[i] != 0 || v[i] != 0}
	}
	all := make([]Running, len(formulas))
	for k, e := range formulas {
		y := symbolic.Eval(e, vars, in)
		all[k] = Running{First: y.e1, Second: y.e12, Wild: y.wild}
	}
	return all
}

// A bound is a number of a running error analysis. It carries a value, the sums
// of the absolute values of all terms that go into two tangents and their cross
// term, and bounds on how far two correct computations of each of them may lie
// apart.
type bound struct {
	v, e1, e2, e12  float64 // value; magnitudes
	dv, d1, d2, d12 float64 // errors

	// moves says that an input that moves leads here. many says that the tangents are
	// sums of more than one term, of which some may be 0: against an infinite slope
	// that is not nothing.
	moves, many bool

	// flat says that a curve of 0 went into the cross term. On paper it may
	// not be there at all: against an infinite slope that is not the same.
	flat bool

	// wild says that something on the way overflowed, or came close to
	// either end of the range, so that the order of operations decides
	// between a number, an infinity and NaN.
	wild bool
}

func (x bound) Add(y bound) bound { return x.sum(y, x.v+y.v) }
func (x bound) Sub(y bound) bound { return x.sum(y, x.v-y.v) }

func (x bound) sum(y bound, v float64) bound {
	return terms2{x: 1, y: 1}.apply(x, y, v, false).rounded(Unit)
}

func (x bound) Neg() bound {
	x.v = -x.v
	return x
}

// rounded adds the rounding errors of one operation.
func (x bound) rounded(u float64) bound {
	x.dv += u * math.Abs(x.v)
	x.d1 += 2 * u * x.e1
	x.d2 += 2 * u * x.e2
	x.d12 += 4 * u * x.e12
	return x
}

func (x bound) Mul(y bound) bound {
	z := terms2{x: y.v, y: x.v, xy: 1, dx: y.dv, dy: x.dv}
	return z.apply(x, y, x.v*y.v, false).rounded(Unit)
}

func (x bound) Div(y bound) bound {
	r := 1 / y.v
	q := x.v * r
	z := terms2{
		x: r, y: q * r, xy: r * r, yy: 2 * q * r * r,
		dx: y.dv * r * r, dy: (x.dv*r + 2*math.Abs(q)*math.Abs(r)*y.dv) * r,
		dxy: 2 * y.dv * r * r * r, dyy: (2*x.dv*r + 6*math.Abs(q)*math.Abs(r)*y.dv) * r * r,
	}
	w := z.apply(x, y, x.v/y.v, y.v == 0).rounded(4 * Unit)
	w.wild = w.wild || underflows(q, r) || underflows(r, r)
	return w
}

func (x bound) IfPos(a, b bound) bound {
	switch {
	case x.v > 0:
		return a
	case x.v <= 0:
		return b
	}
	return bound{v: math.NaN()}
}

func (bound) Const(c float64) bound { return bound{v: c} }

func (x bound) Apply(op ad.Op) bound {
	f := op.Func()
	y := f.Value(x.v)
	if x.isConst() {
		return constant(y, math.Abs(x.v) <= 1 || math.IsInf(x.v, 0))
	}
	slope := f.Slope(x.v, y)
	z := terms2{x: slope, dx: RoundSlope * math.Abs(slope)}
	if f.Curve != nil {
		c := f.Curve(x.v, y)
		third := steepness(func(x float64) float64 { return f.Curve(x, f.Value(x)) }, x.v, c)
		z.xx = c
		z.dx += (RoundSlope*math.Abs(x.v) + x.dv) * math.Abs(c)
		z.dxx = RoundCurve*math.Abs(c) + (RoundCurve*math.Abs(x.v)+x.dv)*third
	}
	w := z.apply(x, bound{}, y, math.Abs(x.v) <= 1).rounded(roundValue)
	w.wild = w.wild || math.Abs(x.v) > 1 && underflows(slope, 1/x.v) || // which is about the curve
		z.unresolved(x, y)
	w.flat = w.flat || z.xx == 0 && x.e1 != 0 && x.e2 != 0
	return w
}

func (x bound) Apply2(op ad.Op2, y bound) bound {
	f := op.Func()
	v := f.Value(x.v, y.v)
	if x.isConst() && y.isConst() {
		return constant(v, x.v == 0 || y.v == 0 || math.IsInf(x.v, 0) || math.IsInf(y.v, 0))
	}
	z := terms2{x: f.SlopeX(x.v, y.v, v), y: f.SlopeY(x.v, y.v, v)}
	if x.isConst() {
		z.x = 0
	}
	if y.isConst() {
		z.y = 0
	}
	z.dx, z.dy = RoundSlope*math.Abs(z.x), RoundSlope*math.Abs(z.y)
	if f.CurveXX != nil && f.CurveXY != nil && f.CurveYY != nil {
		z.curves(f, x, y, v)
	}
	slopeX, slopeY, size := z.x, z.y, max(math.Abs(x.v), math.Abs(y.v))
	w := z.apply(x, y, v, x.v == 0 || y.v == 0).rounded(roundValue)
	w.wild = w.wild || size > 1 && (underflows(slopeX, 1/size) || underflows(slopeY, 1/size))
	w.wild = w.wild || slopeX == 0 && underflows(x.v, z.xx) || slopeY == 0 && underflows(y.v, z.yy) // to 0
	w.flat = w.flat || z.xx == 0 && x.e1 != 0 && x.e2 != 0 || z.yy == 0 && y.e1 != 0 && y.e2 != 0
	return w
}

// unresolved reports whether a function changes its course from one float64 to the
// next, as cos does far out: there, derivatives are those of the number and not of
// its neighborhood.
func (z terms2) unresolved(x bound, y float64) bool {
	step := 1e3 * Unit * math.Abs(x.v)
	return step*math.Abs(z.x) > math.Abs(y) && step*math.Abs(z.xx) > math.Abs(z.x)
}

// constant returns the result of an operation on constants.
func constant(v float64, pole bool) bound {
	return bound{v: v, wild: extreme(v) || math.IsInf(v, 0) && !pole}
}

// curves sets the second derivatives of a function of two variables, and what
// errors of its arguments and roundings come to.
func (z *terms2) curves(f *ad.Func2, x, y bound, v float64) {
	ex, ey := 0.0, 0.0
	if !x.isConst() {
		ex = RoundSlope*math.Abs(x.v) + x.dv
	}
	if !y.isConst() {
		ey = RoundSlope*math.Abs(y.v) + y.dv
	}
	second := func(curve func(x, y, z float64) float64) (c, dc float64) {
		at := func(x, y float64) float64 { return curve(x, y, f.Value(x, y)) }
		c = curve(x.v, y.v, v)
		alongX := steepness(func(x float64) float64 { return at(x, y.v) }, x.v, c)
		alongY := steepness(func(y float64) float64 { return at(x.v, y) }, y.v, c)
		return c, RoundCurve*math.Abs(c) + times(alongX, 4*ex) + times(alongY, 4*ey)
	}
	if !x.isConst() {
		z.xx, z.dxx = second(f.CurveXX)
	}
	if !y.isConst() {
		z.yy, z.dyy = second(f.CurveYY)
	}
	if !x.isConst() && !y.isConst() {
		z.xy, z.dxy = second(f.CurveXY)
	}
	z.dx += times(math.Abs(z.xx), ex) + times(math.Abs(z.xy), ey)
	z.dy += times(math.Abs(z.xy), ex) + times(math.Abs(z.yy), ey)
}

func (bound) ApplyN(op ad.OpN, x, y []bound) bound { return ad.FoldN(op, x, y) }

func (x bound) isConst() bool {
	return x.e1 == 0 && x.e2 == 0 && x.e12 == 0 && x.dv == 0 && !x.wild
}

// terms2 are the partial derivatives of an operation, and bounds on their
// errors.
type terms2 struct {
	x, y, xx, xy, yy      float64
	dx, dy, dxx, dxy, dyy float64
}

// apply returns the result of an operation with the value v: the chain rule of
// first and second order on magnitudes, and its own derivative on errors. An
// infinite result or partial is taken for an overflow unless it is that of a pole,
// or of an infinite operand.
func (p terms2) apply(x, y bound, v float64, pole bool) bound {
	pole = pole || math.IsInf(x.v, 0) || math.IsInf(y.v, 0)
	wild := underflows(x.e1, x.e2) || underflows(x.e1, y.e2) || underflows(y.e1, x.e2) || underflows(y.e1, y.e2)
	for _, q := range []*float64{&p.x, &p.y, &p.xx, &p.xy, &p.yy, &p.dx, &p.dy, &p.dxx, &p.dxy, &p.dyy} {
		*q = math.Abs(*q)
		wild = wild || *q > huge && !(pole && math.IsInf(*q, 0))
	}
	z := bound{v: v, dv: times(p.x, x.dv) + times(p.y, y.dv)}
	z.wild = wild || x.wild || y.wild || extreme(v) || math.IsInf(v, 0) && !pole
	// A curve of 0 may not be there at all, on paper, against an infinite tangent.
	z.wild = z.wild || p.xx == 0 && math.IsInf(x.e1*x.e2, 0) || p.yy == 0 && math.IsInf(y.e1*y.e2, 0)
	// Of a pole the slope is infinite too.
	z.wild = z.wild || math.IsInf(p.xx, 0) && !math.IsInf(p.x, 0) || math.IsInf(p.yy, 0) && !math.IsInf(p.y, 0)
	z.wild = z.wild || overflows(p.x, x.e1+x.e2) || overflows(p.y, y.e1+y.e2)
	z.wild = z.wild || underflows(p.x, x.e1+x.e2) || underflows(p.y, y.e1+y.e2)
	z.flat = x.flat || y.flat
	z.wild = z.wild || x.flat && math.IsInf(p.x, 0) || y.flat && math.IsInf(p.y, 0)
	z.moves, z.many = x.moves || y.moves, x.many || y.many || x.moves && y.moves
	z.e1 = total(pushed(p.x, x, x.e1), pushed(p.y, y, y.e1))
	z.e2 = total(pushed(p.x, x, x.e2), pushed(p.y, y, y.e2))
	z.d1 = times(p.x, x.d1) + times(p.y, y.d1) + times(p.dx, x.e1) + times(p.dy, y.e1)
	z.d2 = times(p.x, x.d2) + times(p.y, y.d2) + times(p.dx, x.e2) + times(p.dy, y.e2)
	cross := times(x.e1, y.e2) + times(x.e2, y.e1)
	z.e12 = total(times(p.x, x.e12), times(p.y, y.e12),
		times(p.xx, times(x.e1, x.e2)), times(p.xy, cross), times(p.yy, times(y.e1, y.e2)))
	if x.many && math.IsInf(p.xx, 0) || y.many && math.IsInf(p.yy, 0) || (x.many || y.many) && math.IsInf(p.xy, 0) {
		z.e12 = math.NaN() // as in pushed
	}
	z.d12 = times(p.x, x.d12) + times(p.y, y.d12) + times(p.dx, x.e12) + times(p.dy, y.e12) +
		times(p.dxx, times(x.e1, x.e2)) + times(p.dxy, cross) + times(p.dyy, times(y.e1, y.e2)) +
		times(p.xx, times(x.d1, x.e2)+times(x.d2, x.e1)) +
		times(p.xy, times(x.d1, y.e2)+times(y.d2, x.e1)+times(x.d2, y.e1)+times(y.d1, x.e2)) +
		times(p.yy, times(y.d1, y.e2)+times(y.d2, y.e1))
	return z
}

// The range outside of which results depend on the order of operations.
const (
	tiny = 1e-290
)

// extreme reports whether a number is close to either end of the range.
func extreme(x float64) bool {
	a := math.Abs(x)
	return a != 0 && a < tiny || a > huge && !math.IsInf(a, 0)
}

// pushed returns a magnitude of x times a slope. That of a sum times an infinite
// slope is unknown, NaN: its terms may be taken times the slope before they are
// added up, or after.
func pushed(slope float64, x bound, e float64) float64 {
	if x.many && math.IsInf(slope, 0) {
		return math.NaN()
	}
	return times(slope, e)
}

// total adds magnitudes. That of two infinite ones is unknown, NaN: their signs may
// differ.
func total(terms ...float64) float64 {
	s, infinite := 0.0, 0
	for _, t := range terms {
		s += t
		if math.IsInf(t, 0) {
			infinite++
		}
	}
	if infinite > 1 {
		return math.NaN()
	}
	return s
}

// underflows reports whether the product of two magnitudes is too small to be
// multiplied with.
func underflows(a, b float64) bool { return a != 0 && b != 0 && math.Abs(a*b) < tiny }

// overflows reports whether the product of two finite magnitudes is infinite.
func overflows(a, b float64) bool { return finite(a) && finite(b) && !finite(a*b) }

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

// steepness is the magnitude of steepest.
func steepness(curve func(float64) float64, x, c float64) float64 {
	return math.Abs(steepest(curve, x, c))
}
