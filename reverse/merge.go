package reverse

import (
	"slices"

	"github.com/quartet-ad/ad/internal/rule"
)

// merge makes one statement of many of every chain of additions and subtractions, one
// after the other, that nothing else uses: a sum with weights. Terms are added in the
// same order, so that values stay the same to the bit.
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

// A term is an operand with the weight that it has in a sum.
type term struct {
	operand int32
	weight  float64
}

// root replaces the end of a chain by a sum with weights, if that has more than two
// terms.
func (m *merger) root(place int32) {
	m.terms, m.inner = m.terms[:0], m.inner[:0]
	for at := place; ; {
		in := m.at(at)
		sign := 1.0
		if in.op == opSub {
			sign = -1
		}
		m.terms = append(m.terms, m.weighted(in.b, sign))
		at = in.a
		if in = m.at(at); in == nil || in.op != opAdd && in.op != opSub || m.uses[int(at)-m.p.first] != 1 {
			m.terms = append(m.terms, m.weighted(at, 1))
			break
		}
		m.inner = append(m.inner, at)
	}
	if len(m.terms) < 3 {
		return
	}
	slices.Reverse(m.terms)
	l := list{row: rule.Sum, xVar: true}
	for _, t := range m.terms {
		l.x = append(l.x, t.operand)
		if t.weight != 1 {
			l.row = rule.Dot
		}
	}
	if l.row == rule.Dot {
		for _, t := range m.terms {
			l.y = append(l.y, m.constant(t.weight))
		}
	}
	p := m.p
	p.lists = append(p.lists, l)
	p.code[int(place)-p.first] = instr{op: opApplyN | opIndex(len(p.lists)-1)}
	for _, i := range m.inner {
		m.live[int(i)-p.first] = false
	}
}

// weighted returns an operand as a term: its factor with the weight, if it is a product
// with a constant that nothing else uses.
func (m *merger) weighted(operand int32, weight float64) term {
	in := m.at(operand)
	if in == nil || in.op != opMul || in.b >= 0 || m.uses[int(operand)-m.p.first] != 1 {
		return term{operand, weight}
	}
	m.inner = append(m.inner, operand)
	return term{in.a, weight * m.p.consts[-in.b-1]}
}
