package symbolic

import "github.com/quartet-ad/ad"

// A guarded derivative comes through branches: forwards, the derivative of a node
// of which only some branches depend on the variables; in reverse order, that of
// the result with respect to a node that it reaches through branches alone. It
// holds only where guard is positive; elsewhere it is absent, which is stronger
// than 0. The guard is kept apart, so that slopes are multiplied inside of it.
type guarded struct {
	part
	guard     Expr
	isGuarded bool
}

// with returns a derivative that holds where z does.
func (z guarded) with(p part) guarded {
	z.part = p
	return z
}

// either returns the derivative that is a where c is positive and b where it is
// not.
func either(c Expr, a, b guarded) guarded {
	switch {
	case !a.present && !b.present:
		return a
	case !b.present:
		return a.where(c)
	case !a.present:
		return b.where(not(c))
	case !a.isGuarded && !b.isGuarded:
		return a.with(part{c.IfPos(a.Expr, b.Expr), true})
	}
	return guarded{part{c.IfPos(a.Expr, b.Expr), true}, c.IfPos(a.holds(), b.holds()), true}
}

// holds returns an expression that is positive where the derivative holds.
func (z guarded) holds() Expr {
	if z.isGuarded {
		return z.guard
	}
	return number(1)
}

// not returns an expression that is positive where c is not.
func not(c Expr) Expr { return c.IfPos(number(0), number(1)) }

// settled returns the derivative as one expression: 0 where its guard is not
// positive.
func (z guarded) settled() Expr {
	if !z.isGuarded {
		return z.Expr
	}
	if g := z.guard.node(); g.kind == ifPos && z.guard == not(wrap(g.args[0])) {
		return wrap(g.args[0]).IfPos(number(0), z.Expr)
	}
	return z.guard.IfPos(z.Expr, number(0))
}

// where returns the derivative that holds only where c is positive. Where z does not
// hold, c is not looked at: it may be NaN there.
func (z guarded) where(c Expr) guarded {
	if z.isGuarded {
		c = z.guard.IfPos(c, number(0))
	}
	z.guard, z.isGuarded = c, true
	return z
}

// plus returns the sum of two derivatives.
func (z guarded) plus(y guarded) guarded {
	switch {
	case !z.present:
		return y
	case !y.present:
		return z
	case z.isGuarded && y.isGuarded && z.guard == y.guard:
		z.Expr = z.Add(y.Expr)
		return z
	}
	sum := guarded{part: part{z.settled().Add(y.settled()), true}}
	if z.isGuarded && y.isGuarded {
		sum.guard, sum.isGuarded = ad.Max(z.guard, y.guard), true
	}
	return sum
}
