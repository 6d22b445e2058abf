package symbolic

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// The norm of many numbers x is r = sqrt(x[0]^2 + …). Its slopes are the entries of the unit
// vector x/r, and their slopes -x[i]·x[k]/r³, or what the others have of r², over r³.

// unitEntry returns the slope of the norm of x in x[i]: x[i]/r, and 0 at the origin.
func unitEntry(x []Expr, i int) Expr { return many(key{kind: normSlope, bits: uint64(i)}, x) }

// unitSlope returns the slope of that in x[k].
func unitSlope(x []Expr, i, k int) Expr {
	return many(key{kind: normCurve, bits: uint64(min(i, k)) | uint64(max(i, k))<<32}, x)
}

// unitCurve returns the slope of that in x[m], away from the origin: from the slopes
// u[i] = x[i]/r, -(u[i]·u[k]/r) or (1 - u[i]²)/r.
func unitCurve(x []Expr, i, k, m int) Expr {
	r := many(key{kind: norm}, x)
	sum := unitSlope(x, i, m).Mul(unitEntry(x, k)).Add(unitEntry(x, i).Mul(unitSlope(x, k, m)))
	return sum.Add(unitSlope(x, i, k).Mul(unitEntry(x, m))).Div(r).Neg()
}

var (
	opUnit      = ad.NewOp2((*ad.Func2)(rule.Unit))
	opUnitSlope = ad.NewOp2((*ad.Func2)(rule.UnitSlope))
)

// unitVectors evaluates derivatives of norms. Those of one list share what they need.
type unitVectors[T ad.Scalar[T]] map[*node]*direction[T]

// A direction is a list, the norms of what is before and after each of its entries, and of
// all. Where that is infinite, slopes are what a chain of hypot makes of them, and tail has
// the slopes of the rest of the chain.
type direction[T ad.Scalar[T]] struct {
	x, before, after []T
	r                T
	tail             []T
	far              T // positive where r is infinite
}

// value returns the value of a derivative of a norm. On expressions it is a node again.
func (all *unitVectors[T]) value(s step, x []T) T {
	if x, ok := any(x).([]Expr); ok {
		return any(many(key{kind: s.kind, bits: s.bits}, x)).(T)
	}
	return all.of(s, x).derivative(s)
}

func (all *unitVectors[T]) of(s step, x []T) *direction[T] {
	if *all == nil {
		*all = make(unitVectors[T])
	}
	d, ok := (*all)[s.args[0]]
	if !ok {
		n := len(x)
		d = &direction[T]{x: x, before: make([]T, n), after: make([]T, n)}
		for i := 1; i < n; i++ {
			d.before[i] = ad.Hypot(d.before[i-1], x[i-1])
			d.after[n-1-i] = ad.Hypot(d.after[n-i], x[n-i])
		}
		d.r = ad.Hypot(d.before[n-1], x[n-1])
		d.far = d.r.Sub(d.r.Const(math.MaxFloat64))
		d.tail = make([]T, n)
		d.tail[n-1] = d.r.Const(1)
		for i := n - 1; i > 0; i-- {
			d.tail[i-1] = d.before[i].Apply2(opUnit, x[i]).Mul(d.tail[i])
		}
		(*all)[s.args[0]] = d
	}
	return d
}

// others returns the norm of all entries but i.
func (d *direction[T]) others(i int) T { return ad.Hypot(d.before[i], d.after[i]) }

func (d *direction[T]) derivative(s step) T {
	i, k := s.entries()
	switch {
	case s.kind == normSlope:
		return d.entry(int(s.bits))
	case i == k:
		e := d.entry(i)
		return d.far.IfPos(e.Sub(e), d.x[i].Apply2(opUnitSlope, d.others(i)))
	}
	return d.entry(i).Mul(d.entry(k).Div(d.r)).Neg()
}

func (d *direction[T]) entry(i int) T {
	return d.far.IfPos(d.x[i].Apply2(opUnit, d.before[i]).Mul(d.tail[i]), d.x[i].Apply2(opUnit, d.others(i)))
}

// spellNorm returns a norm or a derivative of one as a person writes it.
func (n *node) spellNorm(x []Expr) Expr {
	square := func(e Expr) Expr { return ad.PowReal(e, 2) }
	var all, others Expr
	i, k := n.entries()
	first := true
	for j, e := range x {
		if j == 0 {
			all = square(e)
		} else {
			all = all.Add(square(e))
		}
		if j == i {
			continue
		}
		if others = others.Add(square(e)); first {
			others, first = square(e), false
		}
	}
	switch {
	case n.kind == norm:
		return ad.Sqrt(all)
	case n.kind == normSlope:
		return x[int(n.bits)].Div(ad.Sqrt(all))
	case i == k:
		return others.Div(ad.PowReal(all, 1.5))
	}
	return x[i].Mul(x[k]).Div(ad.PowReal(all, 1.5)).Neg()
}
