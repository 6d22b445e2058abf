package numeric

import "math"

// What an output shows against a limit that looks settled.

// hidden returns how far the quotients of the smallest steps are from the limit, where
// that shows structure of f which the table has not reached or not settled on, and no
// rounding: that would have scattered the last quotients of the table too, and not made them
// agree with those nearby.
func (o *output) hidden(l limit) float64 {
	q := &o.quotients
	far := 0.0
	if t := o.tiny; t.gain > 0 && finite(t.d) && t.noise < math.Abs(t.d-l.value)/8 {
		far = beyond * math.Abs(t.d-l.value)
	}
	last := q.n - 1
	off := math.Abs(o.near.d-l.value) - l.trunc - o.near.noise
	if !(off > 0) || !(o.near.gain > 0) || last < 4 {
		return far
	}
	seen := q.noise[last][0] + o.rough*q.gain[last]
	for i := last - 3; i <= last; i++ {
		seen = max(seen, math.Abs(q.t[i][0]-q.t[i-1][0]))
	}
	quiet := off/o.near.gain*q.gain[last] > 16*seen
	agreed := math.Abs(q.t[last][0]-o.near.d) < off/64
	if !finite(o.near.change) { // f may be rounded in stairs
		quiet, agreed = false, false
	}
	reach := 4.0
	if off > 0x1p10*(o.near.noise+o.rough*o.near.gain) { // no error of f(x), by which quotients leave as well
		reach = 32
	}
	if quiet || agreed || q.leaving(reach, off) {
		return max(math.Abs(o.near.d-l.value)+o.near.noise, far)
	}
	return far
}

// unsettled returns how much of the skew does not go with the step, at the smallest
// step where rounding lets that be seen: where f is smooth, what remains of the skew
// once h is canceled goes with h³, and is a tenth a row later. An even |u|^1.5 that starts
// nearer to the point than any step reaches is nowhere else to be seen. At a kink
// it means nothing: there the skew has a limit.
func (o *output) unsettled() float64 {
	q := &o.skews
	for k := q.n - 1; k > 2; k-- {
		c, before := q.t[k][1], q.t[k-1][1]
		if !(math.Abs(c) > 4*(q.noise[k][1]+o.rough*q.gain[k]*q.growth[1])) {
			continue
		}
		rate := c / before
		if rate < q.rough || before/q.t[k-2][1] < q.rough {
			return 0
		}
		return math.Abs(c) * (q.ratio - 1) / max(q.ratio*rate-1, 0.1)
	}
	return 0
}

// noisy reports whether f is wrong by far more than its last place, and by so
// much that its changes mean nothing.
func (o *output) noisy(l limit) bool {
	q := &o.quotients
	noise := 3 * l.rough * q.gain[l.row]
	change := math.Abs(q.t[l.row][0])
	if l.row < o.skews.n {
		change += math.Abs(o.skews.t[l.row][0])
	}
	return noise > 0x1p26*q.noise[l.row][0] && noise > change/64
}

// adrift reports whether the quotients go on changing by as much as their value,
// and not because of rounding.
func (o *output) adrift(l limit) bool {
	return l.trunc > math.Abs(l.value)/8 && l.trunc > math.Abs(o.quotients.t[0][0])/64 && l.trunc > 4*l.round
}
