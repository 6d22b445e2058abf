package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// choice builds a switch as if and else.
func (u *unit) choice(n *ast.SwitchStmt) []*stmt {
	var built []*stmt
	if n.Init != nil {
		built = u.block([]ast.Stmt{n.Init})
	}
	var tag ast.Expr
	if n.Tag != nil {
		tag = n.Tag
		switch tag.(type) {
		case *ast.Ident, *ast.SelectorExpr, *ast.BasicLit:
		default:
			t := u.typeOf(tag)
			if !isBasic(t.String()) && !isFloat(t) {
				u.refuse(tag.Pos(), "a switch on this expression", "it would be evaluated more than once", "assign it to a variable before")
				return nil
			}
		}
	}
	u.loops = append(u.loops, false)
	defer func() { u.loops = u.loops[:len(u.loops)-1] }()
	var first, last *stmt
	otherwise := -1
	var made *variable
	if tag != nil {
		if t := u.typeOf(tag); kindOf(t) == scalar {
			made = u.temp("tag")
			built = append(built, &stmt{form: assignForm, pos: tag.Pos(), left: ref(made), op: "=", right: u.float(tag), define: true})
		} else if isBasic(t.String()) {
			made = &variable{name: u.fresh("tag"), typ: t.String(), kind: other}
			built = append(built, &stmt{form: assignForm, pos: tag.Pos(), left: ref(made), op: "=", right: u.raw(tag), define: true})
		}
	}
	for k, c := range n.Body.List {
		c := c.(*ast.CaseClause)
		if c.List == nil {
			otherwise = k
			continue
		}
		var test *cond
		for i, e := range c.List {
			if i > 0 || first != nil {
				u.fixed++
			}
			t := u.match(tag, made, e)
			if i > 0 || first != nil {
				u.fixed--
			}
			if test == nil {
				test = t
			} else {
				test = &cond{op: token.LOR, a: test, b: t}
			}
		}
		s := &stmt{form: ifForm, pos: c.Pos(), cond: test, then: u.clause(n, k)}
		if first == nil {
			first = s
		} else {
			last.els, last.hasElse = []*stmt{s}, true
		}
		last = s
	}
	if otherwise >= 0 {
		body := u.clause(n, otherwise)
		if first == nil {
			return append(built, body...)
		}
		last.els, last.hasElse = body, true
	}
	if first == nil {
		return built
	}
	return append(built, first)
}

// clause builds what is done from the k-th clause of a switch on.
func (u *unit) clause(n *ast.SwitchStmt, k int) []*stmt {
	var list []*stmt
	for ; ; k++ {
		body := n.Body.List[k].(*ast.CaseClause).Body
		if last := len(body) - 1; last >= 0 {
			if b, ok := body[last].(*ast.BranchStmt); ok && b.Tok == token.FALLTHROUGH {
				list = append(list, u.block(body[:last])...)
				continue
			}
		}
		list = append(list, u.block(body)...)
		break
	}
	if growth(list, mostGrown) > mostGrown {
		u.refuseGrowth(n.Pos())
		return nil
	}
	return withoutLeaves(list)
}

// withoutLeaves moves what follows a branch that leaves the switch into the other branch.
func withoutLeaves(all []*stmt) []*stmt {
	for i, s := range all {
		switch {
		case s.form == leaveForm:
			return all[:i]
		case s.form == ifForm && has([]*stmt{s}, leaveForm):
			c := *s
			c.then = withoutLeaves(follow(s.then, all[i+1:]))
			c.els = withoutLeaves(follow(s.els, all[i+1:]))
			c.hasElse = len(c.els) > 0
			return append(all[:i:i], &c)
		}
	}
	return all
}

// match returns the condition that a case is taken.
func (u *unit) match(tag ast.Expr, made *variable, e ast.Expr) *cond {
	if tag == nil {
		return u.condition(e)
	}
	if made != nil && made.kind == scalar {
		return &cond{op: token.EQL, x: ref(made), y: u.float(e)}
	}
	var a *expr
	if made != nil {
		a = asRight(made)
	} else {
		a = u.raw(tag)
	}
	b := u.raw(e)
	return &cond{raw: &expr{op: rawOp, text: a.text + " == " + b.within(6), pos: e.Pos(),
		reads: slices.Concat(a.reads, b.reads), looks: slices.Concat(a.looks, b.looks)}}
}

func (u *unit) loop(n *ast.ForStmt) []*stmt {
	var built, after []*stmt
	label := u.takeLabel()
	if n.Init != nil {
		built = u.block([]ast.Stmt{n.Init})
	}
	s := &stmt{form: loopForm, pos: n.Pos()}
	u.fixed++
	if n.Cond != nil {
		s.cond = u.condition(n.Cond)
	}
	if n.Post != nil {
		post := u.block([]ast.Stmt{n.Post})
		if len(post) != 1 || post[0].left.v.kind != other {
			u.refuse(n.Post.Pos(), "the last clause of this for", "only a step of an integer is reversed", "put it at the end of the body")
			post = []*stmt{nil}
		}
		s.post = post[0]
	}
	u.fixed--
	s.body, after = u.within(n.Body, label)
	if len(built) == 1 {
		s.init = built[0]
		s.counted = u.count(n, s)
		if s.counted == nil {
			s.init = nil
		} else {
			built = nil
		}
	}
	return append(append(built, s), after...)
}

// count returns what makes s a loop whose variable runs in equal steps, or nil.
func (u *unit) count(n *ast.ForStmt, s *stmt) *counter {
	v := s.init.left.v
	if !s.init.define || v.typ != "int" || s.cond == nil || s.cond.raw == nil || s.post == nil || s.post.left.v != v {
		return nil
	}
	c := &counter{v: v, first: s.init.right.text}
	b, ok := n.Cond.(*ast.BinaryExpr)
	if !ok {
		return nil
	}
	id, ok := b.X.(*ast.Ident)
	if !ok || u.variable(id) != v {
		return nil
	}
	bound := u.raw(b.Y)
	c.bound, c.cmp = bound.within(5), b.Op
	c.reads, c.looks = slices.Concat(s.init.right.reads, bound.reads), slices.Concat(s.init.right.looks, bound.looks)
	switch s.post.op {
	case "++":
		c.step = "1"
	case "--":
		c.step = "-1"
	default:
		return nil
	}
	up := c.step == "1" && (c.cmp == token.LSS || c.cmp == token.LEQ)
	down := c.step == "-1" && (c.cmp == token.GTR || c.cmp == token.GEQ)
	if !up && !down {
		return nil
	}
	fixed := true
	each(s.body, func(in *stmt) {
		if in.form != assignForm || in.define {
			return
		}
		of := c.reads
		if in.left.op == elemOp { // a length stays
			of = c.looks
		}
		if in.left.v == v || slices.Contains(of, in.left.v) {
			fixed = false
		}
	})
	if !fixed || slices.Contains(bound.reads, v) {
		return nil
	}
	return c
}

func (u *unit) ranging(n *ast.RangeStmt) []*stmt {
	t := u.typeOf(n.X)
	s, label := &stmt{form: loopForm, pos: n.Pos()}, u.takeLabel()
	refuse := func(construct, reason, instead string) []*stmt {
		u.refuse(n.Pos(), construct, reason, instead)
		return nil
	}
	var body []*stmt
	var value *ast.Ident
	if id, ok := n.Value.(*ast.Ident); ok && id.Name != "_" {
		value = id
	} else if n.Value != nil && !ok {
		return refuse("a range into "+types.ExprString(n.Value), "its older value cannot be brought back", "use := and a new variable")
	}
	key, keyed := n.Key.(*ast.Ident)
	keyed = keyed && key.Name != "_"
	if n.Tok == token.ASSIGN && (keyed || value != nil) {
		return refuse("a range with =", "the variable outlives the loop", "use := and new variables")
	}
	switch t := under(t).(type) {
	case *types.Basic:
		if t.Kind() != types.Int && t.Kind() != types.UntypedInt { // others may never be less than 0
			return refuse("a range over "+t.String(), "it is not a list of numbers", "count with an int")
		}
	case *types.Slice:
		if value != nil && !isFloat(t.Elem()) && !isBasic(t.Elem().String()) {
			if holdsFloats(t.Elem()) {
				return refuse("a range over elements of type "+t.Elem().String(), "numbers in them would lose their derivative", "range over the index")
			}
		}
	case *types.Array:
		if value != nil && !isFloat(t.Elem()) && !isBasic(t.Elem().String()) {
			return refuse("a range over elements of type "+t.Elem().String(), "numbers in them would lose their derivative", "range over the index")
		}
	default:
		return refuse("a range over this", "only integers, slices and arrays have an order that can be reversed", "range over a slice")
	}
	over, isVar := n.X.(*ast.Ident)
	var src *variable
	var before []*stmt
	if isVar {
		src = u.variable(over)
	} else if f := u.listNamed(n.X); f != nil {
		src = f
	} else if r, ok := n.X.(*ast.SliceExpr); ok {
		if p := u.part(r); p != nil {
			src = p.left.v
			src.name = u.fresh(src.base.name + "Part")
			before = append(before, p)
		}
	}
	_, basic := under(t).(*types.Basic)
	if !basic && src == nil {
		if r := u.root(n.X); r == nil || r.kind != other || value != nil && holdsFloats(u.typeOf(value)) && kindOf(u.typeOf(value)) != scalar {
			return refuse("a range over a computed slice", "it may share its elements", "give it a name before")
		}
	}
	if before != nil || !isVar && src != nil {
		s.over = &expr{op: rawOp, text: src.name, reads: []*variable{src}}
	} else {
		s.over = u.raw(n.X)
	}
	s.overType = under(t).String()
	s.over.looks = nil
	if keyed {
		s.key, s.keyKept = u.declare(key), true
	} else {
		s.key = &variable{name: u.fresh("i"), kind: other, typ: "int"}
	}
	if value != nil {
		v := u.declare(value)
		right := &expr{op: rawOp, text: s.over.text + "[" + s.key.name + "]", reads: append(slices.Clone(s.over.reads), s.key), pos: value.Pos()}
		if src != nil && src.kind == list {
			right = &expr{op: elemOp, v: src, text: s.key.name, reads: []*variable{s.key}, pos: value.Pos()}
		}
		body = append(body, &stmt{form: assignForm, pos: value.Pos(), left: ref(v), op: "=", right: right, define: true})
	}
	inner, after := u.within(n.Body, label)
	s.body = append(body, inner...)
	bad := false
	each(s.body, func(in *stmt) {
		if in.form != assignForm || in.define && in.left.v != s.key {
			return
		}
		if in.left.v == s.key || in.left.op == refOp && slices.Contains(s.over.reads, in.left.v) {
			bad = true
		}
		if src != nil && in.left.v == src && src.kind == list && src.typ != "[]float64" && value != nil {
			bad = true // the loop runs over a copy
		}
	})
	if bad {
		return refuse("an assignment to what this loop ranges over", "the loop keeps its own copy", "count with a for clause")
	}
	return append(append(before, s), after...)
}
