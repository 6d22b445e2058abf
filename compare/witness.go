package compare

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// A witness is a float that writes down which elementary functions it goes
// through.
type witness struct {
	v float64
	p *program
}

// A program is the list of elementary functions that a function used.
type program struct{ uses []use }

func (x witness) with(y witness, v float64) witness {
	if x.p == nil {
		x.p = y.p
	}
	x.v = v
	return x
}

func (x witness) Add(y witness) witness { return x.with(y, x.v+y.v) }
func (x witness) Sub(y witness) witness { return x.with(y, x.v-y.v) }
func (x witness) Mul(y witness) witness { return x.with(y, x.v*y.v) }
func (x witness) Div(y witness) witness { return x.with(y, x.v/y.v) }
func (x witness) Neg() witness          { return x.with(x, -x.v) }

func (x witness) IfPos(a, b witness) witness {
	switch {
	case x.v > 0:
		return a
	case x.v <= 0:
		return b
	}
	return x.with(x, math.NaN())
}

func (witness) Const(c float64) witness { return witness{v: c} }

func (x witness) Apply(op ad.Op) witness {
	f := op.Func()
	if x.p != nil {
		x.p.uses = append(x.p.uses, use{
			op: f.Name, x: x.v, value: f.Value,
			slope: func(x float64) float64 { return f.Slope(x, f.Value(x)) },
			curve: func(x float64) float64 { return f.Curve(x, f.Value(x)) },
			paper: func(x symbolic.Expr) symbolic.Expr { return x.Apply(op) },
			names: [3]string{"Slope", "Curve", "Text"},
		})
	}
	return x.with(x, f.Value(x.v))
}

func (x witness) Apply2(op ad.Op2, y witness) witness {
	f := op.Func()
	if x.p != nil {
		x.p.uses = append(x.p.uses, use{
			op: f.Name, x: x.v,
			value: func(x float64) float64 { return f.Value(x, y.v) },
			slope: func(x float64) float64 { return f.SlopeX(x, y.v, f.Value(x, y.v)) },
			curve: func(x float64) float64 { return f.CurveXX(x, y.v, f.Value(x, y.v)) },
			paper: func(x symbolic.Expr) symbolic.Expr { return x.Apply2(op, x.Const(y.v)) },
			names: [3]string{"SlopeX", "CurveXX", "TextX"},
			cross: func(x float64) float64 { return f.CurveXY(x, y.v, f.Value(x, y.v)) },
			crossPaper: func(x symbolic.Expr) symbolic.Expr {
				v := symbolic.Var("y")
				return symbolic.Subst(symbolic.D(symbolic.D(x.Apply2(op, v), x), v), v, x.Const(y.v))
			},
		})
	}
	if y.p != nil {
		y.p.uses = append(y.p.uses, use{
			op: f.Name, x: y.v,
			value: func(y float64) float64 { return f.Value(x.v, y) },
			slope: func(y float64) float64 { return f.SlopeY(x.v, y, f.Value(x.v, y)) },
			curve: func(y float64) float64 { return f.CurveYY(x.v, y, f.Value(x.v, y)) },
			paper: func(y symbolic.Expr) symbolic.Expr { return y.Const(x.v).Apply2(op, y) },
			names: [3]string{"SlopeY", "CurveYY", "TextY"},
		})
	}
	return x.with(y, f.Value(x.v, y.v))
}

func (witness) ApplyN(op ad.OpN, x, y []witness) witness { return ad.FoldN(op, x, y) }
