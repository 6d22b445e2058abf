package numeric

import "math"

// A stencil takes difference quotients of f at the point of a probe.
type stencil interface {
	// sample writes what the quotients of steps s say, a row for every output.
	// Rows are not finite where f is not.
	sample(rows []row, s steps)

	// series returns the order of the derivative, and 2 if the error is a
	// series in the even powers of the step only, else 1.
	series() (order, power int)
}

// A bench has a stencil of every kind, of which one is in use.
type bench struct {
	central  central
	sided    sided
	curve    curve
	cross    cross
	corner   corner
	weighted weighted
	product  product
}

// steps are the steps of a stencil; k is for its second direction.
type steps struct{ h, k float64 }

// least returns the smaller of the steps that there are.
func (s steps) least() float64 {
	if s.k == 0 {
		return s.h
	}
	return min(s.h, s.k)
}

// within returns s cut to the room that there is.
func (s steps) within(room steps) steps {
	if room.h < s.h {
		s.h = (1 - 0x1p-30) * room.h
	}
	if s.k > 0 && room.k < s.k {
		s.k = (1 - 0x1p-30) * room.k
	}
	return s
}

// size returns the geometric mean of the steps.
func (s steps) size() float64 {
	if s.k == 0 {
		return s.h
	}
	return math.Sqrt(s.h) * math.Sqrt(s.k)
}

// atLeast returns the steps that are no less than h.
func (s steps) atLeast(h float64) steps {
	s.h = max(s.h, h)
	if s.k > 0 {
		s.k = max(s.k, h)
	}
	return s
}

func (s steps) scaled(c float64) steps { return steps{c * s.h, c * s.k} }

// below reports whether s is smaller than t in one of its directions.
func (s steps) below(t steps) bool { return s.h < t.h || s.k < t.k }

// A row is what a stencil says about one output: a quotient, a bound on the
// rounding in it, and what an error of 1 in every value of f makes of it.
type row struct {
	h              float64 // the step
	d, noise, gain float64

	// A second quotient, which tends to 0 with the step where f is smooth and
	// to half the difference between the right and the left derivative where
	// it has a kink. A gain of 0 means that there is none.
	skew, skewNoise, skewGain float64

	slope  float64 // a first derivative, be it what is wanted or not
	change float64 // the least change of f that is not 0; +Inf if there is none
}

const (
	ulp      = 0x1p-52 // the distance from 1 to the next float64
	smallest = math.SmallestNonzeroFloat64
)

// change returns the least distance of values of f from y that is not 0, +Inf if
// all are y.
func change(y float64, values ...float64) float64 {
	least := math.Inf(1)
	for _, v := range values {
		if v != y {
			least = min(least, math.Abs(v-y))
		}
	}
	return least
}

// rounding returns a bound on the errors of values of f that are right to the
// last place, and whose least change is given. Values that do not change may be
// so because they were rounded on the way, and are trusted no further than
// numbers around 1.
func rounding(least float64, values ...float64) float64 {
	sum := float64(smallest)
	for _, v := range values {
		if math.IsInf(least, 1) {
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

func newCentral(b *bench, p *probe, c *choice) stencil {
	st := &b.central
	st.p, st.dir = p, c.u
	st.hi, st.lo = resized(st.hi, len(p.y)), resized(st.lo, len(p.y))
	return st
}

func (st *central) series() (order, power int) { return 1, 2 }

func (st *central) sample(rows []row, s steps) {
	h := s.h
	st.p.move(st.dir, h).eval(st.hi)
	st.p.move(st.dir, -h).eval(st.lo)
	for k, y := range st.p.y {
		hi, lo := st.hi[k], st.lo[k]
		d, least := (hi-lo)/(2*h), change(y, hi, lo)
		rows[k] = row{
			h: h, d: d, noise: rounding(least, hi, lo) / (2 * h), gain: 1 / h,
			skew: (hi - y + (lo - y)) / (2 * h), skewNoise: rounding(least, hi, y, y, lo) / (2 * h), skewGain: 2 / h,
			slope: d, change: least,
		}
	}
}

// sided is the stencil (f(x+h) - f(x)) / h, where h has the given sign.
type sided struct {
	p    *probe
	dir  direction
	sign float64
	y    []float64
}

func newSided(b *bench, p *probe, c *choice) stencil {
	st := &b.sided
	st.p, st.dir, st.sign = p, c.u, c.usign
	st.y = resized(st.y, len(p.y))
	return st
}

func (st *sided) series() (order, power int) { return 1, 1 }

func (st *sided) sample(rows []row, s steps) {
	h := st.sign * s.h
	st.p.move(st.dir, h).eval(st.y)
	for k, y := range st.p.y {
		hi := st.y[k]
		d, least := (hi-y)/h, change(y, hi)
		rows[k] = row{h: s.h, d: d, noise: rounding(least, hi, y) / s.h, gain: 2 / s.h, slope: d, change: least}
	}
}
