package numeric

import "math"

const (
	// nearby is the step of the witness, in units of the first step.
	nearby = 0x1p-30

	// faraway is that of another witness, where x is 0 and lets the step be so small. The
	// powers of it up to the fifth do not underflow.
	faraway = 0x1p-200

	// beyond is how far the limit is taken to be off, in units of what the quotients of
	// such a step are: fractional powers have not reached 0 there.
	beyond = 1.25

	// Where f is not finite, steps are cut to an eighth, and again; from the
	// size of an input down to its last place that is 17 times.
	cutTo   = 1.0 / 8
	maxCuts = 17
)

// A descent searches for the limits of a stencil's quotients, of all outputs at
// once: it shrinks the step until a smaller one cannot improve any of them. The
// factors in its judgements were found by trial, on functions of every kind, so
// that no error exceeds its estimate by much (golden_test.go, result_test.go).
type descent struct {
	p           *probe
	pl          plan
	st, witness stencil // two of a kind: a stencil remembers its last step
	bench       [2]bench

	outputs []output
	found   []Result
	rows    []row
	steps   [maxRows]steps
	n       int  // steps taken
	cut     bool // f was not finite at some of them
}

// An output is what a descent knows about one output of f.
type output struct {
	quotients, skews table
	near, tiny       row     // what the quotients of small steps say, and of one out of all proportion
	rough            float64 // how wrong values of f are at least, going by that
	size, change     float64 // of f, and the least change of it that is not 0
	slope            float64 // of f, as last seen
}

func newDescent(p *probe, pl plan, c *choice) *descent {
	d := borrow[descent]()
	m := len(p.y)
	d.p, d.pl, d.st, d.witness = p, pl, c.stencil(&d.bench[0], p, c), c.stencil(&d.bench[1], p, c)
	d.outputs, d.found, d.rows = resized(d.outputs, m), resized(d.found, m), resized(d.rows, m)
	return d
}

// release gives the tables back.
func (d *descent) release() {
	d.p, d.pl, d.st, d.witness = nil, plan{}, nil, nil
	giveBack(d)
}

// run descends from the steps s, finds the results, and reports whether there are limits.
// The steps may be cut so many times to where f is finite.
func (d *descent) run(s steps, cuts int) bool {
	d.cut = false
	for range cuts + 1 {
		if s = d.shrink(s); s.h == 0 || d.p.stopped {
			break
		}
		d.cut = true
		s = s.scaled(cutTo)
	}
	if d.n <= 3 || s.h != 0 && !d.p.stopped {
		return false
	}
	doubtful := false
	for k := range d.outputs {
		d.found[k] = d.result(k)
		q := &d.outputs[k].quotients
		doubtful = doubtful || d.found[k].doubtful(q.noise[q.n-1][0])
	}
	if doubtful {
		d.p.scan(d.witness, &d.pl, d.steps[d.n-1], d.rows, d.found)
	}
	return true
}

// shrink descends until it is done and returns 0, or the steps at which f is not
// finite.
func (d *descent) shrink(s steps) steps {
	order, power := d.st.series()
	r, shrink := ratio, 1/ratio
	if d.pl.ratio > 0 {
		r, shrink = d.pl.ratio, 1/d.pl.ratio
	}
	for k, y := range d.p.y {
		o := &d.outputs[k]
		o.quotients.reset(order, power, r)
		o.skews.reset(order, 1, r)
		o.size, o.change = math.Abs(y), math.Inf(1)
		o.near, o.tiny, o.rough, o.slope = row{}, row{}, 0, 0
	}
	for d.n = 0; d.n < maxRows && !s.below(d.pl.grain) && !d.done(); d.n++ {
		fit := d.pl.fit(d.p.x, s)
		if d.st.sample(d.rows, fit); !d.p.finite(d.rows) {
			return s
		}
		d.steps[d.n] = fit
		for k, r := range d.rows {
			d.outputs[k].add(r)
		}
		if d.n == 0 {
			d.look(s.scaled(nearby), order)
			d.lookCloser(s.scaled(faraway))
		}
		s = s.scaled(shrink)
	}
	return steps{}
}

// look samples steps so small that f is a straight line but for rounding, which
// then shows.
func (d *descent) look(s steps, order int) {
	if s.below(d.pl.grain) {
		s = d.pl.grain
	}
	d.witness.sample(d.rows, d.pl.fit(d.p.x, s))
	for k, r := range d.rows {
		o := &d.outputs[k]
		o.near, o.rough = r, d.p.noise
		switch {
		case d.p.stopped:
			o.near = row{}
		case order >= 2:
			o.rough = max(o.rough, math.Abs(r.d)/r.gain)
		case r.skewGain > 0:
			o.rough = max(o.rough, math.Abs(r.skew)/r.skewGain)
		}
	}
}

// lookCloser samples steps that are smaller still, unless the point is too coarse.
// Rounding leaves something of them only if f is 0 at x.
func (d *descent) lookCloser(s steps) {
	if s.below(d.pl.grain) || !d.exact() {
		return
	}
	if d.witness.sample(d.rows, s); d.p.stopped {
		return
	}
	for k, r := range d.rows {
		d.outputs[k].tiny = r
	}
}

// exact reports whether an output is 0 at x.
func (d *descent) exact() bool {
	for _, y := range d.p.y {
		if y == 0 {
			return true
		}
	}
	return false
}

// add appends a row. Values of f that no longer change after they did are taken to
// be rounded to the least change seen, if that is small.
func (o *output) add(r row) {
	if finite(r.change) {
		o.size, o.change = max(o.size, r.change), min(o.change, r.change)
	} else if o.change <= 0x1p-16*o.size {
		o.rough = max(o.rough, o.change)
	}
	o.slope = r.slope
	o.quotients.add(r.h, r.d, r.noise, r.gain)
	if r.skewGain > 0 {
		o.skews.add(r.h, r.skew, r.skewNoise, r.skewGain)
	}
}

// done reports whether all outputs are.
func (d *descent) done() bool {
	if d.n < 5 {
		return false
	}
	for k, y := range d.p.y {
		if finite(y) && !d.outputs[k].done() {
			return false
		}
	}
	return true
}

// done reports whether the best limit is as good as float64 can be, or rounding
// alone makes the last quotient worse. That is not believed of a limit which the
// quotient nearby contradicts, nor of values which do not change there although
// they should: there is structure in f that the steps have not reached.
func (o *output) done() bool {
	q := &o.quotients
	l := q.best(o.rough, o.near)
	last := q.n - 1
	if math.Abs(o.near.d-l.value) > 32*(o.near.noise+o.rough*o.near.gain) {
		return false
	}
	if o.stepped() {
		return false
	}
	if !(l.err() <= 4*ulp*math.Abs(l.value) || l.trunc+l.round < q.noise[last][0]+o.rough*q.gain[last]) {
		return false
	}
	return o.unsettled() <= 32*l.err() || o.skews.best(l.rough, row{}).nonzero()
}

// stepped reports whether f does not change nearby although it should.
func (o *output) stepped() bool {
	return !finite(o.near.change) && math.Abs(o.slope)*o.near.h > 32*ulp*max(1, o.size)
}

// result returns what the descent has found about output k.
func (d *descent) result(k int) Result {
	o := &d.outputs[k]
	q := &o.quotients
	o.rough = max(o.rough, d.pl.rough(d.p, k))
	if order, _ := d.st.series(); order > 1 && o.stepped() && finite(o.change) {
		o.rough = max(o.rough, o.change) // second differences of stairs may vanish
	}
	l := q.best(o.rough, o.near)
	skew := o.skews.best(l.rough, row{})
	hidden := o.hidden(l)
	r := Result{Value: l.value, Err: l.err(), Step: d.steps[l.row].h}
	unsettled := 0.0
	if !skew.nonzero() {
		unsettled = o.unsettled()
		r.Err += unsettled
	}
	settled := r.Err
	r.Err = max(r.Err, hidden)
	switch {
	case !finite(r.Value) || !finite(r.Err) || o.noisy(l) || o.adrift(l) || o.skews.grows(l.row, l.rough) ||
		o.skews.n > 3 && !finite(skew.err()):
		r.Err = math.Inf(1)
		r.Status = Diverged
	case skew.nonzero():
		r.Err = max(settled+math.Abs(skew.value)+skew.err(), hidden)
		r.Status = Kinked
	case hidden > 2*settled:
		r.Status = SlowlyConvergent
	case d.cut:
		r.Status = DomainLimited
	case (l.slow && l.trunc > l.round || unsettled > r.Err/2) && r.Err > 0x1p-26*math.Abs(r.Value):
		r.Status = SlowlyConvergent
	case l.round > l.trunc && r.Err > 0x1p-26*math.Abs(r.Value):
		r.Status = RoundoffLimited
	}
	return r
}
