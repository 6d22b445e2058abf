package compare

import (
	"math"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// testimony is what differences can say about a point.
type testimony struct {
	e         *evidence
	class     Class
	sides     sides // at a kink
	ground    ground
	unanimous bool // the exact methods, as far as they have been compared
}

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

// hear finds out what kind of point x is. A point where differences see no
// kink and agree with an exact method is smooth; at any other the function is
// looked at from both sides.
func hear(e *evidence) *testimony {
	q := &testimony{e: e, ground: survey(e.trace)}
	for _, y := range e.value.by[Differences] {
		if y != y {
			q.class = Undefined
			return q
		}
	}
	if q.smooth(&e.jacobian) && q.smooth(&e.jvp) {
		return q
	}
	m, n := len(e.w), len(e.x)
	q.sides.jacobian = make([]interval, m*n)
	kinked := false
	for i := range e.x {
		for k, s := range q.bothSides(axis(n, i)) {
			q.sides.jacobian[k*n+i] = s
			kinked = kinked || s.kinked()
		}
	}
	q.sides.jvp = q.bothSides(e.v)
	for _, s := range q.sides.jvp {
		kinked = kinked || s.kinked()
	}
	switch {
	case q.jumps():
		q.class = Jump
	case kinked:
		q.class = Kink
	}
	return q
}

// smooth reports whether differences saw no kink and agree with some exact method
// on every entry.
func (q *testimony) smooth(t *table) bool {
	if t.kinked {
		return false
	}
	for i, x := range t.by[Differences] {
		agree := !finite(x)
		for b := Dual; b < methods; b++ {
			if len(t.by[b]) > 0 {
				y := t.by[b][i]
				agree = agree || !finite(y) || math.Abs(x-y) <= trust*t.estimate[i]+t.limits[i].Err
			}
		}
		if !agree {
			return false
		}
	}
	return true
}

// bothSides returns the derivatives of every result in the direction v, from
// the left and from the right.
func (q *testimony) bothSides(v []float64) []interval {
	left := numeric.RichardsonBackward.JVPResult(q.e.plain, q.e.x, v)
	right := numeric.RichardsonForward.JVPResult(q.e.plain, q.e.x, v)
	s := make([]interval, len(left))
	for k, l := range left {
		r := right[k]
		s[k] = interval{min(l.Value, r.Value), max(l.Value, r.Value), max(l.Err, r.Err)}
	}
	return s
}

// plain is the function over floats.
func (e *evidence) plain(x []float64) []float64 { return evaluate(e.fn.real, x) }

// kinked reports whether the two sides differ by more than their errors.
func (s interval) kinked() bool { return s.hi-s.lo > 2*trust*s.err }

// jumps reports whether a result does not tend to its value at x as the point moves along
// an axis: whether the change over a step does not shrink with it. See the other jumps; here
// rounding is what the limits say, and where there are none, ten digits are taken for right.
func (q *testimony) jumps() bool {
	y := q.e.value.by[Differences]
	for i, xi := range q.e.x {
		for _, side := range []float64{-1, 1} {
			h := 0x1p-30 * max(math.Abs(xi), 1) * side
			far, near := q.shifted(i, h), q.shifted(i, h/1024)
			for k := range y {
				a, b := math.Abs(far[k]-y[k]), math.Abs(near[k]-y[k])
				noise := 4 * q.e.value.limits[k].Err
				if !finite(noise) {
					noise = 1e-10 * (math.Abs(y[k]) + math.Abs(far[k]))
				}
				if b > a/4 && b > noise {
					return true
				}
			}
		}
	}
	return false
}

// shifted returns the function's value at x moved by h along axis i.
func (q *testimony) shifted(i int, h float64) []float64 {
	x := append([]float64(nil), q.e.x...)
	x[i] += h
	return q.e.plain(x)
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

// excuse returns why differences are no evidence against exact methods that all agree
// about an entry, which is y by method b and off by distance from what they found.
func (q *testimony) excuse(t *table, i int, b Method, distance float64) (Reason, bool) {
	switch {
	case q.ground.conventional(t.order):
		return Convention, true
	case q.uneven(t, i):
		return Uneven, true
	case q.class == Kink && q.ground.kinks+q.ground.edges == 0: // seen where no operation has one
		return q.unresolved(t, i)
	case q.class != Smooth:
		return 0, false
	}
	if r, ok := q.unresolved(t, i); ok {
		return r, true
	}
	return Misled, q.contradicted(t, i, b, distance)
}

// contradicted reports whether differences contradict themselves about an entry
// that is y by method b, and off by distance from what they found at first: a
// second opinion is y, and sharp enough to tell the two apart. What they found at
// first was then misled, by a jump between the points that they looked at or by
// structure much finer than their steps, and is no evidence.
//
// Of a first derivative the second opinion is a difference of other steps. Of a
// second derivative it is a difference of the method's own gradient, which has been
// compared before: it is sharp where second differences of the function see only
// rounding. If these say the same as before with smaller steps they were not misled.
func (q *testimony) contradicted(t *table, i int, b Method, distance float64) bool {
	e := q.e
	v, w := t.entry(i)
	y, l := t.by[b][i], t.limits[i]
	sharp := func(r opinion, want, err float64) bool {
		return math.Abs(r.value-want) <= trust*r.err+err && 2*trust*r.err <= distance
	}
	if t.order == 2 && t.steps[i] > 0x1p-1000 {
		f := func(x []float64) float64 { return e.plain(x)[0] }
		for k := 2.0; k <= 32 && 2*q.blur(t, i, t.steps[i]/k) <= distance; k *= 2 {
			again := weigh(numeric.Richardson.At(t.steps[i]/k).HVPResult(f, e.x, v), w)
			if sharp(again, t.by[Differences][i], t.estimate[i]) {
				return false
			}
		}
	}
	f := e.plain
	if t.order == 2 {
		f = func(x []float64) []float64 { return e.gradientBy(b, x) }
	}
	scale := 1.0
	for k, vk := range v {
		if vk != 0 {
			scale = max(scale, math.Abs(e.x[k]))
		}
	}
	for _, step := range [...]float64{0x1p-4, 0x1p-10, 0x1p-16, 0x1p-24, 0x1p-34, 0x1p-44} {
		for _, length := range [...]float64{scale, 1} {
			if sharp(weigh(numeric.Richardson.At(step*length).JVPResult(f, e.x, v), w), y, l.Err) {
				return true
			}
		}
	}
	return false
}

// uneven reports whether an entry is a derivative in a direction in which inputs of
// very different sizes move: no step suits them all.
func (q *testimony) uneven(t *table, i int) bool {
	v, _ := t.entry(i)
	least, most := math.Inf(1), 0.0
	for k, vk := range v {
		if size := max(1, math.Abs(q.e.x[k])); vk != 0 {
			least, most = min(least, size), max(most, size)
		}
	}
	return most > 0x1p40*least
}

// blur returns what differences of a step make of the rounding errors in the
// function's values. They see those that scatter; of values that were rounded on
// the way, and whose differences happen to be exact, they believe the last place.
func (q *testimony) blur(t *table, i int, step float64) float64 {
	dv := q.e.value.limits[0].Err
	if t.order == 1 {
		dv = 0
		_, w := t.entry(i)
		for k, wk := range w {
			dv += math.Abs(wk) * q.e.value.limits[k].Err
		}
	}
	if !(step > 0) || !finite(dv) {
		return 0
	}
	return 4 * dv / math.Pow(step, float64(t.order))
}

// An opinion is a difference and an estimate of its error.
type opinion struct{ value, err float64 }

// weigh returns a weighted sum of differences.
func weigh(results []numeric.Result, w []float64) (sum opinion) {
	for k, r := range results {
		if w[k] != 0 {
			sum.value += w[k] * r.Value
			sum.err += math.Abs(w[k]) * r.Err
		}
	}
	return sum
}

// gradientBy returns the gradient at x by one exact method.
func (e *evidence) gradientBy(b Method, x []float64) []float64 {
	switch b {
	case Dual:
		return dual.Gradient(first(e.fn.number), x)
	case Reverse:
		return reverse.Gradient(first(e.fn.tape), x)
	}
	return symbolic.Gradient(first(e.fn.paper), x)
}
