package numeric

import (
	"context"
	"math"

	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// A probe evaluates f at and around a point, where its settings allow that, and finds
// derivatives there. Probes are used again: what an operator returns is copied.
type probe struct {
	op     string
	scheme Scheme
	f      function
	x, y   []float64 // the point, and there f as it is differentiated
	value  []float64 // f as the user has it
	next   []float64 // where f is evaluated next; x again after each evaluation
	evals  int
	blind  bool // f at x is not known, nor wanted

	estimate bool      // whether an estimate of the error is wanted
	along    direction // that of products
	scale    float64   // by which they are multiplied
	length   float64   // the unit of steps in the rows of higher derivatives: 1, unless hⁿ is out of range
	unit     []float64 // what the direction is where v is very long or very short
	corner   bool      // and whether they are added up from those of single inputs
	colors   *sparse.Coloring
	matrix   *sparse.Matrix
	results  []Result // all that are wanted, which forks share

	box     *box
	noise   float64
	ctx     context.Context
	budget  int // evaluations for a derivative, 0 for no limit
	last    int // evals when the budget is used up, where there is one
	workers int
	beyond  bool // the next point is not finite where the point is: a step overflows
	cut     bool // steps of the derivative were cut to where f is finite
	stopped bool // an evaluation was refused since the derivative was begun
	within  bool // the derivative is a part of another, which was begun

	desk *desk
}

// A desk is what the search for one derivative works with.
type desk struct {
	found   []Result  // of every output
	sum     []Result  // of every output, of several derivatives
	groups  []int     // of outputs that are finite on the same sides,
	outputs []float64 // f at the point,
	there   []float64 // beside it,
	kept    []Result  // and what was found of each
	choices [8]choice
	steps   [8]steps
	rows    []row
	bench   bench
	floors  []float64
	grids   []grid
	before  []row
	seed    []float64
}

// newProbe returns a probe that has evaluated f at x.
func newProbe(s Scheme, op string, f function, x []float64) *probe {
	p := newSilentProbe(s, op, f, x)
	p.evaluate()
	return p
}

// newSlopeProbe is newProbe for first derivatives of the only output. Unless f(x) is needed, for
// itself or for an estimate, it leaves that out where nothing else asks for it: it has no weight in a
// symmetric quotient.
func newSlopeProbe(s Scheme, op string, f function, x []float64, needed bool) *probe {
	p := newSilentProbe(s, op, f, x)
	if p.blind = !needed && s.symmetric() && p.box == nil && p.noise == 0 && p.budget == 0; p.blind {
		p.y = append(p.y[:0], 0)
	} else {
		p.evaluate()
	}
	return p
}

// newSilentProbe returns a probe that has not evaluated f.
func newSilentProbe(s Scheme, op string, f function, x []float64) *probe {
	p := borrow[probe]()
	if p.desk == nil {
		p.desk = new(desk)
	}
	p.op, p.scheme, p.f, p.evals, p.stopped, p.beyond, p.blind = op, s, f, 1, false, false, false
	p.estimate, p.within, p.along, p.scale, p.corner, p.length = false, false, direction{}, 1, false, 1
	p.box, p.noise, p.ctx, p.budget, p.workers = nil, 0, nil, 0, 0
	p.x, p.next = append(p.x[:0], x...), append(p.next[:0], x...)
	if set := s.set; set != nil {
		p.box, p.noise, p.ctx, p.budget, p.workers = newBox(op, set, x), set.Noise, set.Context, set.MaxEvals, set.Workers
	}
	return p
}

// evaluate evaluates f at x.
func (p *probe) evaluate() {
	p.value = append(p.value[:0], p.guarded(p.next)...)
	p.y = append(p.y[:0], p.value...)
	copy(p.next, p.x)
}

// release gives the probe back.
func (p *probe) release() {
	p.f.release()
	if p.box != nil {
		giveBack(p.box)
	}
	p.f, p.box, p.ctx, p.scheme, p.along, p.colors, p.matrix = nil, nil, nil, Scheme{}, direction{}, nil, nil
	giveBack(p)
}

// follows makes q a probe of the same point as p for use at the same time.
func (q *probe) follows(p *probe) {
	y, next, desk := q.y, q.next, q.desk
	*q = *p
	q.f, q.evals, q.desk = p.f.fork(), 1, desk
	q.y, q.next = append(y[:0], p.y...), append(next[:0], p.x...) // see apart for y
}

// weigh makes the probe one for the sum of f's results weighted with w.
func (p *probe) weigh(w []float64) {
	check.Length(p.op, "w", len(w), len(p.y))
	c := borrow[weighting]()
	c.f, c.w = p.f, w
	p.f = c
	p.y = append(p.y[:0], weightedSum(w, p.y))
}

// move adds t times d to the point of the next evaluation.
func (p *probe) move(d direction, t float64) *probe {
	if d.v == nil {
		p.next[d.i] += t
		p.beyond = p.beyond || !finite(p.next[d.i])
		return p
	}
	for i, v := range d.v {
		if v != 0 {
			p.next[i] += float64(t * v)
			p.beyond = p.beyond || !finite(p.next[i])
		}
	}
	return p
}

// eval writes f there to dst, and NaN where f may not be evaluated.
func (p *probe) eval(dst []float64) {
	if !p.may() {
		for k := range dst {
			dst[k] = math.NaN()
		}
		copy(p.next, p.x)
		p.beyond = false
		return
	}
	y := p.guarded(p.next)
	check.Length(p.op, "the result of f", len(y), len(p.y))
	copy(dst, y)
	copy(p.next, p.x)
	p.evals++
	if p.estimate {
		for k := range min(len(y), len(p.desk.grids)) {
			p.desk.grids[k].note(y[k], p.y[k])
		}
	}
}

// may reports whether f may be evaluated at the next point.
func (p *probe) may() bool {
	if p.budget > 0 && p.evals >= p.last || p.ctx != nil && p.ctx.Err() != nil {
		p.stopped = true
		return false
	}
	return !p.beyond && p.box.holds(p.next)
}

// begin starts to count evaluations for one derivative, unless it is a part of another.
// That at the point itself is one of them.
func (p *probe) begin() {
	if !p.within {
		p.last, p.stopped = p.evals+p.budget-1, false
	}
}
