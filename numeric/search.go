package numeric

import "math"

// extrapolate returns the limits of the plan's quotients for every output of p.
// Larger first steps are tried until the limits are good, and other stencils
// where the domain of f has cut the steps short.
func (p *probe) extrapolate(pl plan) []Result {
	results := p.diverged()
	for i := range pl.choices {
		done, limited := p.descend(pl, i, results)
		if done || !limited || p.content(results, 0x1p-26) {
			break
		}
	}
	return results
}

// descend refines results by those of a choice. It reports whether they are done, and
// whether the domain of f has cut its steps.
func (p *probe) descend(pl plan, i int, results []Result) (done, limited bool) {
	c := &pl.choices[i]
	d := newDescent(p, pl, c)
	defer d.release()
	var before steps
	cuts := maxCuts
	for j, s := range pl.steps {
		in := s.within(c.room)
		limited = limited || in != s
		if in == before || in.below(pl.grain) {
			continue
		}
		before = in
		found := d.run(in, cuts)
		p.cut = p.cut || d.cut
		if found {
			for k, r := range results {
				// Multiples of what f may be expected to change over see no
				// structure at the point, and only sharpen.
				if far := j >= pl.natural; finite(p.y[k]) && !(far && (r.Status == Diverged || r.Status == Kinked)) {
					results[k] = r.refined(d.found[k].limitedIf(i > 0 || in != s))
				}
			}
		}
		if p.content(results, pl.good) || p.stopped {
			return true, limited
		}
		limited = limited || d.cut && cuts > 0
		cuts = 0
	}
	return false, limited
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
