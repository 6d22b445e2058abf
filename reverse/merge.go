package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/internal/rule"
)

// merge makes one statement of many of every chain of additions and subtractions, one
// after the other, that nothing else uses: a sum with weights, or a dot product. Terms
// are added in the same order, so that values stay the same to the bit.
func (o *optimizer) merge() {
	p := o.p
	m := merger{optimizer: o, uses: make([]int32, len(p.code)), live: make([]bool, len(p.code))}
	use := func(place *int32) {
		if k := int(*place) - p.first; k >= 0 {
			m.uses[k]++
		}
	}
	p.eachResult(use)
	for k := range p.code {
		p.each(&p.code[k], use)
		m.live[k] = true
	}
	for k := len(p.code) - 1; k >= 0; k-- {
		if kind := p.code[k].op; m.live[k] && (kind == opAdd || kind == opSub) {
			m.root(int32(k + p.first))
		}
	}
	p.saved.Merged = p.keep(m.live)
}

type merger struct {
	*optimizer
	uses  []int32
	live  []bool
	terms []term
	inner []int32 // the statements whose work the terms do
}

// A term of a sum is a product.
type term struct{ x, y int32 }

// root replaces the end of a chain by one statement, if that has more than two terms.
func (m *merger) root(place int32) {
	m.terms, m.inner = m.terms[:0], m.inner[:0]
	for at := place; ; {
		in := m.at(at)
		rest, last := in.a, in.b
		if in.op == opAdd && m.continues(last) {
			rest, last = last, rest
		}
		m.add(last, in.op == opSub)
		if !m.continues(rest) {
			m.add(rest, false)
			break
		}
		m.inner = append(m.inner, rest)
		at = rest
	}
	if len(m.terms) < 3 {
		return
	}
	slices.Reverse(m.terms)
	l := list{row: rule.Sum, xVar: true}
	for _, t := range m.terms {
		l.x, l.y = append(l.x, t.x), append(l.y, t.y)
		l.yVar = l.yVar || t.y >= 0
		if t.y >= 0 || m.p.consts[-t.y-1] != 1 {
			l.row = rule.Dot
		}
	}
	if l.row == rule.Sum {
		l.y = nil
	}
	p := m.p
	p.lists = append(p.lists, l)
	p.code[int(place)-p.first] = instr{op: opApplyN | opIndex(len(p.lists)-1)}
	for _, i := range m.inner {
		m.live[int(i)-p.first] = false
	}
}

// continues reports whether an operand is a sum that belongs to the same chain.
func (m *merger) continues(operand int32) bool {
	in := m.at(operand)
	return in != nil && (in.op == opAdd || in.op == opSub) && m.once(operand)
}

// once reports whether an operand is used but once.
func (m *merger) once(operand int32) bool { return m.uses[int(operand)-m.p.first] == 1 }

// add adds a term: a product that nothing else uses by its factors.
func (m *merger) add(operand int32, negative bool) {
	t := term{operand, m.constant(1)}
	if negative {
		t.y = m.constant(-1)
	}
	switch in := m.at(operand); {
	case in == nil || !m.once(operand):
	case in.op == opMul && in.b < 0:
		t = term{in.a, in.b}
		if negative {
			t.y = m.constant(-m.p.consts[-in.b-1])
		}
		m.inner = append(m.inner, operand)
	case in.op == opMul && !negative:
		t = term{in.a, in.b}
		m.inner = append(m.inner, operand)
	case in.op == opSquare && !negative:
		t = term{in.a, in.a}
		m.inner = append(m.inner, operand)
	}
	m.terms = append(m.terms, t)
}
