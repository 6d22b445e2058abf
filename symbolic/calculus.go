package symbolic

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
)

// Jac returns the derivatives of expressions with respect to the variables vars: a row
// for every expression. Entries share what they have in common.
//
// Cost: a pass in forward order for every variable, or in reverse order for every
// expression, whichever are fewer.
//
// Jac panics if an entry of vars is not a variable, or if an expression contains a
// function without a Text.
func Jac(e, vars []Expr) [][]Expr {
	j := make([][]Expr, len(e))
	if len(e) < len(vars) {
		for i := range e {
			j[i] = Grad(e[i], vars)
		}
		return j
	}
	p := compile(e...)
	for i := range e {
		j[i] = make([]Expr, len(vars))
	}
	for k, v := range vars {
		for i, d := range push(p, []Expr{v}, []float64{1}) {
			j[i][k] = d
		}
	}
	return j
}

// Hess returns the second derivatives of e with respect to the variables vars. Row and
// column i, j are the same expression as j, i.
//
// Cost: a pass in reverse order, and over what comes of it a pass in forward order for
// every variable.
//
// Hess panics like Grad.
func Hess(e Expr, vars []Expr) [][]Expr {
	grad := Grad(e, vars)
	h := make([][]Expr, len(vars))
	for i := range vars {
		h[i] = make([]Expr, len(vars))
	}
	for i, v := range vars {
		for k, d := range push(compile(grad[i:]...), []Expr{v}, []float64{1}) {
			h[i][i+k], h[i+k][i] = d, d
		}
	}
	return h
}

// Directional returns the derivative of e in the direction v of the variables vars:
// the sum of v[i]·∂e/∂vars[i]. The direction may be of expressions. An entry that is the
// constant 0 is left out.
//
// Cost: one pass in forward order.
//
// Directional panics if vars and v differ in length, and like D.
func Directional(e Expr, vars, v []Expr) Expr {
	check.Length("symbolic.Directional", "v", len(v), len(vars))
	seeds := make(map[*node]Expr, len(vars))
	for i, x := range vars {
		mustBeDerivative(x)
		if !v[i].is(0) && !v[i].is(math.Copysign(0, -1)) {
			seeds[x.node()] = v[i]
		}
	}
	return pushSeeds(e.compile(), seeds)[0]
}

// Taylor returns the Taylor polynomial of e in x around the point at, up to the power n:
// the sum of D(e, x, …)·(x-at)^k/k!. At a number the coefficients are numbers, as far
// as e has no other variables, which are taken for finite. Where a derivative is not defined, the polynomial says
// so: its coefficient is infinite or NaN.
//
// Cost: n derivatives, each simplified. A derivative may be a few times as long as the
// one before.
//
// Taylor panics if x is not a variable or n is negative, and like D.
func Taylor(e, x, at Expr, n int) Expr {
	mustBeVariable("Taylor", x)
	if n < 0 {
		panic("symbolic: Taylor of a negative order")
	}
	k := newKnowledge(nil)
	sum := newSum(k)
	around := newSum(k)
	around.add(x, 1, true)
	around.add(at, -1, true)
	step, factorial := around.build(), ratio{1, 1}
	for i := range n + 1 {
		if i > 0 {
			e = Simplify(D(e, x))
			factorial = factorial.times(ratio{float64(i), 1})
		}
		c := Subst(e, x, at)
		if len(c.Vars()) == 0 {
			c = number(float64(Eval[ad.Real](c, nil, nil)))
		}
		if v, ok := c.number(); ok && v == 0 {
			continue
		}
		term := &product{c: ratio{1, 1}.over(factorial)}
		var given []Assumption
		for _, v := range c.Vars() {
			given = append(given, Finite(v))
		}
		if c = Simplify(c, given...); c == (Expr{}) {
			continue
		}
		term.times(k, c, ratio{1, 1})
		if i > 0 {
			term.times(k, power(step, ratio{float64(i), 1}), ratio{1, 1})
		}
		sum.collect(term)
	}
	return sum.ascending()
}

// ascending builds the sum in the order in which its terms came.
func (t *total) ascending() Expr {
	var sum Expr
	for i, m := range slices.Clone(t.terms) {
		minus := i > 0 && m.c.p < 0
		if minus {
			m.c.p = -m.c.p
		}
		switch e := m.build(); {
		case i == 0:
			sum = e
		case minus:
			sum = sum.Sub(e)
		default:
			sum = sum.Add(e)
		}
	}
	return sum
}
