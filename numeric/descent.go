package numeric

import "math"

// A descent searches for the limits of a stencil's quotients, of all outputs at
// once: it halves the step until a smaller one cannot improve any of them.
type descent struct {
	p           *probe
	st, witness stencil
	grain       steps // the least steps that change the point

	outputs []output
	rows    []row
	steps   [maxRows]steps
	n       int  // steps taken
	cut     bool // f was not finite somewhere on the way
}

// An output is what a descent knows about one output of f.
type output struct {
	quotients, skews table
	near             row     // what the quotients of a tiny step say
	rough            float64 // how far from a straight line f is there
}

func newDescent(p *probe, st func() stencil, grain steps) *descent {
	return &descent{
		p: p, st: st(), witness: st(), grain: grain,
		outputs: make([]output, len(p.y)), rows: make([]row, len(p.y)),
	}
}

// run descends from the steps s and reports whether the outputs have limits. Where f is not finite it starts again with smaller steps.
func (d *descent) run(s steps) bool {
	d.cut = false
	for range maxCuts {
		if s = d.halve(s); s.h == 0 {
			return d.n > 3
		}
		d.cut = true
		s = s.scaled(cut)
	}
	return false
}

// halve descends until it is done and returns 0, or the steps at which f is not
// finite.
func (d *descent) halve(s steps) steps {
	order, first, by := d.st.series()
	for k := range d.outputs {
		d.outputs[k].quotients.reset(order, first, by)
		d.outputs[k].skews.reset(order, 1, 2)
	}
	for d.n = 0; d.n < maxRows && !s.below(d.grain) && !d.done(); d.n++ {
		if d.st.sample(d.rows, s); !d.p.finite(d.rows) {
			return s
		}
		d.steps[d.n] = s
		for k, r := range d.rows {
			d.outputs[k].add(r)
		}
		if d.n == 0 {
			d.look(s.scaled(0x1p-30), order)
		}
		s = s.scaled(1.0 / ratio)
	}
	return steps{}
}

// look samples steps so small that f is a straight line but for rounding.
func (d *descent) look(s steps, order int) {
	if s.below(d.grain) {
		s = d.grain
	}
	d.witness.sample(d.rows, s)
	for k, r := range d.rows {
		o := &d.outputs[k]
		o.near, o.rough = r, 0
		switch {
		case order == 2:
			o.rough = math.Abs(r.d) / r.gain
		case r.skewGain > 0:
			o.rough = math.Abs(r.skew) / r.skewGain
		}
	}
}

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

func (o *output) add(r row) {
	o.quotients.add(r.d, r.noise, r.gain)
	if r.skewGain > 0 {
		o.skews.add(r.skew, r.skewNoise, r.skewGain)
	}
}

// done reports whether rounding alone makes the last quotient worse than the best
// limit. A limit that the quotient nearby contradicts is not believed: there is
// structure in f that the steps have not reached.
func (o *output) done() bool {
	q := &o.quotients
	l := q.best(o.rough, o.near)
	last := q.n - 1
	return q.noise[last][0]+o.rough*q.gain[last] > l.trunc+l.round &&
		math.Abs(o.near.d-l.value) <= 32*(o.near.noise+o.rough*o.near.gain)
}

// result returns what the descent has found about output k.
func (d *descent) result(k int) Result {
	o := &d.outputs[k]
	q := &o.quotients
	l := q.best(o.rough, o.near)
	r := Result{Value: l.value, Err: l.err(), Step: d.steps[l.row].h}
	noise := 3 * l.rough * q.gain[l.row]
	change := math.Abs(q.t[l.row][0])
	if l.row < o.skews.n {
		change += math.Abs(o.skews.t[l.row][0])
	}
	skew := o.skews.best(l.rough, row{})
	switch {
	case !finite(r.Value) || !finite(r.Err),
		noise > 0x1p26*q.noise[l.row][0] && noise > change/16,
		l.trunc > math.Abs(l.value)/8 && l.trunc > 4*l.round,
		o.skews.grows(l.rough):
		r.Err = math.Inf(1)
		r.Status = Diverged
	case math.Abs(skew.value) > 2*skew.err():
		r.Err += math.Abs(skew.value)
		r.Status = Kinked
	case d.cut:
		r.Status = DomainLimited
	case l.round > l.trunc && r.Err > 0x1p-26*math.Abs(r.Value):
		r.Status = RoundoffLimited
	}
	return r
}
