package numeric

import "math"

// Outputs share their evaluations, so that steps are cut to where all are finite. Where
// one is finite to the right of the point only and another to the left only, or all over,
// that leaves no steps for either. Then they are searched in groups, of which each is
// finite on the same sides.

// near is the distance at which sides are told, in units of the first step.
const near = 0x1p-40

// apart returns results of the plan, found anew in groups where some have found nothing
// because others are not finite on the same sides.
func (p *probe) apart(pl plan, results []Result) []Result {
	m := len(results)
	if m < 2 || p.stopped || len(pl.steps) == 0 || !p.lost(results) {
		return results
	}
	before, within := p.evals-results[0].Evals+1, p.within
	p.within = true
	k := p.desk
	k.groups, k.outputs, k.kept = resized(k.groups, m), append(k.outputs[:0], p.y...), append(k.kept[:0], results...)
	p.tellSides(pl.fit(p.x, steps{h: max(near*pl.steps[0].h, pl.grain.h)}).h, pl.u)
	for group := range 4 {
		if p.stopped || !p.shows(group) {
			continue
		}
		for i, r := range p.follow(pl) {
			if k.groups[i] == group && finite(k.outputs[i]) {
				k.kept[i] = r
			}
		}
	}
	copy(p.y, k.outputs)
	p.within = within
	for i := range k.kept {
		k.kept[i].Evals = p.evals - before + 1
		if p.stopped {
			k.kept[i].Status = Stopped
		}
	}
	return k.kept
}

// lost reports whether there is nothing for an output that is finite at the point.
func (p *probe) lost(results []Result) bool {
	for k, r := range results {
		if finite(p.y[k]) && math.IsNaN(r.Value) {
			return true
		}
	}
	return false
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
	return group > 0 && some && others
}
