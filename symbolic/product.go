package symbolic

import (
	"cmp"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// A product is a coefficient times powers of expressions by numbers.
type product struct {
	c       ratio
	factors []raisedTo
}

type raisedTo struct {
	base     Expr
	exponent ratio
}

// times multiplies the product by e, which is in normal form, raised to a power.
func (m *product) times(k *knowledge, e Expr, power ratio) {
	type part struct {
		Expr
		power ratio
	}
	stack := []part{{e, power}}
	for len(stack) > 0 {
		t := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		n := t.node()
		to := func(i int, power ratio) { stack = append(stack, part{wrap(n.args[i]), power}) }
		isWhole := t.power.isWhole()
		if n.size > maxReadable {
			m.multiply(k, t.Expr, t.power)
			continue
		}
		switch {
		case n.kind == constant && isWhole && m.raise(n.value(), t.power):
		case n.kind == mul && isWhole:
			to(1, t.power)
			to(0, t.power)
		case n.kind == div && isWhole:
			to(1, ratio{-t.power.p, t.power.q})
			to(0, t.power)
		case n.kind == neg && isWhole:
			if int64(t.power.p)%2 != 0 {
				m.c.p = -m.c.p
			}
			to(0, t.power)
		case n.kind == apply && rootOf(n.row).q != 0 && k.mayNest(wrap(n.args[0]), rootOf(n.row), t.power):
			to(0, t.power.times(rootOf(n.row)))
		case n.kind == apply && n.row == rule.InvPos && k.has(wrap(n.args[0]), nonnegative):
			to(0, t.power.times(ratio{-1, 1}))
		case n.kind == apply && n.row == rule.Abs && isWhole && int64(t.power.p)%2 == 0:
			to(0, t.power)
		default:
			if c, ok := exponentOf(n); ok && c != 0 && k.mayNest(wrap(n.args[0]), ratioOf(c), t.power) {
				to(0, t.power.times(ratioOf(c)))
				continue
			}
			m.multiply(k, t.Expr, t.power)
		}
	}
}

// rootOf returns the exponent that a function is a power by, the zero ratio for others.
func rootOf(row *rule.Func) ratio {
	switch row {
	case rule.Square:
		return ratio{2, 1}
	case rule.Cube:
		return ratio{3, 1}
	case rule.Reciprocal:
		return ratio{-1, 1}
	case rule.Sqrt:
		return ratio{1, 2}
	case rule.Rsqrt:
		return ratio{-1, 2}
	}
	return ratio{}
}

// mayNest reports whether (x^a)^b is x^(a·b) wherever it is a number, and only there.
func (k *knowledge) mayNest(x Expr, a, b ratio) bool {
	if b.isWhole() && (a.isWhole() || b.p == 1 || b.p == -1) {
		return true
	}
	if k.has(x, nonnegative) {
		return true
	}
	// √x to an odd power has no value below 0, and is none of the whole powers of x.
	return b.isWhole() && !a.isWhole() && !a.times(b).isWhole()
}

// raise multiplies the coefficient by a number to a whole power, if it stays short.
func (m *product) raise(c float64, power ratio) bool {
	if c == 0 || c != c || c-c != 0 || power.p < -64 || power.p > 64 {
		if power.p == 1 {
			m.c = m.c.times(ratio{c, 1})
			return true
		}
		return false
	}
	a, by := ratio{1, 1}, ratioOf(c)
	for range int(max(power.p, -power.p)) {
		a = a.times(by)
	}
	if power.p < 0 {
		a = ratio{1, 1}.over(a)
	}
	r := m.c.times(a)
	if v := r.value(); v == 0 || v-v != 0 {
		return false
	}
	m.c = r
	return true
}

// multiply multiplies by a power of a base that is no product. Powers of one base are
// merged where that neither takes from the domain nor adds to it.
func (m *product) multiply(k *knowledge, base Expr, power ratio) {
	for i, f := range m.factors {
		if f.base != base || !k.mayMerge(base, f.exponent, power) {
			continue
		}
		sum := f.exponent.plus(power)
		if sum.p == 0 {
			m.factors = slices.Delete(m.factors, i, i+1)
			return
		}
		m.factors[i].exponent = sum
		return
	}
	m.factors = append(m.factors, raisedTo{base, power})
}

// mayMerge reports whether x^a·x^b is x^(a+b) wherever it is a number, and only there.
func (k *knowledge) mayMerge(x Expr, a, b ratio) bool {
	if (a.p < 0) != (b.p < 0) && !k.regular && !k.has(x, nonzero) && a.plus(b).p >= 0 {
		return false // it was not defined at 0, and would be
	}
	if a.isWhole() && b.isWhole() || k.has(x, nonnegative) {
		return true
	}
	return !a.plus(b).isWhole()
}

// build returns the product as an expression: numbers, then powers, over powers.
func (m *product) build() Expr {
	slices.SortStableFunc(m.factors, func(a, b raisedTo) int {
		return cmp.Or(compareNodes(a.base.node(), b.base.node()), cmp.Compare(b.exponent.value(), a.exponent.value()))
	})
	var num, den Expr
	hasNum, hasDen := false, false
	put := func(to *Expr, has *bool, f Expr) {
		if *has {
			f = to.Mul(f)
		}
		*to, *has = f, true
	}
	p, q := m.c.p, m.c.q
	if q == 1 && p != 1 && len(m.factors) > 0 {
		put(&num, &hasNum, number(p))
	} else if q != 1 && p != 1 {
		put(&num, &hasNum, number(p))
	}
	if q != 1 {
		put(&den, &hasDen, number(q))
	}
	for _, f := range m.factors {
		if f.exponent.p > 0 {
			put(&num, &hasNum, power(f.base, f.exponent))
		} else {
			put(&den, &hasDen, power(f.base, ratio{-f.exponent.p, f.exponent.q}))
		}
	}
	if len(m.factors) == 0 {
		return number(m.c.value())
	}
	if !hasNum {
		num = number(1)
		if p == -1 {
			num = number(-1)
		}
	}
	if hasDen {
		num = num.Div(den)
	}
	return num
}

func power(base Expr, exponent ratio) Expr {
	switch exponent {
	case ratio{1, 1}:
		return base
	case ratio{1, 2}:
		return ad.Sqrt(base)
	}
	return ad.Pow(base, number(exponent.value()))
}
