package dual

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// Rows that only derivatives are made of have no recurrence of their own: their series
// is that of the formula that the table's comment says, in series of other rows. The
// first coefficient is the row's value, which does not overflow on the way.

// recurHelper is recur of a row of one variable.
func recurHelper[T ad.Scalar[T]](row *rule.Func, y0 T, u []T, st store[T]) (y []T, ok bool) {
	if row != rule.GELUSech {
		return nil, false
	}
	x := JetOf[T]{c: u, st: st}
	v := ad.Scale(x.Mul(ad.Shift(ad.Scale(ad.Square(x), 0.044715), 1)), 0.7978845608028654)
	return begin(y0, ad.Scale(v.Apply(opSech), 0.5).series(st)), true
}

// recurHelper2 is recur2 of a row of two variables.
func recurHelper2[T ad.Scalar[T]](row *rule.Func2, z0 T, u, v []T, st store[T]) (z []T, ok bool) {
	x, y := JetOf[T]{c: u, st: st}, JetOf[T]{c: v, st: st}
	var f JetOf[T]
	switch row {
	case rule.PowLog:
		f = ad.Pow(x, y).Mul(ad.Log(x))
	case rule.PowLog2:
		f = ad.Pow(x, y).Mul(ad.Square(ad.Log(x)))
	case rule.PowMix:
		f = ad.Pow(x, ad.Shift(y, -1)).Mul(ad.Shift(y.Mul(ad.Log(x)), 1))
	case rule.PowCurve:
		f = y.Mul(ad.Shift(y, -1)).Mul(ad.Pow(x, ad.Shift(y, -2)))
	case rule.XDivSquare:
		f = x.Apply2(divides, y).Apply2(divides, y)
	case rule.UnitSlope, rule.UnitCross, rule.Dipole, rule.Quadrupole, rule.Crosspole:
		f = polarHelper(row, x, y)
	case rule.SoftplusX:
		f = ad.Sigmoid(x.Mul(y))
	case rule.SoftplusY, rule.SoftplusXX, rule.SoftplusYY:
		f = softplusHelper(row, x, y)
	case rule.CELUX, rule.CELUY, rule.CELUXX, rule.CELUXY, rule.CELUYY:
		f = celuHelper(row, x, y)
	default:
		return nil, false
	}
	return begin(z0, f.series(st)), true
}

// divides is x/y where y > 0, and 0 where x is 0.
var divides = ad.NewOp2((*ad.Func2)(rule.XDivY))

// polarHelper returns derivatives of the length h of (x, y), and of its angle.
func polarHelper[T ad.Scalar[T]](row *rule.Func2, x, y JetOf[T]) JetOf[T] {
	h := ad.Hypot(x, y)
	c, s := x.Div(h), y.Div(h)
	switch row {
	case rule.UnitSlope:
		return s.Mul(s).Div(h)
	case rule.UnitCross:
		return c.Mul(s).Div(h)
	case rule.Dipole:
		return c.Div(h)
	case rule.Quadrupole:
		return c.Mul(c).Sub(s.Mul(s)).Div(h).Div(h)
	}
	return ad.Scale(c.Mul(s).Div(h).Div(h), 2) // rule.Crosspole
}

// softplusHelper returns derivatives of log(1+exp(xy))/y.
func softplusHelper[T ad.Scalar[T]](row *rule.Func2, x, y JetOf[T]) JetOf[T] {
	p := x.Mul(y)
	bell := ad.Sigmoid(p).Mul(ad.Sigmoid(p.Neg()))
	if row == rule.SoftplusXX {
		return y.Mul(bell)
	}
	slope := p.Apply(opBinEntropy).Div(y).Div(y).Neg()
	if row == rule.SoftplusY {
		return slope
	}
	return x.Mul(x).Mul(bell).Div(y).Sub(ad.Scale(slope.Div(y), 2)) // rule.SoftplusYY
}

// celuHelper returns derivatives of y·(exp(x/y)-1).
func celuHelper[T ad.Scalar[T]](row *rule.Func2, x, y JetOf[T]) JetOf[T] {
	q := x.Div(y)
	e := ad.Exp(q)
	switch row {
	case rule.CELUX:
		return e
	case rule.CELUY:
		return q.Apply(opExpGap)
	case rule.CELUXX:
		return e.Div(y)
	case rule.CELUXY:
		return q.Mul(e).Div(y).Neg()
	}
	return q.Mul(q).Mul(e).Div(y) // rule.CELUYY
}
