package source

import (
	"slices"
	"strings"
)

// A shape says what a node of generated code is.
type shape int

const (
	leafNode shape = iota
	ifNode
	loopNode
	jumpNode
	scopeNode // adjoints that are declared where they are first needed
)

// A node is a statement of generated code, with what it reads and writes.
type node struct {
	shape  shape
	text   string // of a compound: its header
	reads  []string
	writes []string // overwritten
	weak   []string // changed in part
	keep   bool     // it has an effect outside
	body   []*node
	els    []*node

	decl, typ string // the variable that it declares
	named     bool   // the source has its name
	sum       string // the adjoint that it adds to, and what it adds
	minus     bool
	term      *expr
	to        *expr  // the element that it adds term to
	alone     bool   // whose list is read by no other name
	key       string // of a range: left out of the header if nothing reads it
	bare      string
	scope     []string
	trips     string // how often a loop runs, if that is known before
	stack     string // that it grows or shrinks
	pushes    string // the stack that it grows by a value
	value     string // by this
	logs      string // the log that it grows
	pops      string // the stack that it takes its value from
	target    string // what gets it: "v = ", or "v := "
	note      string // a comment before it
	of        string // the statement that it undoes, for a comment
	alive     bool
	saves     string   // the variable that is kept here
	backs     string   // the variable that brings a value back
	fills     []string // lists that a loop overwrites; the list of which an element is assigned
}

type set map[string]bool

func (s set) add(names []string) {
	for _, n := range names {
		s[n] = true
	}
}

func (s set) any(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return s[n] })
}

// since reports whether entries of a log are in s.
func (s set) since(log string) bool {
	for n := range s {
		if strings.HasPrefix(n, log+"@") {
			return true
		}
	}
	return false
}

func (s set) clone() set {
	c := make(set, len(s))
	for n := range s {
		c[n] = true
	}
	return c
}

func namesOf(vars []*variable) []string {
	var names []string
	for _, v := range vars {
		names = append(names, v.name)
	}
	return names
}

// mark finds what is alive in a list, given what is read after it, and returns what is
// read before it. A loop without an effect is dead, whatever its jumps read: jumping says
// whether jumps of this loop are counted, and out is what they may lead to.
func mark(list []*node, live set, jumping bool, out set) set {
	for _, n := range slices.Backward(list) {
		switch n.shape {
		case leafNode:
			if n.keep || live.any(n.writes) || live.any(n.weak) || n.logs != "" && live.since(n.logs) {
				n.alive = true
				for _, w := range n.writes {
					delete(live, w)
				}
				live.add(n.reads)
			}
		case scopeNode:
			for _, name := range n.scope { // an iteration does not see that of the one before
				delete(live, name)
			}
		case jumpNode:
			if jumping {
				n.alive = true
				live.add(keys(out))
			}
		case ifNode:
			a := mark(n.body, live.clone(), jumping, out)
			b := mark(n.els, live.clone(), jumping, out)
			if someAlive(n.body, true) || someAlive(n.els, true) {
				n.alive = true
				live = a
				live.add(keys(b))
				live.add(n.reads)
			}
		case loopNode:
			all := live.clone()
			for pass := 0; ; {
				before := len(all)
				all.add(keys(mark(n.body, all.clone(), pass > 0, all)))
				if pass == 0 && someAlive(n.body, false) {
					pass = 1
					n.alive = true
					all.add(n.reads)
					continue
				}
				if len(all) == before {
					break
				}
			}
			for _, b := range n.body { // an iteration brings back to its own beginning, and not to before the loop
				for _, name := range b.writes {
					if strings.Contains(name, "@") {
						delete(all, name)
					}
				}
			}
			for _, name := range n.fills {
				if !n.needs(name) {
					delete(all, name)
					all[name+"#"] = true // it has its length
				}
			}
			if n.alive {
				live = all
			}
		}
	}
	return live
}

// needs reports whether a loop reads a list before it overwrites it.
func (n *node) needs(name string) bool {
	for _, b := range n.body {
		switch {
		case slices.Contains(b.fills, name) && b.shape == leafNode:
			return false
		case b.alive && reading(b, name):
			return true
		}
	}
	return true
}

func reading(n *node, name string) bool {
	in := func(m *node) bool { return m.alive && reading(m, name) }
	return slices.Contains(n.reads, name) || slices.ContainsFunc(n.body, in) || slices.ContainsFunc(n.els, in)
}

func keys(s set) []string {
	var list []string
	for n := range s {
		list = append(list, n)
	}
	return list
}

// someAlive reports whether something in a list is alive. Jumps count if asked for.
func someAlive(list []*node, andJumps bool) bool {
	return slices.ContainsFunc(list, func(n *node) bool {
		switch n.shape {
		case leafNode:
			return n.alive
		case jumpNode:
			return n.alive && andJumps
		}
		return n.alive && (someAlive(n.body, andJumps) || someAlive(n.els, andJumps))
	})
}

// mentions reports whether a node, or one within, reads or writes a name.
func (n *node) mentions(name string) bool {
	return slices.Contains(n.reads, name) || slices.Contains(n.writes, name) || slices.Contains(n.weak, name) ||
		mentioned(n.body, name) || mentioned(n.els, name)
}

func mentioned(list []*node, name string) bool {
	return slices.ContainsFunc(list, func(n *node) bool { return n.mentions(name) })
}

// prune leaves out what is dead. A variable that is declared in vain, but assigned later,
// keeps a declaration.
func prune(list []*node) []*node {
	var kept []*node
	for _, n := range list {
		if n.shape == scopeNode || n.alive {
			n.body, n.els = prune(n.body), prune(n.els)
			kept = append(kept, n)
		} else if n.decl != "" {
			kept = append(kept, &node{text: "var " + n.decl + " " + n.typ, decl: n.decl, typ: n.typ})
		}
	}
	return slices.DeleteFunc(kept, func(n *node) bool {
		if n.shape != leafNode || n.decl == "" || n.alive {
			return false
		}
		return !mentioned(kept, n.decl)
	})
}

// declareAdjoints declares the adjoints of every scope before their first use.
func declareAdjoints(list []*node) []*node {
	var done []*node
	for _, n := range list {
		n.body, n.els = declareAdjoints(n.body), declareAdjoints(n.els)
	}
	for at, n := range list {
		if n.shape != scopeNode {
			continue
		}
		for _, name := range n.scope {
			for i := at + 1; i < len(list); i++ {
				m := list[i]
				if !m.mentions(name) {
					continue
				}
				if m.sum == name && m.shape == leafNode && !slices.Contains(namesOf(m.term.vars()), name) && m.decl == "" {
					m.sum, m.decl, m.typ = "", name, "float64"
					text := m.term
					if m.minus {
						text = neg(text)
					}
					m.text = name + " := " + text.float()
				} else {
					list = slices.Insert(list, i, &node{text: "var " + name + " float64", decl: name})
				}
				break
			}
		}
	}
	for _, n := range list {
		if n.shape != scopeNode {
			done = append(done, n)
		}
	}
	return done
}

// alive leaves out of a list what has no effect, again and again.
func alive(list []*node) []*node {
	for {
		reset(list)
		mark(list, make(set), false, nil)
		list = prune(list)
		var vain bool
		if list, vain = inVain(list); !vain {
			return list
		}
	}
}

func reset(list []*node) {
	for _, n := range list {
		n.alive = false
		reset(n.body)
		reset(n.els)
	}
}

// inVain takes out values that are kept and brought back though nothing changes them.
func inVain(list []*node) ([]*node, bool) {
	found := false
	for _, n := range list {
		var a, b bool
		n.body, a = inVain(n.body)
		n.els, b = inVain(n.els)
		found = found || a || b
	}
	for i := 0; i < len(list); i++ {
		n := list[i]
		if n.saves == "" {
			continue
		}
		back := slices.IndexFunc(list, func(m *node) bool { return m.backs != "" && m.backs == n.decl })
		if back == i+2 && list[i+1].shape == leafNode && !list[i+1].keep && slices.Equal(list[i+1].weak, []string{n.saves}) && len(list[i+1].writes) == 0 {
			list = slices.Delete(list, i, i+3) // an element that nobody reads in between
			i--
			found = true
			continue
		}
		if back < 0 || slices.ContainsFunc(list[i+1:back], func(m *node) bool { return m.changes(n.saves) }) {
			continue
		}
		list = slices.Delete(list, back, back+1)
		list = slices.Delete(list, i, i+1)
		i--
		found = true
	}
	return list, found
}

// changes reports whether a node, or one within, writes a name.
func (n *node) changes(name string) bool {
	in := func(m *node) bool { return m.changes(name) }
	return slices.Contains(n.writes, name) || slices.Contains(n.weak, name) ||
		slices.ContainsFunc(n.body, in) || slices.ContainsFunc(n.els, in)
}

// write writes nodes as Go.
func write(b *strings.Builder, list []*node) { writeList(b, list, false) }

// writeList writes nodes. A chained one stands behind else: what follows it would be in no
// branch.
func writeList(b *strings.Builder, list []*node, chained bool) {
	of := ""
	for _, n := range list {
		switch {
		case n.note != "":
			b.WriteString(n.note + "\n")
			of = ""
		case n.of != "" && n.of != of:
			b.WriteString("// " + n.of + "\n")
			of = n.of
		}
		switch n.shape {
		case leafNode, jumpNode:
			b.WriteString(n.text + "\n")
		case ifNode:
			text, body, els := n.text, n.body, n.els
			if len(body) == 0 {
				text, body, els = "!("+text+")", els, nil
			}
			b.WriteString("if " + text + " {\n")
			write(b, body)
			if len(els) > 0 {
				last := body[len(body)-1]
				if last.shape == jumpNode && !chained {
					b.WriteString("}\n")
					write(b, els)
					continue
				}
				b.WriteString("} else ")
				if len(els) == 1 && els[0].shape == ifNode && els[0].note == "" {
					writeList(b, els, true)
					continue
				}
				b.WriteString("{\n")
				write(b, els)
			}
			b.WriteString("}\n")
		case loopNode:
			text := n.text
			if n.key != "" && !mentioned(n.body, n.key) {
				text = n.bare
			}
			b.WriteString(text + " {\n")
			write(b, n.body)
			b.WriteString("}\n")
		}
	}
}
