package symbolic

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// Simplify returns a shorter expression that is equal to e: like terms and powers of one
// base are collected, numbers multiplied out, and the identities of the functions used.
//
// Values and derivatives are those of e wherever it is defined, but for rounding, for
// results that overflow on the way, and for the sign of a zero; a NaN argument gives NaN.
// Where an argument is infinite, what was NaN may have a value (2*x - x is x), and x^0.5 is
// sqrt(x), of which only the former has a value at -Inf. Beyond that nothing changes unless
// it is asked for by assumptions:
//
//	sqrt(x^2) is abs(x), and x where Positive(x) or Nonnegative(x) is assumed
//	x/x stays, and is 1 where Nonzero(x) or Positive(x) is assumed
//	0*x and x-x are 0*x, and 0 where Finite(x) is assumed: x may be infinite
//	exp(log(x)) stays, and is x where Nonnegative(x) is assumed
//	sin(asin(x)) stays, since it is NaN for x > 1, and is x where Regular() is assumed
//	all of these are simplified where Regular() is assumed, as in a textbook
//
// The result takes no more operations than e, or no more than a quarter where Finite is
// assumed and fractions are put together. Otherwise e is returned.
// It works on the graph of e: what is shared is simplified once and stays shared.
//
// Cost: in proportion to the distinct nodes of e; at most 8 times as many are built,
// beyond which parts stay as they are.
func Simplify(e Expr, assume ...Assumption) Expr {
	return simplify(e.compile(), []Expr{e}, newKnowledge(assume))[0]
}

// SimplifyAll simplifies expressions together, such as a value and its gradient. What
// they share is simplified once and stays shared, so that a program of the results takes
// no more operations than one of e, where Simplify of each may take apart what another
// one needs as a whole. What is said of Simplify holds for all of them: either all are
// simplified, or e is returned.
//
// Cost: in proportion to the distinct nodes of all expressions.
func SimplifyAll(e []Expr, assume ...Assumption) []Expr {
	return simplify(compile(e...), slices.Clone(e), newKnowledge(assume))
}

// simplify simplifies the expressions e, whose program is p.
func simplify(p *program, e []Expr, k *knowledge) []Expr {
	p, e = collapsed(p, e)
	s := newSimplifier(p, k)
	result := s.run()
	if s.small {
		result = s.shortest(result)
	}
	allowed := p.cost()
	for _, f := range k.assumed {
		if f&finite != 0 || k.regular {
			allowed += allowed/4 + 2 // fractions are put together
			break
		}
	}
	if compile(result...).cost() > allowed {
		return e
	}
	return result
}

// shortest returns expressions, or what comes of them multiplied out or with common
// factors taken out, if that takes fewer operations.
func (s *simplifier) shortest(e []Expr) []Expr {
	best, least := e, s.effort(e)
	try := func(rewrite func(Expr) Expr) {
		other := make([]Expr, len(e))
		for i := range e {
			other[i] = rewrite(e[i])
		}
		p := compile(other...)
		if len(p.steps) > 400 {
			return
		}
		other = newSimplifier(p, s.knowledge).run()
		if c := s.effort(other); c < least {
			best, least = other, c
		}
	}
	try(func(e Expr) Expr { return Factor(e) })
	if e := compile(e...); len(e.steps) < 60 {
		try(func(e Expr) Expr { return expandWithin(e, 2_000) })
	}
	return best
}

// effort orders expressions by their operations, and then by their length.
func (s *simplifier) effort(e []Expr) float64 {
	length := 0.0
	for _, x := range e {
		length += x.node().size
	}
	return float64(compile(e...).cost()) + length/1e6
}

// A simplifier brings the parts of a program to a normal form, from the variables up. A
// sum within a sum that nothing else uses, or a product within a product, is part of the
// larger one.
type simplifier struct {
	*program
	*knowledge
	uses     []int32
	absorbed []bool
	v        []Expr // by step; none for those that are absorbed
	small    bool   // so small that shared parts are taken apart as well
	left     int    // nodes that may be built
}

func newSimplifier(p *program, k *knowledge) *simplifier {
	s := &simplifier{program: p, knowledge: k, uses: make([]int32, len(p.steps)), absorbed: make([]bool, len(p.steps)), v: make([]Expr, len(p.steps))}
	s.small = len(p.steps) <= 200
	s.left = 8*len(p.steps) + 1000
	for _, t := range p.steps {
		for _, at := range p.operandsOf(t) {
			s.uses[at]++
		}
	}
	for _, r := range p.roots {
		s.uses[r] += 2
	}
	for _, t := range p.steps {
		for _, at := range p.operandsOf(t) {
			child := p.steps[at].kind
			if s.uses[at] == 1 && (isSum(t.kind) && isSum(child) || isProduct(t.kind) && (isProduct(child) || child == neg)) {
				s.absorbed[at] = true
			}
		}
	}
	return s
}

func isSum(k kind) bool { return k == add || k == sub || k == neg }

func isProduct(k kind) bool { return k == mul || k == div }

func (s *simplifier) run() []Expr {
	for i, t := range s.steps {
		if s.absorbed[i] {
			continue
		}
		switch {
		case s.left <= 0:
			s.v[i] = s.asIs(int32(i))
		case isSum(t.kind):
			s.v[i] = s.sum(int32(i))
		case isProduct(t.kind):
			s.v[i] = s.product(int32(i))
		default:
			s.v[i] = s.apply(rebuild(t, s.program, s.v))
		}
	}
	return pick(s.v, s.roots)
}

// asIs returns a step built of its operands, without more ado.
func (s *simplifier) asIs(i int32) Expr {
	t := s.steps[i]
	for _, at := range s.operandsOf(t) {
		if s.absorbed[at] {
			s.v[at] = s.asIs(at)
		}
	}
	return rebuild(t, s.program, s.v)
}

// A share is a step within a sum or product, and what it is multiplied by or raised to.
type share struct {
	at    int32
	power float64
}

// sum collects the terms of a sum.
func (s *simplifier) sum(i int32) Expr {
	total := newSum(s.knowledge)
	stack := []share{{i, 1}}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		step := s.steps[t.at]
		if t.at != i && !s.absorbed[t.at] {
			total.add(s.v[t.at], t.power, s.small || s.uses[t.at] == 1)
			continue
		}
		switch step.kind {
		case neg:
			stack = append(stack, share{step.a, -t.power})
		case add:
			stack = append(stack, share{step.b, t.power}, share{step.a, t.power})
		case sub:
			stack = append(stack, share{step.b, -t.power}, share{step.a, t.power})
		}
	}
	s.left -= 2 * len(total.terms)
	return total.build()
}

// product collects the factors of a product.
func (s *simplifier) product(i int32) Expr {
	m := product{c: ratio{1, 1}}
	stack := []share{{i, 1}}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		step := s.steps[t.at]
		if t.at != i && !s.absorbed[t.at] {
			if e := s.v[t.at]; s.small || s.uses[t.at] == 1 || e.node().depth < 3 {
				m.times(s.knowledge, e, ratio{t.power, 1})
			} else {
				m.multiply(s.knowledge, e, ratio{t.power, 1})
			}
			continue
		}
		switch step.kind {
		case neg:
			m.c.p = -m.c.p
			stack = append(stack, share{step.a, t.power})
		case mul:
			stack = append(stack, share{step.b, t.power}, share{step.a, t.power})
		case div:
			stack = append(stack, share{step.b, -t.power}, share{step.a, t.power})
		}
	}
	s.left -= 2 * len(m.factors)
	return s.settle(m)
}

// settle builds a product, or the sum that it is if it has one factor.
func (k *knowledge) settle(m product) Expr {
	if m.c.p == 0 {
		if free := k.finiteProduct(&m); free {
			return Expr{}
		}
	}
	m = k.powers(k.wholeSums(k.fractions(m)))
	if k.regular {
		k.exponentials(&m)
	}
	k.signs(&m)
	m.quotients(rule.Sin, rule.Cos, rule.Tan)
	m.quotients(rule.Sinh, rule.Cosh, rule.Tanh)
	return k.rules(m.build())
}

// signs takes the sign out of sums that begin with one: all their terms are negative.
func (k *knowledge) signs(m *product) {
	for i, f := range m.factors {
		if !f.exponent.isWhole() || !isSum(f.base.node().kind) || f.base.node().size > 1000 || !terms(f.base.node())[0].minus && !startsNegative(f.base) {
			continue
		}
		sum := newSum(k)
		sum.add(f.base, -1, true)
		m.factors = slices.Clone(m.factors)
		m.factors[i].base = sum.build()
		if math.Mod(f.exponent.p, 2) != 0 {
			m.c.p = -m.c.p
		}
	}
}

// startsNegative reports whether the first term of a sum has a negative coefficient.
func startsNegative(e Expr) bool {
	n := terms(e.node())[0].node
	for n.kind == mul || n.kind == div {
		n = n.args[0]
	}
	return n.kind == constant && n.value() < 0 || n.kind == neg
}

// quotients writes f(u)^n/g(u)^n as h(u)^n.
func (m *product) quotients(f, g, h *rule.Func) {
	for i, a := range m.factors {
		n := a.base.node()
		if n.kind != apply || n.row != f {
			continue
		}
		for j, b := range m.factors {
			below := b.base.node()
			if below.kind == apply && below.row == g && below.args[0] == n.args[0] && b.exponent == (ratio{-a.exponent.p, a.exponent.q}) {
				m.factors = slices.Clone(m.factors)
				m.factors[i].base = wrap(n.args[0]).Apply(ad.NewOp((*ad.Func)(h)))
				m.factors = slices.Delete(m.factors, j, j+1)
				return
			}
		}
	}
}

// exponentials merges exp(x)·exp(y) to exp(x+y), which neither overflows nor vanishes
// where it is said to be a number.
func (k *knowledge) exponentials(m *product) {
	isExp := func(f raisedTo) bool {
		n := f.base.node()
		return n.kind == apply && n.row == rule.Exp && f.exponent.isWhole()
	}
	first, exponent, n := -1, newSum(k), 0
	for i, f := range m.factors {
		if isExp(f) {
			if first < 0 {
				first = i
			}
			n++
			exponent.add(wrap(f.base.node().args[0]), f.exponent.p, true)
		}
	}
	if n < 2 {
		return
	}
	merged := raisedTo{k.rules(ad.Exp(exponent.build())), ratio{1, 1}}
	m.factors = slices.Insert(slices.DeleteFunc(slices.Clone(m.factors), isExp), first, merged)
}

// powers merges x^c·x^y, where x is positive, to x^(y+c).
func (k *knowledge) powers(m product) product {
	for i, f := range m.factors {
		n := f.base.node()
		if n.kind != apply2 || n.row2 != rule.Pow || f.exponent != (ratio{1, 1}) || !k.has(wrap(n.args[0]), positive) {
			continue
		}
		for j, g := range m.factors {
			if j == i || g.base.node() != n.args[0] {
				continue
			}
			exponent := newSum(k)
			exponent.add(wrap(n.args[1]), 1, true)
			exponent.collect(&product{c: g.exponent})
			m.factors[i].base = ad.Pow(g.base, exponent.build())
			m.factors = slices.Delete(slices.Clone(m.factors), j, j+1)
			return m
		}
	}
	return m
}

// finiteProduct reports whether a product is known to be finite.
func (k *knowledge) finiteProduct(m *product) bool {
	if k.regular {
		return true
	}
	for _, f := range m.factors {
		if !k.hasPower(f, finite) {
			return false
		}
	}
	return true
}

// hasPower reports whether a power is known to be what its base is: finite, or tame.
func (k *knowledge) hasPower(f raisedTo, what facts) bool {
	return k.has(f.base, what) && (f.exponent.p >= 0 || k.has(f.base, nonzero)) && (f.exponent.isWhole() || k.has(f.base, nonnegative))
}

// apply brings a function of simplified operands to its normal form.
func (s *simplifier) apply(e Expr) Expr {
	s.left--
	n := e.node()
	if _, ok := exponentOf(n); ok || n.kind == apply && (rootOf(n.row).q != 0 || n.row == invPosRow) {
		m := product{c: ratio{1, 1}}
		m.times(s.knowledge, e, ratio{1, 1})
		return s.settle(m)
	}
	if n.kind == ifPos {
		e = choice(wrap(n.args[0]), wrap(n.args[1]), wrap(n.args[2]))
	}
	return s.rules(e)
}

// cost counts the operations that a program takes, but for negatives.
func (p *program) cost() int {
	c := 0
	for _, t := range p.steps {
		if t.kind != constant && t.kind != variable && t.kind != neg {
			c++
		}
	}
	return c
}
