package source

import (
	"fmt"
	"go/ast"
	"slices"
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
	g.again = true
	code := strings.Replace(g.gradient(), g.head("Grad")+"(", g.head(again)+"(", 1)
	g.needHelpers(code)
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
	write(&b, withoutCopies(declareAdjoints(all)))
	b.WriteString("}\n" + g.hessian(name))
	return b.String()
}

// hessian writes a function that takes the product for every direction, of a function of one
// list. There is none for a method whose receiver has no name.
func (g *generator) hessian(name string) string {
	var params, args []string
	var x, grad *variable
	for _, v := range g.params {
		switch {
		case v == g.receiver:
		case v.out:
			grad = v
		default:
			params, args = append(params, v.name+" "+v.typ), append(args, v.name)
			if v.wrt && x != nil {
				return ""
			}
			if v.wrt {
				x = v
			}
		}
	}
	call := name + "HVP"
	if g.recv != "" {
		if g.receiver == nil || g.receiver.name == "_" {
			return ""
		}
		call = g.receiver.name + "." + call
	}
	used := append(slices.Clone(args), grad.name)
	if g.receiver != nil {
		used = append(used, g.receiver.name)
	}
	free := func(name string) string {
		for slices.Contains(used, name) || g.types.Scope().Lookup(name) != nil {
			name += "2"
		}
		used = append(used, name)
		return name
	}
	h, row, dot := free(x.name+"Hessian"), free(x.name+"HVP"), free(x.name+"Dot")
	g.helpers["rows"] = true
	return fmt.Sprintf(`
// %[1]sHessian writes the gradient of %[1]s, and its Hessian row by row, of len(%[2]s)² numbers.
%[3]s(%[4]s, %[5]s []float64, %[6]s) {
if len(%[5]s) != len(%[2]s)*len(%[2]s) {
panic("%[1]sHessian: %[5]s does not have len(%[2]s)*len(%[2]s) numbers")
}
%[7]sRows(%[5]s, len(%[2]s), func(%[8]s, %[9]s []float64) { %[10]s(%[4]s, %[8]s, %[11]s, %[9]s) })
}
`, name, x.name, g.head("Hessian"), grad.name, h, strings.Join(params, ", "), g.prefix, row, dot, call, strings.Join(args, ", "))
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
			if !ok || f.Name != "append" || len(r.Args) < 2 {
				return nil
			}
			for k, a := range r.Args[1:] {
				if s.right = u.raw(a); v.kind == list {
					s.right = u.float(a)
				}
				if k < len(r.Args)-2 {
					built = append(built, s)
					s = &stmt{form: stackForm, pos: n.Pos(), left: ref(v)}
				}
			}
			built = append(built, s)
			continue
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

// isStack reports whether generated code keeps numbers in slices of a type.
func isStack(typ string) bool { return strings.HasPrefix(typ, "[]") && isBasic(typ[2:]) }

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
