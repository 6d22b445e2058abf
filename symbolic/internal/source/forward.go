package source

import (
	"fmt"
	"slices"
	"strings"
)

// forward writes the forward-mode function: each value has its tangent beside it.
func (g *generator) forward() string {
	var tangents []string
	start := g.loads()
	for _, v := range g.params {
		if g.fields[v] != nil {
			param, first := g.openTangents(v)
			tangents, start = append(tangents, param), append(start, first...)
		}
		if v.wrt && v.load == "" {
			tangents = append(tangents, g.tangent(v).name+" "+v.typ)
		}
	}
	if len(g.results) > 0 {
		return g.severalForward(start, tangents)
	}
	name := "y"
	if g.result != nil {
		name = g.result.name
	}
	y := &variable{name: name}
	if g.result == nil {
		y.name = g.fresh("y")
	}
	dot := g.fresh(y.name + "Dot")
	body := g.body
	if g.result != nil {
		body = body[1:]
		g.adj[g.result] = &variable{name: dot, kind: scalar, typ: "float64"}
	}
	for _, v := range g.params {
		if v.active && !v.wrt {
			start = append(start, define(g.tangent(v), number(0)))
		}
	}
	all := alive(append(start, g.tangents(body)...))
	var b strings.Builder
	fmt.Fprintf(&b, "// %sJVP returns the value of %s, and its derivative along the tangents.\n", g.name, g.name)
	fmt.Fprintf(&b, "%s(%s) (%s, %s float64) {\n", g.head("JVP"), strings.Join(append(g.signature(), tangents...), ", "), y.name, dot)
	write(&b, withoutCopies(declareAdjoints(all)))
	b.WriteString("}\n")
	return b.String()
}

// mayRest reports whether t is the tangent of an input, or of a variable that holds a
// constant on some path.
func (g *generator) mayRest(t *expr) bool {
	if t.op != refOp && t.op != elemOp {
		return false
	}
	for v, d := range g.adj {
		if d == t.v {
			return home(v).wrt || v.rests
		}
	}
	return false
}

// body returns e without factors that are numbers other than 0.
func (e *expr) body() *expr {
	for {
		e, _ = e.sign()
		switch {
		case e.op == mulOp && e.args[0].op == constOp && e.args[0].value != 0:
			e = e.args[1]
		case (e.op == mulOp || e.op == divOp) && e.args[1].op == constOp && e.args[1].value != 0:
			e = e.args[0]
		default:
			return e
		}
	}
}

// tangent returns the variable of v's tangent.
func (g *generator) tangent(v *variable) *variable {
	if g.adj[v] == nil {
		g.adj[v] = &variable{name: g.fresh(v.name + "Dot"), kind: v.kind, typ: v.typ}
	}
	return g.adj[v]
}

// tangents writes statements with their tangents.
func (g *generator) tangents(all []*stmt) []*node {
	var nodes []*node
	outer := g.known
	defer func() { g.known = outer }()
	for i := 0; i < len(all); i++ {
		s := all[i]
		switch s.form {
		case assignForm:
			if i+1 < len(all) && isTwin(s, all[i+1]) {
				g.known = g.knowing(g.known, all[i:i+2])
				a, b := g.moving(s), g.moving(all[i+1]) // each a tangent and a value
				nodes = append(nodes, a[1], b[1], a[0], b[0])
				i++
				continue
			}
			for _, s := range g.split(s) {
				nodes = append(nodes, g.moving(s)...)
				g.known = g.knowing(g.known, []*stmt{s})
			}
		case returnForm:
			if len(g.results) > 0 {
				nodes = append(nodes, g.returnAll())
				continue
			}
			parts := g.split(&stmt{form: assignForm, pos: s.pos, left: ref(&variable{sets: 1}), right: s.right})
			for _, p := range parts[:len(parts)-1] {
				nodes = append(nodes, g.moving(p)...)
			}
			e := parts[len(parts)-1].right
			t := g.along(e, nil)
			if t == nil {
				t = number(0)
			}
			nodes = append(nodes, &node{text: "return " + e.String() + ", " + t.String(), keep: true, reads: namesOf(append(e.vars(), t.vars()...))})
		case clearForm:
			d := g.tangent(s.left.v).name
			nodes = append(nodes, &node{keep: true, text: "clear(" + s.left.v.name + ")\nclear(" + d + ")", reads: []string{s.left.v.name, d}})
		case stackForm:
			nodes = append(nodes, g.stacked(s)...)
		case ifForm:
			n := &node{shape: ifNode, text: s.cond.String(), reads: namesOf(s.cond.vars()), body: g.tangents(s.then), els: g.tangents(s.els)}
			if g.guards[n.text] {
				if t := g.along(s.cond.x, nil); t != nil {
					n.text += " || " + t.String() + " != 0"
					n.reads = append(n.reads, namesOf(t.vars())...)
				}
			}
			nodes = append(nodes, n)
		case loopForm:
			n := header(s)
			n.body = g.tangents(s.body)
			nodes = append(nodes, n)
		default:
			nodes = append(nodes, g.primal([]*stmt{s}, true)...)
		}
	}
	return nodes
}

// isTwin reports whether two statements are a sine and a cosine of one variable: the slope of
// each is the other.
func isTwin(a, b *stmt) bool {
	for _, s := range []*stmt{a, b} {
		if s.form != assignForm || !s.define || s.left.v.sets > 0 || !s.left.v.active || s.right.op != callOp || s.right.args[0].op != refOp || s.right.args[0].v.sets > 0 {
			return false
		}
	}
	first, second := a.right, b.right
	return first.args[0].v == second.args[0].v && (first.fn.row == "sin" && second.fn.row == "cos" || first.fn.row == "cos" && second.fn.row == "sin")
}

// moving writes an assignment and that of its tangent, which reads the same values.
func (g *generator) moving(s *stmt) []*node {
	v := s.left.v
	value := assignment(s)
	if !v.active {
		return []*node{value}
	}
	d := g.tangent(v)
	n := &node{}
	if s.define && v.kind == list {
		n.decl, n.typ, n.writes = d.name, v.typ, []string{d.name}
		switch {
		case v.base != nil:
			b := g.tangent(v.base)
			n.text = d.name + " := " + b.name + strings.TrimPrefix(s.alloc, v.base.name)
			n.reads = append(namesOf(s.right.reads), b.name)
		case s.alloc != "":
			n.text, n.reads = d.name+" := make([]float64, len("+v.name+"))", []string{v.name}
		case len(s.elems) == 0:
			n.text = "var " + d.name + " " + v.typ
		default:
			var elems []string
			for _, e := range s.elems {
				t := g.along(e, nil)
				if t == nil {
					t = number(0)
				}
				elems = append(elems, t.String())
				n.reads = append(n.reads, namesOf(t.vars())...)
			}
			n.text = d.name + " := " + v.typ + "{" + strings.Join(elems, ", ") + "}"
		}
		return []*node{value, n}
	}
	to := &expr{op: s.left.op, v: d, text: s.left.text, reads: s.left.reads}
	e, sign := s.right, " = "
	var result *variable
	switch {
	case s.define && v.sets == 0:
		result = v
	case s.op == "+=" || s.op == "-=":
		sign = " " + s.op + " "
	case s.op == "*=" || s.op == "/=":
		ops := map[string]op{"*=": mulOp, "/=": divOp}
		e = &expr{op: ops[s.op], args: []*expr{s.left, s.right}}
	}
	n.keep = home(v).out
	if n.keep {
		defer func() { n.reads = append(n.reads, d.name) }()
	}
	t := g.along(e, result)
	if t == nil {
		if sign != " = " {
			return []*node{value}
		}
		t = number(0)
	}
	n.reads = namesOf(append(t.vars(), s.left.reads...))
	switch {
	case s.define:
		n.text, n.decl, n.typ = d.name+" := "+t.float(), d.name, "float64"
	default:
		n.text = to.String() + sign + t.String()
	}
	if s.left.op == elemOp {
		n.weak = []string{d.name}
	} else {
		n.writes = []string{d.name}
	}
	if sign != " = " {
		n.reads = append(n.reads, d.name)
	}
	if result != nil && slices.Contains(n.reads, v.name) {
		return []*node{value, n}
	}
	return []*node{n, value}
}

// along returns the tangent of e, or nil if e has none. Result holds the value of a call
// or quotient that is all of e.
func (g *generator) along(e *expr, result *variable) *expr {
	if !e.active() {
		return nil
	}
	sum := func(o op, a, b *expr) *expr {
		switch {
		case a == nil && o == subOp && b != nil:
			return neg(b)
		case a == nil:
			return b
		case b == nil:
			return a
		}
		if rest, minus := b.sign(); minus {
			if o, b = addOp+subOp-o, rest; false {
				return nil
			}
		}
		return &expr{op: o, args: []*expr{a, b}}
	}
	scaled := func(slope, t *expr) *expr {
		if t == nil {
			return nil
		}
		return times(slope, t)
	}
	switch e.op {
	case refOp, elemOp:
		return &expr{op: e.op, v: g.tangent(e.v), text: e.text, reads: e.reads}
	case addOp, subOp:
		return sum(e.op, g.along(e.args[0], nil), g.along(e.args[1], nil))
	case negOp:
		return neg(g.along(e.args[0], nil))
	case roundOp:
		return g.along(e.args[0], nil)
	case mulOp:
		a, b := e.args[0], e.args[1]
		if a.String() == b.String() && a.isAtom() {
			return times(number(2), times(a, g.along(a, nil)))
		}
		if g.fault == "tangent" {
			return scaled(b, g.along(a, nil))
		}
		return sum(addOp, scaled(b, g.along(a, nil)), scaled(a, g.along(b, nil)))
	case divOp:
		a, b := e.args[0], e.args[1]
		q := e
		if result != nil {
			q = ref(result)
		}
		tb := g.along(b, nil)
		if tb == nil {
			return over(g.along(a, nil), b)
		}
		return g.structural(over(number(1), b), sum(subOp, g.along(a, nil), scaled(q, tb)))
	}
	var t *expr
	for i, a := range e.args {
		if d := g.along(a, nil); d != nil {
			t = sum(addOp, t, g.structural(g.slope(e, i, result), d))
		}
	}
	return t
}

// structural multiplies a slope that may be infinite by a tangent. The tangent of an input
// that is left out is 0, and so is that of a variable that was not assigned: they mean that
// nothing moves. A tangent that was computed may be 0 by accident, and is multiplied.
func (g *generator) structural(slope, t *expr) *expr {
	unit := slope.op == divOp && slope.args[0].op == constOp && slope.args[0].value == 1
	if slope.op == constOp || !g.mayRest(t.body()) {
		if unit {
			return over(t, slope.args[1])
		}
		return times(slope, t)
	}
	if slope.op == divOp && slope.args[0].op == constOp && slope.args[0].value == 1 {
		g.helpers["ratio"] = true
		return &expr{op: callOp, fn: &function{name: g.prefix + "Ratio"}, args: []*expr{t, slope.args[1]}}
	}
	g.helpers["along"] = true
	return &expr{op: callOp, fn: &function{name: g.prefix + "Along"}, args: []*expr{slope, t}}
}
