package source

import (
	"fmt"
	"go/token"
	"strings"
)

// genericForm writes the function over a number type of package ad. What does not depend
// on the inputs stays float64.
func (g *generator) genericForm() string {
	w := &genericWriter{generator: g, num: g.fresh("T")}
	w.read = make(map[*variable]bool)
	each(g.body, func(s *stmt) {
		for _, v := range s.own() {
			w.read[v] = true
		}
		if s.form == assignForm && s.left.op == elemOp {
			w.read[s.left.v] = true
		}
	})
	var body strings.Builder
	for _, v := range g.results {
		w.read[v] = true
	}
	w.list(&body, g.body)
	constraint := "ad.Scalar"
	if w.ordered {
		constraint = "ad.Ordered"
	}
	name := g.name
	var params []string
	if g.recv != "" {
		fields := strings.Fields(g.recv)
		typ := fields[len(fields)-1]
		name = strings.TrimPrefix(typ, "*") + name
		if len(fields) == 1 {
			params = append(params, "_ "+typ)
		} else {
			params = append(params, g.recv)
		}
	}
	for _, v := range g.params {
		if v != g.receiver {
			params = append(params, v.name+" "+w.typeOf(v))
		}
	}
	result := w.num
	if len(g.results) > 0 {
		result = "(" + w.resultTypes() + ")"
	}
	return fmt.Sprintf("// %sGeneric is %s over any number type of package ad.\nfunc %sGeneric[%s %s[%s]](%s) %s {\n%s}\n",
		name, g.name, name, w.num, constraint, w.num, strings.Join(params, ", "), result, body.String())
}

type genericWriter struct {
	*generator
	num     string // the type parameter
	ordered bool
	read    map[*variable]bool // variables that somebody reads
}

func (w *genericWriter) typeOf(v *variable) string {
	if v.active {
		return strings.TrimSuffix(v.typ, "float64") + w.num
	}
	return v.typ
}

// number writes an expression of the number type.
func (w *genericWriter) number(e *expr) string {
	if !e.active() {
		return "ad.Const[" + w.num + "](" + e.String() + ")"
	}
	switch e.op {
	case refOp, elemOp:
		return e.String()
	case negOp:
		return w.number(e.args[0]) + ".Neg()"
	case roundOp:
		return w.number(e.args[0])
	case callOp:
		if e.fn.generic == "" {
			w.refuse(e.pos, "the generic form of a call of "+e.fn.name, "its rule is of float64 alone", "take -modes reverse,forward, or make it an ad.Func by hand")
		}
		var args []string
		for _, a := range e.args {
			args = append(args, w.number(a))
		}
		return e.fn.generic + "(" + strings.Join(args, ", ") + ")"
	}
	method := map[op]string{addOp: "Add", subOp: "Sub", mulOp: "Mul", divOp: "Div"}[e.op]
	return w.number(e.args[0]) + "." + method + "(" + w.number(e.args[1]) + ")"
}

// float writes an expression as a float64.
func (w *genericWriter) float(e *expr) string {
	if !e.active() {
		return e.String()
	}
	w.ordered = true
	return w.number(e) + ".Float()"
}

func (w *genericWriter) cond(c *cond) string {
	switch {
	case c == nil:
		return ""
	case c.raw != nil:
		return c.raw.text
	case c.test != "":
		return c.test + "(" + w.float(c.x) + c.rest + ")"
	case c.op == token.NOT:
		return "!(" + w.cond(c.a) + ")"
	case c.op == token.LAND || c.op == token.LOR:
		a, b := w.cond(c.a), w.cond(c.b)
		if c.a.in() != c.a.String() {
			a = "(" + a + ")"
		}
		if c.b.in() != c.b.String() {
			b = "(" + b + ")"
		}
		return a + " " + c.op.String() + " " + b
	case !c.x.active() && !c.y.active():
		return c.String()
	}
	switch c.op {
	case token.LSS:
		w.ordered = true
		return w.number(c.x) + ".Less(" + w.number(c.y) + ")"
	case token.GTR:
		w.ordered = true
		return w.number(c.y) + ".Less(" + w.number(c.x) + ")"
	}
	return w.float(c.x) + " " + c.op.String() + " " + w.float(c.y)
}

func (w *genericWriter) list(b *strings.Builder, all []*stmt) {
	for _, s := range all {
		switch s.form {
		case assignForm:
			b.WriteString(w.assign(s) + "\n")
			if s.define && !w.read[s.left.v] {
				b.WriteString("_ = " + s.left.v.name + "\n")
			}
		case panicForm:
			b.WriteString(s.right.text + "\n")
		case returnForm:
			if len(w.results) > 0 {
				b.WriteString("return " + w.resultList() + "\n")
				continue
			}
			b.WriteString("return " + w.number(s.right) + "\n")
		case breakForm:
			b.WriteString("break\n")
		case continueForm:
			b.WriteString("continue\n")
		case ifForm:
			b.WriteString("if " + w.cond(s.cond) + " {\n")
			w.list(b, s.then)
			if len(s.els) > 0 {
				b.WriteString("} else {\n")
				w.list(b, s.els)
			}
			b.WriteString("}\n")
		case loopForm:
			h := header(s)
			text := h.text
			if s.key != nil && !uses(s.body, s.key) {
				text = h.bare
			}
			if s.over == nil && s.cond != nil && s.cond.raw == nil {
				text = "for " + w.cond(s.cond)
				if s.init != nil || s.post != nil {
					text = "for ; " + w.cond(s.cond) + "; " + primalText(s.post)
				}
			}
			b.WriteString(text + " {\n")
			w.list(b, s.body)
			b.WriteString("}\n")
		}
	}
}

// uses reports whether a list of statements reads a variable.
func uses(all []*stmt, v *variable) bool {
	found := false
	each(all, func(s *stmt) {
		for _, r := range s.own() {
			found = found || r == v
		}
		if s.right != nil && s.form == panicForm {
			for _, r := range s.right.vars() {
				found = found || r == v
			}
		}
	})
	return found
}

func (w *genericWriter) assign(s *stmt) string {
	v := s.left.v
	if !v.active {
		return primalText(s)
	}
	switch {
	case s.define && v.kind == list:
		switch {
		case v.base != nil:
			return v.name + " := " + s.alloc
		case s.alloc != "":
			return v.name + " := " + strings.Replace(s.alloc, "float64", w.num, 1)
		case len(s.elems) == 0:
			return "var " + v.name + " " + w.typeOf(v)
		}
		var elems []string
		for _, e := range s.elems {
			elems = append(elems, w.number(e))
		}
		return v.name + " := " + w.typeOf(v) + "{" + strings.Join(elems, ", ") + "}"
	case s.isVar:
		return "var " + v.name + " " + w.num
	case s.define:
		return v.name + " := " + w.number(s.right)
	case s.op == "=":
		return s.left.String() + " = " + w.number(s.right)
	}
	method := map[string]string{"+=": "Add", "-=": "Sub", "*=": "Mul", "/=": "Div"}[s.op]
	return s.left.String() + " = " + s.left.String() + "." + method + "(" + w.number(s.right) + ")"
}
