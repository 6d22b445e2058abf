package source

import (
	"go/ast"
	"go/token"
)

// An enclosing is a loop around what is built, and the jumps to it from loops within: each
// sets a flag and leaves the innermost loop. Behind each loop that it leaves the flag is
// looked at.
type enclosing struct {
	label       string
	leave, next *variable    // the flags of break and continue, if there are such jumps
	crossed     []*enclosing // the loops around that are jumped to from within
}

// within builds the body of a loop with a label or "", and what is to follow the loop.
func (u *unit) within(body *ast.BlockStmt, label string) (list, after []*stmt) {
	this := &enclosing{label: label}
	u.loops, u.around = append(u.loops, true), append(u.around, this)
	list = u.block(body.List)
	u.loops, u.around = u.loops[:len(u.loops)-1], u.around[:len(u.around)-1]
	for _, flag := range []*variable{this.leave, this.next} {
		if flag != nil {
			list = append([]*stmt{setFlag(flag, "false", true)}, list...)
		}
	}
	for _, to := range this.crossed {
		for _, j := range []struct {
			flag *variable
			form form
		}{{to.leave, breakForm}, {to.next, continueForm}} {
			if j.flag == nil {
				continue
			}
			if to != u.around[len(u.around)-1] {
				j.form = breakForm // not there yet
			}
			is := &cond{raw: &expr{op: rawOp, text: j.flag.name, reads: []*variable{j.flag}}}
			after = append(after, &stmt{form: ifForm, pos: body.Pos(), cond: is, then: []*stmt{{form: j.form, pos: body.Pos()}}})
		}
	}
	return list, after
}

// labeled builds a loop with a label.
func (u *unit) labeled(n *ast.LabeledStmt) []*stmt {
	switch n.Stmt.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		u.label = n.Label.Name
		return u.statement(n.Stmt)
	}
	u.refuse(n.Pos(), "a label of what is no loop", "only jumps to loops are reversed", "write if and else")
	return nil
}

// takeLabel returns the label of the loop that begins.
func (u *unit) takeLabel() string {
	label := u.label
	u.label = ""
	return label
}

// jump builds a break or continue with a label.
func (u *unit) jump(n *ast.BranchStmt) []*stmt {
	form := map[token.Token]form{token.BREAK: breakForm, token.CONTINUE: continueForm}[n.Tok]
	last := len(u.around) - 1
	for k := last; k >= 0 && form != 0; k-- {
		to := u.around[k]
		if to.label != n.Label.Name {
			continue
		}
		if k == last {
			return []*stmt{{form: form, pos: n.Pos()}}
		}
		flag := &to.leave
		if n.Tok == token.CONTINUE {
			flag = &to.next
		}
		if *flag == nil {
			*flag = &variable{name: u.fresh(map[token.Token]string{token.BREAK: "leave", token.CONTINUE: "next"}[n.Tok]), kind: other, typ: "bool", sets: 1}
		}
		for _, left := range u.around[k+1:] {
			known := false
			for _, c := range left.crossed {
				known = known || c == to
			}
			if !known {
				left.crossed = append(left.crossed, to)
			}
		}
		return []*stmt{setFlag(*flag, "true", false), {form: breakForm, pos: n.Pos()}}
	}
	u.refuse(n.Pos(), n.Tok.String()+" "+n.Label.Name, "only jumps to loops around are reversed", "write a loop")
	return nil
}
