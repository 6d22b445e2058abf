package numeric

import "math"

// extrapolate returns the limits of the plan's quotients for every output of p.
// Larger first steps are tried until the limits are good, and other stencils
// where the domain of f has cut the steps short.
func (p *probe) extrapolate(pl plan) []Result {
	results := p.diverged()
	for i, st := range pl.stencils {
		d := newDescent(p, pl, st)
		var limited bool
		cuts := maxCuts
		for _, s := range pl.steps {
			if d.run(s, cuts) {
				for k, r := range results {
					if finite(p.y[k]) {
						results[k] = r.refined(d.result(k).limitedIf(i > 0))
					}
				}
			}
			if p.content(results, pl.good) {
				return results
			}
			limited = limited || d.cut && cuts > 0
			cuts = 0
		}
		if !limited || p.content(results, 0x1p-26) {
			break
		}
	}
	return results
}

// content reports whether no result can be improved, or need be.
func (p *probe) content(results []Result, good float64) bool {
	for k, r := range results {
		if finite(p.y[k]) && r.Status != Kinked && !(r.Err <= good*math.Abs(r.Value)) {
			return false
		}
	}
	return true
}

// quotient returns the quotients of one step, the largest of the plan at which f
// is finite. Their error is estimated, where that is wanted, from the quotients of
// half the step.
func (p *probe) quotient(pl plan, estimate bool) []Result {
	st := pl.stencils[0]()
	rows, halved := make([]row, len(p.y)), make([]row, len(p.y))
	s, smaller := p.enter(st, pl, rows)
	if estimate {
		st.sample(halved, pl.fit(p.x, s.scaled(1.0/2)))
	}
	results := make([]Result, len(p.y))
	for k, r := range rows {
		trunc := 2 * math.Abs(r.d-halved[k].d)
		res := Result{Value: r.d, Err: trunc + r.noise + ulp*math.Abs(r.d), Step: s.h}
		switch {
		case !finite(p.y[k]) || !finite(res.Value) || !finite(res.Err):
			res.Err, res.Status = math.Inf(1), Diverged
		case smaller:
			res.Status = DomainLimited
		case r.noise > trunc && res.Err > 0x1p-26*math.Abs(res.Value):
			res.Status = RoundoffLimited
		}
		results[k] = res
	}
	return results
}

// enter samples the largest of the plan's steps at which f is finite, or smaller
// ones unless the step is the user's. It reports whether the first would not do.
func (p *probe) enter(st stencil, pl plan, rows []row) (s steps, smaller bool) {
	least := -maxCuts
	if pl.fixed {
		least = 0
	}
	for i := len(pl.steps) - 1; i >= least; i-- {
		if i >= 0 {
			s = pl.steps[i]
		} else {
			s = s.scaled(cutTo)
		}
		s = pl.fit(p.x, s)
		if st.sample(rows, s); p.finite(rows) {
			return s, i < len(pl.steps)-1
		}
	}
	return s, true
}

// finite reports whether all rows are finite, but for those of outputs that are
// not finite at the point itself.
func (p *probe) finite(rows []row) bool {
	for k, r := range rows {
		if finite(p.y[k]) && !(finite(r.d) && finite(r.gain)) {
			return false
		}
	}
	return true
}
