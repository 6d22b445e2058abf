package source

import "slices"

// taped reports whether all that the undoing of a loop reads is kept while the loop is done:
// where it overwrites elements that somebody reads again, so that much is kept in any case.
func (g *generator) taped(s *stmt) bool {
	if jumps(s.body) || s.key != nil && assigns(s.body, s.key) || s.counted != nil && assigns(s.body, s.counted.v) {
		return false
	}
	overwritten := false
	each(s.body, func(b *stmt) {
		overwritten = overwritten || b.form == assignForm && b.left.op == elemOp && b.left.v.kind == list && !g.private(s, b.left.v) && !g.overwrites(s, b.left.v)
	})
	return overwritten && !slices.ContainsFunc(s.body, func(b *stmt) bool {
		if b.form != assignForm || !b.define {
			return false
		}
		return b.left.v.kind == list || b.left.v.kind == other && !isBasic(b.left.v.typ) && !g.stable(b)
	})
}

// stable reports whether s computes the same whenever it is done in an iteration, at little
// cost.
func (g *generator) stable(s *stmt) bool {
	if s.form != assignForm || !s.define || s.left.v.kind == list || g.changes[s.left.v] {
		return false
	}
	if g.fault == "tape" {
		return true
	}
	dear := false
	s.right.walk(func(e *expr) { dear = dear || e.isDear() })
	return !dear && !slices.ContainsFunc(s.own(), func(v *variable) bool { return g.changes[home(v)] })
}

// tapedLoop writes a loop that keeps what its undoing reads, given its header.
func (g *generator) tapedLoop(s *stmt, f *node, first bool, after reached) (forward, backward []*node) {
	b, trips := g.reversed(s)
	if trips != nil {
		start, count := counting(trips)
		forward, f.body = append(forward, start), []*node{count}
	}
	body, undo := g.tape(s, first, after)
	f.body = append(f.body, body...)
	b.note, b.body = g.note("the loop", s), undo
	return append(forward, f), []*node{b}
}

// counting returns what counts the iterations of a loop.
func counting(trips *variable) (start, count *node) {
	start = leaf(trips.name+" := 0", nil)
	start.writes, start.decl, start.typ = []string{trips.name}, trips.name, "int"
	count = leaf(trips.name+"++", nil)
	count.weak = []string{trips.name}
	return start, count
}

// tape writes the body of a loop, with what is kept at its end, and the body that undoes it.
func (g *generator) tape(s *stmt, first bool, after reached) (body, undo []*node) {
	k := g.keeps(s, first)
	k.taped = true
	body, undo = g.parts(s.body, first, after, k)
	again := []*node{body[0]} // where the adjoints are declared
	body = body[1:]
	if s.post != nil && s.counted == nil {
		save, give := k.found(s.post.left.v, "Before")
		body, again = append([]*node{save}, body...), append([]*node{give}, again...)
	}
	defined := make(map[string]*stmt)
	for _, b := range s.body {
		if b.form == assignForm && b.define && g.stable(b) {
			defined[b.left.v.name] = b
		}
	}
	for _, n := range body {
		if n.decl == "" || slices.ContainsFunc(k.push, func(p *node) bool { return p.value == n.decl }) {
			continue
		}
		if b := defined[n.decl]; b != nil {
			again = append(again, assignment(b))
			continue
		}
		k.result(&variable{name: n.decl, typ: n.typ})
	}
	k.byStack()
	return append(body, k.push...), slices.Concat(k.pops, again, undo)
}
