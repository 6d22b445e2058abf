package source

import (
	"go/ast"
	"go/token"
	"go/types"
)

// declareResults declares the results of the function.
func (u *unit) declareResults(d *ast.FuncDecl) {
	numbers := 0
	list := d.Type.Results
	if list == nil {
		list = &ast.FieldList{}
	}
	for _, f := range list.List {
		t := u.typeOf(f.Type)
		if isFloat(t) {
			numbers += max(1, len(f.Names))
		} else if !isBasic(t.String()) {
			u.refuse(f.Pos(), "a result of type "+types.TypeString(t, types.RelativeTo(u.types)), "a gradient is that of numbers", "return float64s, and integers, bools, strings and errors beside them")
			return
		}
	}
	if numbers == 0 {
		u.refuse(d.Type.Pos(), "a function that returns no float64", "its gradient is that of a number", "return a float64")
		return
	}
	u.into = append(u.into, u.named(list)...)
	for _, v := range u.results {
		v.result = true
		if v.kind == scalar {
			v.cot = &variable{name: u.fresh(v.name + "Adj"), kind: scalar, typ: "float64"}
		}
	}
	if u.result != nil {
		u.result.result = true
	}
}

// named declares the results of a function: one if it has a name, and several always.
func (u *unit) named(list *ast.FieldList) []*stmt {
	u.result, u.results = nil, nil
	var built []*stmt
	add := func(v *variable, pos token.Pos) {
		right := number(0)
		if v.kind == other {
			right = zeroOf(v.typ)
		}
		built = append(built, &stmt{form: assignForm, pos: pos, left: ref(v), op: "=", right: right, define: true, isVar: true})
		u.results = append(u.results, v)
	}
	for _, f := range list.List {
		for _, id := range f.Names {
			if id.Name != "_" {
				add(u.declare(id), id.Pos())
			} else if list.NumFields() > 1 {
				add(u.unnamed(f.Type), id.Pos())
			}
		}
		if len(f.Names) == 0 && list.NumFields() > 1 {
			add(u.unnamed(f.Type), f.Pos())
		}
	}
	if list.NumFields() == 1 && len(u.results) == 1 {
		u.result, u.results = u.results[0], nil
	}
	return built
}

// unnamed returns a variable for a result without a name.
func (u *unit) unnamed(n ast.Expr) *variable {
	t := u.typeOf(n)
	switch {
	case isFloat(t):
		return u.temp("y")
	case t.String() == "error":
		return &variable{name: u.fresh("err"), kind: other, typ: "error"}
	case t.String() == "bool":
		return &variable{name: u.fresh("ok"), kind: other, typ: "bool"}
	}
	return &variable{name: u.fresh("n"), kind: other, typ: t.String()}
}

// zeroOf returns the zero value of a type that isBasic.
func zeroOf(typ string) *expr {
	text := typ + "(0)"
	switch typ {
	case "bool":
		text = "false"
	case "string":
		text = `""`
	case "error":
		text = "nil"
	}
	return &expr{op: rawOp, text: text}
}

func (u *unit) returning(n *ast.ReturnStmt) []*stmt {
	u.wholly(n.Results)
	s := &stmt{form: returnForm, pos: n.Pos()}
	switch {
	case len(u.results) > 0 && len(n.Results) != 0:
		return append(u.returned(n), s)
	case u.listed && len(n.Results) == 1:
		u.list, _ = u.listOf(n.Results[0])
	case len(n.Results) == 1 && u.inline != nil:
		s.right = u.right(u.inline, n.Results[0])
	case len(n.Results) == 1:
		s.right = u.float(n.Results[0])
	case len(n.Results) == 0 && u.result != nil:
		s.right = ref(u.result)
	}
	return []*stmt{s}
}

// returned assigns to several results. The numbers are kept first if one of them reads a
// result.
func (u *unit) returned(n *ast.ReturnStmt) []*stmt {
	var values []*expr
	if c, ok := n.Results[0].(*ast.CallExpr); ok && len(n.Results) == 1 && len(u.results) > 1 {
		fn, args := u.called(c)
		if u.bodies[fn] == nil {
			u.refuse(n.Pos(), "a return of this call's results", "its derivatives are not known", "write a function of the package for it")
			return nil
		}
		outs, taken := u.inlineCall(c, fn, args, true)
		if !taken {
			return nil
		}
		for _, v := range outs {
			values = append(values, asRight(v))
		}
	} else {
		for i, e := range n.Results {
			values = append(values, u.right(u.results[i], e))
		}
	}
	var first, then []*stmt
	for i, v := range u.results {
		e := values[i]
		if e.op == refOp && e.v == v || e.op == rawOp && e.text == v.name {
			continue
		}
		for k, o := range values {
			if k > i && o.has(v) {
				kept := &variable{name: u.fresh("next"), kind: v.kind, typ: v.typ}
				first = append(first, &stmt{form: assignForm, pos: n.Pos(), left: ref(kept), op: "=", right: o, define: true})
				values[k] = asRight(kept)
			}
		}
		then = append(then, u.store(&stmt{form: assignForm, pos: n.Pos(), left: ref(v), op: "=", right: e, last: true}))
	}
	return append(first, then...)
}

// wholly notes that a call is all of a right side: what it changes is changed afterwards,
// for everybody.
func (u *unit) wholly(right []ast.Expr) {
	u.whole = nil
	if len(right) == 1 {
		u.whole, _ = right[0].(*ast.CallExpr)
	}
}

// several builds a, b := f(x), v, _ := math.Lgamma(x) and s, c := math.Sincos(x).
func (u *unit) several(n *ast.AssignStmt) []*stmt {
	c, ok := n.Rhs[0].(*ast.CallExpr)
	var parts []string
	if ok && len(n.Lhs) == 2 && len(c.Args) == 1 {
		if f, isSel := c.Fun.(*ast.SelectorExpr); isSel && u.isMath(f) {
			switch f.Sel.Name {
			case "Sincos":
				parts = []string{"math.Sin", "math.Cos"}
			case "Lgamma":
				if id, ok := n.Lhs[1].(*ast.Ident); ok && id.Name == "_" {
					parts = []string{"lgamma"}
				}
			}
		}
	}
	if parts != nil {
		in := u.temp("arg")
		built := []*stmt{{form: assignForm, pos: n.Pos(), left: ref(in), op: "=", right: u.float(c.Args[0]), define: true}}
		var values []*expr
		for _, name := range parts {
			values = append(values, &expr{op: callOp, fn: mathFunctions[name], args: []*expr{ref(in)}, pos: n.Pos()})
		}
		return append(built, u.spread(n, values)...)
	}
	if ok {
		if fn, args := u.called(c); u.bodies[fn] != nil {
			outs, taken := u.inlineCall(c, fn, args, true)
			if !taken {
				return nil
			}
			var values []*expr
			for _, v := range outs {
				values = append(values, asRight(v))
			}
			return u.spread(n, values)
		}
	}
	u.refuse(n.Pos(), "an assignment of several results", "only functions of the package, math.Sincos and v, _ := math.Lgamma(x) are known", "call functions that return one number")
	return nil
}

// spread assigns values to the left sides of n.
func (u *unit) spread(n *ast.AssignStmt, values []*expr) []*stmt {
	var built []*stmt
	for i, e := range values {
		id, isIdent := n.Lhs[i].(*ast.Ident)
		if isIdent && id.Name == "_" {
			continue
		}
		if isIdent && u.info.Defs[id] != nil {
			built = append(built, &stmt{form: assignForm, pos: n.Pos(), left: ref(u.declare(id)), op: "=", right: e, define: true})
		} else if left := u.place(n.Lhs[i]); left != nil {
			built = append(built, u.store(&stmt{form: assignForm, pos: n.Pos(), left: left, op: "=", right: e}))
		}
	}
	return built
}
