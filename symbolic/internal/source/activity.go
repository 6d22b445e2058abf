package source

import "slices"

// activity finds the variables that depend on the inputs, and refuses what would lose
// their derivative.
func (u *unit) activity() {
	if growth(u.body, mostGrown) > mostGrown {
		u.refuseGrowth(u.decl.Pos())
		return
	}
	for changed := true; changed; {
		changed = false
		each(u.body, func(s *stmt) {
			if s.form != assignForm && s.form != stackForm || s.left.v.active || s.left.v.kind == other {
				return
			}
			on := s.right.active() && s.right.op != rawOp
			for _, e := range s.elems {
				on = on || e.active()
			}
			if b := s.left.v.base; b != nil && b.active {
				on = true
			}
			if on {
				s.left.v.active, changed = true, true
			}
		})
	}
	bases := make(map[*variable]bool)
	each(u.body, func(s *stmt) {
		if s.form == assignForm && s.left.v.base != nil {
			bases[s.left.v.base] = true
		}
	})
	each(u.body, func(s *stmt) {
		if s.form == assignForm && s.left.op == elemOp && bases[s.left.v] && !home(s.left.v).out {
			u.refuse(s.pos, "an assignment to an element of "+s.left.v.name, "another slice shares it", "make a slice of its own for the part")
		}
		if s.form == panicForm || s.form == clearForm {
			return
		}
		u.look(s.right)
		u.look(s.left)
		for _, e := range s.elems {
			u.look(e)
		}
		if s.cond != nil {
			s.cond.each(func(e *expr) { u.look(e) })
		}
	})
	u.accumulators()
	for changed := true; changed; {
		changed = false
		summed := make(map[*variable]bool)
		each(u.body, func(s *stmt) {
			if s.form == assignForm && s.op != "=" {
				summed[s.left.v] = true
			}
		})
		each(u.body, func(s *stmt) {
			if s.form != assignForm || s.left.op != refOp || s.op != "=" || s.left.v.rests || summed[s.left.v] {
				return
			}
			r := s.right.follows()
			if copied := (r.op == refOp || r.op == elemOp) && (home(r.v).wrt || r.v.rests); copied || !s.right.active() && s.left.v.kind == scalar {
				s.left.v.rests, changed = true, true
			}
		})
	}
}

// follows returns the variable or element that e moves with, as 2*v+1 does with v, or e: the
// tangent of one is 0 where that of the other is.
func (e *expr) follows() *expr {
	for {
		e = e.body()
		switch {
		case e.op == roundOp:
			e = e.args[0]
		case (e.op == addOp || e.op == subOp) && !e.args[1].active():
			e = e.args[0]
		case (e.op == addOp || e.op == subOp) && !e.args[0].active():
			e = e.args[1]
		default:
			return e
		}
	}
}

// each calls visit for the expressions of c.
func (c *cond) each(visit func(*expr)) {
	if c == nil {
		return
	}
	c.a.each(visit)
	c.b.each(visit)
	for _, e := range []*expr{c.x, c.y, c.raw} {
		if e != nil {
			visit(e)
		}
	}
}

// look refuses raw code that reads numbers with a derivative.
func (u *unit) look(e *expr) {
	e.walk(func(e *expr) {
		for _, v := range e.looks {
			if !v.active {
				continue
			}
			at := u.files.Position(e.pos)
			if slices.ContainsFunc(u.refused, func(r Refusal) bool { return r.Pos == at }) {
				return
			}
			if e.op == elemOp {
				u.refuse(e.pos, "the index "+e.text, "it depends on the number "+v.name+", and an integer has no derivative", "compute it from integers, or compare numbers in an if")
			} else {
				u.refuse(e.pos, "the expression "+e.text, "the derivative of "+v.name+" would be lost in it", "write it with + - * /, functions of package math that the table has, and comparisons, or state the derivative of a function in an //ad:rule")
			}
			return
		}
	})
}

// accumulators finds variables whose adjoint is known from their declaration on: they are
// only added to, read by nothing but the returns, and all returns that follow read them
// alike.
func (u *unit) accumulators() {
	returns := 0
	each(u.body, func(s *stmt) {
		if s.form == returnForm {
			returns++
		}
	})
	u.seedResults()
	top := make(map[*variable]int) // where it is declared in the body
	for i, s := range u.body {
		if s.form == assignForm && s.define && s.left.v.active && s.left.v.kind == scalar && s.left.v.cot == nil {
			top[s.left.v] = i
		}
	}
	for v, at := range top {
		ok, seeds, of := true, []*expr(nil), make(map[*variable]bool)
		for i, s := range u.body {
			each([]*stmt{s}, func(s *stmt) {
				switch {
				case s.form == assignForm && s.left.v.seed != nil && s.left.v.cot != nil && s.op == "=" && i > at && s.right.has(v):
					c := linear(s.right, v)
					if c == nil {
						ok = false
						return
					}
					seeds = append(seeds, times(c, s.left.v.seed))
					of[s.left.v] = true
				case s.form == assignForm && s.left.v == v && !s.define && !s.isSum():
					ok = false
				case s.form == returnForm && i > at && len(u.results) == 0:
					c := linear(s.right, v)
					if c == nil {
						ok = false
						return
					}
					seeds = append(seeds, c)
				case s.form != returnForm && slices.Contains(s.own(), v):
					ok = false
				}
			})
		}
		if !ok || len(seeds) == 0 {
			continue
		}
		for _, c := range seeds {
			ok = ok && c.String() == seeds[0].String()
		}
		if len(of) > 0 {
			ok = ok && len(of) == 1 && len(seeds) == returns
		}
		if ok && (seeds[0].op != constOp || seeds[0].value != 0) {
			v.seed = seeds[0]
		}
	}
}

// seedResults finds those of several results whose adjoint is their cotangent to the end:
// nobody reads them, and on every path they are added to, or set once before the return.
func (u *unit) seedResults() {
	for _, v := range u.results {
		ok, sums, sets := v.cot != nil && v.active, 0, 0
		each(u.body, func(s *stmt) {
			switch {
			case slices.Contains(s.own(), v):
				ok = false
			case s.form != assignForm || s.left.v != v || s.define:
			case s.isSum():
				sums++
			default:
				sets++
				ok = ok && s.last
			}
		})
		if ok && (sums == 0 || sets == 0) {
			v.seed = ref(v.cot)
		}
	}
}

// linear returns the number that v is multiplied by in e, or nil if there is none.
func linear(e *expr, v *variable) *expr {
	if !e.has(v) {
		return number(0)
	}
	switch e.op {
	case refOp:
		return number(1)
	case addOp, subOp:
		a, b := linear(e.args[0], v), linear(e.args[1], v)
		switch {
		case a == nil || b == nil:
			return nil
		case e.op == addOp:
			return number(a.value + b.value)
		}
		return number(a.value - b.value)
	case negOp:
		if c := linear(e.args[0], v); c != nil {
			return number(-c.value)
		}
	case roundOp:
		return linear(e.args[0], v)
	case mulOp:
		a, b := e.args[0], e.args[1]
		if b.op == constOp {
			a, b = b, a
		}
		if c := linear(b, v); a.op == constOp && c != nil {
			return number(a.value * c.value)
		}
	case divOp:
		if c := linear(e.args[0], v); e.args[1].op == constOp && c != nil {
			return number(c.value / e.args[1].value)
		}
	}
	return nil
}
