package source

import "go/token"

// returns turns the returns of a list into assignments to out. A return within a loop
// sets a flag and leaves the loop. What is left of a return otherwise is a statement
// without an expression, which normal takes for the end of the list.
func (u *unit) returns(all []*stmt, out *variable) []*stmt {
	inLoop := false
	each(all, func(s *stmt) { inLoop = inLoop || s.form == loopForm && has(s.body, returnForm) })
	var done *variable
	var list []*stmt
	if inLoop {
		done = &variable{name: u.fresh("done"), kind: other, typ: "bool", sets: 1}
		list = append(list, setFlag(done, "false", true))
	}
	return append(list, withoutReturns(all, out, done, false)...)
}

func setFlag(v *variable, text string, define bool) *stmt {
	return &stmt{form: assignForm, left: ref(v), op: "=", right: &expr{op: rawOp, text: text}, define: define}
}

func withoutReturns(all []*stmt, out, done *variable, inside bool) []*stmt {
	var list []*stmt
	for _, s := range all {
		c := *s
		switch s.form {
		case returnForm:
			if s.right != nil && !(s.right.op == refOp && s.right.v == out) {
				list = append(list, &stmt{form: assignForm, pos: s.pos, left: ref(out), op: "=", right: s.right})
			}
			if inside {
				list = append(list, setFlag(done, "true", false), &stmt{form: breakForm, pos: s.pos})
			} else {
				list = append(list, &stmt{form: returnForm, pos: s.pos})
			}
			return list
		case ifForm:
			c.then = withoutReturns(s.then, out, done, inside)
			c.els = withoutReturns(s.els, out, done, inside)
			list = append(list, &c)
		case loopForm:
			c.body = withoutReturns(s.body, out, done, true)
			list = append(list, &c)
			if has(s.body, returnForm) {
				end := &stmt{form: returnForm, pos: s.pos}
				if inside {
					end.form = breakForm
				}
				is := &cond{raw: &expr{op: rawOp, text: done.name, reads: []*variable{done}}}
				list = append(list, &stmt{form: ifForm, pos: s.pos, cond: is, then: []*stmt{end}})
			}
		default:
			list = append(list, s)
		}
	}
	return list
}

// normal moves what follows a branch that jumps into the other branch, so that every list
// runs from its beginning to its end. Jumps at the ends then do nothing. Loops within are
// left as they are.
func normal(all []*stmt) []*stmt {
	var list []*stmt
	for i, s := range all {
		switch {
		case s.form == returnForm || s.form == breakForm || s.form == continueForm:
			return list
		case s.form == ifForm && (jumps(s.then) || jumps(s.els)):
			c := *s
			rest := all[i+1:]
			c.then = normal(follow(s.then, rest))
			c.els = normal(follow(s.els, rest))
			c.hasElse = len(c.els) > 0
			return append(list, &c)
		case s.form == ifForm:
			c := *s
			c.then, c.els = normal(s.then), normal(s.els)
			list = append(list, &c)
		default:
			list = append(list, s)
		}
	}
	return list
}

func follow(list, rest []*stmt) []*stmt {
	if ends(list) {
		return list
	}
	return append(append([]*stmt(nil), list...), rest...)
}

// mostGrown is how many statements normal may make of a function.
const mostGrown = 5000

func (u *unit) refuseGrowth(pos token.Pos) {
	u.refuse(pos, "a function with so many jumps", "what follows them would be copied more than 5000 times", "use fewer returns, breaks and continues, or split it")
}

// growth returns how many statements normal makes of a list, or more than limit.
func growth(all []*stmt, limit int) int {
	n := 0
	for i, s := range all {
		if n++; n > limit {
			return n
		}
		switch {
		case s.form == returnForm || s.form == breakForm || s.form == continueForm || s.form == leaveForm:
			return n
		case s.form == ifForm && (jumps(s.then) || jumps(s.els)):
			n += growth(follow(s.then, all[i+1:]), limit-n)
			if n > limit {
				return n
			}
			return n + growth(follow(s.els, all[i+1:]), limit-n)
		case s.form == ifForm:
			n += growth(s.then, limit-n) + growth(s.els, limit-n)
		case s.form == loopForm:
			n += growth(s.body, limit-n)
		}
	}
	return n
}
