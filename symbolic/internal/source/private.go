package source

import (
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// overwrites reports whether the loop s assigns to every element of v before it reads it:
// what v held before is lost, and need not be kept.
func (g *generator) overwrites(s *stmt, v *variable) bool {
	if s.form != loopForm || v.kind != list || v.base != nil || jumps(s.body) {
		return false
	}
	key := s.covers(v, g.sizes[v])
	if key == nil || assigns(s.body, key) {
		return false
	}
	done := false
	for _, b := range s.body {
		switch {
		case b.form == assignForm && b.left.op == elemOp && b.left.v == v && b.op == "=" && b.left.text == key.name && !done:
			if slices.Contains(b.own(), v) {
				return false
			}
			done = true
		case !done && mentionsList(b, v):
			return false
		case done && !g.onlyAt(b, v, key.name):
			return false
		}
	}
	return done
}

// covers returns the variable of a loop that runs through all indices of v, whose size is
// given as Go.
func (s *stmt) covers(v *variable, size string) *variable {
	all := []string{"len(" + v.name + ")"}
	if size != "" {
		all = append(all, size)
	}
	switch c := s.counted; {
	case s.over != nil && strings.Contains(s.overType, "["):
		all = append(all, v.name)
		if slices.Contains(all, s.over.text) || slices.Contains(all, "len("+s.over.text+")") {
			return s.key
		}
	case s.over != nil:
		if slices.Contains(all, s.over.text) {
			return s.key
		}
	case c != nil && c.first == "0" && c.step == "1" && c.cmp == token.LSS && slices.Contains(all, c.bound):
		return c.v
	}
	return nil
}

// onlyAt reports whether b reads and writes v at the index key alone.
func (g *generator) onlyAt(b *stmt, v *variable, key string) bool {
	ok := true
	see := func(e *expr) {
		e.walk(func(e *expr) {
			if e.op == elemOp && e.v == v && e.text == key && !slices.Contains(e.reads, v) {
				return
			}
			ok = ok && e.v != v && !slices.Contains(e.reads, v)
		})
	}
	each([]*stmt{b}, func(b *stmt) {
		see(b.left)
		see(b.right)
		see(b.over)
		for _, e := range b.elems {
			see(e)
		}
		b.cond.each(see)
	})
	return ok
}

func assigns(all []*stmt, v *variable) bool {
	found := false
	each(all, func(s *stmt) { found = found || s.form == assignForm && s.left.v == v })
	return found
}

func mentionsList(s *stmt, v *variable) bool {
	found := false
	each([]*stmt{s}, func(s *stmt) {
		found = found || slices.Contains(s.own(), v) || s.left != nil && s.left.v == v
	})
	return found
}

// findSizes finds the lengths of the lists that are made here, where they are constants or
// variables that do not change.
func (g *generator) findSizes() {
	changes := g.changes
	elements := make(map[*variable]bool)
	counters := make(map[*variable]bool)
	parts := g.parted
	each(g.body, func(s *stmt) {
		if s.form == assignForm && !s.define && s.left.op == refOp {
			changes[s.left.v] = true
		}
		if s.form == assignForm && s.left.op == elemOp {
			elements[home(s.left.v)] = true
		}
		if s.form == loopForm && s.key != nil {
			changes[s.key] = true
			if !assigns(s.body, s.key) {
				counters[s.key] = true
			}
		}
		if s.form == loopForm && s.counted != nil && !assigns(s.body, s.counted.v) {
			counters[s.counted.v] = true
		}
		if s.form == assignForm && s.left.v.base != nil {
			parts[s.left.v.base] = true
		}
	})
	each(g.body, func(s *stmt) {
		if s.form != assignForm || !s.define || s.left.v.kind != list || s.left.v.base != nil || parts[s.left.v] {
			return
		}
		v := s.left.v
		if len(s.elems) > 0 && strings.HasPrefix(v.typ, "[]") {
			g.sizes[v] = strconv.Itoa(len(s.elems))
			return
		}
		switch size, ok := strings.CutPrefix(s.alloc, "make([]float64, "); {
		case ok:
			fixed := !slices.ContainsFunc(s.right.vars(), func(r *variable) bool { return changes[r] })
			if size, ok = strings.CutSuffix(size, ")"); ok && fixed && !strings.Contains(size, ",") {
				g.sizes[v] = size
			}
		case strings.HasPrefix(v.typ, "["):
			if size, _, _ := strings.Cut(v.typ[1:], "]"); size != "" {
				g.sizes[v] = size
			}
		}
	})
	for v := range counters { // the loop that undoes a loop counts as well
		delete(changes, v)
	}
	for v := range elements {
		changes[v] = true
	}
}

// private reports whether v is a list of numbers that each iteration of the loop s fills anew,
// and that nobody looks at before or afterwards.
func (g *generator) private(s *stmt, v *variable) bool {
	if g.sizes[v] == "" || v.kind != list || home(v).param {
		return false
	}
	if g.fault == "private" {
		return true
	}
	within, all := 0, 0
	each([]*stmt{s}, func(b *stmt) { within += b.mentions(v) })
	each(g.body, func(b *stmt) { all += b.mentions(v) })
	return within == all && g.filledFirst(s.body, v)
}

func (s *stmt) mentions(v *variable) int {
	if s.form == assignForm && s.define && s.left.v == v {
		return 0
	}
	if slices.Contains(s.own(), v) || s.left != nil && s.left.v == v {
		return 1
	}
	return 0
}

// filledFirst reports whether the first that a list of statements does with v is to fill it.
func (g *generator) filledFirst(all []*stmt, v *variable) bool {
	for i, s := range all {
		switch {
		case !mentionsList(s, v):
		case g.overwrites(s, v):
			return true
		default:
			alone := !slices.ContainsFunc(all[i+1:], func(s *stmt) bool { return mentionsList(s, v) })
			return alone && s.form == loopForm && !slices.Contains(s.own(), v) && g.filledFirst(s.body, v)
		}
		if s.form != loopForm && jumps([]*stmt{s}) {
			return false
		}
	}
	return true
}
