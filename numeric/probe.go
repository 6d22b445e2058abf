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
	x, y   []float64 // the point, and f there
	next   []float64 // where f is evaluated next; x again after each evaluation
	evals  int

	estimate bool      // whether an estimate of the error is wanted
	along    direction // that of products
	scale    float64   // by which they are multiplied
	colors   *sparse.Coloring
	matrix   *sparse.Matrix
	results  []Result // all that are wanted, which forks share

	box     *box
	noise   float64
	ctx     context.Context
	budget  int // evaluations for a derivative, 0 for no limit
	last    int // evals when the budget is used up, where there is one
	workers int
	stopped bool // an evaluation was refused since the derivative was begun

	desk *desk
}

// A desk is what the search for one derivative works with.
type desk struct {
	found   []Result // of every output
	choices [8]choice
	steps   [8]steps
	rows    []row
	bench   bench
	floors  []float64
	before  []row
	seed    []float64
}

func newProbe(s Scheme, op string, f function, x []float64) *probe {
	p := borrow[probe]()
	if p.desk == nil {
		p.desk = new(desk)
	}
	p.op, p.scheme, p.f, p.evals, p.stopped = op, s, f, 1, false
	p.estimate, p.along, p.scale = false, direction{}, 1
	p.box, p.noise, p.ctx, p.budget, p.workers = nil, 0, nil, 0, 0
	p.x, p.next = append(p.x[:0], x...), append(p.next[:0], x...)
	if set := s.set; set != nil {
		p.box, p.noise, p.ctx, p.budget, p.workers = newBox(op, set, x), set.Noise, set.Context, set.MaxEvals, set.Workers
	}
	p.y = append(p.y[:0], p.guarded(p.next)...)
	copy(p.next, p.x)
	return p
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

// fork returns a probe of the same point for use at the same time.
func (p *probe) fork() *probe {
	q := *p
	q.f, q.next, q.evals, q.desk = p.f.fork(), append([]float64(nil), p.x...), 1, new(desk)
	return &q
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
		return p
	}
	for i, v := range d.v {
		if v != 0 {
			p.next[i] += float64(t * v)
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
		return
	}
	y := p.guarded(p.next)
	check.Length(p.op, "the result of f", len(y), len(p.y))
	copy(dst, y)
	copy(p.next, p.x)
	p.evals++
}

// may reports whether f may be evaluated at the next point.
func (p *probe) may() bool {
	if p.budget > 0 && p.evals >= p.last || p.ctx != nil && p.ctx.Err() != nil {
		p.stopped = true
		return false
	}
	return p.box.holds(p.next)
}

// begin starts to count evaluations for one derivative. That at the point itself is
// one of them.
func (p *probe) begin() {
	p.last, p.stopped = p.evals+p.budget-1, false
}
