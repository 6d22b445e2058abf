package numeric

import "math"

// stepRatio is the ratio of the steps that an estimate compares: nearly 2, but halves would often
// have the same rounding error.
const stepRatio = 2.1

// quotient returns the quotients of one step, the largest of the plan at which f
// is finite. Their error is estimated, where that is wanted, from the quotients of
// about half and of about a quarter of the step.
func (p *probe) quotient(pl plan) []Result {
	c := pl.choose()
	st := c.stencil(&p.desk.bench, p, c)
	var rows [3][]row
	m := len(p.y)
	p.desk.rows = resized(p.desk.rows, len(rows)*m)
	for i := range rows {
		rows[i] = p.desk.rows[i*m : (i+1)*m]
	}
	clear(p.desk.rows)
	s, smaller := p.enter(st, pl, c.room, rows[0])
	smaller = smaller || c != &pl.choices[0]
	if s.below(pl.grain) { // there is no room
		return p.diverged()
	}
	fine := !s.scaled(1 / (stepRatio * stepRatio)).below(pl.grain) // else there is nothing smaller to judge by
	if p.estimate && fine {
		st.sample(rows[1], pl.fit(p.x, s.scaled(1/stepRatio)))
		st.sample(rows[2], pl.fit(p.x, s.scaled(1/(stepRatio*stepRatio))))
	}
	for i := range rows {
		for k := range rows[i] {
			r := &rows[i][k]
			r.noise += p.noise * r.gain
			r.skewNoise += p.noise * r.skewGain
		}
	}
	order, _ := st.series()
	results, doubtful := p.diverged(), false
	for k, y := range p.y {
		t := trio{rows[0][k], rows[1][k], rows[2][k]}
		r := Result{Value: t[0].d, Step: s.h}
		if p.estimate {
			r = t.estimate(r, order)
		}
		switch {
		case p.estimate && (!fine || t[0].gain == 0):
			r.Err, r.Status = math.Inf(1), Diverged
		case !finite(y) || !finite(r.Value) || !finite(r.Err):
			r.Err, r.Status = math.Inf(1), Diverged
		case smaller && r.Status != Kinked:
			r.Status = DomainLimited
		}
		results[k] = r
		doubtful = doubtful || r.doubtful(t[0].noise)
	}
	if p.estimate && fine && !p.stopped {
		p.question(st, &pl, s, &rows, results)
	}
	if p.estimate && doubtful && !p.stopped {
		p.scan(st, &pl, s.scaled(1/(stepRatio*stepRatio)), rows[1], results)
	}
	return results
}

// A trio is what a stencil says of one output at a step, its half and its quarter.
type trio [3]row

// estimate returns r with the error of the first quotient and what limits it.
func (t trio) estimate(r Result, order int) Result {
	trunc, noise := beyond*t.rest(order), t[0].noise
	r.Err = trunc + noise + ulp*math.Abs(r.Value)
	jump, unsettled := t.jump(order)
	switch {
	case jump > 0:
		r.Err += jump
		r.Status = Kinked
	case noise > trunc && r.Err > 0x1p-26*math.Abs(r.Value):
		r.Status = RoundoffLimited
	}
	r.Err += unsettled
	return r
}

// rest returns how far the quotients move as the step goes on to 0: twice as far as
// to half of the step, or more if the next move shows that they are slow.
func (t trio) rest(order int) float64 {
	move, next := t[0].d-t[1].d, t[1].d-t[2].d
	far := max(2*math.Abs(move), math.Abs(next)) // of rounding, a move may be small by chance
	e, f := t[0].noise+t[1].noise, t[1].noise+t[2].noise
	if order > 2 { // half of the step has many times the rounding
		far += 2 * e
	}
	if !(math.Abs(move) > 4*e) {
		if order == 2 { // it may be slow, below rounding
			far += e / 2
		}
		return far
	}
	if !(math.Abs(next) > 4*f) { // it may be slow, below rounding
		return max(far, 6*(math.Abs(next)+4*f))
	}
	rate := math.Abs(next / move)
	switch {
	case rate >= 1 && (rate < 0.9*math.Ldexp(1, order) || far > math.Abs(t[0].d)/4):
		return math.Inf(1)
	case rate >= 1: // f is rough
		return 2 * math.Abs(next)
	case rate > 0.995: // a logarithm
		return math.Inf(1)
	case rate > 0.5:
		return math.Abs(move) / max(0, 1-rate-(f+rate*e)/math.Abs(move))
	}
	return far
}

// jump returns half the difference of the derivatives to the right and to the left,
// or if there is none how much of the skew does not go with the step. That is
// +Inf if it grows, as where a tangent is vertical, and 0 if rounding hides it.
func (t trio) jump(order int) (jump, unsettled float64) {
	before, last := t[1], t[2]
	if !(last.seen() && before.seen()) {
		return 0, 0
	}
	switch rate := last.skew / before.skew; {
	case rate > 1.02 && (rate < 0.9*math.Ldexp(1, order) || math.Abs(last.skew) > math.Abs(last.d)/4):
		return 0, math.Inf(1)
	case rate > 1.02: // f is rough
		return 0, math.Abs(last.skew)
	case rate > 0.97:
		return math.Abs(last.skew) + 2*math.Abs(last.skew-before.skew), 0
	case t[0].skewGain == 0: // at second order there are two skews
		if rate > 0.55 {
			return 0, math.Abs(before.skew)
		}
		return 0, 0
	}
	// Where f is smooth, what remains of the skew without the first power of the
	// step goes with the third.
	wide, narrow := stepRatio*before.skew-t[0].skew, stepRatio*last.skew-before.skew
	if rate := narrow / wide; rate > 0.45 && math.Abs(wide) > 8*before.skewNoise && math.Abs(narrow) > 8*last.skewNoise {
		return 0, math.Abs(wide) / max(2*rate-1, 0.1)
	}
	return 0, 0
}

// seen reports whether a row has a skew that is not rounding.
func (r row) seen() bool { return r.skewGain > 0 && math.Abs(r.skew) > 4*r.skewNoise }

// enter samples the largest of the plan's steps at which f is finite, or smaller
// ones unless the step is the user's. It reports whether the first would not do.
func (p *probe) enter(st stencil, pl plan, room steps, rows []row) (s steps, smaller bool) {
	for k := range rows {
		rows[k].d = math.NaN()
	}
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
		in := s.within(room)
		cut := in != s
		s = pl.fit(p.x, in)
		if s.below(pl.grain) {
			break
		}
		if st.sample(rows, s); p.finite(rows) || p.stopped {
			return s, p.cut || cut
		}
		p.cut = true
	}
	return s, true
}

// choose returns the stencil with the most room for the largest of the steps, and of
// those with room enough the first.
func (pl *plan) choose() *choice {
	best, most := &pl.choices[0], -1.0
	largest := pl.steps[len(pl.steps)-1]
	for i := range pl.choices {
		c := &pl.choices[i]
		room := min(1, c.room.h/largest.h)
		if largest.k > 0 {
			room = min(room, c.room.k/largest.k)
		}
		if room > most {
			best, most = c, room
		}
	}
	return best
}
