package numeric

import "math"

// The stencils of second derivatives are for functions with one output.

// curve is the stencil (f(x+h) - 2f(x) + f(x-h)) / h².
type curve struct {
	p    *probe
	dir  direction
	y    [2]float64
	last slope
}

// A slope is a first derivative that a stencil sees by the way. It changes in
// proportion to h² where f is smooth, and to h where left and right second
// derivative differ.
type slope struct{ h, d, noise float64 }

// follow sets the slope of r, and its skew from the slope of the step before: a
// change by c·Δh is a skew of 2c.
func (s *slope) follow(r *row, d, noise float64) {
	r.slope = d
	if s.h > r.h && s.h < 4*r.h {
		w := (s.h - r.h) / 2
		r.skew, r.skewNoise, r.skewGain = (s.d-d)/w, (s.noise+noise)/w, 2/r.h/w
	}
	*s = slope{r.h, d, noise}
}

func newCurve(b *bench, p *probe, c *choice) stencil {
	b.curve = curve{p: p, dir: c.u}
	return &b.curve
}

func (c *curve) series() (order, power int) { return 2, 2 }

func (c *curve) sample(rows []row, s steps) {
	h := s.h
	c.p.move(c.dir, h).eval(c.y[:1])
	c.p.move(c.dir, -h).eval(c.y[1:])
	hi, y, lo := c.y[0], c.p.y[0], c.y[1]
	least := change(y, hi, lo)
	h /= c.p.length
	rows[0] = row{h: h, d: (hi - y + (lo - y)) / h / h, noise: rounding(least, hi, y, y, lo) / h / h, gain: 4 / h / h, change: least}
	c.last.follow(&rows[0], (hi-lo)/(2*h), rounding(least, hi, lo)/(2*h))
}

// cross is the stencil of four points,
//
//	(f(x+hu+kv) - f(x+hu-kv) - f(x-hu+kv) + f(x-hu-kv)) / 4hk
type cross struct {
	p    *probe
	u, v direction
	y    [4]float64
	last slope
}

func newCross(b *bench, p *probe, c *choice) stencil {
	b.cross = cross{p: p, u: c.u, v: c.v}
	return &b.cross
}

func (c *cross) series() (order, power int) { return 2, 2 }

func (c *cross) sample(rows []row, s steps) {
	h, k := s.h, s.k
	c.p.move(c.u, h).move(c.v, k).eval(c.y[:1])
	c.p.move(c.u, h).move(c.v, -k).eval(c.y[1:2])
	c.p.move(c.u, -h).move(c.v, k).eval(c.y[2:3])
	c.p.move(c.u, -h).move(c.v, -k).eval(c.y[3:])
	y, pp, pm, mp, mm := c.p.y[0], c.y[0], c.y[1], c.y[2], c.y[3]
	least := change(y, pp, pm, mp, mm)
	e := rounding(least, pp, pm, mp, mm) / 4
	h, k = h/c.p.length, k/c.p.length
	rows[0] = row{h: h, d: (pp - pm - (mp - mm)) / (4 * h) / k, noise: e / h / k, gain: 1 / h / k, change: least}
	c.last.follow(&rows[0], (pp-mm-(pm-mp))/(4*k), e/k)
}

// corner is the stencil of one side of each direction,
//
//	(f(x+hu+kv) - f(x+hu) - f(x+kv) + f(x)) / hk
//
// where h and k have the given signs. u and v may be the same: then f(x+hu) is f(x+kv).
type corner struct {
	p            *probe
	u, v         direction
	usign, vsign float64
	same         bool
	y            [3]float64
}

func newCorner(b *bench, p *probe, c *choice) stencil {
	same := c.u.v == nil && c.v.v == nil && c.u.i == c.v.i && c.usign == c.vsign
	b.corner = corner{p: p, u: c.u, v: c.v, usign: c.usign, vsign: c.vsign, same: same}
	return &b.corner
}

func (c *corner) series() (order, power int) { return 2, 1 }

func (c *corner) sample(rows []row, s steps) {
	h, k := c.usign*s.h, c.vsign*s.k
	c.p.move(c.u, h).move(c.v, k).eval(c.y[:1])
	c.p.move(c.u, h).eval(c.y[1:2])
	if c.y[2] = c.y[1]; !c.same {
		c.p.move(c.v, k).eval(c.y[2:])
	}
	y, uv, u, v := c.p.y[0], c.y[0], c.y[1], c.y[2]
	least := change(y, uv, u, v)
	h, k = h/c.p.length, k/c.p.length
	size := math.Abs(h)
	rows[0] = row{
		h: size, d: (uv - u - (v - y)) / h / k, noise: rounding(least, uv, u, v, y) / size / math.Abs(k), gain: 4 / size / math.Abs(k),
		slope: (u - y) / h, change: least,
	}
}
