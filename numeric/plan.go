package numeric

import (
	"cmp"
	"math"
	"slices"
)

// A plan says how to find a derivative at a point.
type plan struct {
	u, v    direction // v is for mixed derivatives
	choices []choice  // in order of preference
	steps   []steps   // first steps to try, ascending
	natural int       // how many of them are no larger than those lengths over which f may change
	grain   steps     // the least steps that change the point
	good    float64   // relative error with which to be content
	fixed   bool      // the step is the user's
	ratio   float64   // of one step to the next, 0 for the usual
}

// A choice is a stencil, and how far its steps may go.
type choice struct {
	stencil      func(b *bench, p *probe, c *choice) stencil
	u, v         direction
	usign, vsign float64
	fu, fv       *formula
	order        int
	room         steps
}

// use lets the plan be written on the desk of p.
func (pl *plan) use(p *probe) { pl.choices, pl.steps = p.desk.choices[:0], p.desk.steps[:0] }

// offer appends choices.
func (pl *plan) offer(choices ...choice) { pl.choices = append(pl.choices, choices...) }

// first returns the derivatives of all outputs in the direction d. They are good until the
// next derivative.
func (p *probe) first(d direction) []Result {
	if results := p.unmoved(d); results != nil {
		return results
	}
	s := p.scheme
	pl := plan{
		u: d, good: s.good(0x1p-38), fixed: s.step > 0, ratio: s.ratio,
		grain: steps{h: max(d.grain(p.x), 0x1p-1020)}, // 4/h does not overflow
	}
	pl.use(p)
	right, left := p.rooms(d, 1)
	both := choice{stencil: newCentral, u: d, room: steps{h: min(right, left)}}
	oneSided := func(sign, room float64) choice {
		return choice{stencil: newSided, u: d, usign: sign, room: steps{h: room}}
	}
	switch {
	case s.formula != nil:
		s.shifted(&pl, p, d, 1)
	case s.plain && s.side == 0 && p.box == nil:
		pl.offer(both)
	case s.plain && s.side == 0:
		threePoint.shifted(&pl, p, d, 1)
		pl.choices[0] = both
	default:
		s.pick(&pl, both, oneSided(1, right), oneSided(-1, left))
	}
	order, accuracy := 1, s.accuracy(1)
	lengths, natural := s.lengths(p, d, 1)
	for i, l := range lengths.all() {
		pl.try(steps{h: s.start(p, l, order, accuracy)}, i < natural)
	}
	return p.apart(pl, p.follow(pl))
}

// second returns the mixed second derivative of the only output in the directions
// u and v.
func (p *probe) second(u, v direction) Result {
	if results := p.unmoved(u, v); results != nil {
		return results[0]
	}
	s := p.scheme
	pl := plan{
		u: u, v: v, good: s.good(0x1p-30), fixed: s.step > 0, ratio: s.ratio,
		grain: steps{u.grain(p.x), v.grain(p.x)},
	}
	pl.use(p)
	same := u.v == nil && v.v == nil && u.i == v.i
	switch {
	case s.formula != nil && same:
		s.shifted(&pl, p, u, 2)
	case s.formula != nil:
		s.products(&pl, p, u, v)
	case s.side == 0 && s.plain && same && p.box != nil:
		right, left := p.rooms(u, 1)
		threePoint.shifted(&pl, p, u, 2)
		pl.choices[0] = choice{stencil: newCurve, u: u, room: steps{min(right, left), min(right, left)}}
	default:
		s.corners(&pl, p, u, v, same)
	}
	lu, nu := s.lengths(p, u, 2)
	lv, nv := s.lengths(p, v, 2)
	order, accuracy := 2, s.accuracy(2)
	for i := range max(lu.n, lv.n) {
		pl.try(steps{
			s.start(p, lu.at[min(i, lu.n-1)], order, accuracy),
			s.start(p, lv.at[min(i, lv.n-1)], order, accuracy),
		}, i < max(nu, nv))
	}
	return p.inUnits(pl, 2)
}

// inUnits follows the plan for a derivative of order n of the only output. Where hⁿ is out of
// range, steps are measured in a unit of their own size, those of about one size at a time.
func (p *probe) inUnits(pl plan, n int) Result {
	if pl.inRange(n) {
		pl.grain = pl.grain.atLeast(leastStep(n))
		return p.follow(pl)[0]
	}
	before, all, natural, grain := p.evals, pl.steps, pl.natural, pl.grain
	p.begin()
	within := p.within
	p.within = true
	best := diverged()
	for i, j := 0, len(all); i < j; {
		// The smallest first, but for single quotients the largest at which f is finite.
		from, to := i, j
		for all[to-1].size() > all[from].size()*math.Exp2(480/float64(n)) {
			if p.scheme.plain {
				from++
			} else {
				to--
			}
		}
		if p.scheme.plain {
			j = from
		} else {
			i = to
		}
		pl.steps, pl.natural = all[from:to], max(0, min(natural, to)-from)
		p.length = powerBelow(all[from].size())
		pl.grain = grain.atLeast(p.length * leastStep(n))
		r := p.follow(pl)[0].per(p.length, n)
		if pl.natural > 0 || r.Status != Diverged && r.Status != Kinked {
			best = best.refined(r)
		}
		if p.stopped || p.scheme.plain && finite(best.Value) || best.Status == Kinked || best.Err <= pl.good*math.Abs(best.Value) {
			break
		}
	}
	p.length, p.within = 1, within
	best.Evals = p.evals - before + 1
	if p.stopped {
		best.Status = Stopped
	}
	return best
}

// inRange reports whether weights may be divided by the n-th powers of all first steps, and of
// what these shrink to.
func (pl *plan) inRange(n int) bool {
	for _, s := range pl.steps {
		if size := s.size(); size < math.Exp2(-800/float64(n)) || size > math.Exp2(960/float64(n)) {
			return false
		}
	}
	return true
}

// leastStep returns the least step with an n-th power by which weights may be divided.
func leastStep(n int) float64 { return math.Exp2(-1016 / float64(n)) }

// corners offers the stencils of second derivatives, in all quadrants.
func (s Scheme) corners(pl *plan, p *probe, u, v direction, same bool) {
	ur, ul := p.rooms(u, 1)
	vr, vl := p.rooms(v, 1)
	both := choice{stencil: newCross, u: u, v: v, room: steps{min(ur, ul), min(vr, vl)}}
	if same {
		both.stencil = newCurve
	} else if u.v != nil || v.v != nil {
		both.room = both.room.scaled(1.0 / 2) // an input may move with both
	}
	corner := func(us, vs float64) choice {
		room := steps{ur, vr}
		if us < 0 {
			room.h = ul
		}
		if vs < 0 {
			room.k = vl
		}
		if same || u.v != nil || v.v != nil {
			room = room.scaled(1.0 / 2)
		}
		return choice{stencil: newCorner, u: u, v: v, usign: us, vsign: vs, room: room}
	}
	s.pick(pl, both, corner(1, 1), corner(-1, -1))
	if s.side == 0 && !same {
		pl.offer(corner(1, -1), corner(-1, 1))
		roomier(pl.choices[1:])
	}
}

// rooms returns how far a stencil may go from x to both sides in the direction d,
// in units of its farthest point.
func (p *probe) rooms(d direction, farthest float64) (right, left float64) {
	return p.box.room(p.x, d, 1) / farthest, p.box.room(p.x, d, -1) / farthest
}

// pick offers the stencils of the scheme, that with more room first of those of one
// side.
func (s Scheme) pick(pl *plan, both, right, left choice) {
	switch {
	case s.side > 0:
		pl.offer(right)
	case s.side < 0:
		pl.offer(left)
	default:
		pl.offer(both, right, left)
		if right.room.least() != left.room.least() {
			roomier(pl.choices[1:])
		}
	}
}

// roomier sorts choices by their room.
func roomier(choices []choice) {
	slices.SortStableFunc(choices, func(a, b choice) int { return cmp.Compare(b.room.least(), a.room.least()) })
}

// lengths returns the lengths over which to look at f: its natural ones, and for
// Adaptive multiples of the largest. A single quotient of first order takes a quarter of a distance
// from 0 that is large, since f may change over a distance of 1 as well. At higher orders rounding
// would grow too much.
func (s Scheme) lengths(p *probe, d direction, order int) (l lengths, natural int) {
	l = d.lengths(p.x)
	natural = l.n
	if s.thorough && s.step == 0 {
		for range 2 {
			l.add(4 * l.at[l.n-1])
		}
	}
	if last := &l.at[l.n-1]; s.plain && order == 1 {
		*last = max(*last/4, min(*last, l.unit))
	}
	return l, natural
}

// good returns the relative error with which to be content.
func (s Scheme) good(usual float64) float64 {
	if s.thorough {
		return usual * 0x1p-8
	}
	return usual
}

// accuracy returns the order of the error of a quotient.
func (s Scheme) accuracy(order int) int {
	switch {
	case s.formula != nil:
		return s.formula.accuracy(order)
	case s.side != 0:
		return 1
	}
	return 2
}

// start returns the first step for a natural length: a quarter of it, or for a single
// quotient that which balances an error of the order accuracy and rounding.
func (s Scheme) start(p *probe, length float64, order, accuracy int) float64 {
	switch {
	case s.step > 0:
		return s.step
	case !s.plain:
		return length / 4
	}
	places := 52
	if p.noise > 0 {
		size := 0.0
		for _, y := range p.y {
			if finite(y) {
				size = max(size, math.Abs(y))
			}
		}
		if size == 0 {
			size = 1
		}
		places = int(max(0, min(float64(places), math.Log2(size)-math.Log2(p.noise))))
	}
	// The series is as large as rounding where derivatives grow twelvefold with each order
	// beyond the first in it: 12^(accuracy-1)·h^accuracy = 2^-places/h^order.
	const growth = 3.6
	balanced := (float64(places) + growth*float64(accuracy-1)) / float64(order+accuracy)
	step := math.Ldexp(powerBelow(length), -max(2, int(balanced)))
	if s.formula != nil {
		step = min(step, powerBelow(length/2/s.formula.farthest()))
	}
	return step
}

// powerBelow returns the largest power of two that is at most x: as a step, it
// leaves the last places of most points alone.
func powerBelow(x float64) float64 {
	_, e := math.Frexp(x)
	return math.Ldexp(0.5, e)
}

// try adds first steps to the plan, unless the point is too coarse for them or
// they are the user's and there already.
func (pl *plan) try(s steps, natural bool) {
	if !s.below(pl.grain) && !(pl.fixed && len(pl.steps) > 0) {
		pl.steps = append(pl.steps, s)
		if natural {
			pl.natural = len(pl.steps)
		}
	}
}

// fit returns the steps nearest to s that x can take without rounding.
func (pl *plan) fit(x []float64, s steps) steps {
	s.h = pl.u.fit(x, s.h)
	if s.k > 0 {
		s.k = pl.v.fit(x, s.k)
	}
	return s
}

// rough returns how wrong values of output k are by being rounded more coarsely than float64s.
func (pl *plan) rough(p *probe, k int) float64 {
	return p.desk.grids[k].rough(pl.grain.h, pl.steps[len(pl.steps)-1].h)
}

// follow returns the derivatives that the plan leads to.
func (p *probe) follow(pl plan) []Result {
	before := p.evals
	p.begin()
	p.cut = false
	p.desk.grids = resized(p.desk.grids, len(p.y))
	clear(p.desk.grids)
	var results []Result
	switch {
	case len(pl.steps) == 0:
		results = p.diverged()
	case p.scheme.plain:
		results = p.quotient(pl)
	default:
		results = p.extrapolate(pl)
	}
	if p.estimate && p.scheme.side != 0 && len(pl.steps) > 0 && !p.stopped {
		p.mirror(&pl, results)
	}
	for k := range results {
		results[k].Evals = p.evals - before + 1
		if p.stopped {
			results[k].Status = Stopped
		}
	}
	return results
}

// unmoved returns the derivatives in directions that need no steps: 0 where
// nothing moves, none where what moves is not finite.
func (p *probe) unmoved(dirs ...direction) []Result {
	for _, d := range dirs {
		if d.null() {
			return p.filled(Result{Evals: 1})
		}
	}
	for _, d := range dirs {
		if !d.movable(p.x) {
			r := diverged()
			r.Evals = 1
			return p.filled(r)
		}
	}
	return nil
}

// diverged returns the Results where there are none.
func (p *probe) diverged() []Result { return p.filled(diverged()) }

// filled returns r for every output.
func (p *probe) filled(r Result) []Result {
	p.desk.found = resized(p.desk.found, len(p.y))
	for k := range p.desk.found {
		p.desk.found[k] = r
	}
	return p.desk.found
}
