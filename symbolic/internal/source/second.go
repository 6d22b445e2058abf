package source

import (
	"fmt"
	"go/ast"
	"strings"
)

// second writes the gradient and its derivative along a direction: the forward mode of the
// code that the reverse mode writes. Where that passes over an adjoint of 0, it is passed over
// if it does not move either.
func (g *generator) second() string {
	if len(g.results) > 0 {
		g.refuse(g.decl.Pos(), "the second derivative of a function with several results", "a Hessian is that of one number", "write a function that returns the number, or take -modes reverse,forward,generic")
		return ""
	}
	for _, v := range g.params {
		if v.load != "" {
			g.refuse(g.decl.Pos(), "the second derivative in "+v.of.name, "second derivatives are those in a []float64", "pass its numbers in a []float64, or take -modes reverse,forward,generic")
			return ""
		}
		if v.wrt && v.kind != list {
			g.refuse(g.decl.Pos(), "the number "+v.name, "second derivatives are those in a []float64", "pass it in a []float64, or take -modes reverse,forward,generic")
			return ""
		}
	}
	var wrt, outs []string
	for _, v := range g.params {
		if v.wrt {
			wrt = append(wrt, v.name)
		}
	}
	const again = "GradAgain" // the package may have the gradient already
	code := strings.Replace(g.gradient(), g.head("Grad")+"(", g.head(again)+"(", 1)
	g.needLgamma(code)
	for _, v := range g.params {
		if v.wrt {
			outs = append(outs, g.adjoint(v).name)
		}
	}
	texts := map[string]string{"adgen_gradient.go": "package " + g.Name + "\n\n" + g.importsAll() + "var _ = math.Pi\n\n" + code + helperText(g.helpers, g.prefix)}
	for name, text := range g.texts {
		texts[name] = text
	}
	p, err := parseAll(texts)
	if err != nil {
		panic(fmt.Sprintf("adgen: %v\n%s", err, code))
	}
	name := g.name + again
	if g.decl.Recv != nil {
		name = strings.TrimSuffix(declName(g.decl), g.name) + name
	}
	u, err := p.build(name, wrt, g.prefix, outs...)
	if err != nil {
		for _, r := range err.(Refusals) {
			r.Pos = g.files.Position(g.decl.Pos())
			r.Construct = "the second derivative of " + g.name + ", in whose gradient " + r.Construct
			g.refused = append(g.refused, r)
		}
		return ""
	}
	f := newGenerator(u, g.prefix)
	f.guards = g.guards
	text := f.hvp(g.name)
	g.helpers = f.helpers
	return text
}

// hvp writes the forward mode of a gradient.
func (g *generator) hvp(name string) string {
	var params, tangents, checks []string
	for _, v := range g.params {
		switch {
		case v == g.receiver:
		case v.out:
			params = append(params, v.name+" "+v.typ)
			g.adj[v] = &variable{name: g.fresh(strings.TrimSuffix(v.name, "Grad") + "HVP"), kind: list, typ: v.typ}
			tangents = append(tangents, g.adj[v].name+" "+v.typ)
			checks = append(checks, fmt.Sprintf("if len(%s) != len(%s) {\npanic(%q)\n}\n", g.adj[v].name, v.name,
				name+"HVP: "+g.adj[v].name+" and "+v.name+" differ in length"))
		}
	}
	params = append(params, tangents...)
	for _, v := range g.params {
		if v != g.receiver && !v.out {
			params = append(params, v.name+" "+v.typ)
		}
	}
	for _, v := range g.params {
		if v.wrt {
			params = append(params, g.tangent(v).name+" "+v.typ)
		}
	}
	body := g.body
	y, dot := "y", ""
	if g.result != nil {
		y = g.result.name
		body = body[1:]
		dot = g.fresh(y + "Dot")
		g.adj[g.result] = &variable{name: dot, kind: scalar, typ: "float64"}
	} else {
		y = g.fresh(y)
		dot = g.fresh(y + "Dot")
	}
	all := alive(g.tangents(body))
	var b strings.Builder
	fmt.Fprintf(&b, "// %sHVP returns the value of %s and its derivative along the tangents, and writes its gradient and\n// the product of its Hessian with the tangents.\n", name, name)
	g.name = name
	fmt.Fprintf(&b, "%s(%s) (%s, %s float64) {\n%s", g.head("HVP"), strings.Join(params, ", "), y, dot, strings.Join(checks, ""))
	write(&b, declareAdjoints(all))
	b.WriteString("}\n")
	return b.String()
}

// stack builds what generated code does with its stacks: s = append(s, e), s = s[:n], and
// s, t = s[:n], t[:n]. It returns nil for other assignments.
func (u *unit) stack(n *ast.AssignStmt) []*stmt {
	var built []*stmt
	for i, l := range n.Lhs {
		id, ok := l.(*ast.Ident)
		if !ok || i >= len(n.Rhs) {
			return nil
		}
		v := u.variable(id)
		if v == nil || v.param || v.base != nil || !strings.HasPrefix(v.typ, "[]") {
			return nil
		}
		s := &stmt{form: stackForm, pos: n.Pos(), left: ref(v)}
		switch r := n.Rhs[i].(type) {
		case *ast.CallExpr:
			f, ok := r.Fun.(*ast.Ident)
			if !ok || f.Name != "append" || len(r.Args) != 2 {
				return nil
			}
			if s.right = u.raw(r.Args[1]); v.kind == list {
				s.right = u.float(r.Args[1])
			}
		case *ast.SliceExpr:
			if x, ok := r.X.(*ast.Ident); !ok || u.variable(x) != v || r.Low != nil || r.High == nil {
				return nil
			}
			h := u.raw(r.High)
			s.right = &expr{op: rawOp, reads: h.reads}
			s.alloc = "[:" + h.text + "]"
		default:
			return nil
		}
		built = append([]*stmt{s}, built...) // bounds may read the length of the first
	}
	return built
}

// stacked writes a step of a stack, and that of its tangents before.
func (g *generator) stacked(s *stmt) []*node {
	v := s.left.v
	step := func(v *variable, value *expr, reads []*variable) *node {
		text := v.name + " = " + v.name + s.alloc
		if value != nil {
			text = v.name + " = append(" + v.name + ", " + value.String() + ")"
			reads = value.vars()
		}
		n := leaf(text, reads)
		n.weak = []string{v.name}
		return n
	}
	var value, t *expr
	if s.alloc == "" {
		value = s.right
	}
	n := step(v, value, s.right.reads)
	if !v.active {
		return []*node{n}
	}
	if value != nil {
		if t = g.along(value, nil); t == nil {
			t = number(0)
		}
	}
	d := step(g.tangent(v), t, s.right.reads)
	d.reads = append(d.reads, v.name)
	return []*node{d, n}
}
