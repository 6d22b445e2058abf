package source

import (
	"go/ast"
	"go/token"
	"go/types"
)

// float builds an expression of type float64.
func (u *unit) float(n ast.Expr) *expr {
	if c, ok := u.constant(n); ok {
		return c
	}
	if t := u.typeOf(n); !isFloat(t) && kindOf(t.Underlying()) != other {
		u.refuse(n.Pos(), "a number of type "+types.TypeString(t, types.RelativeTo(u.types)), "only float64 itself has derivatives", "convert it to float64 where it is not differentiated")
		return number(0)
	}
	switch n := n.(type) {
	case *ast.ParenExpr:
		return u.float(n.X)
	case *ast.Ident:
		if v := u.variable(n); v != nil && v.kind == scalar {
			return &expr{op: refOp, v: v, pos: n.Pos()}
		}
	case *ast.IndexExpr:
		if e := u.element(n); e != nil {
			return e
		}
	case *ast.UnaryExpr:
		switch n.Op {
		case token.SUB:
			return &expr{op: negOp, args: []*expr{u.float(n.X)}, pos: n.Pos()}
		case token.ADD:
			return u.float(n.X)
		}
	case *ast.BinaryExpr:
		ops := map[token.Token]op{token.ADD: addOp, token.SUB: subOp, token.MUL: mulOp, token.QUO: divOp}
		if o, ok := ops[n.Op]; ok {
			return &expr{op: o, args: []*expr{u.float(n.X), u.float(n.Y)}, pos: n.Pos()}
		}
	case *ast.CallExpr:
		return u.call(n)
	}
	return u.raw(n)
}

// element returns an element of a list of the function, or nil.
func (u *unit) element(n *ast.IndexExpr) *expr {
	id, ok := n.X.(*ast.Ident)
	if !ok {
		return nil
	}
	v := u.variable(id)
	if v == nil || v.kind != list {
		return nil
	}
	i := u.index(n.Index)
	return &expr{op: elemOp, v: v, text: i.text, reads: i.reads, looks: i.looks, pos: n.Pos()}
}

// index builds an integer that says where. It may not depend on the values of lists that
// are differentiated, which a later check sees.
func (u *unit) index(n ast.Expr) *expr {
	e := u.raw(n)
	return e
}

// call builds a call that returns a float64.
func (u *unit) call(n *ast.CallExpr) *expr {
	if tv, ok := u.info.Types[n.Fun]; ok && tv.IsType() {
		if len(n.Args) == 1 && isFloat(tv.Type) && isFloat(u.typeOf(n.Args[0])) {
			return &expr{op: roundOp, args: []*expr{u.float(n.Args[0])}, pos: n.Pos()}
		}
		return u.raw(n)
	}
	if e := u.ruledCall(n); e != nil {
		return e
	}
	switch f := n.Fun.(type) {
	case *ast.SelectorExpr:
		if !u.isMath(f) {
			break
		}
		u.imports["math"] = true
		fn := mathFunctions["math."+f.Sel.Name]
		if fn == nil || len(fn.slopes) != len(n.Args) {
			return u.raw(n) // right where it depends on nothing
		}
		e := &expr{op: callOp, fn: fn, pos: n.Pos()}
		for _, a := range n.Args {
			e.args = append(e.args, u.float(a))
		}
		return e
	case *ast.Ident:
		if _, ok := u.info.Uses[f].(*types.Builtin); ok {
			if fn := mathFunctions[f.Name]; fn != nil && len(n.Args) > 0 {
				e := u.float(n.Args[0])
				for _, a := range n.Args[1:] {
					e = &expr{op: callOp, fn: fn, args: []*expr{e, u.float(a)}, pos: n.Pos()}
				}
				return e
			}
			break
		}
		if fn := u.helper(f.Name); fn != nil {
			e := &expr{op: callOp, fn: fn, pos: n.Pos()}
			for _, a := range n.Args {
				e.args = append(e.args, u.float(a))
			}
			return e
		}
		if d := u.decls[f.Name]; d != nil && d.Recv == nil && u.info.Uses[f] == u.info.Defs[d.Name] {
			return u.inlined(n, d)
		}
	}
	return u.raw(n)
}

// condition builds an expression of type bool.
func (u *unit) condition(n ast.Expr) *cond {
	if tv := u.info.Types[n]; tv.Value != nil {
		return &cond{raw: u.raw(n)}
	}
	switch n := n.(type) {
	case *ast.ParenExpr:
		return u.condition(n.X)
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			return &cond{op: token.NOT, a: u.condition(n.X)}
		}
	case *ast.BinaryExpr:
		switch n.Op {
		case token.LAND, token.LOR:
			a := u.condition(n.X)
			u.fixed++
			b := u.condition(n.Y)
			u.fixed--
			return &cond{op: n.Op, a: a, b: b}
		case token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ:
			if isFloat(u.typeOf(n.X)) && isFloat(u.typeOf(n.Y)) {
				return &cond{op: n.Op, x: u.float(n.X), y: u.float(n.Y)}
			}
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok && u.isMath(f) && f.Sel.Name == "IsNaN" && len(n.Args) == 1 {
			u.imports["math"] = true
			return &cond{test: "math.IsNaN", x: u.float(n.Args[0])}
		} else if ok && u.isMath(f) && f.Sel.Name == "IsInf" && len(n.Args) == 2 && u.info.Types[n.Args[1]].Value != nil {
			u.imports["math"] = true
			return &cond{test: "math.IsInf", x: u.float(n.Args[0]), rest: ", " + u.raw(n.Args[1]).text}
		}
	}
	return &cond{raw: u.raw(n)}
}

// inlined builds the body of a function of the package in the place of its call.
func (u *unit) inlined(n *ast.CallExpr, d *ast.FuncDecl) *expr {
	zero := number(0)
	name := d.Name.Name
	for _, c := range u.calls {
		if c == name {
			u.refuse(n.Pos(), "a recursive call of "+name, "its depth is not known", "write a loop")
			return zero
		}
	}
	if u.fixed > 0 {
		u.refuse(n.Pos(), "a call of "+name+" in a condition of a loop, or behind && or ||", "it may not be evaluated", "assign its result to a variable before")
		return zero
	}
	if n.Ellipsis.IsValid() || d.Type.TypeParams != nil || d.Type.Results.NumFields() != 1 || !isFloat(u.typeOf(d.Type.Results.List[0].Type)) || d.Type.Params.NumFields() != len(n.Args) {
		u.refuse(n.Pos(), "a call of "+name, "only functions that return one float64 are followed", "write its body here")
		return zero
	}
	if u.copies++; u.copies > 200 {
		u.refuse(n.Pos(), "the call of "+name, "more than 200 calls would be copied", "write a loop over them")
		return zero
	}
	// Arguments first, then parameters: a function may be called with its own results.
	saved := make(map[types.Object]*variable)
	var bind []func()
	at := 0
	for _, f := range d.Type.Params.List {
		if _, ok := f.Type.(*ast.Ellipsis); ok || len(f.Names) == 0 {
			u.refuse(n.Pos(), "a call of "+name, "its parameters have no names or are variadic", "name them")
			return zero
		}
		for _, id := range f.Names {
			a := n.Args[at]
			at++
			obj := u.info.Defs[id]
			switch kindOf(obj.Type()) {
			case scalar:
				e := u.float(a)
				bind = append(bind, func() {
					v := u.declare(id)
					u.into = append(u.into, &stmt{form: assignForm, pos: a.Pos(), left: ref(v), op: "=", right: e, define: true})
				})
			case list:
				v := (*variable)(nil)
				switch arg := a.(type) {
				case *ast.Ident:
					v = u.variable(arg)
				case *ast.SliceExpr:
					if p := u.part(arg); p != nil {
						v = p.left.v
						v.name = u.fresh(v.base.name + "Part")
						u.into = append(u.into, p)
					}
				}
				if v == nil || v.kind != list || v.typ != "[]float64" {
					u.refuse(a.Pos(), "this argument", "only a slice by its name, or a part of one, can be passed on", "give it a name before")
					return zero
				}
				bind = append(bind, func() { u.vars[obj] = v })
			default:
				e := u.raw(a)
				bind = append(bind, func() {
					v := u.declare(id)
					u.into = append(u.into, &stmt{form: assignForm, pos: a.Pos(), left: ref(v), op: "=", right: e, define: true})
				})
			}
		}
	}
	ast.Inspect(d, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if obj := u.info.Defs[id]; obj != nil {
				saved[obj] = u.vars[obj]
			}
		}
		return true
	})
	for _, f := range bind {
		f()
	}
	out := u.temp(name + "Result")
	u.into = append(u.into, &stmt{form: assignForm, pos: n.Pos(), left: ref(out), op: "=", right: zero, define: true, isVar: true})
	outer, into, loops, around := u.inline, u.into, u.loops, u.around
	oldResult := u.result
	u.inline, u.into, u.loops, u.around, u.result = out, nil, nil, nil, nil
	u.calls = append(u.calls, name)
	if names := d.Type.Results.List[0].Names; len(names) == 1 && names[0].Name != "_" {
		v := u.declare(names[0])
		u.result = v
		u.into = append(u.into, &stmt{form: assignForm, pos: n.Pos(), left: ref(v), op: "=", right: zero, define: true, isVar: true})
	}
	body := append(u.into, u.block(d.Body.List)...)
	if !ends(body) {
		u.refuse(n.Pos(), "a call of "+name, "its end may be reached without a return", "return at its end")
	}
	returned := u.returns(body, out)
	u.inline, u.into, u.loops, u.around, u.result = outer, append(into, normal(returned)...), loops, around, oldResult
	u.calls = u.calls[:len(u.calls)-1]
	for obj, v := range saved {
		if v == nil {
			delete(u.vars, obj)
		} else {
			u.vars[obj] = v
		}
	}
	return ref(out)
}
