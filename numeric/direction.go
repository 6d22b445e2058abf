package numeric

import (
	"math"
	"slices"
)

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
	if v == nil { // there are no inputs
		v = []float64{}
	}
	return direction{v: v}, 1
}

// toward returns the direction of v and a factor, as along does. A v so long or so short that
// steps along it, or their powers, might not be float64 is divided by the factor, unless the
// step is the user's.
func (p *probe) toward(v []float64) (direction, float64) {
	d, c := along(v)
	longest := 0.0
	for _, vi := range d.v {
		longest = max(longest, math.Abs(vi))
	}
	if p.scheme.step > 0 || !finite(longest) || longest == 0 || longest > 0x1p-100 && longest < 0x1p100 {
		return d, c
	}
	c = powerBelow(longest)
	p.unit = resized(p.unit, len(v))
	for i, vi := range v {
		p.unit[i] = vi / c
	}
	return direction{v: p.unit}, c
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

// fit returns the step nearest to h that x takes without rounding in the
// direction of a single input, and h in others.
func (d direction) fit(x []float64, h float64) float64 {
	if d.v != nil {
		return h
	}
	a := math.Abs(x[d.i])
	if far := a + h; finite(far) {
		return far - a
	}
	return a - (a - h)
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
		half := math.Abs(x) / 2 // the next float64 after x may be +Inf
		g = min(g, 2*(math.Nextafter(half, math.Inf(1))-half)/math.Abs(v))
	})
	return g
}

// lengths returns the steps over which f may be expected to change, in ascending
// order: over the distance of the moving inputs from 0, as a logarithm does, or
// over a distance of 1, as an exponential does. Lengths that differ by less than
// a factor of 4 count as one.
func (d direction) lengths(x []float64) lengths {
	least, largest, fastest := math.Inf(1), 0.0, 0.0
	d.each(x, func(x, v float64) {
		x, v = math.Abs(x), math.Abs(v)
		if x != 0 {
			least = min(least, x/v)
		}
		largest, fastest = max(largest, x), max(fastest, v)
	})
	all := [...]float64{least, largest / fastest, 1 / fastest}
	slices.Sort(all[:])
	found := lengths{unit: 1 / fastest}
	for _, l := range all {
		if l > 0 && finite(l) && (found.n == 0 || l >= 4*found.at[found.n-1]) {
			found.add(l)
		}
	}
	if found.n == 0 {
		found.add(1)
	}
	return found
}

// lengths is a short list.
type lengths struct {
	at   [5]float64
	n    int
	unit float64 // a distance of 1
}

func (l *lengths) add(x float64) {
	l.at[l.n] = x
	l.n++
}

func (l *lengths) all() []float64 { return l.at[:l.n] }

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }
