package numeric

import "math"

// What a single quotient is held against: quotients of far smaller steps.

const (
	// accused is how many times their rounding such quotients must differ to count.
	accused = 8

	// agreement is how closely two of them agree, as a part of what they differ from the
	// result. Noise in f would make that of the smaller step scatter several times as far.
	agreement = 1.0 / 16

	// odd keeps the steps from being powers of two of each other, where a fast oscillation
	// may look slow.
	odd = 11.0 / 16

	// Samples of rounding seldom are its worst.
	unlucky = 2.7
)

// witnesses returns the steps of the quotients that are held against one of step s, in
// descending order. A formula to both sides sees the kinks in its reach by its skew, and needs
// one or two as samples of the rounding in f. To one side there are pairs: any kink beyond both
// is seen by neither. If x is small beside s, so is a pair.
func (pl *plan) witnesses(p *probe, st stencil, s steps, all []steps) []steps {
	order, power := st.series()
	usual := p.scheme.usual(order)
	scales := [...]float64{-31, -36, -41, -46} // logarithms, like usual
	used := scales[:]
	switch {
	case power == 2 && order == 1:
		scales[0] = -30
		used = scales[:1]
	case power == 2:
		scales[0], scales[1] = usual-4, -30
		used = scales[:2]
	case order > 1:
		scales[0], scales[1], scales[2] = usual-4, usual-6, -30
		used = scales[:3]
	}
	for _, c := range used {
		all = append(all, s.scaled(odd*math.Exp2(c-usual)))
	}
	if length := pl.u.lengths(p.x).at[0]; power == 1 && length < s.h {
		small := length / 8 / s.h
		all = append(all, s.scaled(small), s.scaled(small/8))
	}
	return all
}

// usual returns the logarithm to base 2 of the step of a single quotient over the length.
func (s Scheme) usual(order int) float64 { return -52 / float64(order+s.accuracy(order)) }

// question holds results against quotients of far smaller steps than s, which they were found
// with, and widens the estimates that these contradict. found are the rows of s, its half and
// its quarter, of which the last two are overwritten.
func (p *probe) question(st stencil, pl *plan, s steps, found *[3][]row, results []Result) {
	var space [6]steps
	m := len(results)
	p.desk.before = resized(p.desk.before, m)
	p.desk.floors = resized(p.desk.floors, m)
	before, rough := p.desk.before, p.desk.floors
	clear(before)
	order, power := st.series()
	accuracy := p.scheme.accuracy(order)
	quarter := found[2]
	for k := range results {
		rough[k] = trio{found[0][k], found[1][k], quarter[k]}.rough(accuracy)
	}
	rows := found[1]
	for _, w := range pl.witnesses(p, st, s, space[:0]) {
		if w.below(pl.grain) {
			continue
		}
		st.sample(rows, pl.fit(p.x, w))
		if p.stopped {
			return
		}
		for k, r := range rows {
			// Stairs are as high as the least change that was seen, or less.
			if q := quarter[k]; finite(q.change) && !finite(r.change) && q.change*math.Pow(r.h/q.h, growth(found[0][k], q)) > 32*ulp*math.Abs(p.y[k]) {
				rough[k] = max(rough[k], q.change)
			}
			far := math.Abs(r.d - results[k].Value)
			if !finite(far) || !(r.gain > 0) {
				before[k] = row{}
				continue
			}
			e := far / r.gain
			if r.skewGain > 0 && finite(r.skew) {
				e = max(e, math.Abs(r.skew)/r.skewGain)
			}
			rough[k] = max(rough[k], e)
			agreed := r.skewGain > 0 && math.Abs(r.skew) < agreement*agreement*far
			if b := before[k]; b.gain > 0 {
				agreed = math.Abs(b.d-r.d) < agreement*far
			}
			if agreed && finite(r.change) && results[k].Status != Kinked && far > results[k].Err+accused*r.noise {
				results[k].Err = beyond * far
				results[k].Status = SlowlyConvergent
			}
			before[k] = r
		}
	}
	p.climb(st, pl, s, found, results)
	for k := range results {
		p.roughen(&results[k], found[0][k], before[k], max(rough[k], pl.rough(p, k)), order, power)
	}
}

// growth returns with which power of the step f changes, by the changes at a step and at a
// quarter of it: 2 at a minimum.
func growth(whole, quarter row) float64 {
	p := math.Log(whole.change/quarter.change) / math.Log(whole.h/quarter.h)
	if !(p > 1) {
		return 1
	}
	return min(p, 4)
}

// climb looks at larger steps where f does not change at all: it may be rounded in stairs, as one
// that computes in float32 is. Of stairs the quotient is within one of them, and what it says is
// at least that.
func (p *probe) climb(st stencil, pl *plan, s steps, found *[3][]row, results []Result) {
	flat := false
	for k, r := range results {
		flat = flat || !finite(found[0][k].change) && finite(r.Err)
	}
	if !flat || pl.fixed {
		return
	}
	order, _ := st.series()
	usual := p.scheme.usual(order)
	for _, at := range [...]float64{-20, -16} {
		if at <= usual {
			continue
		}
		larger := pl.fit(p.x, s.scaled(math.Exp2(at-usual)))
		if pl.choose().room.h < larger.h {
			return
		}
		st.sample(found[1], larger)
		if p.stopped {
			return
		}
		for k, r := range found[1] {
			first := found[0][k]
			if far := 2 * math.Abs(r.d); !finite(first.change) && finite(r.change) && far > results[k].Err {
				results[k].Err = far
				results[k].Status = SlowlyConvergent
			}
		}
	}
}

// rough returns how wrong values of f are, going by what remains of three quotients without
// their error of the given order in the step.
func (t trio) rough(accuracy int) float64 {
	a := math.Pow(stepRatio, float64(accuracy))
	e := math.Abs(t[0].d-t[1].d-a*(t[1].d-t[2].d)) / a / t[2].gain
	if !finite(e) {
		return 0
	}
	return e
}

// roughen widens the estimate of a result where values of f are wrong by rough. first and
// last are the rows of the largest and of the smallest step. Changes that shrink with the
// step are no noise.
func (p *probe) roughen(r *Result, first, last row, rough float64, order, power int) {
	noise := unlucky * rough * first.gain
	if power == 1 { // samples to one side share the value at x
		noise += first.noise / 2
		if order > 1 {
			noise += 0.8 * unlucky * rough * first.gain
		}
	}
	noise = max(noise, first.noise)
	if !finite(r.Err) {
		return
	}
	// Of noise, a quarter of the step makes that much more. It may move the quotients by far more
	// than a sample shows.
	settled := r.Err / math.Pow(stepRatio, 2*float64(order))
	r.Err += noise - first.noise
	noisy := last.gain == 0 || finite(last.change) && last.change > 0x1p-10*first.change
	switch {
	case noisy && noise > settled/64 && noise > 0x1p26*first.noise && noise > (math.Abs(first.d)+math.Abs(first.skew))/64 && p.noise == 0:
		r.Err, r.Status = math.Inf(1), Diverged
	case r.Status == Converged && noise > r.Err/2 && r.Err > 0x1p-26*math.Abs(r.Value):
		r.Status = RoundoffLimited
	}
}
