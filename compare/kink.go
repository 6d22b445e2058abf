package compare

import (
	"math"

	"github.com/quartet-ad/ad/numeric"
)

// sides are the one-sided derivatives at a point where differences from both
// sides at once did not agree with the exact methods.
type sides struct {
	jacobian, jvp []interval
}

// An interval holds the derivatives from the left and from the right, which may
// be off by err.
type interval struct {
	lo, hi, err float64
}

// classify finds out what kind of point x is. A point where differences see no
// kink and agree with an exact method is smooth; at any other the function is
// looked at from both sides.
func (c *checker) classify() {
	for _, y := range c.value.by[Differences] {
		if y != y {
			c.report.Class = Undefined
			return
		}
	}
	if c.smooth(&c.jacobian) && c.smooth(&c.jvp) {
		return
	}
	m, n := len(c.w), len(c.x)
	c.sides.jacobian = make([]interval, m*n)
	kinked := false
	for i := range c.x {
		e := make([]float64, n)
		e[i] = 1
		for k, s := range c.bothSides(e) {
			c.sides.jacobian[k*n+i] = s
			kinked = kinked || s.kinked()
		}
	}
	c.sides.jvp = c.bothSides(c.v)
	for _, s := range c.sides.jvp {
		kinked = kinked || s.kinked()
	}
	switch {
	case c.jumps():
		c.report.Class = Jump
	case kinked:
		c.report.Class = Kink
	}
}

// smooth reports whether differences saw no kink and agree with some exact method
// on every entry.
func (c *checker) smooth(t *table) bool {
	if t.kinked {
		return false
	}
	for i, x := range t.by[Differences] {
		agree := !finite(x)
		for b := Dual; b < methods; b++ {
			y := t.by[b][i]
			agree = agree || !finite(y) || math.Abs(x-y) <= trust*t.estimate[i]+t.bounds[i].err
		}
		if !agree {
			return false
		}
	}
	return true
}

// bothSides returns the derivatives of every result in the direction v, from
// the left and from the right.
func (c *checker) bothSides(v []float64) []interval {
	f := func(x []float64) []float64 { return evaluate(c.fn.real, x) }
	left := numeric.RichardsonBackward.JVPResult(f, c.x, v)
	right := numeric.RichardsonForward.JVPResult(f, c.x, v)
	s := make([]interval, len(left))
	for k, l := range left {
		r := right[k]
		s[k] = interval{min(l.Value, r.Value), max(l.Value, r.Value), max(l.Err, r.Err)}
	}
	return s
}

// kinked reports whether the two sides differ by more than their errors.
func (s interval) kinked() bool { return s.hi-s.lo > 2*trust*s.err }

// jumps reports whether a result does not tend to its value at x as the point
// moves along an axis: whether the change over a step does not shrink with it.
func (c *checker) jumps() bool {
	y := c.value.by[Differences]
	for i, xi := range c.x {
		for _, side := range []float64{-1, 1} {
			h := 0x1p-30 * max(math.Abs(xi), 1) * side
			far, near := c.shifted(i, h), c.shifted(i, h/1024)
			for k := range y {
				a, b := math.Abs(far[k]-y[k]), math.Abs(near[k]-y[k])
				if b > a/4 && b > 1e-10*(math.Abs(y[k])+math.Abs(far[k])) {
					return true
				}
			}
		}
	}
	return false
}

// shifted returns the function's value at x moved by h along axis i.
func (c *checker) shifted(i int, h float64) []float64 {
	x := append([]float64(nil), c.x...)
	x[i] += h
	return evaluate(c.fn.real, x)
}

// of returns the interval of an entry of a first-order operator; for other
// operators differences have nothing to say at a kink.
func (s sides) of(t *table, i int) (interval, bool) {
	switch t.operator {
	case "Jacobian", "gradient": // a gradient is the Jacobian of one result
		return s.jacobian[i], true
	case "JVP":
		return s.jvp[i], true
	}
	return interval{}, false
}
