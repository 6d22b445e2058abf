package numeric

import "math"

// Where f is not finite, steps are cut to an eighth, and again; from the size
// of an input down to its last place that is 17 times.
const (
	cut     = 1.0 / 8
	maxCuts = 18
)

// A plan says how to find a derivative at a point.
type plan struct {
	stencils []func() stencil // in order of preference
	steps    []steps          // first steps to try, ascending
	grain    steps            // the least steps that change the point
	good     float64          // relative error with which to be content
	cuts     int              // how often the step of a single quotient may be cut
}

// extrapolate returns the limits of the plan's quotients for every output of p.
// Larger first steps are tried until the limits are good, and other stencils
// where the domain of f has cut the steps short.
func (p *probe) extrapolate(pl plan) []Result {
	results := make([]Result, len(p.y))
	for k := range results {
		results[k] = diverged()
	}
	for _, st := range pl.stencils {
		d := newDescent(p, st, pl.grain)
		var cut bool
		for _, s := range pl.steps {
			if d.run(s) {
				for k, r := range results {
					if finite(p.y[k]) {
						results[k] = r.refined(d.result(k))
					}
				}
			}
			cut = cut || d.cut
			if p.content(results, pl.good) {
				return results
			}
		}
		if !cut {
			break
		}
	}
	return results
}

// content reports whether larger steps or other stencils cannot do better.
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
	s, cut := p.enter(st, pl, rows)
	if estimate {
		st.sample(halved, s.scaled(1.0/2))
	}
	results := make([]Result, len(p.y))
	for k, r := range rows {
		trunc := 2 * math.Abs(r.d-halved[k].d)
		res := Result{Value: r.d, Err: trunc + r.noise + ulp*math.Abs(r.d), Step: s.h}
		switch {
		case !finite(p.y[k]) || !finite(res.Value) || !finite(res.Err):
			res = diverged()
		case cut:
			res.Status = DomainLimited
		case r.noise > trunc && res.Err > 0x1p-26*math.Abs(res.Value):
			res.Status = RoundoffLimited
		}
		results[k] = res
	}
	return results
}

// enter samples the largest of the plan's steps at which f is finite, or a
// smaller one.
func (p *probe) enter(st stencil, pl plan, rows []row) (s steps, smaller bool) {
	for i := len(pl.steps) - 1; i >= -pl.cuts; i-- {
		if i >= 0 {
			s = pl.steps[i]
		} else {
			s = s.scaled(cut)
		}
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
