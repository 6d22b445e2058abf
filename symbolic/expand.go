package symbolic

import "slices"

// Expand multiplies out products of sums and whole powers of sums, and collects like
// terms. Sums within functions are expanded as well. What would take more than 50000
// products of terms, of all of them together, stays as it is.
//
// Cost: in proportion to those products.
func Expand(e Expr) Expr { return expandWithin(e, maxExpand) }

// maxExpand is how many products an expansion makes at most.
const maxExpand = 50_000

func expandWithin(e Expr, products int) Expr {
	k := newKnowledge(nil)
	k.work = products
	p := e.compile()
	v := make([]Expr, len(p.steps))
	for i, s := range p.steps {
		v[i] = k.expand(rebuild(s, p, v))
	}
	return v[p.roots[0]]
}

// expand expands an expression whose operands are expanded.
func (k *knowledge) expand(e Expr) Expr {
	n := e.node()
	if n.kind != add && n.kind != sub && n.kind != neg && n.kind != mul && n.kind != div && n.kind != apply2 && n.kind != apply {
		return e
	}
	sum := newSum(k)
	for _, t := range terms(n) {
		m := product{c: ratio{1, 1}}
		if t.minus {
			m.c.p = -1
		}
		m.times(k, wrap(t.node), ratio{1, 1})
		parts, ok := k.multiplyOut(m)
		if k.work -= len(parts); !ok || k.work < 0 {
			return e
		}
		for i := range parts {
			sum.collect(&parts[i])
		}
	}
	return sum.build()
}

// multiplyOut returns the products that a product of sums is the sum of.
func (k *knowledge) multiplyOut(m product) (parts []product, ok bool) {
	parts = []product{{c: m.c}}
	for _, f := range m.factors {
		list := terms(f.base.node())
		if !f.exponent.isWhole() || f.exponent.p < 1 || len(list) == 1 {
			for i := range parts {
				parts[i].factors = slices.Clone(parts[i].factors)
				parts[i].multiply(k, f.base, f.exponent)
			}
			continue
		}
		if f.exponent.p > float64(k.work) || m.c.p-m.c.p != 0 {
			return nil, false // an infinite coefficient makes NaN of a term that is 0
		}
		for range int(f.exponent.p) {
			if k.work -= len(parts) * len(list); k.work < 0 {
				return nil, false
			}
			next := newSum(k)
			for _, p := range parts {
				for _, t := range list {
					q := &product{c: p.c, factors: slices.Clone(p.factors)}
					if t.minus {
						q.c.p = -q.c.p
					}
					q.times(k, wrap(t.node), ratio{1, 1})
					next.collect(q)
				}
			}
			parts = parts[:0:0]
			for _, q := range next.terms {
				parts = append(parts, *q)
			}
		}
	}
	return parts, true
}

// Collect writes e as a polynomial in x, a variable or another expression: a sum of its
// powers, the coefficient of each collected. What is no polynomial in x is part of the
// coefficients.
//
// Cost: as Expand.
func Collect(e, x Expr) Expr {
	k := newKnowledge(nil)
	type power struct {
		of    ratio
		terms *total
	}
	var powers []power
	for _, t := range terms(Expand(e).node()) {
		m := &product{c: ratio{1, 1}}
		if t.minus {
			m.c.p = -1
		}
		m.times(k, wrap(t.node), ratio{1, 1})
		exponent := ratio{0, 1}
		for i, f := range m.factors {
			if f.base == x {
				exponent = f.exponent
				m.factors = slices.Delete(m.factors, i, i+1)
				break
			}
		}
		at := slices.IndexFunc(powers, func(p power) bool { return p.of == exponent })
		if at < 0 {
			at = len(powers)
			powers = append(powers, power{exponent, newSum(k)})
		}
		powers[at].terms.collect(m)
	}
	slices.SortStableFunc(powers, func(a, b power) int {
		switch va, vb := a.of.value(), b.of.value(); {
		case va > vb:
			return -1
		case va < vb:
			return 1
		}
		return 0
	})
	sum := newSum(k)
	for _, p := range powers {
		m := &product{c: ratio{1, 1}}
		m.times(k, p.terms.build(), ratio{1, 1})
		if p.of.p != 0 {
			m.factors = append(m.factors, raisedTo{x, p.of})
		}
		sum.collect(m)
	}
	return sum.ascending()
}

// Factor takes what all terms of a sum have in common out of it: 2*x*y + 4*x^2 is
// 2*x*(y + 2*x). Sums within functions and products are factored as well. It finds no
// factors that would take more than that, such as x^2 - 1 = (x + 1)*(x - 1).
//
// Cost: in proportion to the distinct nodes of e.
func Factor(e Expr) Expr {
	k := newKnowledge(nil)
	p := e.compile()
	v := make([]Expr, len(p.steps))
	above := make([]bool, len(p.steps)) // a sum that is part of a larger one
	for _, s := range p.steps {
		if isSum(s.kind) {
			for _, at := range p.operandsOf(s) {
				above[at] = true
			}
		}
	}
	for i, s := range p.steps {
		v[i] = rebuild(s, p, v)
		if isSum(s.kind) && !above[i] {
			v[i] = k.factor(v[i])
		}
	}
	return v[p.roots[0]]
}

// factor takes common factors out of a sum.
func (k *knowledge) factor(e Expr) Expr {
	sum := newSum(k)
	sum.add(e, 1, true)
	if len(sum.terms) < 2 {
		return sum.build()
	}
	common := product{c: ratio{0, 1}}
	for i, m := range sum.terms {
		if i == 0 {
			common.factors = slices.Clone(m.factors)
		}
		common.c.p = gcd(common.c.p, m.c.p)
		if m.c.q != 1 || !whole(m.c.p) {
			common.c.p = 1
		}
		kept := common.factors[:0]
		for _, f := range common.factors {
			for _, g := range m.factors {
				if g.base == f.base && (g.exponent.p > 0) == (f.exponent.p > 0) {
					if abs := func(r ratio) float64 { return max(r.value(), -r.value()) }; abs(g.exponent) < abs(f.exponent) {
						f.exponent = g.exponent
					}
					kept = append(kept, f)
					break
				}
			}
		}
		common.factors = kept
	}
	if common.c.p == 0 || len(common.factors) == 0 && common.c.p == 1 {
		return sum.build()
	}
	rest := newSum(k)
	for _, m := range sum.terms {
		q := &product{c: m.c.over(common.c), factors: slices.Clone(m.factors)}
		for _, f := range common.factors {
			q.shift(f.base, ratio{-f.exponent.p, f.exponent.q})
		}
		rest.collect(q)
	}
	common.factors = append(common.factors, raisedTo{rest.build(), ratio{1, 1}})
	return common.build()
}

func gcd(a, b float64) float64 {
	if !whole(a) || !whole(b) {
		return 1
	}
	r := lowest(a, b)
	if a == 0 || b == 0 {
		return max(a, -a, b, -b)
	}
	return max(a/r.p, -a/r.p)
}
