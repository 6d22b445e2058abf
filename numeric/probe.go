package numeric

import (
	"slices"

	"github.com/quartet-ad/ad/internal/check"
)

// A probe evaluates f at and around a point.
type probe struct {
	op    string
	f     function
	x, y  []float64 // the point, and f there
	next  []float64 // where f is evaluated next; x again after each evaluation
	evals int
}

func newProbe(op string, f function, x []float64) *probe {
	return &probe{
		op: op, f: f,
		x: slices.Clone(x), y: slices.Clone(f(x)), next: slices.Clone(x),
		evals: 1,
	}
}

// weighted returns a probe for the sum of f's results weighted with w.
func (p *probe) weighted(w []float64) *probe {
	return &probe{
		op: p.op, f: p.f.weighted(w),
		x: p.x, y: []float64{weightedSum(w, p.y)}, next: slices.Clone(p.x),
		evals: 1,
	}
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

// eval writes f there to dst.
func (p *probe) eval(dst []float64) {
	y := p.f(p.next)
	check.Length(p.op, "the result of f", len(y), len(p.y))
	copy(dst, y)
	copy(p.next, p.x)
	p.evals++
}
