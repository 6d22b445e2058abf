package compare

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// A survey is a float that finds out about the operations that it goes through.
// A constant has no findings.
type survey struct {
	v float64
	*ground
}

// ground is what a survey finds.
type ground struct {
	operands int // of all operations
	edges    int // branches on a number that is 0, elementary functions where they jump
	kinks    int // operands of elementary functions where their slope jumps
	bends    int // elementary functions where their second derivative jumps
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

// survey surveys the function at the point.
func (c *checker) survey() ground {
	var g ground
	vars, x := make([]symbolic.Expr, len(c.x)), make([]survey, len(c.x))
	for i, v := range c.x {
		vars[i], x[i] = symbolic.Var(input(i)), survey{v, &g}
	}
	for _, e := range c.formulas(vars) {
		symbolic.Eval(e, vars, x)
	}
	return g
}

// with returns the result v of an operation on x and y.
func (x survey) with(y survey, v float64) survey {
	for _, operand := range [...]survey{x, y} {
		if operand.ground != nil {
			operand.operands++
			x.ground = operand.ground
		}
	}
	x.v = v
	return x
}

func (x survey) Add(y survey) survey { return x.with(y, x.v+y.v) }
func (x survey) Sub(y survey) survey { return x.with(y, x.v-y.v) }
func (x survey) Mul(y survey) survey { return x.with(y, x.v*y.v) }
func (x survey) Div(y survey) survey { return x.with(y, x.v/y.v) }
func (x survey) Neg() survey         { return x.with(survey{}, -x.v) }

func (x survey) IfPos(a, b survey) survey {
	if x.v == 0 && x.ground != nil {
		x.edges++
	}
	return a.with(b, float64(ad.Real(x.v).IfPos(ad.Real(a.v), ad.Real(b.v))))
}

func (survey) Const(c float64) survey { return survey{v: c} }

func (x survey) Apply(op ad.Op) survey {
	f := op.Func()
	if x.ground != nil {
		slope := func(x float64) float64 { return f.Slope(x, f.Value(x)) }
		curve := func(x float64) float64 { return f.Curve(x, f.Value(x)) }
		x.edges += count(jumps(x.v, f.Value) || rounds(x.v, f))
		x.kinks += count(jumps(x.v, slope))
		x.bends += count(f.Curve != nil && jumps(x.v, curve))
	}
	return x.with(survey{}, f.Value(x.v))
}

func (x survey) Apply2(op ad.Op2, y survey) survey {
	f := op.Func()
	z := x.with(y, f.Value(x.v, y.v))
	if z.ground == nil {
		return z
	}
	// jump reports whether a column jumps at (x, y), along an axis that is not
	// constant.
	jump := func(column func(x, y, z float64) float64) bool {
		at := func(x, y float64) float64 { return column(x, y, f.Value(x, y)) }
		return column != nil &&
			(x.ground != nil && jumps(x.v, func(x float64) float64 { return at(x, y.v) }) ||
				y.ground != nil && jumps(y.v, func(y float64) float64 { return at(x.v, y) }))
	}
	value := func(_, _, z float64) float64 { return z }
	z.edges += count(jump(value) || op == ad.OpMod && !(max(math.Abs(x.v), 1)/math.Abs(y.v) < many))
	if x.ground != nil && jump(f.SlopeX) || y.ground != nil && jump(f.SlopeY) {
		z.kinks += count(x.ground != nil) + count(y.ground != nil)
	}
	z.bends += count(x.ground != nil && jump(f.CurveXX) || y.ground != nil && jump(f.CurveYY))
	return z
}

func (survey) ApplyN(op ad.OpN, x, y []survey) survey { return ad.FoldN(op, x, y) }

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

// jumps reports whether g jumps at x, or is not finite around it: whether its
// change over a step does not shrink with the step.
func jumps(x float64, g func(float64) float64) bool {
	y := g(x)
	h := 0x1p-20 * max(math.Abs(x), 0x1p-10)
	for _, side := range [...]float64{h, -h} {
		far, near := math.Abs(g(x+side)-y), math.Abs(g(x+side/1024)-y)
		if !(near <= far/4) && !(near <= 1e-10*math.Abs(y)) {
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
