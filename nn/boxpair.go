package nn

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// boxes are pairs of boxes, each two corners, in units of their own: what is computed of
// a pair does not depend on the unit, and no area or square leaves the floats. Along
// either axis the unit is a power of 2, about as long as the least box around both; it is
// 1 for pairs of ordinary size.
type boxes struct {
	BoxOptions
	name      string
	low, high [2]reverse.Array // corners of p and of the target
	inner     reverse.Array    // sides of the intersection
	area      reverse.Array    // of the union
	union     reverse.Array    // area and epsilon
	iou       reverse.Array
	scaled    bool          // in units, that are not 1
	shorter   reverse.Array // units along the axes over the longer one

	areaEpsilon, squareEpsilon reverse.Array
}

func newBoxes(name string, p, target reverse.Array, o []BoxOptions) boxes {
	checkEqual(name, p, target)
	checkBoxes(name, p)
	b := boxes{BoxOptions: given(name, o), name: name}
	checkParameter(name, "epsilon", b.Epsilon, true)
	b.areaEpsilon, b.squareEpsilon = p.Const(b.Epsilon), p.Const(b.Epsilon)
	same := sameBoxes(p, target)
	if b.scaled = !ordinary(p.Values(), target.Values()); b.scaled {
		p, target = b.inUnits(p, target)
	}
	for i, x := range [...]reverse.Array{p, target} {
		b.low[i], b.high[i] = along(x, 0, 2), along(x, 2, 4)
	}
	b.inner = ad.ReLU(ad.Min(b.high[0], b.high[1]).Sub(ad.Max(b.low[0], b.low[1])))
	shared := b.inner.Prod(-1)
	b.area = b.high[0].Sub(b.low[0]).Prod(-1).Add(b.high[1].Sub(b.low[1]).Prod(-1)).Sub(shared)
	b.union = b.area.Add(b.areaEpsilon)
	b.iou = quotient(shared, b.union, same)
	return b
}

// sameBoxes returns 1 for pairs of equal boxes, and 0 for others.
func sameBoxes(p, target reverse.Array) reverse.Array {
	n, rank := p.Size()/4, p.Rank()
	same := p.Tape().Scratch(n)
	for i := range same {
		same[i] = 0
		if slices.Equal(p.Values()[4*i:][:4], target.Values()[4*i:][:4]) {
			same[i] = 1
		}
	}
	return p.Tape().Const(same, p.Shape()[:rank-1]...)
}

// inUnits returns pairs of boxes in their units, and sets what depends on them.
func (b *boxes) inUnits(p, target reverse.Array) (reverse.Array, reverse.Array) {
	n, t, shape := p.Size()/4, p.Tape(), slices.Clone(p.Shape())
	scale, shorter, areas, squares := t.Scratch(4*n), t.Scratch(2*n), t.Scratch(n), t.Scratch(n)
	for i := range n {
		u := newUnits(p.Values()[4*i:][:4], target.Values()[4*i:][:4])
		for k, e := range u.exponents {
			scale[4*i+k], scale[4*i+k+2] = math.Ldexp(1, -e), math.Ldexp(1, -e)
			shorter[2*i+k] = math.Ldexp(1, e-u.longer)
		}
		areas[i] = math.Ldexp(b.Epsilon, -u.exponents[0]-u.exponents[1])
		squares[i] = math.Ldexp(b.Epsilon, -2*u.longer)
	}
	pairs := shape[:len(shape)-1]
	b.areaEpsilon, b.squareEpsilon = t.Const(areas, pairs...), t.Const(squares, pairs...)
	units := t.Const(scale, shape...)
	shape[len(shape)-1] = 2
	b.shorter = t.Const(shorter, shape...)
	return p.Mul(units), target.Mul(units)
}

// hull returns the sides of the least boxes around both.
func (b boxes) hull() reverse.Array {
	return ad.Max(b.high[0], b.high[1]).Sub(ad.Min(b.low[0], b.low[1]))
}

func (b boxes) diou() reverse.Array {
	twice, hull := b.low[0].Sub(b.low[1]).Add(b.high[0].Sub(b.high[1])), b.hull()
	if b.scaled {
		twice, hull = twice.Mul(b.shorter), hull.Mul(b.shorter)
	}
	between, diagonal := twice.SumSq(-1).Scale(0.25), hull.SumSq(-1)
	return oneLess(b.iou).Add(quotient(between, diagonal.Add(b.squareEpsilon), reverse.Array{}))
}

// ordinary reports whether all pairs of boxes have sizes, along both axes, that may be
// squared twice.
func ordinary(p, target []float64) bool {
	const least, most = 1e-60, 1e60
	for i := 0; i < len(p); i += 4 {
		x, y := p[i:][:4], target[i:][:4]
		for k := range 2 {
			size := max(x[k], x[k+2], y[k], y[k+2]) - min(x[k], x[k+2], y[k], y[k+2])
			if !(size >= least && size <= most) {
				return false
			}
		}
	}
	return true
}

// units are exponents of 2 along the axes, and the greater of them.
type units struct {
	exponents [2]int
	longer    int
}

func newUnits(x, y []float64) units {
	const least = -1022 // whose power has an inverse
	var u units
	u.longer = math.MinInt
	for k := range u.exponents {
		lo, hi := min(x[k], x[k+2], y[k], y[k+2]), max(x[k], x[k+2], y[k], y[k+2])
		size, halves := hi-lo, 0
		if math.IsInf(size, 1) {
			size, halves = hi/2-lo/2, 1
		}
		if !(size > 0 && size <= math.MaxFloat64) {
			continue
		}
		_, e := math.Frexp(size)
		u.exponents[k] = max(e+halves, least)
		u.longer = max(u.longer, u.exponents[k])
	}
	if u.longer == math.MinInt {
		u.longer = 0
	}
	return u
}
