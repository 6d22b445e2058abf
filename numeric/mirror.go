package numeric

import "math"

// A scheme of one side knows f to that side of x only. Where an input is nearly 0 and its steps
// lead past 0, what lies between is too near for them, and 0 is where kinks are: relu has
// the slope 0 at -1e-20, and 1 at all steps to the right. So the other side is asked as well.

// crosses reports whether steps of h in the direction lead past 0 from a point that is nearer to
// it by far.
func (d direction) crosses(x []float64, h float64) bool {
	const far = 0x1p10
	past := false
	d.each(x, func(x, v float64) {
		past = past || x != 0 && math.Signbit(x) != math.Signbit(v*h) && math.Abs(x) < math.Abs(v*h)/far
	})
	return past
}

// mirror widens the estimates of a scheme of one side that the other side contradicts, where
// steps lead past 0.
func (p *probe) mirror(pl *plan, results []Result) {
	c := pl.choices[0]
	s := pl.steps[len(pl.steps)-1]
	order := 1
	if s.k > 0 {
		order = 2
	}
	if !p.scheme.plain {
		s = s.scaled(math.Exp2(p.scheme.usual(order)))
	}
	if s.below(pl.grain) || !c.u.crosses(p.x, c.usign*s.h) && !(order == 2 && c.v.crosses(p.x, c.vsign*s.k)) {
		return
	}
	other := c
	other.usign, other.vsign = -c.usign, -c.vsign
	m := len(results)
	p.desk.rows, p.desk.floors = resized(p.desk.rows, 2*m), resized(p.desk.floors, m)
	here, there, jumps := p.desk.rows[:m], p.desk.rows[m:2*m], p.desk.floors
	for i := range 2 {
		fit := pl.fit(p.x, s)
		c.stencil(&p.desk.bench, p, &c).sample(here, fit)
		other.stencil(&p.desk.bench, p, &other).sample(there, fit)
		if p.stopped {
			return
		}
		suspected := false
		for k := range results {
			r, l := here[k], there[k]
			jump := math.Abs(r.d - l.d)
			switch {
			case !(jump > 8*(r.noise+l.noise+p.noise*(r.gain+l.gain)) && jump > (math.Abs(r.d)+math.Abs(l.d))/64 && finite(jump)):
				jump = 0
			case i > 0 && jump > 0.7*jumps[k] && jumps[k] > 0 && results[k].Err < beyond*jump: // f is not smooth
				results[k].Err, results[k].Status = beyond*jump, Kinked
			}
			jumps[k] = jump
			suspected = suspected || jump > 0
		}
		if !suspected {
			return
		}
		s = s.scaled(1 / stepRatio)
	}
}
