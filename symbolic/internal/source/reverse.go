package source

import (
	"slices"
	"strings"
)

// full writes a list of statements and what undoes them: forward computes the values, and
// backward, which is to follow it, carries the adjoints from the results of the list to
// what it reads. Backward also brings every variable back to its value before the list, so
// that each statement is undone with the values that it was done with. What nobody reads
// is left out afterwards. A first run computes the result of the function as well.
func (g *generator) full(list []*stmt, first bool, after reached) (forward, backward []*node) {
	return g.parts(list, first, after, nil)
}

// parts does what full does. For a keeper, forward computes again what it does not keep.
func (g *generator) parts(list []*stmt, first bool, after reached, k *keeper) (forward, backward []*node) {
	scope := &node{shape: scopeNode}
	var all []*stmt
	for _, s := range list {
		if (k == nil && first || k != nil && !k.taped) && g.hoists(s) {
			all = append(all, g.hoist(s, k)...)
			continue
		}
		all = append(all, g.split(s)...)
	}
	outer := g.known
	g.known = g.knowing(outer, all)
	defer func() { g.known = outer }()
	undo := make([][]*node, len(all))
	reach := make([]reached, len(all)+1)
	reach[len(all)] = after
	for i := len(all) - 1; i >= 0; i-- {
		reach[i] = reach[i+1].before(all[i])
	}
	fused := func(i int, first bool) []*node { // between the statements
		known := g.known
		defer func() { g.known = known }()
		g.known = g.knowing(outer, all[:i])
		return g.fused(all[i], first, reach[i+1])
	}
	for i, s := range all {
		var f []*node
		switch s.form {
		case assignForm:
			if s.define != s.kept && s.left.v.active && s.left.v.kind == scalar && s.left.v.seed == nil {
				scope.scope = append(scope.scope, g.adjoint(s.left.v).name)
			}
			f, undo[i] = g.assign(s, first, reach[i+1])
		case panicForm:
			f = g.primal([]*stmt{s}, first)
		case ifForm, loopForm:
			switch {
			case g.fusable(s, all[i+1:], all) && k != nil && k.taped:
				f, undo[i] = g.primal([]*stmt{s}, first), fused(i, false)
			case g.fusable(s, all[i+1:], all):
				f = fused(i, first)
			case s.form == ifForm:
				f, undo[i] = g.choice(s, first, reach[i+1])
			case k != nil && k.ends && g.keptLoop(s):
				f, undo[i] = g.repeat(s, k.first, reach[i+1])
				forward = append(forward, k.loop(s, f)...)
				continue
			case k != nil && !k.taped && k.lists[s] != nil:
				_, undo[i] = g.repeat(s, first, reach[i+1])
				k.list(s)
				continue
			default:
				f, undo[i] = g.repeat(s, first, reach[i+1])
			}
		}
		if s.form == assignForm {
			for _, n := range undo[i] {
				n.of = g.statement(s)
			}
		}
		if k != nil && !k.taped {
			f = k.statement(s, f, len(undo[i]) == 0)
		}
		forward = append(forward, f...)
	}
	for _, u := range slices.Backward(undo) {
		backward = append(backward, u...)
	}
	return append([]*node{scope}, forward...), backward
}

func (g *generator) whole(list []*stmt, first bool, after reached) []*node {
	f, b := g.full(list, first, after)
	return append(f, b...)
}

// assign writes an assignment, and its undoing.
func (g *generator) assign(s *stmt, first bool, after reached) (forward, backward []*node) {
	v := s.left.v
	if v.seed != nil { // computed once; its adjoint is a number
		if first {
			forward = []*node{assignment(s)}
		}
		p := &puller{generator: g}
		w := v.seed
		if s.op == "-=" {
			w = neg(w)
		}
		g.guard(p, s.right, w, v.seed.op == constOp)
		return forward, p.list
	}
	if s.kept && !s.define {
		return nil, g.undo(s, after[v])
	}
	if !s.define {
		old := &variable{name: g.fresh(v.name + "Old"), typ: v.typ}
		if s.left.op == elemOp {
			old.typ = "float64"
		}
		save := leaf(old.name+" := "+s.left.String(), append(slices.Clone(s.left.reads), v))
		save.writes, save.decl, save.typ = []string{old.name}, old.name, old.typ
		back := leaf(s.left.String()+" = "+old.name, s.left.reads)
		back.reads = append(back.reads, old.name)
		save.saves, back.backs = v.name, old.name
		if s.left.op == elemOp {
			back.weak = []string{v.name}
		} else {
			back.writes = []string{v.name}
		}
		forward, backward = append(forward, save), append(backward, back)
	}
	forward = append(forward, assignment(s))
	switch {
	case !v.active:
	case v.kind == list && s.left.op == refOp:
		f, b := g.makeAdjoint(s)
		forward, backward = append(forward, f), append(backward, b...)
	default:
		backward = append(backward, g.undo(s, after[v])...)
	}
	return forward, backward
}

// makeAdjoint makes the adjoint of a list, and pulls through the elements of a literal.
func (g *generator) makeAdjoint(s *stmt) (*node, []*node) {
	v := s.left.v
	a := g.adjoint(v)
	n := &node{decl: a.name + "#", writes: []string{a.name + "#"}}
	switch {
	case v.base != nil:
		n.text = a.name + " := " + g.adjoint(v.base).name + strings.TrimPrefix(s.alloc, v.base.name)
		n.reads = append(namesOf(s.right.reads), g.adjoint(v.base).name+"#")
	case v.typ == "[]float64":
		n.text = a.name + " := make([]float64, len(" + v.name + "))"
		n.reads = []string{v.name + "#"}
		n.writes = append(n.writes, a.name)
	default:
		n.text = "var " + a.name + " " + v.typ
		n.writes = append(n.writes, a.name)
	}
	p := &puller{generator: g}
	for i, e := range s.elems {
		if e.active() {
			w := &expr{op: elemOp, v: a, text: number(float64(i)).text}
			g.guard(p, e, w, false)
		}
	}
	for _, n := range p.list {
		n.reads = append(n.reads, a.name+"#")
	}
	return n, p.list
}

// undo pulls the adjoint of what s assigns to what s reads.
func (g *generator) undo(s *stmt, sure bool) []*node {
	v := s.left.v
	e := s.right
	if s.op != "=" {
		ops := map[string]op{"+=": addOp, "-=": subOp, "*=": mulOp, "/=": divOp}
		e = &expr{op: ops[s.op], args: []*expr{s.left, s.right}, pos: s.pos}
	}
	p := &puller{generator: g}
	a := g.adjoint(v)
	at := &expr{op: s.left.op, v: a, text: s.left.text, reads: s.left.reads}
	switch {
	case s.define || s.kept:
		if e.op == callOp || e.op == divOp {
			if v.sets == 0 {
				p.result = v
			}
		}
		g.guard(p, e, at, sure)
	case s.op == "+=" || s.op == "-=": // what v was before keeps its adjoint
		w := at
		if s.right.has(v) {
			old := g.temp("w")
			p.list = append(p.list, define(old, at))
			w = ref(old)
		}
		if s.op == "-=" {
			w = neg(w)
		}
		g.guard(p, s.right, w, sure)
	default:
		w := g.temp("w")
		take := define(w, at)
		reset := leaf(at.String()+" = 0", s.left.reads)
		if s.left.op == elemOp {
			reset.weak = []string{a.name}
		} else {
			reset.writes = []string{a.name}
		}
		if g.fault == "reset" {
			p.list = append(p.list, take)
		} else {
			p.list = append(p.list, take, reset)
		}
		g.guard(p, e, ref(w), sure)
	}
	if s.left.op == elemOp {
		for _, n := range p.list {
			n.reads = append(n.reads, a.name+"#", a.name)
		}
	}
	return p.list
}

// guard pulls w through e. Where it is not sure that w comes from the result, and slopes
// may be infinite, it does so only if w is not 0.
func (g *generator) guard(p *puller, e, w *expr, sure bool) {
	if sure || e.isLinear() {
		p.pull(e, w)
		return
	}
	inner := &puller{generator: g, result: p.result}
	inner.pull(e, w)
	if len(inner.list) == 0 {
		return
	}
	rest, _ := w.sign()
	n := &node{shape: ifNode, text: rest.String() + " != 0", reads: namesOf(rest.vars()), body: inner.list}
	g.guards[n.text] = true
	if rest.op == elemOp {
		n.reads = append(n.reads, rest.v.name+"#")
	}
	p.list = append(p.list, n)
}
