package source

// A reached set has the variables whose adjoint surely comes from the result. What is not
// in it may have an adjoint of 0 that stands for no adjoint at all, and must not be
// multiplied by a slope that may be infinite.
type reached map[*variable]bool

func (r reached) clone() reached {
	c := make(reached, len(r))
	for v := range r {
		c[v] = true
	}
	return c
}

func (r reached) and(o reached) reached {
	c := make(reached)
	for v := range r {
		if o[v] {
			c[v] = true
		}
	}
	return c
}

// before returns what is reached before s, given what is reached after it.
func (r reached) before(s *stmt) reached {
	switch s.form {
	case assignForm:
		v := s.left.v
		if s.left.op == elemOp || v.kind != scalar {
			return r
		}
		if !r[v] && v.seed == nil {
			return r
		}
		c := r.clone()
		if s.op == "=" {
			delete(c, v)
		}
		s.right.walk(func(e *expr) {
			if e.op == refOp && e.v.active {
				c[e.v] = true
			}
		})
		return c
	case ifForm:
		return r.through(s.then).and(r.through(s.els))
	case loopForm:
		return r.atEnd(s).and(r)
	}
	return r
}

func (r reached) through(list []*stmt) reached {
	for i := len(list) - 1; i >= 0; i-- {
		r = r.before(list[i])
	}
	return r
}

// atEnd returns what is reached at the end of every iteration of a loop.
func (r reached) atEnd(s *stmt) reached {
	body := normal(s.body)
	end := r
	for {
		next := end.and(end.through(body))
		if len(next) == len(end) {
			return end
		}
		end = next
	}
}
