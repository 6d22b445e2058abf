package source

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// fusable reports whether a loop or branch can be undone as soon as it is done: all that
// it changes are accumulators, and the adjoints of what it reads are not reset afterwards.
func (g *generator) fusable(s *stmt, rest, block []*stmt) bool {
	if s.form == loopForm && breaks(s.body) || s.form == loopForm && s.counted == nil && s.over == nil {
		return false
	}
	for _, v := range s.written() {
		if v.seed == nil && !g.private(s, v) {
			return false
		}
	}
	if g.fault == "fusion" {
		return true
	}
	inside := make(map[*variable]bool)
	each([]*stmt{s}, func(s *stmt) {
		if s.form == assignForm && s.define {
			inside[s.left.v] = true
		}
	})
	for _, v := range s.read() {
		v = home(v)
		switch {
		case inside[v] || g.private(s, v) || !v.active || v.kind == list && v.param || v.kind == scalar && v.sets == 0:
		case v.kind == list && slices.ContainsFunc(block, func(b *stmt) bool { return b.define && b.left.v == v }):
			for _, later := range rest {
				if slices.Contains(later.written(), v) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// fused writes a loop or branch that is undone at once.
func (g *generator) fused(s *stmt, first bool, after reached) []*node {
	if s.form == ifForm {
		n := &node{shape: ifNode, text: s.cond.String(), reads: namesOf(s.cond.vars())}
		n.body, n.els = g.whole(s.then, first, after), g.whole(s.els, first, after)
		return []*node{n}
	}
	n := g.loop(s)
	n.body = g.whole(normal(s.body), first, after.atEnd(s))
	return []*node{n}
}

// choice writes a branch: it is done again before it is undone.
func (g *generator) choice(s *stmt, first bool, after reached) (forward, backward []*node) {
	for _, v := range s.written() {
		if v.seed != nil || s.keeps(v) {
			continue
		}
		save, back := g.save(v)
		forward, backward = append(forward, save), append(backward, back...)
	}
	forward = append(forward, g.primal([]*stmt{s}, first)...)
	if g.fault == "version" {
		forward = append(forward[len(backward):], forward[:len(backward)]...)
	}
	n := &node{shape: ifNode, text: s.cond.String(), reads: namesOf(s.cond.vars())}
	n.body, n.els = g.whole(s.then, false, after), g.whole(s.els, false, after)
	n.note = g.note("the branch", s)
	if g.fault == "replay" {
		return forward, backward
	}
	return forward, append(backward, n)
}

// note says what a node undoes.
func (g *generator) note(what string, s *stmt) string {
	if !s.pos.IsValid() {
		return ""
	}
	return "// Backward through " + what + " of line " + strconv.Itoa(g.files.Position(s.pos).Line) + "."
}

// statement says what a statement is, with its line in the file of the function, or with
// the name of another file.
func (g *generator) statement(s *stmt) string {
	if !s.pos.IsValid() {
		return ""
	}
	at := g.files.Position(s.pos)
	lines := strings.Split(g.texts[at.Filename], "\n")
	if at.Line > len(lines) {
		return ""
	}
	name := "line "
	if at.Filename != g.files.Position(g.decl.Pos()).Filename {
		name = filepath.Base(at.Filename) + ":"
	}
	text := strings.TrimSpace(lines[at.Line-1])
	if short := []rune(text); len(short) > 80 {
		text = string(short[:77]) + "..."
	}
	return name + strconv.Itoa(at.Line) + ": " + text
}

// save keeps a variable in another, and brings it back.
func (g *generator) save(v *variable) (*node, []*node) {
	if v.kind == list {
		g.logOf(v)
		m := &variable{name: g.fresh(v.name + "Mark"), typ: "int"}
		n := leaf(m.name+" := len("+g.logs[v].name+")", []*variable{g.logs[v]})
		n.writes, n.decl, n.typ = []string{m.name, since(g.logs[v].name, m.name)}, m.name, "int"
		back := g.rollback(v, m.name)
		n.saves, back.backs = v.name, m.name
		return n, []*node{back}
	}
	old := &variable{name: g.fresh(v.name + "Old"), typ: v.typ}
	n := leaf(old.name+" := "+v.name, []*variable{v})
	n.writes, n.decl, n.typ = []string{old.name}, old.name, v.typ
	back := leaf(v.name+" = "+old.name, []*variable{old})
	back.writes = []string{v.name}
	n.saves, back.backs = v.name, old.name
	return n, []*node{back}
}

func (g *generator) logOf(v *variable) {
	if g.logs[v] == nil {
		g.logs[v] = &variable{name: g.fresh(v.name + "Log"), typ: "[]float64"}
	}
}

// repeat writes a loop. Forward keeps what an iteration finds and changes; backward takes
// it from there, does the iteration again and undoes it.
func (g *generator) repeat(s *stmt, first bool, after reached) (forward, backward []*node) {
	f := g.loop(s)
	f.trips = trips(s)
	for v, size := range g.sizes {
		if _, err := strconv.Atoi(size); err == nil && f.trips == "len("+v.name+")" {
			f.trips = size
		}
	}
	if g.taped(s) {
		return g.tapedLoop(s, f, first, after.atEnd(s))
	}
	k := g.keeps(s, first)
	var pops []*node
	for _, v := range s.written() {
		if v.seed != nil || s.counted != nil && v == s.counted.v {
			continue
		}
		if k != nil && k.keepsList(v) {
			continue
		}
		if k != nil && k.ends {
			save, give := k.found(v, "Before")
			f.body, pops = append(f.body, save), append(pops, give)
			continue
		}
		push, pop := g.push(v)
		f.body = append(f.body, push)
		if g.fault == "order" {
			pops = append(pops, pop)
		} else {
			pops = append([]*node{pop}, pops...)
		}
	}
	if g.fault == "keep" && len(pops) > 0 {
		f.body, pops = f.body[1:], pops[:len(pops)-1]
	}
	again, undo := g.parts(normal(s.body), false, after.atEnd(s), k)
	if k != nil && len(k.push) > 0 {
		k.byStack()
		f.body = slices.Concat(f.body, k.once, k.push)
		pops = append(k.pops, pops...)
	} else {
		f.body = append(f.body, g.primal(s.body, first)...)
	}
	b, needsTrips := g.reversed(s)
	if needsTrips != nil {
		start, count := counting(needsTrips)
		forward = append(forward, start)
		f.body = append([]*node{count}, f.body...)
	}
	b.note = g.note("the loop", s)
	b.body = slices.Concat(pops, again, undo)
	return append(forward, f), []*node{b}
}

// trips returns the number of iterations of a loop, as Go, if it is known before.
func trips(s *stmt) string {
	switch c := s.counted; {
	case s.over != nil && strings.Contains(s.overType, "["):
		return "len(" + s.over.text + ")"
	case s.over != nil:
		return s.over.text
	case c != nil:
		from, to := c.first, c.bound
		if c.step == "-1" {
			from, to = c.bound, c.first
		}
		if from != "0" {
			to += " - " + (&expr{op: rawOp, text: from}).within(5)
		}
		if c.cmp == token.LEQ || c.cmp == token.GEQ {
			to = plus(1, to)
		}
		return to
	}
	return ""
}

// reversed returns the header of the loop that undoes s, and the variable that counts its
// iterations, if it needs one.
func (g *generator) reversed(s *stmt) (*node, *variable) {
	n := &node{shape: loopNode}
	early := breaks(s.body)
	switch {
	case s.over != nil && !early:
		last := "len(" + s.over.text + ")"
		if s.key.typ == "int" && !strings.Contains(s.overType, "[") {
			last = s.over.within(5)
		}
		n.text = "for " + s.key.name + " := " + plus(-1, last) + "; " + s.key.name + " >= 0; " + s.key.name + "--"
		n.reads = bounds(s.over.reads, s.over.looks)
		g.mislead(n, s)
		return n, nil
	case s.over != nil:
		t := &variable{name: g.fresh("trips"), typ: "int"}
		n.text = "for " + s.key.name + " := " + t.name + " - 1; " + s.key.name + " >= 0; " + s.key.name + "--"
		n.reads = []string{t.name}
		return n, t
	case s.counted != nil:
		c := s.counted
		i := c.v.name
		n.reads = bounds(c.reads, c.looks)
		first, cmp, back := c.bound, " >= ", "--"
		switch c.cmp {
		case token.LSS:
			first = plus(-1, first)
		case token.GTR:
			first = plus(1, first)
		}
		if c.step == "-1" {
			cmp, back = " <= ", "++"
		}
		var trips *variable
		if early {
			trips = &variable{name: g.fresh("trips"), typ: "int"}
			n.reads = append(n.reads, trips.name)
			begin := &expr{op: rawOp, text: c.first}
			if c.first == "0" && c.step == "1" {
				first = trips.name + " - 1"
			} else if first = begin.within(5) + " + " + trips.name + " - 1"; c.step == "-1" {
				first = begin.within(5) + " - " + trips.name + " + 1"
			}
		}
		n.text = "for " + i + " := " + first + "; " + i + cmp + c.first + "; " + i + back
		g.mislead(n, s)
		return n, trips
	}
	t := &variable{name: g.fresh("trips"), typ: "int"}
	n.text, n.reads = "for range "+t.name, []string{t.name}
	return n, t
}

// mislead plants faults in the header of a loop that undoes s.
func (g *generator) mislead(n *node, s *stmt) {
	switch g.fault {
	case "direction":
		n.text = header(s).text
	case "index":
		n.text = strings.Replace(n.text, ";", " - 1;", 1)
	}
}

func parses(text string) bool { _, err := parser.ParseExpr(text); return err == nil }

// plus returns the text of an integer and a small number.
func plus(n int, text string) string {
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		if bare := text[1 : len(text)-1]; parses(bare) {
			text = bare // as within wrote it
		}
	}
	if k, err := strconv.Atoi(text); err == nil {
		return strconv.Itoa(k + n)
	}
	if e, err := parser.ParseExpr(text); err == nil {
		if b, ok := e.(*ast.BinaryExpr); ok && (b.Op == token.SUB || b.Op == token.ADD) {
			if c, ok := b.Y.(*ast.BasicLit); ok {
				if k, err := strconv.Atoi(c.Value); err == nil {
					if b.Op == token.SUB {
						k = -k
					}
					text, n = types.ExprString(b.X), n+k
				}
			}
		}
	} else {
		text = "(" + text + ")"
	}
	switch {
	case n > 0:
		return text + " + " + strconv.Itoa(n)
	case n < 0:
		return text + " - " + strconv.Itoa(-n)
	}
	return text
}
