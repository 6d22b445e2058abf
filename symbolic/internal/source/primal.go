package source

import (
	"slices"
	"strings"

	"github.com/quartet-ad/ad/symbolic/internal/gosource"
)

// A writer of generated code.
type generator struct {
	*unit
	helpers map[string]bool
	logs    map[*variable]*variable // of elements that were overwritten
	stacks  map[string]*variable    // by type
	adj     map[*variable]*variable
	out     *variable
	prefix  string               // of helpers
	fault   string               // planted by tests
	again   bool                 // the code is to be differentiated again
	guards  map[string]bool      // conditions that pass over adjoints of 0
	changes map[*variable]bool   // what is assigned to after its declaration, but for counters of loops
	parted  map[*variable]bool   // lists of which others are parts
	sizes   map[*variable]string // of lists that are made here, where they are known
	known   map[string]*variable // that hold the values of calls, where they are in scope
}

func newGenerator(u *unit, prefix string) *generator {
	each(u.body, func(s *stmt) {
		s.right.walk(func(e *expr) {
			if e.fn != nil && e.fn.row == "lgamma" {
				f := *e.fn
				f.name = prefix + "Lgamma"
				e.fn = &f
			}
		})
	})
	return &generator{unit: u, prefix: prefix, helpers: make(map[string]bool), guards: make(map[string]bool), sizes: make(map[*variable]string), known: make(map[string]*variable), parted: make(map[*variable]bool), changes: make(map[*variable]bool), logs: make(map[*variable]*variable),
		stacks: make(map[string]*variable), adj: make(map[*variable]*variable)}
}

// needHelpers asks for the helpers that code calls.
func (g *generator) needHelpers(code string) {
	for _, h := range gosource.Helpers() {
		if strings.Contains(code, helperName(g.prefix, h.Name)+"(") {
			g.helpers[h.Name] = true
		}
	}
}

// leaf is a statement that reads what is given.
func leaf(text string, reads []*variable) *node { return &node{text: text, reads: namesOf(reads)} }

// primalText writes an assignment as the source has it.
func primalText(s *stmt) string {
	v := s.left.v
	switch {
	case s.op == "++" || s.op == "--":
		return s.left.String() + s.op
	case s.define && v.kind == list:
		switch {
		case s.alloc != "":
			return v.name + " := " + s.alloc
		case len(s.elems) == 0:
			return "var " + v.name + " " + v.typ
		}
		var elems []string
		for _, e := range s.elems {
			elems = append(elems, e.String())
		}
		return v.name + " := " + v.typ + "{" + strings.Join(elems, ", ") + "}"
	case s.isVar && v.typ == "error":
		return "var " + v.name + " error"
	case s.define && v.kind == other && isBasic(v.typ) && v.typ != "int" && v.typ != "bool" && v.typ != "string":
		return "var " + v.name + " " + v.typ + " = " + s.right.String()
	case s.isVar && v.kind == scalar:
		return "var " + v.name + " float64"
	case s.define:
		return v.name + " := " + s.right.float()
	}
	return s.left.String() + " " + s.op + " " + s.right.String()
}

// assignment is the node of an assignment as the source has it.
func assignment(s *stmt) *node {
	n := leaf(primalText(s), s.own())
	v := s.left.v
	switch {
	case s.left.op == elemOp:
		n.weak = []string{v.name}
		if s.op == "=" {
			n.fills = n.weak
		}
	default:
		n.writes = []string{v.name}
		if s.op != "=" {
			n.reads = append(n.reads, v.name)
		}
	}
	if n.keep = home(v).out; n.keep {
		n.reads = append(n.reads, v.name)
	}
	if s.define {
		n.keep = false
		n.decl, n.typ, n.named = v.name, v.typ, v.named
		if v.kind == list {
			n.writes = append(n.writes, v.name+"#")
		}
		if v.base != nil {
			n.reads = append(n.reads, v.base.name)
		}
	}
	return n
}

// primal writes statements as the source has them. What the function returns is computed
// in the first run only. Elements that are overwritten are logged, but for those of lists
// that are made within.
func (g *generator) primal(all []*stmt, first bool) []*node {
	inside := make(map[*variable]bool)
	each(all, func(s *stmt) {
		if s.form == assignForm && s.define {
			inside[s.left.v] = true
		}
	})
	return g.primalList(all, first, inside)
}

func (g *generator) primalList(all []*stmt, first bool, inside map[*variable]bool) []*node {
	var nodes []*node
	for _, s := range all {
		switch s.form {
		case assignForm:
			if !first && s.left.v.seed != nil {
				continue
			}
			if s.left.op == elemOp && s.left.v.kind == list && !inside[s.left.v] {
				nodes = append(nodes, g.log(s))
			}
			nodes = append(nodes, assignment(s))
		case panicForm:
			if first {
				nodes = append(nodes, &node{text: s.right.text, reads: namesOf(s.right.vars()), keep: true})
			}
		case ifForm:
			n := &node{shape: ifNode, text: s.cond.String(), reads: namesOf(s.cond.vars())}
			n.body = g.primalList(s.then, first, inside)
			n.els = g.primalList(s.els, first, inside)
			nodes = append(nodes, n)
		case loopForm:
			n := g.loop(s)
			n.body = g.primalList(s.body, first, inside)
			nodes = append(nodes, n)
		case breakForm:
			nodes = append(nodes, &node{shape: jumpNode, text: "break"})
		case continueForm:
			nodes = append(nodes, &node{shape: jumpNode, text: "continue"})
		}
	}
	return nodes
}

// loop returns a loop without its body, and says which lists it overwrites.
func (g *generator) loop(s *stmt) *node {
	n := header(s)
	for _, v := range s.written() {
		if g.overwrites(s, v) {
			n.fills = append(n.fills, v.name)
		}
	}
	return n
}

// bounds returns the names that the bounds of a loop read: of a list that is not looked into
// they are that of its length.
func bounds(reads, looks []*variable) []string {
	var names []string
	for _, v := range reads {
		name := v.name
		if v.kind == list && !slices.Contains(looks, v) {
			name += "#"
		}
		names = append(names, name)
	}
	return names
}

// header returns a loop without its body.
func header(s *stmt) *node {
	n := &node{shape: loopNode}
	switch {
	case s.over != nil:
		n.reads = bounds(s.over.reads, s.over.looks)
		n.key, n.bare = s.key.name, "for range "+s.over.text
		n.text = "for " + s.key.name + " := range " + s.over.text
	default:
		n.reads = namesOf(s.cond.vars())
		if s.counted != nil {
			n.reads = append(bounds(s.counted.reads, s.counted.looks), s.counted.v.name)
		}
		init, cond, post := "", "", ""
		if s.init != nil {
			init = primalText(s.init)
			if s.counted == nil {
				n.reads = append(n.reads, namesOf(s.init.right.reads)...)
			}
		}
		if s.cond != nil {
			cond = s.cond.String()
		}
		if s.post != nil {
			post = primalText(s.post)
			n.reads = append(n.reads, s.post.left.v.name)
		}
		switch {
		case init == "" && post == "" && cond == "":
			n.text = "for"
		case init == "" && post == "":
			n.text = "for " + cond
		default:
			n.text = "for " + init + "; " + cond + "; " + post
		}
	}
	return n
}

// since names the entries of a log behind a mark.
func since(log, mark string) string { return log + "@" + mark }

// log keeps the element that s overwrites.
func (g *generator) log(s *stmt) *node {
	v := s.left.v
	if g.logs[v] == nil {
		g.logs[v] = &variable{name: g.fresh(v.name + "Log"), typ: "[]float64"}
	}
	l := g.logs[v].name
	n := leaf(l+" = append("+l+", "+s.left.String()+")\n"+l+"At = append("+l+"At, "+s.left.text+")", append(slices.Clone(s.left.reads), v))
	n.reads, n.logs = append(n.reads, l), l
	return n
}

// rollback brings back the elements that were overwritten since a mark.
func (g *generator) rollback(v *variable, mark string) *node {
	l := g.logs[v].name
	k := g.fresh("k")
	down := k + " := len(" + l + ") - 1; " + k + " >= " + mark + "; " + k + "--"
	if g.fault == "log" {
		down = k + " := " + mark + "; " + k + " < len(" + l + "); " + k + "++"
	}
	n := leaf("for "+down+" {\n"+v.name+"["+l+"At["+k+"]] = "+l+"["+k+"]\n}\n"+
		l+", "+l+"At = "+l+"[:"+mark+"], "+l+"At[:"+mark+"]", nil)
	n.reads = []string{l, since(l, mark), mark}
	n.weak = []string{v.name}
	return n
}
