package numeric

import (
	"math"
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
	return &probe{op: op, f: f, x: slices.Clone(x), y: slices.Clone(f(slices.Clone(x))), next: slices.Clone(x), evals: 1}
}

// weighted returns a probe for the sum of f's results weighted with w.
func (p *probe) weighted(w []float64) *probe {
	return &probe{op: p.op, f: p.f.weighted(w), x: p.x, y: []float64{weightedSum(w, p.y)}, next: slices.Clone(p.x), evals: 1}
}

// move adds t·d to the point of the next evaluation.
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

// A direction is a vector v, or the unit vector of input i where v is nil.
type direction struct {
	i int
	v []float64
}

// along returns the direction of v and a factor: v itself and 1, or where v has
// a single entry the unit vector of that input, whose steps are exact.
func along(v []float64) (direction, float64) {
	entries, i := 0, 0
	for k, vk := range v {
		if vk != 0 {
			entries++
			i = k
		}
	}
	if entries == 1 {
		return direction{i: i}, v[i]
	}
	return direction{v: v}, 1
}

// null reports whether the direction moves nothing.
func (d direction) null() bool {
	for _, v := range d.v {
		if v != 0 {
			return false
		}
	}
	return d.v != nil
}

// each calls do with every entry of the point that moves, and how fast.
func (d direction) each(x []float64, do func(x, v float64)) {
	if d.v == nil {
		do(x[d.i], 1)
		return
	}
	for i, v := range d.v {
		if v != 0 {
			do(x[i], v)
		}
	}
}

// width returns how far apart x + a·d and x + b·d are in multiples of d, with
// the steps as x has rounded them.
func (d direction) width(x []float64, a, b float64) float64 {
	if d.v == nil {
		return (x[d.i] + b) - (x[d.i] + a)
	}
	return b - a
}

// movable reports whether all that moves is finite.
func (d direction) movable(x []float64) bool {
	ok := true
	d.each(x, func(x, v float64) { ok = ok && finite(x) && finite(v) })
	return ok
}

// grain returns the least step in the direction that changes the point.
func (d direction) grain(x []float64) float64 {
	g := math.Inf(1)
	d.each(x, func(x, v float64) {
		x, v = math.Abs(x), math.Abs(v)
		g = min(g, (math.Nextafter(x, math.Inf(1))-x)/v)
	})
	return g
}

// lengths returns the steps over which f may be expected to change, in ascending
// order: over the distance of the moving inputs from 0, as a logarithm does, or
// over a distance of 1, as an exponential does. Lengths that differ by less than
// a factor of 4 count as one.
func (d direction) lengths(x []float64) []float64 {
	least, largest, fastest := math.Inf(1), 0.0, 0.0
	d.each(x, func(x, v float64) {
		x, v = math.Abs(x), math.Abs(v)
		if x != 0 {
			least = min(least, x/v)
		}
		largest, fastest = max(largest, x), max(fastest, v)
	})
	all := []float64{least, largest / fastest, 1 / fastest}
	slices.Sort(all)
	var lengths []float64
	for _, l := range all {
		if l > 0 && finite(l) && (len(lengths) == 0 || l >= 4*lengths[len(lengths)-1]) {
			lengths = append(lengths, l)
		}
	}
	return lengths
}

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }
