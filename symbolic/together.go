package symbolic

import (
	"math"
	"slices"
)

// together puts the terms of a sum over a common denominator, which it returns as a
// product, and the numerator as a sum. It fails if there is no denominator, or if the
// numerator becomes long.
func (k *knowledge) together(e Expr) (num Expr, den product, ok bool) {
	list := terms(e.node())
	if len(list) > 8 {
		return Expr{}, den, false
	}
	den.c = ratio{1, 1}
	products := make([]*product, len(list))
	for i, t := range list {
		m := &product{c: ratio{1, 1}}
		if t.minus {
			m.c.p = -1
		}
		m.times(k, wrap(t.node), ratio{1, 1})
		products[i] = m
		if m.c.q != 1 {
			den.c = ratio{lowest(den.c.p, m.c.q).p * m.c.q, 1} // the least common multiple
		}
		for _, f := range m.factors {
			if f.exponent.p < 0 {
				den.cover(f.base, ratio{-f.exponent.p, f.exponent.q})
			}
		}
	}
	if len(den.factors) == 0 {
		return Expr{}, den, false
	}
	sum := newSum(k)
	for _, m := range products {
		m.c = m.c.times(den.c)
		for _, f := range den.factors {
			m.shift(f.base, f.exponent)
		}
		for _, part := range k.expandOnce(m) {
			sum.collect(part)
		}
	}
	if len(sum.terms) > 24 {
		return Expr{}, den, false
	}
	sum.covered = den.factors
	return sum.build(), den, true
}

// cover raises the power of a base to at least an exponent.
func (m *product) cover(base Expr, exponent ratio) {
	for i, f := range m.factors {
		if f.base == base {
			if f.exponent.value() < exponent.value() {
				m.factors[i].exponent = exponent
			}
			return
		}
	}
	m.factors = append(m.factors, raisedTo{base, exponent})
}

// shift multiplies by a power of a base, whatever its sign.
func (m *product) shift(base Expr, exponent ratio) {
	for i, f := range m.factors {
		if f.base == base {
			if m.factors[i].exponent = f.exponent.plus(exponent); m.factors[i].exponent.p == 0 {
				m.factors = slices.Delete(m.factors, i, i+1)
			}
			return
		}
	}
	m.factors = append(m.factors, raisedTo{base, exponent})
}

// expandOnce returns a product multiplied out by its first factor that is a short sum.
func (k *knowledge) expandOnce(m *product) []*product {
	for i, f := range m.factors {
		if f.exponent != (ratio{1, 1}) || !isSum(f.base.node().kind) {
			continue
		}
		list := terms(f.base.node())
		if len(list) > 4 {
			continue
		}
		rest := slices.Delete(slices.Clone(m.factors), i, i+1)
		var parts []*product
		for _, t := range list {
			p := &product{c: m.c, factors: slices.Clone(rest)}
			if t.minus {
				p.c.p = -p.c.p
			}
			p.times(k, wrap(t.node), ratio{1, 1})
			parts = append(parts, p)
		}
		return parts
	}
	return []*product{m}
}

// fractions puts a sum in a product over a common denominator where the product comes
// out shorter, or where its denominator is that of the product too and known to be
// finite: infinite denominators would make a NaN of what tends to 0. So the rule for
// quotients gives what textbooks print.
func (k *knowledge) fractions(m product) product {
	for i, f := range m.factors {
		if !f.exponent.isWhole() || !isSum(f.base.node().kind) || f.base.node().size > 200 {
			continue
		}
		num, den, ok := k.together(f.base)
		if !ok {
			continue
		}
		next := product{c: m.c, factors: slices.Delete(slices.Clone(m.factors), i, i+1)}
		if !next.raise(den.c.p, ratio{-f.exponent.p, 1}) {
			continue
		}
		for _, d := range den.factors {
			next.multiply(k, d.base, ratio{-d.exponent.p, d.exponent.q}.times(f.exponent))
		}
		next.times(k, num, f.exponent)
		before := product{c: m.c, factors: slices.Clone(m.factors)}
		old, built := before.build(), next.build()
		shorter := built.node().size < old.node().size
		if shorter || f.exponent.p == 1 && k.within(den.factors, m.factors) && built.node().size <= old.node().size+12 {
			return next
		}
	}
	return m
}

// wholeSums multiplies sums below the line by the denominators of their coefficients:
// 1/(x²/4 + 1) is 4/(x² + 4). What all coefficients have in common is taken out.
func (k *knowledge) wholeSums(m product) product {
	for i, f := range m.factors {
		if f.exponent.q > 2 || f.exponent.p > -1 || f.exponent.p < -8 || !isSum(f.base.node().kind) {
			continue
		}
		list := terms(f.base.node())
		q, common := 1.0, 0.0
		sum := newSum(k)
		for _, t := range list {
			p := &product{c: ratio{1, 1}}
			if t.minus {
				p.c.p = -1
			}
			p.times(k, wrap(t.node), ratio{1, 1})
			q, common = lowest(q, p.c.q).p*p.c.q, gcd(common, p.c.p)
			sum.collect(p)
		}
		by := ratio{q, 1}
		if q == 1 && common > 1 {
			by = ratio{1, common}
		}
		factor := by
		if f.exponent.q == 2 {
			factor = ratio{math.Sqrt(by.p), math.Sqrt(by.q)}
		}
		if by == (ratio{1, 1}) || q > 1e6 || len(list) > 100 || !whole(factor.p) || !whole(factor.q) {
			continue
		}
		for _, p := range sum.terms {
			p.c = p.c.times(by)
		}
		m.factors = slices.Clone(m.factors)
		m.factors[i].base = sum.build()
		for range int(-f.exponent.p) {
			m.c = m.c.times(factor)
		}
	}
	return m
}

// within reports whether all factors of a denominator are finite, and some are in the
// denominator of the product already.
func (k *knowledge) within(den, factors []raisedTo) bool {
	common := false
	for _, d := range den {
		if !k.has(d.base, finite) {
			return false
		}
		common = common || slices.ContainsFunc(factors, func(f raisedTo) bool { return f.base == d.base && f.exponent.p < 0 })
	}
	return common
}
