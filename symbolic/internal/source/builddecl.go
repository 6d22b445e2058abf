package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// define builds v := e.
func (u *unit) define(id *ast.Ident, r ast.Expr) []*stmt {
	obj := u.info.Defs[id]
	if kindOf(obj.Type()) == list {
		return u.newList(id, r)
	}
	if kindOf(obj.Type()) == other {
		if t, ok := obj.Type().Underlying().(*types.Basic); !ok || t.Kind() == types.UnsafePointer {
			if obj.Type().String() != "error" && !u.isData(r) && holdsFloats(obj.Type()) {
				u.refuse(r.Pos(), "the variable "+id.Name+" of type "+obj.Type().String(), "numbers in it would lose their derivative", "use float64 and []float64")
				return nil
			}
		}
		e := u.right(&variable{kind: other}, r)
		v := u.declare(id)
		return []*stmt{{form: assignForm, pos: id.Pos(), left: ref(v), op: "=", right: e, define: true}}
	}
	e := u.float(r)
	v := u.declare(id)
	return []*stmt{{form: assignForm, pos: id.Pos(), left: ref(v), op: "=", right: e, define: true}}
}

// isData reports whether r is a literal of arrays and slices that shares no slice with a
// variable.
func (u *unit) isData(r ast.Expr) bool {
	if _, ok := r.(*ast.CompositeLit); !ok {
		return false
	}
	switch u.typeOf(r).Underlying().(type) {
	case *types.Array, *types.Slice:
	default:
		return false
	}
	data := true
	ast.Inspect(r, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v := u.variable(id); v != nil && (v.kind == list || v.kind == other && !isBasic(v.typ)) {
				data = false
			}
		}
		return true
	})
	return data
}

// holdsFloats reports whether values of a type may hold numbers that were computed.
func holdsFloats(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Basic:
		return t.Info()&(types.IsFloat|types.IsComplex) != 0 || t.Kind() == types.UnsafePointer
	case *types.Slice:
		return holdsFloats(t.Elem())
	case *types.Array:
		return holdsFloats(t.Elem())
	}
	return true
}

// newList builds s := make([]float64, n), s := x[1:] and s := []float64{a, b}.
func (u *unit) newList(id *ast.Ident, r ast.Expr) []*stmt {
	own := func(alloc string, reads []*variable, elems ...*expr) []*stmt {
		v := u.declare(id)
		v.made = len(u.calls)
		return []*stmt{{form: assignForm, pos: id.Pos(), left: ref(v), op: "=", define: true, alloc: alloc, elems: elems,
			right: &expr{op: rawOp, reads: reads}}}
	}
	switch r := r.(type) {
	case *ast.CallExpr:
		f, ok := r.Fun.(*ast.Ident)
		if ok && f.Name == "make" && len(r.Args) == 2 && u.typeOf(r.Args[0]).String() == "[]float64" {
			n := u.raw(r.Args[1])
			return own("make([]float64, "+n.text+")", n.reads)
		}
		if ok && f.Name == "make" && len(r.Args) == 3 && len(u.outs) > 0 && u.typeOf(r).String() == "[]float64" {
			n := u.raw(r.Args[2])
			return own("make([]float64, 0, "+n.text+")", n.reads)
		}
		if ok && f.Name == "append" {
			if x, isFresh := u.freshCopy(r); isFresh {
				made := own("make([]float64, len("+x.name+"))", []*variable{x})
				return append(made, u.elementwise(r, made[0].left.v, &expr{op: rawOp, text: x.name, reads: []*variable{x}}, "[]float64",
					func(i *variable) *expr {
						return &expr{op: elemOp, v: x, text: i.name, reads: []*variable{i}, pos: r.Pos()}
					}))
			}
			u.refuse(r.Pos(), "append", "it may write to an array that another slice shares", "make the slice with its length, and assign to its elements; append([]float64(nil), x...) is a copy")
			return nil
		}
		if fn, args := u.called(r); u.bodies[fn] != nil {
			if outs, taken := u.inlineCall(r, fn, args, true); taken {
				u.takeList(id, r, outs[0])
			}
			return nil
		}
	case *ast.CompositeLit:
		var elems []*expr
		for _, e := range r.Elts {
			if _, ok := e.(*ast.KeyValueExpr); ok {
				u.refuse(e.Pos(), "a literal with indices", "its order is not that of the elements", "list all elements")
				return nil
			}
			elems = append(elems, u.float(e))
		}
		if u.typeOf(r).String() == "[]float64" {
			return own("", nil, elems...)
		}
		if t, ok := u.typeOf(r).(*types.Array); ok && (int(t.Len()) == len(elems) || len(elems) == 0) {
			return own("", nil, elems...)
		}
	case *ast.SliceExpr:
		if s := u.part(r); s != nil {
			v := u.declare(id)
			v.base, s.left.v = s.left.v.base, v
			return []*stmt{s}
		}
	}
	// A row of data that the caller gave is only read.
	if root := u.root(r); root != nil && root.kind == other && root.param && u.typeOf(r).String() == "[]float64" {
		e := u.raw(r)
		v := u.declare(id)
		v.base = root
		return []*stmt{{form: assignForm, pos: id.Pos(), left: ref(v), op: "=", define: true, alloc: e.text, right: &expr{op: rawOp, reads: e.reads}}}
	}
	u.refuse(r.Pos(), "this slice or array", "it may share its elements with another variable", "make([]float64, n) and assign to its elements, or take x[i:j] of a parameter")
	return nil
}

// takeList gives a list that a call made a name.
func (u *unit) takeList(id *ast.Ident, r *ast.CallExpr, v *variable) {
	if v.kind != list || v.base != nil || v.param || v.made <= len(u.calls) {
		u.refuse(r.Pos(), "the slice that this call returns", "it is no slice that the function makes, and may share its elements", "return what make returned there")
		return
	}
	v.made = len(u.calls)
	u.vars[u.info.Defs[id]] = v
}

// part builds v := x[i:j] for a new variable v, or returns nil if x is no slice of the
// function.
func (u *unit) part(r *ast.SliceExpr) *stmt {
	b := u.listNamed(r.X)
	if r.Slice3 || b == nil || b.typ != "[]float64" {
		return nil
	}
	text, reads := "[", []*variable{b}
	if r.Low != nil {
		e := u.raw(r.Low)
		text, reads = text+e.text, append(reads, e.reads...)
	}
	text += ":"
	if r.High != nil {
		e := u.raw(r.High)
		text, reads = text+e.text, append(reads, e.reads...)
	}
	v := &variable{kind: list, typ: "[]float64", base: b}
	return &stmt{form: assignForm, pos: r.Pos(), left: ref(v), op: "=", define: true, alloc: b.name + text + "]",
		right: &expr{op: rawOp, reads: reads}}
}

// root returns the variable of which n is a part, or nil.
func (u *unit) root(n ast.Expr) *variable {
	switch n := n.(type) {
	case *ast.Ident:
		return u.variable(n)
	case *ast.SelectorExpr:
		return u.root(n.X)
	case *ast.IndexExpr:
		return u.root(n.X)
	case *ast.ParenExpr:
		return u.root(n.X)
	}
	return nil
}

func (u *unit) declaration(n *ast.DeclStmt) []*stmt {
	d, ok := n.Decl.(*ast.GenDecl)
	if !ok || d.Tok == token.TYPE {
		u.refuse(n.Pos(), "a type declaration", "types of the function's own are not copied", "declare it in the package")
		return nil
	}
	var built []*stmt
	for _, spec := range d.Specs {
		spec := spec.(*ast.ValueSpec)
		for i, id := range spec.Names {
			if d.Tok == token.CONST {
				continue // its value is copied
			}
			if id.Name == "_" {
				continue
			}
			switch {
			case len(spec.Values) == len(spec.Names):
				built = append(built, u.define(id, spec.Values[i])...)
			case len(spec.Values) > 0:
				u.refuse(id.Pos(), "a declaration with several results", "only single numbers are followed", "call functions that return one number")
			default:
				built = append(built, u.zero(id)...)
			}
		}
	}
	return built
}

func isConstFloat(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && (b.Kind() == types.Float64 || b.Kind() == types.UntypedFloat)
}

// zero builds var v T.
func (u *unit) zero(id *ast.Ident) []*stmt {
	t := u.info.Defs[id].Type()
	v := &stmt{form: assignForm, pos: id.Pos(), op: "=", define: true, isVar: true}
	switch {
	case kindOf(t) == list:
		if _, ok := t.(*types.Array); !ok && len(u.outs) == 0 {
			u.refuse(id.Pos(), "a slice without elements", "it could only be assigned another slice, whose elements it would share", "make it where it is declared")
			return nil
		}
		v.right = &expr{op: rawOp}
		v.left = ref(u.declare(id))
		v.left.v.made = len(u.calls)
	case kindOf(t) == scalar:
		v.left, v.right = ref(u.declare(id)), number(0)
	case isBasic(t.String()):
		v.left, v.right = ref(u.declare(id)), zeroOf(t.String())
	case len(u.outs) > 0 && isStack(t.String()):
		v.left, v.right = ref(u.declare(id)), &expr{op: rawOp, text: t.String() + "{}"}
	default:
		u.refuse(id.Pos(), "a variable of type "+strings.TrimPrefix(t.String(), "command-line-arguments."), "its older state cannot be brought back", "use numbers, slices of float64 and integers")
		return nil
	}
	return []*stmt{v}
}
