package source

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// block builds a list of statements.
func (u *unit) block(all []ast.Stmt) []*stmt {
	var built []*stmt
	outer := u.into
	for _, n := range all {
		u.into = nil
		made := u.statement(n)
		built = append(built, u.into...)
		built = append(built, made...)
	}
	u.into = outer
	return built
}

func (u *unit) statement(n ast.Stmt) []*stmt {
	switch n := n.(type) {
	case *ast.EmptyStmt:
		return nil
	case *ast.BlockStmt:
		return u.block(n.List)
	case *ast.AssignStmt:
		if n.Tok == token.ASSIGN || n.Tok == token.DEFINE {
			u.wholly(n.Rhs)
		}
		if len(u.outs) > 0 {
			if s := u.stack(n); s != nil {
				return s
			}
		}
		return u.assign(n)
	case *ast.IncDecStmt:
		return u.step(n)
	case *ast.DeclStmt:
		return u.declaration(n)
	case *ast.ExprStmt:
		return u.expression(n)
	case *ast.IfStmt:
		var built []*stmt
		if n.Init != nil {
			built = u.block([]ast.Stmt{n.Init})
		}
		s := &stmt{form: ifForm, pos: n.Pos(), cond: u.condition(n.Cond)}
		if s.cond.raw != nil && u.callAt.IsValid() {
			if a, b, ok := strings.Cut(s.cond.raw.text, " != "); ok && a == b {
				return built // the lengths of one slice
			}
		}
		s.then = u.block(n.Body.List)
		if n.Else != nil {
			s.hasElse = true
			s.els = u.block([]ast.Stmt{n.Else})
		}
		return append(built, s)
	case *ast.SwitchStmt:
		return u.choice(n)
	case *ast.ForStmt:
		return u.loop(n)
	case *ast.RangeStmt:
		return u.ranging(n)
	case *ast.ReturnStmt:
		return u.returning(n)
	case *ast.BranchStmt:
		return u.branch(n)
	case *ast.LabeledStmt:
		return u.labeled(n)
	}
	construct, reason, instead := refusedStatement(n)
	u.refuse(n.Pos(), construct, reason, instead)
	return nil
}

// refusedStatement says why a statement is not taken.
func refusedStatement(n ast.Node) (construct, reason, instead string) {
	switch n.(type) {
	case *ast.GoStmt:
		return "a go statement", "goroutines run in an order that cannot be reversed", "call the function"
	case *ast.DeferStmt:
		return "a defer statement", "what is deferred would run after the derivative", "write it where it takes effect"
	case *ast.SendStmt:
		return "a send to a channel", "it takes effect outside of the function", "return the value"
	case *ast.SelectStmt:
		return "a select statement", "which case runs depends on other goroutines", "receive before the call"
	case *ast.TypeSwitchStmt:
		return "a type switch", "values of interface types have no derivative", "write a function for each type"
	}
	return fmt.Sprintf("a %T", n), "its meaning is not known here", "write it with assignments, if and for"
}

func (u *unit) branch(n *ast.BranchStmt) []*stmt {
	switch {
	case n.Label != nil:
		return u.jump(n)
	case n.Tok == token.CONTINUE:
		for _, loop := range u.loops {
			if loop {
				return []*stmt{{form: continueForm, pos: n.Pos()}}
			}
		}
	case n.Tok == token.BREAK && len(u.loops) > 0 && u.loops[len(u.loops)-1]:
		return []*stmt{{form: breakForm, pos: n.Pos()}}
	case n.Tok == token.BREAK:
		return []*stmt{{form: leaveForm, pos: n.Pos()}}
	default:
		u.refuse(n.Pos(), n.Tok.String(), "only loops are reversed", "write a loop")
	}
	return nil
}

func (u *unit) expression(n *ast.ExprStmt) []*stmt {
	if c, ok := n.X.(*ast.CallExpr); ok {
		if f, ok := c.Fun.(*ast.Ident); ok && f.Name == "panic" && len(c.Args) == 1 {
			if tv := u.info.Types[c.Args[0]]; tv.Value != nil {
				e := u.raw(c.Args[0])
				e.text = "panic(" + e.text + ")"
				return []*stmt{{form: panicForm, pos: n.Pos(), right: e}}
			}
			return []*stmt{{form: panicForm, pos: n.Pos(), right: &expr{op: rawOp, text: fmt.Sprintf("panic(%q)", u.name+": see the original function for what is wrong")}}}
		}
		if f, ok := c.Fun.(*ast.Ident); ok && f.Name == "clear" && len(u.outs) > 0 {
			if left := u.place(c.Args[0]); left != nil && left.v.out {
				return []*stmt{{form: clearForm, pos: n.Pos(), left: left}}
			}
		}
		if f, ok := c.Fun.(*ast.Ident); ok && u.isBuiltin(f) && f.Name == "copy" && len(c.Args) == 2 {
			return u.copied(c)
		} else if ok && u.isBuiltin(f) && f.Name == "clear" && len(c.Args) == 1 {
			return u.cleared(c)
		}
		if fn, args := u.called(c); u.bodies[fn] != nil {
			u.inlineCall(c, fn, args, true)
			return nil
		}
		u.refuse(n.Pos(), "a call for its effects", "what it changes is not known here", "let it return a number and assign it")
		return nil
	}
	u.refuse(n.Pos(), "an expression as a statement", "it may have effects", "assign it to a variable")
	return nil
}

func (u *unit) step(n *ast.IncDecStmt) []*stmt {
	left := u.place(n.X)
	if left == nil {
		return nil
	}
	if left.v.kind != other {
		op := "+="
		if n.Tok == token.DEC {
			op = "-="
		}
		return []*stmt{u.store(&stmt{form: assignForm, pos: n.Pos(), left: left, op: op, right: number(1)})}
	}
	return []*stmt{u.store(&stmt{form: assignForm, pos: n.Pos(), left: left, op: n.Tok.String(), right: &expr{op: rawOp, reads: []*variable{left.v}}})}
}

// place returns the left side of an assignment, or nil if it is refused.
func (u *unit) place(n ast.Expr) *expr {
	switch n := n.(type) {
	case *ast.ParenExpr:
		return u.place(n.X)
	case *ast.Ident:
		v := u.variable(n)
		if v == nil {
			u.refuse(n.Pos(), "an assignment to "+n.Name, "it is not a variable of the function", "return the value instead")
			return nil
		}
		return &expr{op: refOp, v: v, pos: n.Pos()}
	case *ast.IndexExpr:
		if e := u.element(n); e != nil {
			return e
		}
		u.refuse(n.Pos(), "an assignment to "+types.ExprString(n), "older elements cannot be brought back, and it may be shared", "use a []float64 that this function makes")
	case *ast.SelectorExpr:
		u.refuse(n.Pos(), "an assignment to a field", "the struct may be shared", "use a local variable")
	case *ast.StarExpr:
		u.refuse(n.Pos(), "an assignment through a pointer", "it may point to anything", "use a local variable")
	default:
		u.refuse(n.Pos(), "this assignment", "its place is not known", "assign to a variable or an element")
	}
	return nil
}

// store checks an assignment, and counts it.
func (u *unit) store(s *stmt) *stmt {
	v := s.left.v
	switch {
	case home(v).out && s.left.op == elemOp: // tangents are shared as the numbers are
	case v.kind == list && s.left.op == elemOp && (v.param || v.base != nil):
		u.refuse(s.pos, "an assignment to an element of "+v.name, "the caller or another variable shares its elements", "copy it to a slice that this function makes, in a loop")
	case v.kind == list && s.left.op == elemOp && v.made < u.barrier:
		u.refuse(s.pos, "an assignment to an element of an argument", "other parts of the expression may read it before or after", "make the call a statement of its own: y := f(s)")
	case v.kind == list && s.left.op == refOp:
		u.refuse(s.pos, "another assignment to the slice "+v.name, "two names could share elements", "make a slice under another name, or assign to the elements")
	case v.kind == other && !isBasic(v.typ):
		u.refuse(s.pos, "an assignment to "+v.name+" of type "+v.typ, "its older state cannot be brought back", "declare another variable")
	}
	if s.left.op == refOp {
		v.sets++
	}
	return s
}

// isBasic reports whether variables of a type are copied by assignment.
func isBasic(typ string) bool {
	switch typ {
	case "int", "int64", "int32", "int16", "int8", "uint", "uint64", "uint32", "uint16", "uint8", "byte", "rune", "bool", "string", "float32", "error":
		return true
	}
	return false
}

// right builds the right side for a variable.
func (u *unit) right(v *variable, n ast.Expr) *expr {
	if v.kind == scalar {
		return u.float(n)
	}
	if c, ok := n.(*ast.CallExpr); ok && c == u.whole {
		if fn, args := u.called(c); u.bodies[fn] != nil {
			if outs, taken := u.inlineCall(c, fn, args, true); taken && len(outs) == 1 {
				return asRight(outs[0])
			}
		}
	}
	return u.raw(n)
}

func (u *unit) assign(n *ast.AssignStmt) []*stmt {
	if n.Tok == token.DEFINE || n.Tok == token.ASSIGN {
		if len(n.Lhs) == len(n.Rhs) {
			if len(n.Lhs) == 1 {
				return u.single(n.Lhs[0], n.Rhs[0], n.Tok == token.DEFINE)
			}
			if n.Tok == token.DEFINE && u.allNew(n.Lhs) { // the right sides know nothing of them
				var built []*stmt
				for i, l := range n.Lhs {
					u.into, built = nil, append(built, u.into...)
					made := u.single(l, n.Rhs[i], true)
					built = append(append(built, u.into...), made...)
					u.into = nil
				}
				return built
			}
			return u.parallel(n)
		}
		return u.several(n)
	}
	left := u.place(n.Lhs[0])
	if left == nil {
		return nil
	}
	s := &stmt{form: assignForm, pos: n.Pos(), left: left, op: n.Tok.String()}
	if left.v.kind == other {
		s.right = u.raw(n.Rhs[0])
	} else {
		s.right = u.float(n.Rhs[0])
	}
	if left.v.kind != other {
		if !strings.Contains("+= -= *= /=", s.op) {
			u.refuse(n.Pos(), s.op, "numbers of type float64 do not have it", "write the operation out")
		}
	} else {
		s.right.reads = append(s.right.reads, left.v)
	}
	return []*stmt{u.store(s)}
}

// single builds one assignment or definition.
func (u *unit) single(l, r ast.Expr, define bool) []*stmt {
	if id, ok := l.(*ast.Ident); ok && id.Name == "_" {
		return nil
	}
	if id, ok := l.(*ast.Ident); ok && define && u.info.Defs[id] != nil {
		return u.define(id, r)
	}
	left := u.place(l)
	if left == nil {
		return nil
	}
	s := &stmt{form: assignForm, pos: l.Pos(), left: left, op: "="}
	switch {
	case left.op == elemOp || left.v.kind == scalar:
		s.right = u.float(r)
	case left.v.kind == list:
		u.store(s)
		return nil
	default:
		s.right = u.right(left.v, r)
	}
	return []*stmt{u.store(s)}
}

// allNew reports whether := declares every name.
func (u *unit) allNew(names []ast.Expr) bool {
	return !slices.ContainsFunc(names, func(n ast.Expr) bool {
		id, ok := n.(*ast.Ident)
		return !ok || id.Name != "_" && u.info.Defs[id] == nil
	})
}

// parallel builds a, b = b, a: the right sides are kept first.
func (u *unit) parallel(n *ast.AssignStmt) []*stmt {
	var first, then []*stmt
	for i := range n.Lhs {
		l, r := n.Lhs[i], n.Rhs[i]
		if id, ok := l.(*ast.Ident); ok && id.Name == "_" {
			continue
		}
		t := u.info.TypeOf(l)
		if t == nil {
			t = u.info.TypeOf(r)
		}
		if id, ok := l.(*ast.Ident); ok && u.info.Defs[id] != nil {
			t = u.info.Defs[id].Type()
		}
		if t == nil || kindOf(t) == list || kindOf(t) == other && !isBasic(t.String()) {
			u.refuse(l.Pos(), "a parallel assignment of "+types.ExprString(l), "it may share what it assigns", "assign one after the other")
			return nil
		}
		v := &variable{name: u.fresh("next"), kind: kindOf(t), typ: t.String()}
		e := u.right(v, r)
		first = append(first, &stmt{form: assignForm, pos: r.Pos(), left: ref(v), op: "=", right: e, define: true})
		if id, ok := l.(*ast.Ident); ok && u.info.Defs[id] != nil {
			then = append(then, &stmt{form: assignForm, pos: l.Pos(), left: ref(u.declare(id)), op: "=", right: asRight(v), define: true})
			continue
		}
		left := u.place(l)
		if left == nil {
			return nil
		}
		then = append(then, u.store(&stmt{form: assignForm, pos: l.Pos(), left: left, op: "=", right: asRight(v)}))
	}
	for _, s := range then {
		for _, later := range then {
			for _, v := range later.left.reads {
				if s.left.v == v {
					u.refuse(n.Pos(), "a parallel assignment to an index and an element", "the order matters", "assign one after the other")
				}
			}
		}
	}
	return append(first, then...)
}

func asRight(v *variable) *expr {
	if v.kind == scalar {
		return ref(v)
	}
	return &expr{op: rawOp, text: v.name, reads: []*variable{v}, looks: []*variable{v}}
}
