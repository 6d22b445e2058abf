package numeric

import "math"

// A stencil takes difference quotients of f at the point of a probe.
type stencil interface {
	// sample writes what the quotients of steps s say, a row for every output.
	// Rows are not finite where f is not.
	sample(rows []row, s steps)

	// series returns the order of the derivative and the powers of the step
	// in the quotients' error: first, first+by, first+2by, …
	series() (order, first, by int)
}

// steps are the steps of a stencil; k is for its second direction.
type steps struct{ h, k float64 }

func (s steps) scaled(c float64) steps { return steps{c * s.h, c * s.k} }

// below reports whether s is smaller than t in one of its directions.
func (s steps) below(t steps) bool { return s.h < t.h || s.k < t.k }

// A row is what a stencil says about one output: a quotient, a bound on the
// rounding in it, and what an error of 1 in every value of f makes of it.
type row struct {
	d, noise, gain float64

	// A second quotient, which tends to 0 with the step where f is smooth and
	// to half the difference between the right and the left derivative where
	// it has a kink. A gain of 0 means that there is none.
	skew, skewNoise, skewGain float64
}

const (
	ulp      = 0x1p-52 // the distance from 1 to the next float64
	smallest = math.SmallestNonzeroFloat64
)

// rounding returns a bound on the errors of values of f that are right to the
// last place. Values that are flat, all the same, may be so because they were
// rounded on the way, and are not trusted further than numbers around 1.
func rounding(flat bool, y ...float64) float64 {
	sum := float64(smallest)
	for _, v := range y {
		if flat {
			v = max(1, math.Abs(v))
		}
		sum += ulp * math.Abs(v)
	}
	return sum
}

// central is the stencil (f(x+h) - f(x-h)) / 2h.
type central struct {
	p      *probe
	dir    direction
	hi, lo []float64
}

func newCentral(p *probe, d direction) *central {
	return &central{p, d, make([]float64, len(p.y)), make([]float64, len(p.y))}
}

func (c *central) series() (order, first, by int) { return 1, 2, 2 }

func (c *central) sample(rows []row, s steps) {
	c.p.move(c.dir, s.h).eval(c.hi)
	c.p.move(c.dir, -s.h).eval(c.lo)
	w := c.dir.width(c.p.x, -s.h, s.h)
	for k, y := range c.p.y {
		hi, lo := c.hi[k], c.lo[k]
		flat := hi == y && lo == y
		rows[k] = row{
			(hi - lo) / w, rounding(flat, hi, lo) / w, 2 / w,
			(hi - y + (lo - y)) / w, rounding(flat, hi, y, y, lo) / w, 4 / w,
		}
	}
}

// sided is the stencil (f(x+sh) - f(x)) / sh, s = ±1.
type sided struct {
	p    *probe
	dir  direction
	sign float64
	y    []float64
}

func newSided(p *probe, d direction, sign float64) *sided {
	return &sided{p, d, sign, make([]float64, len(p.y))}
}

func (c *sided) series() (order, first, by int) { return 1, 1, 1 }

func (c *sided) sample(rows []row, s steps) {
	h := c.sign * s.h
	c.p.move(c.dir, h).eval(c.y)
	w := c.dir.width(c.p.x, 0, h)
	for k, y0 := range c.p.y {
		y := c.y[k]
		rows[k] = row{d: (y - y0) / w, noise: rounding(y == y0, y, y0) / math.Abs(w), gain: 2 / math.Abs(w)}
	}
}
