package compare

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare/internal/rounding"
)

// ground is what operations show of the point that they are at.
type ground struct {
	edges int // branches on a number that is 0, elementary functions where they jump
	kinks int // operands of elementary functions where their slope jumps
	bends int // elementary functions where their second derivative jumps
}

// conventional reports whether the derivatives of some order are a matter of
// convention, of which differences know nothing. The slope of a function that has
// one kink, in one operand, lies between those of its two sides, but conventions do
// not add up: relu(x) - relu(-x) is x, and its slope at 0 is 0 - 0.
func (g ground) conventional(order int) bool {
	if order == 1 {
		return g.kinks > 1 || g.edges > 0
	}
	return g.kinks+g.bends+g.edges > 0
}

// survey counts what a trace meets that has no derivative: kinks, bends and jumps.
func survey(t *rounding.Trace) ground {
	var g ground
	if t == nil {
		return g
	}
	for _, b := range t.Branches {
		g.edges += count(b.Value == 0)
	}
	for i := range t.Statements {
		switch s := &t.Statements[i]; s.Kind {
		case rounding.Apply:
			g.apply(s)
		case rounding.Apply2:
			g.apply2(s)
		}
	}
	return g
}

func (g *ground) apply(s *rounding.Statement) {
	f, x := s.Op.Func(), s.VA
	slope := func(x float64) float64 { return f.Slope(x, f.Value(x)) }
	curve := func(x float64) float64 { return f.Curve(x, f.Value(x)) }
	g.edges += count(jumps(x, f.Value) || rounds(x, f))
	g.kinks += count(jumps(x, slope))
	g.bends += count(f.Curve != nil && jumps(x, curve))
}

func (g *ground) apply2(s *rounding.Statement) {
	f, x, y := s.Op2.Func(), s.VA, s.VB
	movesX, movesY := s.A >= 0, s.B >= 0
	// jump reports whether a column jumps at (x, y), along an axis that is not
	// constant.
	jump := func(column func(x, y, z float64) float64) bool {
		at := func(x, y float64) float64 { return column(x, y, f.Value(x, y)) }
		return column != nil &&
			(movesX && jumps(x, func(x float64) float64 { return at(x, y) }) ||
				movesY && jumps(y, func(y float64) float64 { return at(x, y) }))
	}
	value := func(_, _, z float64) float64 { return z }
	g.edges += count(jump(value) || s.Op2 == ad.OpMod && !(max(math.Abs(x), 1)/math.Abs(y) < many))
	if movesX && jump(f.SlopeX) || movesY && jump(f.SlopeY) {
		g.kinks += count(movesX) + count(movesY)
	}
	g.bends += count(movesX && jump(f.CurveXX) || movesY && jump(f.CurveYY))
}

// many is how many steps of a function that rounds look like a slope: of a
// remainder, between points that differences look at, which may lie 1 apart.
const many = 1 << 20

// rounds reports whether f rounds a number so large that differences see a line
// where there are steps. The same is true of a remainder where the quotient is that
// large.
func rounds(x float64, f *ad.Func) bool {
	y := f.Value(x)
	return math.Abs(x) >= many && math.Abs(x-y) <= 1 && f.Slope(x, y) == 0
}

// jumps reports whether g jumps at x, or is not finite around it: whether its change over
// a step does not shrink with the step. A step that is 1024 times smaller changes a smooth
// function by as much less, and a fifth root by a quarter. What rounding makes of two
// values of a column, twice, is no change.
func jumps(x float64, g func(float64) float64) bool {
	y := g(x)
	h := 0x1p-20 * max(math.Abs(x), 0x1p-10)
	for _, side := range [...]float64{h, -h} {
		far, near := math.Abs(g(x+side)-y), math.Abs(g(x+side/1024)-y)
		if !(near <= far/4) && !(near <= 4*rounding.RoundCurve*math.Abs(y)) {
			return true
		}
	}
	return false
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
