package compare

import "math"

// compareExact compares the exact methods pair by pair.
func (c *checker) compareExact(tables ...*table) {
	for _, t := range tables {
		for a := Dual; a < methods; a++ {
			for b := a + 1; b < methods; b++ {
				for i := range t.by[a] {
					c.exactPair(t, i, a, b)
				}
			}
		}
	}
	c.unanimous = c.report.OK()
}

func (c *checker) exactPair(t *table, i int, a, b Method) {
	x, y, l := t.by[a][i], t.by[b][i], t.bounds[i]
	if (l.wild || l.unknown(x, y)) && !same(x, y) {
		c.report.Skipped++ // the order of operations decides
		return
	}
	c.report.Comparisons++
	// Results at the lower end of the range are multiples of 2⁻¹⁰⁷⁴.
	if same(x, y) || math.Abs(x-y) <= l.err+0x1p-1050 {
		c.report.worst(x, y, l.magnitude)
		return
	}
	c.finding(t, i, a, b, l.err)
}

// compareValue compares the exact methods' values with that over plain floats.
func (c *checker) compareValue() {
	t := &c.value
	for b := Dual; b < methods; b++ {
		for i := range t.by[b] {
			c.exactPair(t, i, Differences, b)
		}
	}
}

// compareDifferences compares every exact method with differences, as far as
// those can tell.
func (c *checker) compareDifferences(tables ...*table) {
	for _, t := range tables {
		for i := range t.by[Differences] {
			for b := Dual; b < methods; b++ {
				c.differencePair(t, i, b)
			}
		}
	}
}

// trust is how many times its own error estimate a difference may be off.
const trust = 10

func (c *checker) differencePair(t *table, i int, b Method) {
	x, y, l := t.by[Differences][i], t.by[b][i], t.bounds[i]
	estimate := t.estimate[i]
	lo, hi := x, x
	usable := c.report.Class == Smooth
	if c.report.Class == Kink {
		var s interval
		s, usable = c.sides.of(t, i)
		lo, hi, estimate = s.lo, s.hi, s.err
	}
	if !usable || !finite(lo) || !finite(hi) || !finite(estimate) || !finite(y) || !finite(l.err) || l.wild {
		c.report.Skipped++
		return
	}
	distance := max(lo-y, y-hi, 0)
	allowed := trust*estimate + l.err
	agree := same(x, y) || distance <= allowed
	if !agree && c.report.Class == Smooth {
		allowed += c.blur(t, i, t.steps[i])
		agree = distance <= allowed
	}
	if !agree && c.unanimous && (c.ground.conventional(t.order) || c.uneven(t, i) || c.report.Class == Smooth && c.contradicted(t, i, b, distance)) {
		c.report.Skipped++
		return
	}
	c.report.Comparisons++
	c.report.Measured++
	if estimate <= 1e-6*max(math.Abs(y), 1) {
		c.report.Sharp++
	}
	if agree {
		c.report.WorstEstimate = max(c.report.WorstEstimate, ratio(distance-(allowed-trust*estimate), estimate))
		return
	}
	c.finding(t, i, Differences, b, allowed)
}

// unknown reports whether no bound can be had on how far two results may lie
// apart: where an infinite slope met a 0 or another infinite one, a sum may be
// infinite or NaN as the order of additions has it.
func (l limit) unknown(x, y float64) bool {
	if finite(x) && finite(y) {
		return l.err != l.err
	}
	return !finite(x) && !finite(y) && l.magnitude != l.magnitude
}

// ratio returns a/b, 0 where a is not positive.
func ratio(a, b float64) float64 {
	if !(a > 0) {
		return 0
	}
	return a / b
}

// same reports whether two results are the same number, or both NaN.
func same(x, y float64) bool { return x == y || x != x && y != y }

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }
