package symbolic

import (
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// This file finds the softmax again in what ad.Softmax and ad.LogSoftmax make of
// expressions: exponentials less the largest entry, each against the sum of the others.

// softmaxOf returns the list and the entry of a node that is an entry of ad.Softmax.
func (n *node) softmaxOf() (list []*node, i int, ok bool) {
	if n.kind != apply2 || n.row2 != rule.Fraction {
		return nil, 0, false
	}
	part := n.args[0]
	if part.kind != apply2 || part.row2 != rule.ExpDiff {
		return nil, 0, false
	}
	return entryOf(part.args[0], part.args[1], n.args[1])
}

// logSoftmaxOf returns the same of an entry of ad.LogSoftmax.
func (n *node) logSoftmaxOf() (list []*node, i int, ok bool) {
	if n.kind != ifPos || n.args[2].kind != apply2 || n.args[2].row2 != rule.LogPart {
		return nil, 0, false
	}
	d := n.args[2].args[0]
	if d.kind != sub || wrap(d.args[1]).Sub(wrap(d.args[0])) != wrap(n.args[0]) {
		return nil, 0, false
	}
	return entryOf(d.args[0], d.args[1], n.args[2].args[1])
}

// entryOf returns the list whose largest entry is m, and where in it x is, if others is the
// sum of the exponentials of all the others less m.
func entryOf(x, m, others *node) (list []*node, i int, ok bool) {
	first := m
	for ; first.kind == apply2 && first.row2 == rule.Pivot; first = first.args[0] {
		list = append(list, first.args[1])
	}
	if first.kind != constant || len(list) == 0 || len(list) > maxReadable {
		return nil, 0, false
	}
	slices.Reverse(list)
	var rest []*node
	for _, t := range terms(others) {
		switch {
		case t.minus:
			return nil, 0, false
		case wrap(t.node).is(0):
		case t.kind == apply2 && t.row2 == rule.ExpDiff && t.args[1] == m:
			rest = append(rest, t.args[0])
		default:
			return nil, 0, false
		}
	}
	for i, e := range list {
		if e == x && len(rest) == len(list)-1 && slices.Equal(rest[:i], list[:i]) && slices.Equal(rest[i:], list[i+1:]) {
			return list, i, true
		}
	}
	return nil, 0, false
}

// softmaxForm returns what a person writes for a node of ad.Softmax or ad.LogSoftmax.
func (n *node) softmaxForm(read func(*node) Expr) (Expr, bool) {
	entry := func(list []*node) []Expr {
		x := make([]Expr, len(list))
		for k, e := range list {
			x[k] = read(e)
		}
		return x
	}
	if list, i, ok := n.softmaxOf(); ok {
		return softmaxEntry(entry(list), i), true
	}
	if list, i, ok := n.logSoftmaxOf(); ok {
		x := entry(list)
		return x[i].Sub(ad.LogSumExp(x)), true
	}
	return Expr{}, false
}

// collapsed returns expressions with the entries of ad.Softmax as operations of their own.
func collapsed(p *program, e []Expr) (*program, []Expr) {
	if !slices.ContainsFunc(p.steps, func(s step) bool { return s.kind == apply2 && s.row2 == rule.Fraction }) {
		return p, e
	}
	v, place := make([]Expr, len(p.steps)), make(map[*node]int32, len(p.steps))
	for i, s := range p.steps {
		place[s.node] = int32(i)
		if list, k, ok := s.softmaxOf(); ok {
			x := make([]Expr, len(list))
			for j, e := range list {
				x[j] = v[place[e]]
			}
			v[i] = softmaxEntry(x, k)
			continue
		}
		v[i] = rebuild(s, p, v)
	}
	e = pick(v, p.roots)
	return compile(e...), e
}
