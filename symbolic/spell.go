package symbolic

import (
	"cmp"
	"slices"
	"sync"

	"github.com/quartet-ad/ad/internal/rule"
)

// forms are those of the table, parsed, by the outermost operation of their
// text.
var forms = sync.OnceValue(func() map[root][]form {
	m := make(map[root][]form)
	for _, f := range rule.Forms {
		text, read := mustParse(f.Text), mustParse(f.Form)
		m[text.node().root()] = append(m[text.node().root()], form{text, read})
	}
	for _, list := range m { // the special before the general
		slices.SortStableFunc(list, func(a, b form) int {
			return cmp.Or(cmp.Compare(b.text.Terms(), a.text.Terms()), cmp.Compare(len(a.text.Vars()), len(b.text.Vars())))
		})
	}
	return m
})

type form struct{ text, form Expr }

func mustParse(text string) Expr {
	e, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return e
}

// Spelled returns e as ordinary mathematics: the functions that only derivatives are
// made of, invpos(x) or lorentzian(x), are written out as 1/x or 1/(x^2 + 1), precautions
// against overflow left out, and so is the derivative of a step. What comes of it is to be
// read. It equals e wherever both have a value, but for rounding,
// and may overflow where e does not, or have a value where e is NaN: 1/x for x < 0,
// where log(x) has no slope.
//
// Cost: a few new nodes for every distinct node of e.
func (e Expr) Spelled() Expr {
	p := e.compile()
	v := make([]Expr, len(p.steps))
	place := make(map[*node]int32, len(p.steps))
	vars := newMatch(textVars)
	gone := make([]bool, len(p.steps))
	for i, s := range p.steps {
		place[s.node] = int32(i)
		if v[i] = spell(s, p, v, place, vars); s.vanishes(gone) {
			v[i], gone[i] = Expr{}, true
		}
	}
	return v[p.roots[0]]
}

// vanishes reports whether a step is 0 on paper, given those before it that are: it is a
// product with the derivative of a step function, which the table has as flat.
func (s step) vanishes(gone []bool) bool {
	switch s.kind {
	case apply:
		return s.row == rule.Flat
	case mul:
		return gone[s.a] || gone[s.b]
	case div, neg:
		return gone[s.a]
	case add, sub:
		return gone[s.a] && gone[s.b]
	case ifPos:
		return gone[s.b] && gone[s.c]
	case apply2:
		c, ok := exponentOf(s.node)
		return ok && c > 0 && gone[s.a]
	}
	return false
}

// spell returns the node of a step spelled out, given those of its operands.
func spell(s step, p *program, v []Expr, place map[*node]int32, m *match) Expr {
	if e, ok := s.softmaxForm(func(n *node) Expr { return v[place[n]] }); ok {
		return e
	}
	for _, f := range forms()[s.root()] {
		if !m.match(f.text.node(), s.node) {
			continue
		}
		x := make([]Expr, len(m.bound))
		for i, b := range m.bound {
			if !m.found[i] {
				continue
			}
			at, ok := place[b.node()]
			if !ok {
				at = -1
			}
			if x[i] = b; at >= 0 {
				x[i] = v[at]
			}
		}
		return Eval(f.form, textVars, x)
	}
	if s.kind == add && v[s.a] == (Expr{}) {
		return v[s.b]
	}
	if s.kind == ifPos && s.isPrecaution() {
		return v[s.c]
	} else if s.kind == ifPos {
		return choice(v[s.a], v[s.b], v[s.c])
	}
	switch s.kind {
	case norm, normSlope, normCurve:
		return s.spellNorm(pick(v, p.lists[s.a]))
	}
	if s.kind == softmaxRate {
		x := pick(v, p.lists[s.a])
		i, by := s.entries()
		if i == by {
			return softmaxEntry(x, i).Mul(number(1).Sub(softmaxEntry(x, i)))
		}
		return softmaxEntry(x, i).Mul(softmaxEntry(x, by)).Neg()
	}
	return rebuild(s, p, v)
}

// isPrecaution reports whether a branch is one that a text of the table takes where the
// usual formula would overflow: it has the form ifpos(above(u, c), far, near).
func (n *node) isPrecaution() bool {
	c := n.args[0]
	return c.kind == apply2 && c.row2 == rule.Above && c.args[1].kind == constant
}

// choice returns c.IfPos(a, b), where c is itself a choice with a number as one that is
// directly between a and b.
func choice(c, a, b Expr) Expr {
	n := c.node()
	if n.kind != ifPos || n.depth > 50 {
		return c.IfPos(a, b)
	}
	inner, yes, no := wrap(n.args[0]), wrap(n.args[1]), wrap(n.args[2])
	_, isNumber := yes.number()
	_, isNumber2 := no.number()
	if !isNumber && !isNumber2 {
		return c.IfPos(a, b)
	}
	return choice(inner, choice(yes, a, b), choice(no, a, b))
}

// rebuild returns the node of a step with other operands.
func rebuild(s step, p *program, v []Expr) Expr {
	switch s.kind {
	case constant, variable:
		return wrap(s.node)
	case add:
		return v[s.a].Add(v[s.b])
	case sub:
		return v[s.a].Sub(v[s.b])
	case mul:
		return v[s.a].Mul(v[s.b])
	case div:
		return v[s.a].Div(v[s.b])
	case neg:
		return v[s.a].Neg()
	case ifPos:
		return v[s.a].IfPos(v[s.b], v[s.c])
	case apply:
		return v[s.a].Apply(s.op)
	case apply2:
		return v[s.a].Apply2(s.op2, v[s.b])
	}
	return many(key{kind: s.kind, bits: s.bits}, pick(v, p.lists[s.a]))
}
