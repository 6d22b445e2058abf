package numeric

import (
	"context"
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/check"
)

// A probe evaluates f at and around a point, where its settings allow that.
type probe struct {
	op    string
	src   source
	f     function
	x, y  []float64 // the point, and f there
	next  []float64 // where f is evaluated next; x again after each evaluation
	evals int

	box     *box
	noise   float64
	ctx     context.Context
	budget  int // evaluations for a derivative, 0 for no limit
	last    int // evals when the budget is used up, where there is one
	workers int
	stopped bool // an evaluation was refused since the derivative was begun
}

func (s Scheme) newProbe(op string, src source, x []float64) *probe {
	both := make([]float64, 2*len(x))
	p := &probe{op: op, src: src, f: src(), x: both[:len(x):len(x)], next: both[len(x):], evals: 1}
	copy(p.x, x)
	copy(p.next, x)
	if set := s.set; set != nil {
		p.box, p.noise, p.ctx, p.budget, p.workers = newBox(op, set, x), set.Noise, set.Context, set.MaxEvals, set.Workers
	}
	p.y = slices.Clone(p.guarded(p.x))
	copy(p.x, p.next)
	return p
}

// fork returns a probe of the same point for use at the same time.
func (p *probe) fork() *probe {
	q := *p
	q.f, q.next, q.evals = p.src(), slices.Clone(p.x), 1
	return &q
}

// weighted returns a probe for the sum of f's results weighted with w.
func (p *probe) weighted(w []float64) *probe {
	q := *p
	q.src = p.src.weighted(w)
	q.f, q.y, q.next, q.evals = q.src(), []float64{weightedSum(w, p.y)}, slices.Clone(p.x), 1
	return &q
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
