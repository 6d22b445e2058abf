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
	case *ast.SelectorExpr:
		if v := u.fieldOf(n); v != nil && v.kind == scalar {
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
	v := u.listNamed(n.X)
	if v == nil {
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
	}
	if e := u.vectorElement(n); e != nil {
		return e
	}
	if fn, args := u.called(n); u.bodies[fn] != nil {
		return u.inlined(n, fn, args)
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
