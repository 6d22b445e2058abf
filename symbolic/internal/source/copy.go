package source

import (
	"go/ast"
	"go/types"
)

// copied builds copy(dst, src), where src shares no elements with dst, as a loop.
func (u *unit) copied(n *ast.CallExpr) []*stmt {
	left, ok := u.listOf(n.Args[0])
	right, okRight := u.listOf(n.Args[1])
	var before []*stmt
	if r, isPart := n.Args[1].(*ast.SliceExpr); isPart {
		if p := u.part(r); p != nil {
			right, okRight = p.left.v, true
			right.name = u.fresh(right.base.name + "Part")
			before = append(before, p)
		}
	}
	if !ok || !okRight || home(left) == home(right) {
		u.refuse(n.Pos(), "this copy", "the slices may overlap, which cannot be reversed", "copy one slice by its name to another that this function makes")
		return nil
	}
	return append(before, u.elementwise(n, left, &expr{op: rawOp, text: "min(len(" + left.name + "), len(" + right.name + "))", reads: []*variable{left, right}}, "int",
		func(i *variable) *expr {
			return &expr{op: elemOp, v: right, text: i.name, reads: []*variable{i}, pos: n.Pos()}
		}))
}

// cleared builds clear(s) as a loop.
func (u *unit) cleared(n *ast.CallExpr) []*stmt {
	left, ok := u.listOf(n.Args[0])
	if !ok {
		u.refuse(n.Pos(), "this clear", "it is no slice of the function", "write a loop over the elements")
		return nil
	}
	return []*stmt{u.elementwise(n, left, &expr{op: rawOp, text: left.name, reads: []*variable{left}}, "[]float64", func(*variable) *expr { return number(0) })}
}

// elementwise builds a loop that assigns to the elements of a list.
func (u *unit) elementwise(n *ast.CallExpr, to *variable, over *expr, typ string, value func(i *variable) *expr) *stmt {
	i := &variable{name: u.fresh("i"), kind: other, typ: "int"}
	set := &stmt{form: assignForm, pos: n.Pos(), left: &expr{op: elemOp, v: to, text: i.name, reads: []*variable{i}, pos: n.Pos()}, op: "=", right: value(i)}
	return &stmt{form: loopForm, pos: n.Pos(), over: over, overType: typ, key: i, body: []*stmt{u.store(set)}}
}

// listOf returns the slice of the function that n names.
func (u *unit) listOf(n ast.Expr) (*variable, bool) {
	v := u.listNamed(n)
	return v, v != nil && v.typ == "[]float64"
}

// freshCopy returns the slice x of append([]float64(nil), x...) and append([]float64{}, x...),
// which have an array of their own.
func (u *unit) freshCopy(n *ast.CallExpr) (x *variable, ok bool) {
	if len(n.Args) != 2 || !n.Ellipsis.IsValid() {
		return nil, false
	}
	switch empty := n.Args[0].(type) {
	case *ast.CompositeLit:
		if len(empty.Elts) > 0 {
			return nil, false
		}
	case *ast.CallExpr:
		if tv := u.info.Types[empty.Fun]; !tv.IsType() || len(empty.Args) != 1 || !u.info.Types[empty.Args[0]].IsNil() {
			return nil, false
		}
	default:
		return nil, false
	}
	if t, isSlice := u.typeOf(n.Args[0]).(*types.Slice); !isSlice || !isFloat(t.Elem()) {
		return nil, false
	}
	return u.listOf(n.Args[1])
}

func (u *unit) isBuiltin(id *ast.Ident) bool {
	_, ok := u.info.Uses[id].(*types.Builtin)
	return ok
}
