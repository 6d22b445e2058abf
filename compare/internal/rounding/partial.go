package rounding

import (
	"math"

	"github.com/quartet-ad/ad"
)

// Rounding errors, in multiples of the unit roundoff: of an operation of arithmetic,
// and of the value, slope and curve of an elementary function, which two methods state
// in different words.
const (
	Unit       = 0x1p-53
	roundValue = 8 * Unit
	RoundSlope = 48 * Unit
	RoundCurve = 256 * Unit

	// grain is the distance of the least numbers.
	grain = 0x1p-1074
)

// partials are the partial derivatives of a statement, up to the third, and how far
// apart two statements of the first and second may be: dx, …, dyy.
type partials struct {
	x, y               float64
	xx, xy, yy         float64
	xxx, xxy, xyy, yyy float64
	dx, dy             float64
	dxx, dxy, dyy      float64

	noise float64 // what errors of constant operands make of the value
}

// differentiate sets the partials. Constant operands may be off by ex and ey.
func (s *Statement) differentiate(ex, ey float64) {
	switch s.Kind {
	case Add:
		s.x, s.y = 1, 1
	case Sub:
		s.x, s.y = 1, -1
	case Neg:
		s.x = -1
	case Mul:
		s.x, s.y, s.xy = s.VB, s.VA, 1
	case Div:
		s.quotient()
	case Apply:
		s.function()
	case Apply2:
		s.function2()
	}
	if ex != 0 || ey != 0 {
		s.noise = times(s.x, ex) + times(s.y, ey)
		s.dx += times(s.xy, ey)
		s.dy += times(s.xy, ex)
	}
	if s.A < 0 {
		s.x, s.xx, s.xxx, s.xy, s.xxy, s.xyy, s.dx, s.dxx, s.dxy = 0, 0, 0, 0, 0, 0, 0, 0, 0
	}
	if s.B < 0 {
		s.y, s.yy, s.yyy, s.xy, s.xxy, s.xyy, s.dy, s.dyy, s.dxy = 0, 0, 0, 0, 0, 0, 0, 0, 0
	}
}

// Columns returns how far apart two statements of the slopes in both operands may be, and
// of the curves.
func (s *Statement) Columns() (dx, dy, dxx, dxy, dyy float64) {
	return s.dx, s.dy, s.dxx, s.dxy, s.dyy
}

// Slopes returns the slopes in both operands, 0 in a constant.
func (s *Statement) Slopes() (x, y float64) { return s.x, s.y }

// Loose reports whether the columns of an elementary function may lie far apart for the
// sake of a rounding in its arguments, which are the same for all of them.
func (s *Statement) Loose() bool {
	far := func(d, p float64) bool { return d > 0x1p10*RoundCurve*math.Abs(p)+2*grain }
	return far(s.dx, s.x) || far(s.dy, s.y) || far(s.dxx, s.xx) || far(s.dyy, s.yy) || far(s.dxy, s.xy)
}

// Tighten narrows what was allowed down to the rounding of the columns themselves, where
// others, given, show that they are no farther apart at these arguments.
func (s *Statement) Tighten(x, y, xx, xy, yy float64) {
	tighten := func(d *float64, p, other, round float64) {
		if math.Abs(p-other) <= round*math.Abs(p) {
			*d = min(*d, round*math.Abs(p)+grain)
		}
	}
	tighten(&s.dx, s.x, x, RoundSlope)
	tighten(&s.dy, s.y, y, RoundSlope)
	tighten(&s.dxx, s.xx, xx, RoundCurve)
	tighten(&s.dxy, s.xy, xy, RoundCurve)
	tighten(&s.dyy, s.yy, yy, RoundCurve)
}

func (s *Statement) quotient() {
	r := 1 / s.VB
	q := s.V * r // x/y²
	s.x, s.y = r, -q
	s.xy, s.yy = -r*r, 2*q*r
	s.xyy, s.yyy = 2*r*r*r, -6*q*r*r
	s.dx, s.dy = Unit*math.Abs(s.x), 4*Unit*math.Abs(s.y)+grain
	s.dxy, s.dyy = 4*Unit*math.Abs(s.xy)+grain, 8*Unit*math.Abs(s.yy)+grain
}

func (s *Statement) function() {
	f, x := s.Op.Func(), s.VA
	s.x = f.Slope(x, s.V)
	s.dx = RoundSlope*math.Abs(s.x) + grain
	if f.Curve == nil {
		return
	}
	curve := func(x float64) float64 { return f.Curve(x, f.Value(x)) }
	s.xx = f.Curve(x, s.V)
	s.xxx = steepest(curve, x, s.xx)
	s.dx += RoundSlope * math.Abs(x*s.xx)
	s.dxx = RoundCurve*(math.Abs(s.xx)+math.Abs(x*s.xxx)) + grain
}

func (s *Statement) function2() {
	f, x, y := s.Op2.Func(), s.VA, s.VB
	s.x, s.y = f.SlopeX(x, y, s.V), f.SlopeY(x, y, s.V)
	s.dx, s.dy = RoundSlope*math.Abs(s.x)+grain, RoundSlope*math.Abs(s.y)+grain
	if f.CurveXX == nil || f.CurveXY == nil || f.CurveYY == nil {
		return
	}
	alongX := func(f *ad.Func2, c func(x, y, z float64) float64, at float64) float64 {
		if s.A < 0 {
			return 0
		}
		return steepest(func(x float64) float64 { return c(x, y, f.Value(x, y)) }, x, at)
	}
	alongY := func(f *ad.Func2, c func(x, y, z float64) float64, at float64) float64 {
		if s.B < 0 {
			return 0
		}
		return steepest(func(y float64) float64 { return c(x, y, f.Value(x, y)) }, y, at)
	}
	ex, ey := math.Abs(x), math.Abs(y)
	if s.A < 0 {
		ex = 0
	}
	if s.B < 0 {
		ey = 0
	}
	if s.A >= 0 {
		s.xx = f.CurveXX(x, y, s.V)
		s.xxx, s.xxy = alongX(f, f.CurveXX, s.xx), alongY(f, f.CurveXX, s.xx)
		s.dxx = RoundCurve*(math.Abs(s.xx)+4*(times(s.xxx, ex)+times(s.xxy, ey))) + grain
	}
	if s.B >= 0 {
		s.yy = f.CurveYY(x, y, s.V)
		s.xyy, s.yyy = alongX(f, f.CurveYY, s.yy), alongY(f, f.CurveYY, s.yy)
		s.dyy = RoundCurve*(math.Abs(s.yy)+4*(times(s.xyy, ex)+times(s.yyy, ey))) + grain
	}
	if s.A >= 0 && s.B >= 0 {
		s.xy = f.CurveXY(x, y, s.V)
		s.dxy = RoundCurve*(math.Abs(s.xy)+4*(times(alongX(f, f.CurveXY, s.xy), ex)+times(alongY(f, f.CurveXY, s.xy), ey))) + grain
	}
	s.dx += RoundSlope * (times(s.xx, ex) + times(s.xy, ey))
	s.dy += RoundSlope * (times(s.xy, ex) + times(s.yy, ey))
	s.dx, s.dy = math.Abs(s.dx), math.Abs(s.dy)
}

// steepest returns how quickly a curve changes at x, as far as its values c there
// and nearby can tell. There is one step that drowns rounding errors and one that
// sees what happens close to the edge of a domain.
func steepest(curve func(float64) float64, x, c float64) float64 {
	scale, most := max(math.Abs(x), 0x1p-10), math.NaN()
	for _, h := range [...]float64{0x1p-16 * scale, -0x1p-16 * scale, 0x1p-40 * scale, -0x1p-40 * scale} {
		if slope := (curve(x+h) - c) / h; !(math.Abs(slope) <= math.Abs(most)) && slope == slope {
			most = slope
		}
	}
	return most
}

// times is a product in which an error of 0 is stronger than an infinite slope:
// what is not there has no error.
func times(slope, e float64) float64 {
	if e == 0 {
		return 0
	}
	return math.Abs(slope * e)
}

// lost2 reports whether second derivatives are none, have overflowed, or are multiplied
// with something infinite.
func (s *Statement) lost2() bool {
	if math.IsInf(s.VA, 0) || math.IsInf(s.VB, 0) || math.IsInf(s.V, 0) {
		return true
	}
	for _, c := range [...]float64{s.xx, s.xy, s.yy} {
		a := math.Abs(c)
		if a != a || a > huge && !(math.IsInf(s.x, 0) || math.IsInf(s.y, 0)) {
			return true
		}
	}
	return false
}
