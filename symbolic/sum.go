package symbolic

import (
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

var invPosRow = rule.InvPos

// A total is a sum of products, those of one body collected.
type total struct {
	*knowledge
	terms []*product
	at    map[Expr]int // by body, the product with the coefficient 1

	covered []raisedTo // what stands beside the sum
}

func newSum(k *knowledge) *total { return &total{knowledge: k, at: make(map[Expr]int)} }

// add adds c·e, where e is in normal form. A sum is taken apart if open is set.
func (t *total) add(e Expr, c float64, open bool) {
	if !open || !isSum(e.node().kind) {
		t.addTerm(e, c)
		return
	}
	for _, part := range terms(e.node()) {
		sign := c
		if part.minus {
			sign = -c
		}
		t.addTerm(wrap(part.node), sign)
	}
}

func (t *total) addTerm(e Expr, c float64) {
	m := &product{c: ratioOf(c)}
	m.times(t.knowledge, e, ratio{1, 1})
	if len(m.factors) == 1 && m.factors[0].exponent == (ratio{1, 1}) && isSum(m.factors[0].base.node().kind) && m.c.p-m.c.p == 0 && (m.c.p == 1 || m.c.p == -1 || len(terms(m.factors[0].base.node())) < 9) {
		for _, part := range terms(m.factors[0].base.node()) { // c·(x + y)
			inner := &product{c: m.c}
			if part.minus {
				inner.c.p = -inner.c.p
			}
			inner.times(t.knowledge, wrap(part.node), ratio{1, 1})
			t.collect(inner)
		}
		return
	}
	t.collect(m)
}

// collect adds a product to the term of the same body.
func (t *total) collect(m *product) {
	c := m.c
	m.c = ratio{1, 1}
	body := m.build()
	m.c = c
	if i, ok := t.at[body]; ok {
		t.terms[i].c = t.terms[i].c.plus(c)
		return
	}
	t.at[body] = len(t.terms)
	t.terms = append(t.terms, m)
}

// build returns the sum as an expression. Terms that cancel leave 0 times what they
// were, unless that is known to be finite, or to be so wherever the variables are, and
// these occur in other terms.
func (t *total) build() Expr {
	t.pythagoras(rule.Sin, rule.Cos, 1)
	t.pythagoras(rule.Cosh, rule.Sinh, -1)
	kept := t.terms[:0:0]
	for i, m := range t.terms {
		if m.c.p == 0 && (len(m.factors) == 0 || t.finiteProduct(m) || t.coveredBy(i)) {
			continue
		}
		kept = append(kept, m)
	}
	slices.SortStableFunc(kept, compareTerms)
	if first := slices.IndexFunc(kept, func(m *product) bool { return m.c.p > 0 }); first > 0 {
		m := kept[first]
		kept = slices.Insert(slices.Delete(kept, first, first+1), 0, m)
	}
	var sum Expr
	for i, m := range kept {
		minus := i > 0 && m.c.p < 0
		if minus {
			m.c.p = -m.c.p
		}
		term := t.rules(m.build())
		switch {
		case i == 0:
			sum = term
		case minus:
			sum = sum.Sub(term)
		default:
			sum = sum.Add(term)
		}
	}
	return t.rules(sum)
}

// coveredBy reports whether a term that has cancelled is finite wherever its variables
// are, and these occur in terms that stay: then the sum is NaN or infinite without it
// where they are.
func (t *total) coveredBy(i int) bool {
	if len(t.terms) > 20 {
		return false
	}
	vars := make(map[Expr]bool)
	for _, f := range t.covered {
		if f.base.node().size < 1000 {
			for _, v := range f.base.Vars() {
				vars[v] = true
			}
		}
	}
	for k, m := range t.terms {
		for _, f := range m.factors {
			if k != i && m.c.p != 0 && f.base.node().size < 1000 {
				for _, v := range f.base.Vars() {
					vars[v] = true
				}
			}
		}
	}
	for _, f := range t.terms[i].factors {
		if !t.hasPower(f, tame) || f.base.node().size > 1000 {
			return false
		}
		for _, v := range f.base.Vars() {
			if !vars[v] {
				return false
			}
		}
	}
	return true
}

// pythagoras replaces c·f(u)²·r + sign·c·g(u)²·r by c·r, where u is finite.
func (t *total) pythagoras(f, g *rule.Func, sign float64) {
	for i := 0; i < len(t.terms) && len(t.terms) <= 100; i++ {
		m := t.terms[i]
		for k, p := range m.factors {
			n := p.base.node()
			if n.kind != apply || n.row != f || p.exponent != (ratio{2, 1}) || !t.has(wrap(n.args[0]), finite) || m.c.p == 0 {
				continue
			}
			rest := &product{c: ratio{1, 1}, factors: slices.Delete(slices.Clone(m.factors), k, k+1)}
			other := &product{c: ratio{1, 1}, factors: slices.Clone(rest.factors)}
			other.multiply(t.knowledge, wrap(n.args[0]).Apply(ad.NewOp((*ad.Func)(g))), ratio{2, 1})
			j, ok := t.at[other.build()]
			if !ok || t.terms[j].c.value() != sign*m.c.value() {
				continue
			}
			rest.c = m.c
			t.terms[i], t.terms[j] = &product{c: ratio{0, 1}}, &product{c: ratio{0, 1}}
			t.collect(rest)
			break
		}
	}
}
