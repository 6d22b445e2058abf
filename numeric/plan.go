package numeric

import "math"

// A plan says how to find a derivative at a point.
type plan struct {
	u, v     direction        // v is for second derivatives
	stencils []func() stencil // in order of preference
	steps    []steps          // first steps to try, ascending
	grain    steps            // the least steps that change the point
	good     float64          // relative error with which to be content
	fixed    bool             // the step is the user's
}

// first returns the derivatives of all outputs in the direction d.
func (s Scheme) first(p *probe, d direction, estimate bool) []Result {
	if results := p.unmoved(d); results != nil {
		return results
	}
	pl := plan{
		u: d, good: 0x1p-38, fixed: s.step > 0,
		grain: steps{h: max(d.grain(p.x), 0x1p-1020)}, // 4/h does not overflow
		stencils: s.pick(
			func() stencil { return newCentral(p, d) },
			func() stencil { return newSided(p, d, 1) },
			func() stencil { return newSided(p, d, -1) },
		),
	}
	for _, l := range d.lengths(p.x) {
		pl.try(steps{h: s.start(l, 0x1p-26, 0x1p-17)})
	}
	return s.follow(pl, p, estimate)
}

// second returns the mixed second derivative of the only output in the directions
// u and v.
func (s Scheme) second(p *probe, u, v direction, estimate bool) Result {
	if results := p.unmoved(u, v); results != nil {
		return results[0]
	}
	const least = 0x1p-508 // 4/h² does not overflow
	pl := plan{
		u: u, v: v, good: 0x1p-30, fixed: s.step > 0,
		grain: steps{max(u.grain(p.x), least), max(v.grain(p.x), least)},
		stencils: s.pick(
			func() stencil { return newCross(p, u, v) },
			func() stencil { return newCorner(p, u, v, 1) },
			func() stencil { return newCorner(p, u, v, -1) },
		),
	}
	if s.side == 0 && u.v == nil && v.v == nil && u.i == v.i {
		pl.stencils[0] = func() stencil { return newCurve(p, u) }
	}
	lu, lv := u.lengths(p.x), v.lengths(p.x)
	for i := range max(len(lu), len(lv)) {
		pl.try(steps{
			s.start(lu[min(i, len(lu)-1)], 0x1p-17, 0x1p-13),
			s.start(lv[min(i, len(lv)-1)], 0x1p-17, 0x1p-13),
		})
	}
	return s.follow(pl, p, estimate)[0]
}

// pick returns the stencils of the scheme.
func (s Scheme) pick(both, right, left func() stencil) []func() stencil {
	switch {
	case s.side > 0:
		return []func() stencil{right}
	case s.side < 0:
		return []func() stencil{left}
	}
	return []func() stencil{both, right, left}
}

// start returns the first step for a natural length: a quarter of it, or the
// fraction that suits a single quotient.
func (s Scheme) start(length, sided, central float64) float64 {
	switch {
	case s.step > 0:
		return s.step
	case !s.plain:
		return length / 4
	case s.side != 0:
		return powerBelow(length) * sided
	}
	return powerBelow(length) * central
}

// powerBelow returns the largest power of two that is at most x: as a step, it
// leaves the last places of most points alone.
func powerBelow(x float64) float64 {
	_, e := math.Frexp(x)
	return math.Ldexp(0.5, e)
}

// try adds first steps to the plan, unless the point is too coarse for them or
// they are the user's and there already.
func (pl *plan) try(s steps) {
	if !s.below(pl.grain) && !(pl.fixed && len(pl.steps) > 0) {
		pl.steps = append(pl.steps, s)
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

// follow returns the derivatives that the plan leads to.
func (s Scheme) follow(pl plan, p *probe, estimate bool) []Result {
	before := p.evals
	var results []Result
	switch {
	case len(pl.steps) == 0:
		results = p.diverged()
	case s.plain:
		results = p.quotient(pl, estimate)
	default:
		results = p.extrapolate(pl)
	}
	for k := range results {
		results[k].Evals = p.evals - before + 1
	}
	return results
}

// unmoved returns the derivatives in directions that need no steps: 0 where
// nothing moves, none where what moves is not finite.
func (p *probe) unmoved(dirs ...direction) []Result {
	for _, d := range dirs {
		if d.null() {
			return make([]Result, len(p.y))
		}
	}
	for _, d := range dirs {
		if !d.movable(p.x) {
			return p.diverged()
		}
	}
	return nil
}

// diverged returns the Results where there are none.
func (p *probe) diverged() []Result {
	results := make([]Result, len(p.y))
	for k := range results {
		results[k] = diverged()
	}
	return results
}
