package source

import (
	"go/parser"
	"maps"
	"slices"
	"strings"
)

// split gives names to what derivatives read again: results of functions and quotients,
// and operands that slopes need. Each statement then has at most one function, as its
// whole right side. It returns statements that compute the same numbers.
func (g *generator) split(s *stmt) []*stmt {
	if s.form != assignForm || s.kept || s.right.op == rawOp && len(s.elems) == 0 {
		return []*stmt{s}
	}
	var before []*stmt
	name := func(e *expr, like string) *expr {
		v := g.temp(like)
		v.active = true
		before = append(before, &stmt{form: assignForm, pos: s.pos, left: ref(v), op: "=", right: e, define: true})
		return ref(v)
	}
	var visit func(e *expr, root bool) *expr
	visit = func(e *expr, root bool) *expr {
		if !e.active() || len(e.args) == 0 {
			return e
		}
		c := *e
		c.args = nil
		for _, a := range e.args {
			c.args = append(c.args, visit(a, false))
		}
		switch {
		case c.op == callOp:
			for i, a := range c.args {
				if a.isAtom() || !g.slopesRead(&c, i) {
					continue
				}
				if a.active() {
					c.args[i] = name(a, "arg")
				}
			}
			if !root {
				like := c.fn.name[strings.LastIndex(c.fn.name, ".")+1:]
				if c.fn.isHelper() {
					like = c.fn.row
				}
				return name(&c, strings.ToLower(like[:1])+like[1:]+"Value")
			}
		case c.op == divOp && c.args[1].active() && !root:
			return name(&c, "quotient")
		}
		return &c
	}
	root := s.define && s.left.v.sets == 0 && s.left.v.kind == scalar
	c := *s
	if s.right.op != rawOp {
		c.right = visit(s.right, root)
	}
	c.elems = nil
	for _, e := range s.elems {
		c.elems = append(c.elems, visit(e, false))
	}
	return append(before, &c)
}

// isAtom reports whether e is as cheap to read again as a name.
func (e *expr) isAtom() bool {
	switch e.op {
	case refOp, constOp:
		return true
	case rawOp:
		return e.binds() == 7
	case elemOp:
		return true
	case negOp:
		return e.args[0].isAtom()
	}
	return false
}

// slopesRead reports whether a slope of a call reads its i-th operand, and not only the
// result.
func (g *generator) slopesRead(c *expr, i int) bool {
	args := make([]*expr, len(c.args))
	probe := &variable{name: "\x00"}
	for k, a := range c.args {
		args[k] = a
		if k == i {
			args[k] = ref(probe)
		}
	}
	known := *c
	known.args = args
	for k, a := range c.args {
		if !a.active() {
			continue
		}
		e := g.derivative(&known, k, &variable{name: "y"})
		if e == nil {
			return false
		}
		if slices.Contains(e.vars(), probe) {
			return true
		}
	}
	return false
}

// title returns the name of a function as the source has it.
func (f *function) title() string {
	if f.row == "" {
		return f.name
	}
	return "math." + strings.ToUpper(f.row[:1]) + f.row[1:]
}

// reused are slopes of functions in terms of their value y, which do not cancel.
var reused = map[string]string{"tan": "1 + y*y", "tanh": "tanhslope(x, y)"}

// derivative returns the derivative of a call in its i-th operand, given the variable that
// holds its result. It returns nil where that has no source.
func (g *generator) derivative(c *expr, i int, result *variable) *expr {
	if text, ok := reused[c.fn.row]; ok && result != nil && !g.again {
		n, err := parser.ParseExpr(text)
		if err != nil {
			panic(err)
		}
		e, err := readExpr(n, map[string]*expr{"x": c.args[0], "y": ref(result)}, func(name string, args []*expr) *expr {
			return called(name, args, false)
		})
		if err != nil {
			panic(err)
		}
		return e
	}
	e, err := c.fn.partial(i, len(c.args), !g.again)
	if err != nil {
		g.refuse(c.pos, "the function "+c.fn.title(), "the derivative of this operand has no source in Go ("+err.Error()+")", "make the operand a parameter that is not differentiated, or write the generic form alone, with -modes generic")
		return nil
	}
	return e.put(c.args, c, result)
}

// slope returns a derivative whose helpers are declared beside the code.
func (g *generator) slope(c *expr, i int, result *variable) *expr {
	d := g.derivative(c, i, result)
	if d == nil {
		return number(0)
	}
	d = d.replace(g.known)
	d.walk(func(e *expr) {
		if e.fn.isHelper() {
			g.helpers[e.fn.row] = true
			f := *e.fn
			f.name = helperName(g.prefix, f.row)
			e.fn = &f
		}
	})
	return d
}

// knowing adds to known the variables of a list that hold the values of calls, where neither
// they nor what the calls read change.
func (g *generator) knowing(known map[string]*variable, list []*stmt) map[string]*variable {
	if g.again {
		return known
	}
	known = maps.Clone(known)
	for _, s := range list {
		if s.form == assignForm && (s.define || s.kept) && s.left.v.kind == scalar && s.left.v.sets == 0 && s.left.v.seed == nil && s.right.op == callOp &&
			!slices.ContainsFunc(s.right.vars(), func(v *variable) bool { return v.kind != scalar || v.sets > 0 || v.seed != nil }) {
			known[s.right.String()] = s.left.v
		}
	}
	return known
}

// replace returns e with variables in the place of calls whose values they hold.
func (e *expr) replace(known map[string]*variable) *expr {
	if e.op == callOp && known[e.String()] != nil {
		return ref(known[e.String()])
	}
	c := *e
	c.args = nil
	for _, a := range e.args {
		c.args = append(c.args, a.replace(known))
	}
	return &c
}
