package numeric

import "math"

// Where a direction leads out of the bounds both ways, as (1, 1) does at the corner
// (0, 1) of the unit square, there is still a derivative in it: the sum of those in
// single inputs, each of which moves to its own side.

// cornered reports whether the bounds leave a direction little room for steps to either
// side, and leave its inputs far more.
func (p *probe) cornered(d direction) bool {
	const far = 16
	if p.box == nil || d.v == nil || d.null() || !d.movable(p.x) || p.scheme.side != 0 {
		return false
	}
	single := math.Inf(1)
	for i, v := range d.v {
		if v != 0 {
			right, left := p.rooms(direction{i: i}, math.Abs(v))
			single = min(single, max(right, left))
		}
	}
	l := d.lengths(p.x)
	wanted := l.at[l.n-1] / 4
	right, left := p.rooms(d, 1)
	return max(right, left)*far < min(single, wanted)
}

// added returns the derivatives in the direction d, where one returns those in a single
// input: their sum.
func (p *probe) added(d direction, one func(d direction) []Result) []Result {
	p.begin()
	p.within = true
	p.desk.sum = resized(p.desk.sum, len(p.y))
	sum := p.desk.sum
	for k := range sum {
		sum[k] = Result{Evals: 1}
	}
	for i, v := range d.v {
		if v == 0 {
			continue
		}
		for k, r := range one(direction{i: i}) {
			sum[k] = sum[k].plus(r.scaled(v))
		}
	}
	for k := range sum {
		sum[k] = sum[k].rounded()
	}
	p.within = false
	return sum
}
