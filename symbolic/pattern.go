package symbolic

import "github.com/quartet-ad/ad/internal/rule"

// A root says what the outermost operation of an expression is; patterns are found by
// it.
type root struct {
	kind kind
	row  *rule.Func
	row2 *rule.Func2
}

func (n *node) root() root { return root{n.kind, n.row, n.row2} }

// A match is what the variables of a pattern stand for.
type match struct {
	vars  []Expr
	bound []Expr
	found []bool
}

func newMatch(vars []Expr) *match {
	return &match{vars: vars, bound: make([]Expr, len(vars)), found: make([]bool, len(vars))}
}

// matches reports whether e is the pattern with expressions in place of its variables,
// equal ones for equal variables. Patterns are small: it recurses on them alone.
func (m *match) matches(pattern, e *node) bool {
	if pattern.kind == variable {
		for i, v := range m.vars {
			if v.n != pattern {
				continue
			}
			if m.found[i] {
				return m.bound[i] == wrap(e)
			}
			m.bound[i], m.found[i] = wrap(e), true
			return true
		}
	}
	if pattern.kind != e.kind || pattern.row != e.row || pattern.row2 != e.row2 || pattern.name != e.name || pattern.bits != e.bits {
		return false
	}
	p, q := pattern.operands(), e.operands()
	if len(p) != len(q) {
		return false
	}
	for i := range p {
		if !m.matches(p[i], q[i]) {
			return false
		}
	}
	return true
}

// match matches from the start.
func (m *match) match(pattern, e *node) bool {
	clear(m.found)
	clear(m.bound)
	return m.matches(pattern, e)
}
