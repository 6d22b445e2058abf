package numeric

import "math"

// The stencils of second derivatives are for functions with one output.

// curve is the stencil (f(x+h) - 2f(x) + f(x-h)) / h².
type curve struct {
	p     *probe
	dir   direction
	y     [2]float64
	slope float64 // the first derivative that the last sample showed
	noise float64 // the rounding in it
	step  float64
}

func newCurve(p *probe, d direction) *curve { return &curve{p: p, dir: d} }

func (c *curve) series() (order, first, by int) { return 2, 2, 2 }

func (c *curve) sample(rows []row, s steps) {
	c.p.move(c.dir, s.h).eval(c.y[:1])
	c.p.move(c.dir, -s.h).eval(c.y[1:])
	h := c.dir.width(c.p.x, -s.h, s.h) / 2
	hi, y, lo := c.y[0], c.p.y[0], c.y[1]
	flat := hi == y && lo == y
	r := row{d: (hi - y + (lo - y)) / h / h, noise: rounding(flat, hi, y, y, lo) / h / h, gain: 4 / h / h}
	slope, noise := (hi-lo)/(2*h), rounding(flat, hi, lo)/(2*h)
	if c.step > s.h && c.step < 4*s.h {
		r.skew, r.skewNoise, r.skewGain = 2*(c.slope-slope)/h/(ratio-1), 2*(c.noise+noise)/h/(ratio-1), 3/h/h
	}
	c.slope, c.noise, c.step = slope, noise, s.h
	rows[0] = r
}

// cross is the stencil of four points,
//
//	(f(x+hu+kv) - f(x+hu-kv) - f(x-hu+kv) + f(x-hu-kv)) / 4hk
type cross struct {
	p     *probe
	u, v  direction
	y     [4]float64
	slope float64 // the difference between the slopes along the diagonals
	noise float64 // the rounding in it
	step  float64
}

func newCross(p *probe, u, v direction) *cross { return &cross{p: p, u: u, v: v} }

func (c *cross) series() (order, first, by int) { return 2, 2, 2 }

func (c *cross) sample(rows []row, s steps) {
	for i := range c.y {
		h, k := s.h, s.k
		if i >= 2 {
			h = -h
		}
		if i%2 == 1 {
			k = -k
		}
		c.p.move(c.u, h).move(c.v, k).eval(c.y[i : i+1])
	}
	h := c.u.width(c.p.x, -s.h, s.h)
	k := c.v.width(c.p.x, -s.k, s.k)
	pp, pm, mp, mm := c.y[0], c.y[1], c.y[2], c.y[3]
	y := c.p.y[0]
	flat := pp == y && pm == y && mp == y && mm == y
	e := rounding(flat, pp, pm, mp, mm)
	r := row{d: (pp - pm - (mp - mm)) / h / k, noise: e / h / k, gain: 4 / h / k}
	slope, noise := (pp-mm-(pm-mp))/h, e/h
	if c.step > s.h && c.step < 4*s.h {
		r.skew, r.skewNoise, r.skewGain = (c.slope-slope)/k/(ratio-1), (c.noise+noise)/k/(ratio-1), 6/h/k
	}
	c.slope, c.noise, c.step = slope, noise, s.h
	rows[0] = r
}

// corner is the stencil of one side of each direction,
//
//	(f(x+hu+kv) - f(x+hu) - f(x+kv) + f(x)) / hk
//
// where h and k have the signs a and b. u and v may be the same.
type corner struct {
	p    *probe
	u, v direction
	a, b float64
	y    [3]float64
}

func newCorner(p *probe, u, v direction, a, b float64) *corner {
	return &corner{p: p, u: u, v: v, a: a, b: b}
}

func (c *corner) series() (order, first, by int) { return 2, 1, 1 }

func (c *corner) sample(rows []row, s steps) {
	h, k := c.a*s.h, c.b*s.k
	c.p.move(c.u, h).move(c.v, k).eval(c.y[:1])
	c.p.move(c.u, h).eval(c.y[1:2])
	c.p.move(c.v, k).eval(c.y[2:])
	h, k = c.u.width(c.p.x, 0, h), c.v.width(c.p.x, 0, k)
	y := c.p.y[0]
	flat := c.y[0] == y && c.y[1] == y && c.y[2] == y
	hk := math.Abs(h)
	rows[0] = row{
		d:     (c.y[0] - c.y[1] - (c.y[2] - y)) / h / k,
		noise: rounding(flat, c.y[0], c.y[1], c.y[2], y) / hk / math.Abs(k),
		gain:  4 / hk / math.Abs(k),
	}
}
