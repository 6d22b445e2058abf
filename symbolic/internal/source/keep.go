package source

import (
	"slices"
	"strconv"
	"strings"
)

// A keeper writes the body of a loop that is done, and later undone from its last iteration
// to its first. What is cheap is computed again before it is undone; what takes a function
// or a loop is kept.
type keeper struct {
	*generator
	first      bool
	taped      bool                // all is kept that is read again
	inside     map[*variable]bool  // declared in the body
	lists      map[*stmt]*variable // loops of the body whose list is kept
	last       map[*stmt]bool      // behind these
	once       []*node             // the body as it is done
	push, pops []*node             // at its end; before it is undone
	ends       bool                // loops within keep something: what the body finds is kept behind it
}

// keeps returns a keeper for the body of s, or nil if not every iteration runs to its end.
func (g *generator) keeps(s *stmt, first bool) *keeper {
	if jumps(s.body) {
		return nil
	}
	k := &keeper{generator: g, first: first, inside: make(map[*variable]bool)}
	each(s.body, func(s *stmt) {
		if s.form == assignForm && s.define {
			k.inside[s.left.v] = true
		}
	})
	k.lists, k.last = k.keptLists(s)
	k.ends = g.onlyNumbers(s) && slices.ContainsFunc(s.body, g.keptLoop)
	return k
}

// keptLoop reports whether what a loop within another one keeps is kept for all iterations
// of that one: it runs a few times, as is known, and changes numbers alone.
func (g *generator) keptLoop(s *stmt) bool {
	if s.form != loopForm || breaks(s.body) {
		return false
	}
	n, err := strconv.Atoi(trips(s))
	return err == nil && n <= 64 && g.onlyNumbers(s) && !slices.ContainsFunc(s.body, func(b *stmt) bool { return b.form == loopForm })
}

func (g *generator) onlyNumbers(s *stmt) bool {
	return !slices.ContainsFunc(s.written(), func(v *variable) bool { return v.kind == list })
}

// isDear reports whether e is a call that takes longer than to keep its result.
func (e *expr) isDear() bool {
	if e == nil || e.op != callOp {
		return false
	}
	cheap := []string{"math.Abs", "math.Sqrt", "math.Max", "math.Min", "max", "min", "math.Floor", "math.Ceil", "math.Trunc", "math.Copysign"}
	return !slices.Contains(cheap, e.fn.name)
}

// dear reports whether a branch calls such a function.
func (s *stmt) dear() bool {
	found := false
	each([]*stmt{s}, func(s *stmt) { s.right.walk(func(e *expr) { found = found || e.isDear() }) })
	return found
}

// result keeps v, which is assigned once.
func (k *keeper) result(v *variable) {
	push, pop := k.generator.push(v)
	pop.text = v.name + " := " + pop.text[len(v.name+" = "):]
	pop.target, pop.decl, pop.typ = v.name+" := ", v.name, v.typ
	k.push = append(k.push, push)
	k.pops = append([]*node{pop}, k.pops...)
}

// byStack puts together what goes to the same stack, and what is taken from it.
func (k *keeper) byStack() {
	slices.SortStableFunc(k.push, func(a, b *node) int { return strings.Compare(a.stack, b.stack) })
	slices.SortStableFunc(k.pops, func(a, b *node) int { return strings.Compare(a.stack, b.stack) })
	if k.fault == "stack" {
		slices.Reverse(k.pops)
	}
}

// found keeps the value that v has here, and returns the node that gives it to v again.
func (k *keeper) found(v *variable, name string) (save, again *node) {
	now := &variable{name: k.fresh(v.name + name), kind: v.kind, typ: v.typ}
	save = leaf(now.name+" := "+v.name, []*variable{v})
	save.writes, save.decl, save.typ = []string{now.name}, now.name, now.typ
	k.result(now)
	again = leaf(v.name+" = "+now.name, []*variable{now})
	again.writes = []string{v.name}
	return save, again
}

// statement adds s to the body, given what does it again, and returns what is left of that.
func (k *keeper) statement(s *stmt, again []*node, fused bool) []*node {
	k.once = append(k.once, k.primalList([]*stmt{s}, k.first, k.inside)...)
	switch {
	case s.form == assignForm && s.define && s.left.v.kind == scalar && s.left.v.sets == 0 && s.left.v.seed == nil && s.right.isDear():
		k.result(s.left.v)
		return nil
	case s.form == ifForm && !fused && s.dear() && k.onlyNumbers(s):
		saves := slices.DeleteFunc(again, func(n *node) bool { return n.saves == "" })
		return append(saves, k.after(s)...)
	}
	return again
}

// hoists reports whether s is a branch that is undone after others, and calls functions: so
// that undoing it calls none, their values are kept.
func (g *generator) hoists(s *stmt) bool {
	return !g.again && s.form == ifForm && s.dear() && g.onlyNumbers(s) &&
		slices.ContainsFunc(s.written(), func(v *variable) bool { return v.seed == nil })
}

// hoist declares the values of functions that a branch calls before it.
func (g *generator) hoist(s *stmt, k *keeper) []*stmt {
	var all []*stmt
	c := *s
	for _, side := range []*[]*stmt{&c.then, &c.els} {
		var list []*stmt
		for _, b := range *side {
			for _, b := range g.split(b) {
				if b.form == assignForm && b.define && b.left.v.kind == scalar && b.left.v.sets == 0 && b.left.v.seed == nil && b.right.isDear() {
					b2 := *b
					b2.define, b2.kept = false, true
					b = &b2
					if k != nil {
						k.inside[b.left.v] = true
					}
					all = append(all, &stmt{form: assignForm, pos: s.pos, left: b.left, op: "=", right: number(0), define: true, isVar: true, kept: true})
				}
				list = append(list, b)
			}
		}
		*side = list
	}
	return append(all, &c)
}

// keeps reports whether v is a value of a branch that is kept.
func (s *stmt) keeps(v *variable) bool {
	return slices.ContainsFunc(append(slices.Clone(s.then), s.els...), func(b *stmt) bool { return b.kept && b.left.v == v })
}

// after keeps what s changes, and returns what gives it again.
func (k *keeper) after(s *stmt) []*node {
	var again []*node
	for _, v := range s.written() {
		if v.seed != nil || s.counted != nil && v == s.counted.v {
			continue
		}
		save, give := k.found(v, "After")
		k.once = append(k.once, save)
		again = append(again, give)
	}
	return again
}

// loop adds a loop that keeps its own, given what does it.
func (k *keeper) loop(s *stmt, done []*node) []*node {
	k.once = append(k.once, done...)
	return k.after(s)
}

// keptLists returns the loops in a loop that fill a list of every iteration's own, where it takes loops within
// loops to add up its elements and undoing them does not read them: the list is kept behind
// the last of its loops.
func (k *keeper) keptLists(loop *stmt) (lists map[*stmt]*variable, last map[*stmt]bool) {
	all := loop.body
	lists, last = make(map[*stmt]*variable), make(map[*stmt]bool)
	for i, s := range all {
		v, deep := adds(s, false)
		if v == nil || !deep || !k.private(loop, v) {
			continue
		}
		chain, ok := []*stmt{s}, true
		for at, b := range all {
			switch {
			case at == i || !mentionsList(b, v):
			case at > i:
				ok = ok && !slices.Contains(b.written(), v)
			default:
				w, _ := adds(b, true)
				ok = ok && w == v
				chain = append(chain, b)
			}
		}
		if !ok {
			continue
		}
		last[s] = true
		for _, b := range chain {
			lists[b] = v
		}
	}
	return lists, last
}

// keepsList reports whether v is such a list: what an iteration finds in it is nothing.
func (k *keeper) keepsList(v *variable) bool {
	for _, w := range k.lists {
		if w == v {
			return true
		}
	}
	return false
}

// adds returns the list whose elements a loop adds to or, if it may, assigns, if it does
// nothing else, reads none of them and calls no function, and whether there is a loop within.
func adds(s *stmt, assigns bool) (v *variable, deep bool) {
	written := s.written()
	if s.form != loopForm || len(written) != 1 || written[0].kind != list || s.dear() {
		return nil, false
	}
	v = written[0]
	ok := true
	each(s.body, func(b *stmt) {
		deep = deep || b.form == loopForm
		ok = ok && !slices.Contains(b.own(), v) && (b.form == loopForm || b.form == assignForm && (b.define || b.isSum() || assigns && b.op == "="))
	})
	if !ok {
		return nil, false
	}
	return v, deep
}

// list adds a loop whose result v is kept behind the last one.
func (k *keeper) list(s *stmt) {
	v := k.lists[s]
	k.once = append(k.once, k.primalList([]*stmt{s}, k.first, k.inside)...)
	if !k.last[s] {
		return
	}
	stack, i := k.stack("float64").name, k.fresh("i")
	mine := stack + "#" + k.fresh("at")
	size := "len(" + v.name + ")"
	all := v.name
	if v.typ != "[]float64" {
		all += "[:]"
	}
	save, load := stack+" = append("+stack+", "+all+"...)", "copy("+all+", "+stack+"[len("+stack+")-"+size+":])"
	if k.again { // in the subset
		save = "for " + i + " := range " + v.name + " {\n" + stack + " = append(" + stack + ", " + v.name + "[" + i + "])\n}"
		load = "for " + i + " := range " + v.name + " {\n" + v.name + "[" + i + "] = " + stack + "[len(" + stack + ")-" + size + "+" + i + "]\n}"
	}
	push := leaf(save, []*variable{v})
	push.reads, push.weak, push.stack = append(push.reads, stack), []string{mine}, stack
	k.push = append(k.push, push)
	pop := leaf(load+"\n"+stack+" = "+stack+"[:len("+stack+")-"+size+"]", nil)
	pop.reads, pop.writes, pop.stack = []string{stack, mine, v.name + "#"}, []string{v.name}, stack
	k.pops = append([]*node{pop}, k.pops...)
}
