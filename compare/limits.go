package compare

import (
	"math"

	"github.com/quartet-ad/ad/symbolic"
)

// limits are those of a function's value and first derivatives at the point.
type limits struct {
	value, jacobian, jvp []limit
	n                    int
}

// reordering surveys the function and returns the relative error that the order of
// additions may make. The bounds follow the terms of a derivative forwards; in
// reverse order they are added up at other places, where a number is used more than
// once: not more often than operations have operands.
func (c *checker) reordering() float64 {
	c.ground = c.survey()
	return 2 * unit * float64(c.ground.operands)
}

// limits runs the function on bounds, once for every input and once in the
// direction v.
func (c *checker) limits(m int) limits {
	n := len(c.x)
	c.sums = c.reordering()
	l := limits{value: make([]limit, m), jacobian: make([]limit, m*n), jvp: make([]limit, m), n: n}
	for i := range c.x {
		for k, y := range c.bounds(func(j int, b *bound) {
			if i == j {
				b.e1 = 1
			}
		}) {
			l.jacobian[k*n+i] = newLimit(y.d1+c.sums*y.e1, y.e1, y.wild)
		}
	}
	for k, y := range c.bounds(func(j int, b *bound) { b.e1 = math.Abs(c.v[j]) }) {
		l.value[k] = newLimit(y.dv, math.Abs(y.v), y.wild)
		l.jvp[k] = newLimit(y.d1+c.sums*y.e1, y.e1, y.wild)
	}
	return l
}

// newLimit returns the limit of a result with an error and a magnitude of its
// terms.
func newLimit(err, magnitude float64, wild bool) limit {
	if finite(err) {
		magnitude = max(magnitude, err/roundSlope)
	}
	return limit{err, magnitude, wild}
}

// vjp returns the limits of a sum of results weighted with w.
func (l limits) vjp(w []float64) []limit {
	out := make([]limit, l.n)
	for i := range out {
		for k, wk := range w {
			e := l.jacobian[k*l.n+i]
			out[i].err += math.Abs(wk) * (e.err + 4*unit*e.magnitude)
			out[i].magnitude += math.Abs(wk) * e.magnitude
			out[i].wild = out[i].wild || e.wild
		}
	}
	return out
}

// limitsSecond are those of second derivatives.
type limitsSecond struct{ hessian, hvp []limit }

func (c *checker) limitsSecond() limitsSecond {
	var l limitsSecond
	for i := range c.x {
		for j := i; j < len(c.x); j++ {
			y := c.bounds(func(k int, b *bound) {
				if k == i {
					b.e1 = 1
				}
				if k == j {
					b.e2 = 1
				}
			})[0]
			l.hessian = append(l.hessian, newLimit(y.d12+2*c.sums*y.e12, y.e12, y.wild))
		}
	}
	l.hvp = c.limitsHVP()
	return l
}

func (c *checker) limitsHVP() []limit {
	l := make([]limit, len(c.x))
	for i := range c.x {
		y := c.bounds(func(k int, b *bound) {
			b.e1 = math.Abs(c.v[k])
			if k == i {
				b.e2 = 1
			}
		})[0]
		l[i] = newLimit(y.d12+2*c.sums*y.e12, y.e12, y.wild)
	}
	return l
}

// bounds runs the function's formula on bounds; seed sets the tangents of the
// inputs.
func (c *checker) bounds(seed func(i int, b *bound)) []bound {
	vars := make([]symbolic.Expr, len(c.x))
	x := make([]bound, len(c.x))
	for i := range vars {
		vars[i] = symbolic.Var(input(i))
		x[i].v = c.x[i]
		seed(i, &x[i])
	}
	formulas := c.formulas(vars)
	y := make([]bound, len(formulas))
	for k, e := range formulas {
		y[k] = symbolic.Eval(e, vars, x)
	}
	return y
}

// formulas returns the function on paper, traced once.
func (c *checker) formulas(vars []symbolic.Expr) []symbolic.Expr {
	if c.traced == nil {
		c.traced = c.fn.paper(vars)
	}
	return c.traced
}
