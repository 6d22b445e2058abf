package symbolic

import (
	"cmp"
	"math"
	"strings"

	"github.com/quartet-ad/ad/internal/rule"
)

// compareNodes orders factors as a person does: numbers, variables by name, sums, roots,
// exponentials, other functions. It looks at an expression no deeper than a few levels;
// what it cannot tell apart stays in the order in which it is.
func compareNodes(a, b *node) int { return compareDeep(a, b, 6) }

func compareDeep(a, b *node, levels int) int {
	if a == b || levels == 0 {
		return 0
	}
	if c := cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.size, b.size), strings.Compare(a.label(), b.label()), cmp.Compare(a.bits, b.bits)); c != 0 {
		return c
	}
	x, y := a.operands(), b.operands()
	for i := range min(len(x), len(y)) {
		if c := compareDeep(x[i], y[i], levels-1); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}

// place says where in a product an expression stands.
func place(n *node) int {
	switch n.kind {
	case constant:
		return 0
	case variable:
		return 1
	case add, sub, neg:
		return 3
	case apply:
		switch n.row {
		case rule.Sqrt:
			return 2
		case rule.Exp, rule.Exp2:
			return 4
		case rule.Sin, rule.Sinh:
			return 6
		case rule.Cos, rule.Cosh:
			return 7
		case rule.Log:
			return 9
		}
	case apply2:
		if n.row2 == rule.Pow {
			return 5
		}
	}
	return 8
}

// degree returns the total power of variables in a product.
func (m *product) degree() float64 {
	d := 0.0
	for _, f := range m.factors {
		if f.base.node().kind == variable {
			d += f.exponent.value()
		}
	}
	return d
}

// compareTerms orders the terms of a sum: higher powers first, then what is shorter;
// numbers last.
func compareTerms(a, b *product) int {
	if len(a.factors) == 0 || len(b.factors) == 0 {
		return len(b.factors) - len(a.factors)
	}
	if c := cmp.Compare(b.degree(), a.degree()); c != 0 && !math.IsNaN(a.degree()-b.degree()) {
		return c
	}
	for i := range min(len(a.factors), len(b.factors)) {
		f, g := a.factors[i], b.factors[i]
		if c := cmp.Or(compareNodes(f.base.node(), g.base.node()), cmp.Compare(g.exponent.value(), f.exponent.value())); c != 0 {
			return c
		}
	}
	return len(a.factors) - len(b.factors)
}
