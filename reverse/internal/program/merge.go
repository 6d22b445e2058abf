package program

import (
	"slices"

	"github.com/quartet-ad/ad/internal/rule"
)

// merge makes one n-ary statement of every chain of additions and subtractions, one
// after the other, that nothing else uses: a sum with weights, or a dot product. Terms
// are added in the same order, so that values stay the same to the bit.
func (b *Builder) merge() {
	p := b.p
	m := merger{Builder: b, uses: make([]int32, len(p.Code)), live: make([]bool, len(p.Code))}
	use := func(place *int32) {
		if k := int(*place) - p.First; k >= 0 {
			m.uses[k]++
		}
	}
	p.eachResult(use)
	for k := range p.Code {
		p.each(&p.Code[k], use)
		m.live[k] = true
	}
	for k := len(p.Code) - 1; k >= 0; k-- {
		if kind := p.Code[k].Op; m.live[k] && (kind == Add || kind == Sub) {
			m.root(int32(k + p.First))
		}
	}
	p.Saved.Merged = p.drop(m.live)
}

type merger struct {
	*Builder
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
		rest, last := in.A, in.B
		if in.Op == Add && m.continues(last) {
			rest, last = last, rest
		}
		m.add(last, in.Op == Sub)
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
	l := List{Row: rule.Sum, XVar: true}
	for _, t := range m.terms {
		l.X, l.Y = append(l.X, t.x), append(l.Y, t.y)
		l.YVar = l.YVar || t.y >= 0
		if t.y >= 0 || m.p.Consts[-t.y-1] != 1 {
			l.Row = rule.Dot
		}
	}
	if l.Row == rule.Sum {
		l.Y = nil
	}
	p := m.p
	p.Lists = append(p.Lists, l)
	p.Code[int(place)-p.First] = Instr{Op: Nary.With(len(p.Lists) - 1)}
	for _, i := range m.inner {
		m.live[int(i)-p.First] = false
	}
}

// continues reports whether an operand is a sum that belongs to the same chain.
func (m *merger) continues(operand int32) bool {
	in := m.at(operand)
	return in != nil && (in.Op == Add || in.Op == Sub) && m.once(operand)
}

// once reports whether an operand is used but once.
func (m *merger) once(operand int32) bool { return m.uses[int(operand)-m.p.First] == 1 }

// add adds a term: a product that nothing else uses by its factors.
func (m *merger) add(operand int32, negative bool) {
	t := term{operand, m.Const(1)}
	if negative {
		t.y = m.Const(-1)
	}
	switch in := m.at(operand); {
	case in == nil || !m.once(operand):
	case in.Op == Mul && in.B < 0:
		t = term{in.A, in.B}
		if negative {
			t.y = m.Const(-m.p.Consts[-in.B-1])
		}
		m.inner = append(m.inner, operand)
	case in.Op == Mul && !negative:
		t = term{in.A, in.B}
		m.inner = append(m.inner, operand)
	case in.Op == Square && !negative:
		t = term{in.A, in.A}
		m.inner = append(m.inner, operand)
	}
	m.terms = append(m.terms, t)
}
