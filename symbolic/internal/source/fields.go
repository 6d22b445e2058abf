package source

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// A struct that is differentiated by is read into a variable for each of its numbers, slices
// and arrays, and a vector of package mat into a slice. They are inputs in place of the
// parameter.

// open reports whether derivatives with respect to a parameter of this type are those in
// its numbers, and declares the variables for them.
func (u *unit) open(p *variable, t types.Type) bool {
	if isVector(t) {
		v := &variable{name: u.fresh(p.name + "Data"), kind: list, typ: "[]float64", of: p}
		v.load = fmt.Sprintf("%s := make([]float64, %s.Len())\nfor i := range %s {\n%s[i] = %s.AtVec(i)\n}", v.name, p.name, v.name, v.name, p.name)
		u.input(p, "", v)
		return true
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if n, ok := t.(*types.Named); !ok || n.Obj().Pkg() != u.types {
		return false
	}
	s, ok := t.Underlying().(*types.Struct)
	if ok {
		u.openStruct(p, s, nil)
	}
	return ok && len(u.fields[p]) > 0
}

func (u *unit) openStruct(p *variable, s *types.Struct, path []string) {
	for i := range s.NumFields() {
		f := s.Field(i)
		at := append(slices.Clone(path), f.Name())
		if inner, ok := f.Type().Underlying().(*types.Struct); ok {
			u.openStruct(p, inner, at)
			continue
		}
		if f.Name() == "_" || kindOf(f.Type()) == other {
			continue
		}
		name := p.name
		for _, part := range at {
			name += strings.ToUpper(part[:1]) + part[1:]
		}
		v := &variable{name: u.fresh(name), kind: kindOf(f.Type()), typ: f.Type().String(), of: p}
		v.load = v.name + " := " + p.name + "." + strings.Join(at, ".")
		u.input(p, strings.Join(at, "."), v)
	}
}

func (u *unit) input(p *variable, path string, v *variable) {
	v.param, v.wrt, v.active, v.path = true, true, true, path
	if u.fields[p] == nil {
		u.fields[p] = make(map[string]*variable)
	}
	u.fields[p][path] = v
	u.params = append(u.params, v)
}

// isVector reports whether a type is that of vectors of package mat.
func isVector(t types.Type) bool {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := t.(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "gonum.org/v1/gonum/mat" && (n.Obj().Name() == "Vector" || n.Obj().Name() == "VecDense")
}

// fieldOf returns the variable of a field of a struct that is differentiated by, or nil.
func (u *unit) fieldOf(n *ast.SelectorExpr) *variable {
	var path []string
	for {
		sel := u.info.Selections[n]
		if sel == nil || sel.Kind() != types.FieldVal {
			return nil
		}
		var names []string
		t := sel.Recv()
		for _, i := range sel.Index() {
			if p, ok := t.Underlying().(*types.Pointer); ok {
				t = p.Elem()
			}
			s, ok := t.Underlying().(*types.Struct)
			if !ok {
				return nil
			}
			names = append(names, s.Field(i).Name())
			t = s.Field(i).Type()
		}
		path = append(names, path...)
		switch x := ast.Unparen(n.X).(type) {
		case *ast.Ident:
			if v := u.variable(x); v != nil {
				return u.fields[v][strings.Join(path, ".")]
			}
			return nil
		case *ast.SelectorExpr:
			n = x
		default:
			return nil
		}
	}
}

// vectorCall returns the slice of a vector that is differentiated by, of which n calls a
// method, and its name.
func (u *unit) vectorCall(n *ast.CallExpr) (*variable, string) {
	f, ok := n.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil, ""
	}
	if id, ok := f.X.(*ast.Ident); ok {
		if v := u.variable(id); v != nil && u.fields[v] != nil {
			return u.fields[v][""], f.Sel.Name
		}
	}
	return nil, ""
}

// vectorElement returns the element that a call of AtVec or At reads, or nil.
func (u *unit) vectorElement(n *ast.CallExpr) *expr {
	v, method := u.vectorCall(n)
	if v == nil || method != "AtVec" && method != "At" || len(n.Args) == 0 {
		return nil
	}
	i := u.index(n.Args[0])
	return &expr{op: elemOp, v: v, text: i.text, reads: i.reads, looks: i.looks, pos: n.Pos()}
}

// readsVector reports whether a call only reads a vector or matrix of package mat.
func (u *unit) readsVector(f *ast.SelectorExpr) bool {
	fn, ok := u.info.Uses[f.Sel].(*types.Func)
	return ok && fn.Pkg() != nil && fn.Pkg().Path() == "gonum.org/v1/gonum/mat" && fn.Type().(*types.Signature).Recv() != nil
}

// listNamed returns the list that n names, which may be a field, or nil.
func (u *unit) listNamed(n ast.Expr) *variable {
	var v *variable
	switch n := ast.Unparen(n).(type) {
	case *ast.Ident:
		v = u.variable(n)
	case *ast.SelectorExpr:
		v = u.fieldOf(n)
	}
	if v == nil || v.kind != list {
		return nil
	}
	return v
}

// refuseWhole refuses a struct that is differentiated by where it is not read by its fields.
func (u *unit) refuseWhole(pos token.Pos, v *variable) {
	u.refuse(pos, "the whole of "+v.name, "the derivatives of its numbers would be lost", "read its fields, or call functions and methods of the package with it")
}

// loads are the statements that read the fields at the beginning.
func (u *unit) loads() []*node {
	var all []*node
	for _, v := range u.params {
		if v.load != "" {
			n := leaf(v.load, []*variable{v.of})
			n.decl, n.typ, n.writes = v.name, v.typ, []string{v.name}
			all = append(all, n)
		}
	}
	return all
}

// shape returns the type of for derivatives by p: of a vector a slice.
func (u *unit) shape(p *variable, pointer bool) string {
	if u.fields[p][""] != nil {
		return "[]float64"
	}
	if pointer {
		return "*" + strings.TrimPrefix(p.typ, "*")
	}
	return p.typ
}

// openGradient writes the parameter that the gradient in the fields of p is written to, and
// what comes at the beginning and before the end.
func (g *generator) openGradient(p *variable, scope *node) (param string, first, last []*node) {
	dst := g.fresh(p.name + "Grad")
	for _, v := range g.params {
		if v.of != p {
			continue
		}
		if v.path == "" {
			g.adj[v] = &variable{name: dst, kind: list, typ: "[]float64"}
			first = append(first, &node{keep: true, reads: []string{v.name}, text: fmt.Sprintf("if len(%s) != len(%s) {\npanic(%q)\n}\nclear(%s)", dst, v.name,
				g.name+"Grad: "+dst+" and "+p.name+" differ in length", dst)})
			continue
		}
		a, field := g.adjoint(v), dst+"."+v.path
		switch {
		case v.kind == list && v.typ == "[]float64":
			first = append(first, &node{keep: true, reads: []string{v.name}, text: fmt.Sprintf("%s := %s\nif len(%s) != len(%s) {\npanic(%q)\n}\nclear(%s)", a.name, field, a.name, v.name,
				g.name+"Grad: "+field+" and "+p.name+"."+v.path+" differ in length", a.name)})
			continue
		case v.kind == list:
			first = append(first, &node{keep: true, text: "var " + a.name + " " + v.typ})
		default:
			scope.scope = append(scope.scope, a.name)
		}
		last = append(last, &node{keep: true, text: field + " = " + a.name, reads: []string{a.name}})
	}
	return dst + " " + g.shape(p, true), first, last
}

// openTangents writes the parameter with the tangents of the fields of p, and what reads it.
func (g *generator) openTangents(p *variable) (param string, first []*node) {
	dot := g.fresh(p.name + "Dot")
	for _, v := range g.params {
		if v.of != p {
			continue
		}
		if v.path == "" {
			g.adj[v] = &variable{name: dot, kind: list, typ: "[]float64"}
			continue
		}
		d := g.tangent(v)
		n := &node{text: d.name + " := " + dot + "." + v.path, decl: d.name, typ: v.typ, writes: []string{d.name}}
		first = append(first, n)
	}
	return dot + " " + g.shape(p, false), first
}

// root returns the expression that a selector begins with.
func root(n ast.Expr) ast.Expr {
	for {
		s, ok := ast.Unparen(n).(*ast.SelectorExpr)
		if !ok {
			return ast.Unparen(n)
		}
		n = s.X
	}
}

// paramsInOrder returns the receiver and the parameters with their types.
func (u *unit) paramsInOrder() func(yield func(types.Type, *variable) bool) {
	return func(yield func(types.Type, *variable) bool) {
		fields := u.decl.Type.Params.List
		if u.decl.Recv != nil {
			fields = append(slices.Clone(u.decl.Recv.List), fields...)
		}
		for _, f := range fields {
			for _, id := range f.Names {
				if v := u.vars[u.info.Defs[id]]; v != nil && !yield(u.typeOf(f.Type), v) {
					return
				}
			}
		}
	}
}
