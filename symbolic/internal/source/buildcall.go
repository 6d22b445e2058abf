package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// inlined builds the body of a function in the place of a call that is part of an
// expression.
func (u *unit) inlined(n *ast.CallExpr, fn *types.Func, args []ast.Expr) *expr {
	outs, ok := u.inlineCall(n, fn, args, u.whole == n)
	if ok && len(outs) == 1 && outs[0].kind == scalar {
		return ref(outs[0])
	}
	if ok {
		u.refuse(n.Pos(), "a call of "+fn.Name(), "its result is no float64", "assign its results to variables")
	}
	return number(0)
}

// inlineCall builds the body of a function before the statement that is built, and returns
// the variables that hold its results. It may write to lists of its caller if the call is
// the whole of a statement.
func (u *unit) inlineCall(n *ast.CallExpr, fn *types.Func, args []ast.Expr, whole bool) (outs []*variable, ok bool) {
	d, name := u.bodies[fn], fn.Name()
	refuse := func(construct, reason, instead string) ([]*variable, bool) {
		u.refuse(n.Pos(), construct, reason, instead)
		return nil, false
	}
	for _, c := range u.calls {
		if c == fn.FullName() {
			return refuse("a recursive call of "+name, "its depth is not known", "write a loop")
		}
	}
	if u.fixed > 0 {
		return refuse("a call of "+name+" in a condition of a loop, or behind && or ||", "it may not be evaluated", "assign its result to a variable before")
	}
	if d.Type.TypeParams != nil || d.Recv != nil && fn.Type().(*types.Signature).RecvTypeParams() != nil {
		return refuse("a call of the generic function "+name, "its types are not known", "write it over float64")
	}
	results := d.Type.Results
	if results == nil {
		results = &ast.FieldList{}
	}
	listed := results.NumFields() == 1 && u.typeOf(results.List[0].Type).String() == "[]float64"
	for _, f := range results.List {
		if t := u.typeOf(f.Type); !isFloat(t) && !isBasic(t.String()) && !listed {
			return refuse("a call of "+name, "only functions that return float64s, integers, bools, strings and errors, or one []float64, are followed", "write its body here")
		}
	}
	if listed && (len(results.List[0].Names) > 0 || !returnsOnce(d.Body)) {
		return refuse("a call of "+name, "a slice is followed only if one return at the end names it", "return a slice that it makes, without a name in the signature, at the end")
	}
	if u.copies++; u.copies > 200 {
		return refuse("the call of "+name, "more than 200 calls would be copied", "write a loop over them")
	}
	// Arguments first, then parameters: a function may be called with its own results.
	bind, ok := u.arguments(n, d, args)
	if !ok {
		return nil, false
	}
	saved := make(map[types.Object]*variable)
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
	outer := u.frame
	u.frame = frame{calls: append(slices.Clip(outer.calls), fn.FullName()), callAt: outer.callAt, barrier: outer.barrier, listed: listed}
	if u.isOutside(fn) && !u.callAt.IsValid() {
		u.callAt = n.Pos()
	}
	if !whole {
		u.barrier = len(u.calls)
	}
	var out *variable
	declared := outer.into
	if results.NumFields() == 1 && !listed {
		out = &variable{name: u.fresh(name + "Result"), kind: kindOf(u.typeOf(results.List[0].Type)), typ: u.typeOf(results.List[0].Type).String()}
		zero := number(0)
		if out.kind == other {
			zero = zeroOf(out.typ)
		}
		declared = append(declared, &stmt{form: assignForm, pos: n.Pos(), left: ref(out), op: "=", right: zero, define: true, isVar: true})
		u.inline, outs = out, []*variable{out}
	}
	if !listed {
		u.into = u.named(results)
		outs = append(outs, u.results...)
		if len(u.results) > 0 {
			declared, u.into = append(declared, u.into...), nil
		}
	}
	body := append(u.into, u.block(d.Body.List)...)
	if results.NumFields() > 0 && !listed && !ends(body) {
		u.refuse(n.Pos(), "a call of "+name, "its end may be reached without a return", "return at its end")
	}
	into := append(declared, normal(u.returns(body, out))...)
	if u.callAt.IsValid() {
		placed(into[len(outer.into):], u.callAt)
	}
	if listed {
		if outs = []*variable{u.list}; u.list == nil {
			u.refuse(n.Pos(), "a call of "+name, "what it returns is no slice of its own", "return a slice by its name")
		}
	}
	u.frame = outer
	u.into = into
	for obj, v := range saved {
		if v == nil {
			delete(u.vars, obj)
		} else {
			u.vars[obj] = v
		}
	}
	return outs, !listed || outs[0] != nil
}

// placed gives statements that another package's text says the place of the call.
func placed(all []*stmt, at token.Pos) {
	each(all, func(s *stmt) {
		s.pos = at
		for _, e := range append([]*expr{s.left, s.right, s.over}, s.elems...) {
			e.walk(func(e *expr) { e.pos = at })
		}
		s.cond.each(func(e *expr) { e.walk(func(e *expr) { e.pos = at }) })
	})
}

// returnsOnce reports whether the only return of a body is its last statement.
func returnsOnce(body *ast.BlockStmt) bool {
	n := 0
	ast.Inspect(body, func(n2 ast.Node) bool {
		if _, ok := n2.(*ast.ReturnStmt); ok {
			n++
		}
		return true
	})
	if n != 1 || len(body.List) == 0 {
		return false
	}
	_, last := body.List[len(body.List)-1].(*ast.ReturnStmt)
	return last
}

// arguments builds the arguments of a call, and returns what declares the parameters.
func (u *unit) arguments(n *ast.CallExpr, d *ast.FuncDecl, args []ast.Expr) (bind []func(), ok bool) {
	name := d.Name.Name
	fields := d.Type.Params.List
	if d.Recv != nil {
		fields = append(append([]*ast.Field(nil), d.Recv.List...), fields...)
	}
	let := func(id *ast.Ident, e *expr, a ast.Expr) {
		bind = append(bind, func() {
			v := u.declare(id)
			u.into = append(u.into, &stmt{form: assignForm, pos: a.Pos(), left: ref(v), op: "=", right: e, define: true})
		})
	}
	at := 0
	for _, f := range fields {
		_, variadic := f.Type.(*ast.Ellipsis)
		if len(f.Names) == 0 && d.Recv != nil && f == d.Recv.List[0] {
			at++ // a receiver that is not read
			continue
		}
		if len(f.Names) == 0 {
			u.refuse(n.Pos(), "a call of "+name, "its parameters have no names", "name them")
			return nil, false
		}
		for _, id := range f.Names {
			obj := u.info.Defs[id]
			if variadic && !n.Ellipsis.IsValid() {
				v, stmts := u.listOfArguments(n, obj, args[min(at, len(args)):])
				if v == nil {
					return nil, false
				}
				u.into = append(u.into, stmts...)
				bind = append(bind, func() { u.vars[obj] = v })
				continue
			}
			if at >= len(args) {
				u.refuse(n.Pos(), "a call of "+name, "it lacks arguments of its own", "pass them one by one")
				return nil, false
			}
			a := args[at]
			at++
			switch kindOf(obj.Type()) {
			case scalar:
				let(id, u.float(a), a)
			case list:
				v := u.listArgument(a)
				if v == nil {
					u.refuse(a.Pos(), "this argument", "only a slice by its name, or a part of one, can be passed on", "give it a name before")
					return nil, false
				}
				bind = append(bind, func() { u.vars[obj] = v })
			default:
				if arg, ok := ast.Unparen(a).(*ast.Ident); ok && u.variable(arg) != nil && u.fields[u.variable(arg)] != nil {
					v := u.variable(arg)
					bind = append(bind, func() { u.vars[obj] = v })
					continue
				}
				let(id, u.raw(a), a)
			}
		}
	}
	return bind, true
}

// listArgument returns the slice that an argument is, or nil.
func (u *unit) listArgument(a ast.Expr) *variable {
	if v, ok := u.listOf(a); ok {
		return v
	}
	if part, ok := a.(*ast.SliceExpr); ok {
		if p := u.part(part); p != nil {
			v := p.left.v
			v.name = u.fresh(v.base.name + "Part")
			u.into = append(u.into, p)
			return v
		}
	}
	return nil
}

// listOfArguments makes the slice of a variadic parameter.
func (u *unit) listOfArguments(n *ast.CallExpr, obj types.Object, args []ast.Expr) (*variable, []*stmt) {
	if obj.Type().String() != "[]float64" || len(args) == 0 {
		u.refuse(n.Pos(), "this variadic call", "only numbers are passed on, at least one", "pass a []float64")
		return nil, nil
	}
	var elems []*expr
	for _, a := range args {
		elems = append(elems, u.float(a))
	}
	v := &variable{name: u.fresh(obj.Name()), kind: list, typ: "[]float64", made: len(u.calls) + 1}
	return v, []*stmt{{form: assignForm, pos: n.Pos(), left: ref(v), op: "=", define: true, elems: elems, right: &expr{op: rawOp}}}
}
