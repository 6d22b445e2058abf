package numeric

import "math"

// Outputs share their evaluations, so that steps are cut to where all are finite. Where
// one is finite to the right of the point only and another to the left only, that leaves
// no steps for either; where one is finite close to the point only, it leaves others steps
// that are too small for them. Then they are searched in groups, of which each is finite on
// the same sides.

// near is the distance at which sides are told first, in units of the first step.
const near = 0x1p-40

// apart returns results of the plan, found anew in groups where they suffer from
// each other.
func (p *probe) apart(pl plan, results []Result) []Result {
	m := len(results)
	if m < 2 || p.stopped || len(pl.steps) == 0 || !p.suffer(results) {
		return results
	}
	before, within := p.evals-results[0].Evals+1, p.within
	p.within = true
	k := p.desk
	k.groups, k.outputs, k.kept = resized(k.groups, m), append(k.outputs[:0], p.y...), append(k.kept[:0], results...)
	far := pl.steps[max(1, pl.natural)-1].h
	if f := p.scheme.formula; f != nil {
		far *= f.farthest()
	}
	for _, h := range [...]float64{max(near*pl.steps[0].h, pl.grain.h), far} {
		p.tellSides(pl.fit(p.x, steps{h: h}).h, pl.u)
		for group := 1; group < 4 && !p.stopped; group++ {
			if p.shows(group) {
				p.again(pl, group)
			}
		}
		copy(p.y, k.outputs)
		if p.stopped || !p.suffer(k.kept) {
			break
		}
	}
	p.within = within
	for i := range k.kept {
		k.kept[i].Evals = p.evals - before + 1
		if p.stopped {
			k.kept[i].Status = Stopped
		}
	}
	return k.kept
}

// suffer reports whether there is nothing for an output that is finite at the point, or
// steps were cut and some are the worse for it.
func (p *probe) suffer(results []Result) bool {
	for k, r := range results {
		if finite(p.y[k]) && math.IsNaN(r.Value) {
			return true
		}
	}
	return p.cut && (p.scheme.plain || !p.content(results, 0x1p-26))
}

// again follows the plan for the outputs of a group, and keeps what is better.
func (p *probe) again(pl plan, group int) {
	k := p.desk
	if !p.suffer(k.kept) {
		return
	}
	cut := p.cut
	for i, r := range p.follow(pl) {
		if old := &k.kept[i]; finite(p.y[i]) && k.groups[i] == group && (p.scheme.plain || math.IsNaN(old.Value) || r.Err < old.Err) {
			*old = r
		}
	}
	p.cut = cut
}

// tellSides sets the groups of outputs: 1 are finite at a distance to the right, 2 to the
// left, 3 are on both sides. A scheme of one side asks there only.
func (p *probe) tellSides(far float64, d direction) {
	groups := p.desk.groups
	clear(groups)
	p.desk.there = resized(p.desk.there, len(p.y))
	for bit, sign := range [...]int{1, -1} {
		if p.scheme.side == -sign {
			continue
		}
		p.move(d, float64(sign)*far).eval(p.desk.there)
		for i, y := range p.desk.there {
			if finite(y) {
				groups[i] |= 1 << bit
			}
		}
	}
}

// shows leaves the outputs of a group, and takes others for such as are not finite at the
// point. It reports whether there are some of each.
func (p *probe) shows(group int) bool {
	some, others := false, false
	for i, y := range p.desk.outputs {
		p.y[i] = math.NaN()
		switch {
		case !finite(y):
		case p.desk.groups[i] == group:
			p.y[i] = y
			some = true
		default:
			others = true
		}
	}
	return some && others
}
