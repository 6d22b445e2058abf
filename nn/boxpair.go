package nn

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
)

// boxes are pairs of boxes, each two corners, in units of their own: what is computed of
// a pair does not depend on the unit, and no area or square leaves the floats. Along
// either axis the unit is a power of 2, about as long as the least box around both.
type boxes struct {
	BoxOptions
	name      string
	low, high [2]reverse.Array // corners of p and of the target
	inner     reverse.Array    // sides of the intersection
	area      reverse.Array    // of the union
	union     reverse.Array    // area and epsilon
	iou       reverse.Array
	shorter   reverse.Array // units along the axes over the longer one

	areaEpsilon, squareEpsilon reverse.Array
}

func newBoxes(name string, p, target reverse.Array, o []BoxOptions) boxes {
	checkEqual(name, p, target)
	checkBoxes(name, p)
	b := boxes{BoxOptions: given(name, o), name: name}
	checkParameter(name, "epsilon", b.Epsilon, true)
	n := p.Size() / 4
	t := p.Tape()
	scale, shorter, same := t.Scratch(4*n), t.Scratch(2*n), t.Scratch(n)
	areas, squares := t.Scratch(n), t.Scratch(n)
	for i := range n {
		x, y := p.Values()[4*i:][:4], target.Values()[4*i:][:4]
		u := newUnits(x, y)
		for k, e := range u.exponents {
			scale[4*i+k], scale[4*i+k+2] = math.Ldexp(1, -e), math.Ldexp(1, -e)
			shorter[2*i+k] = math.Ldexp(1, e-u.longer)
		}
		same[i] = 0
		if x[0] == y[0] && x[1] == y[1] && x[2] == y[2] && x[3] == y[3] {
			same[i] = 1
		}
		areas[i] = math.Ldexp(b.Epsilon, -u.exponents[0]-u.exponents[1])
		squares[i] = math.Ldexp(b.Epsilon, -2*u.longer)
	}
	for i, x := range [...]reverse.Array{p, target} {
		x = x.Mul(t.Const(scale, p.Shape()...))
		b.low[i], b.high[i] = along(x, 0, 2), along(x, 2, 4)
	}
	b.inner = ad.ReLU(ad.Min(b.high[0], b.high[1]).Sub(ad.Max(b.low[0], b.low[1])))
	shared := b.inner.Prod(-1)
	b.shorter = t.Const(shorter, b.inner.Shape()...)
	b.areaEpsilon, b.squareEpsilon = t.Const(areas, shared.Shape()...), t.Const(squares, shared.Shape()...)
	b.area = b.high[0].Sub(b.low[0]).Prod(-1).Add(b.high[1].Sub(b.low[1]).Prod(-1)).Sub(shared)
	b.union = b.area.Add(b.areaEpsilon)
	b.iou = b.union.IfPos(shared.Div(b.union), t.Const(same, shared.Shape()...))
	return b
}

// hull returns the sides of the least boxes around both.
func (b boxes) hull() reverse.Array {
	return ad.Max(b.high[0], b.high[1]).Sub(ad.Min(b.low[0], b.low[1]))
}

func (b boxes) diou() reverse.Array {
	twice := b.low[0].Sub(b.low[1]).Add(b.high[0].Sub(b.high[1]))
	between := twice.Mul(b.shorter).SumSq(-1).Scale(0.25)
	diagonal := b.hull().Mul(b.shorter).SumSq(-1)
	return oneLess(b.iou).Add(over(between, diagonal.Add(b.squareEpsilon)))
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
