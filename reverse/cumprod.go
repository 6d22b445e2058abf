package reverse

import "slices"

// CumProd returns the products of the elements up to each along an axis, which counts from
// the end if it is negative. The shape stays. No slope is found by division, so zeros are
// harmless, and where the elements are finite nothing overflows or underflows on the way.
//
// Cost: a copy of x and a multiplication for every element, two in the sweeps; some ten times
// that for a line whose products may leave the range of float64.
//
// CumProd panics if the axis is out of range.
func (x Array) CumProd(axis int) Array {
	t := tapeOf(x)
	var s scan
	s.along("CumProd", axis, x.Shape())
	in := x.a
	out := t.newArray(in.shape)
	o := newNode[cumProdOp](t, out, in)
	o.scan = s
	o.line = slices.Grow(o.line[:0], s.n)[:s.n]
	o.wild = o.wild[:0]
	y := out.data[primal]
	s.each(in.size, func(first int) {
		for i := range o.line {
			o.line[i] = in.data[primal][first+i*s.inner]
		}
		w := wild(o.line)
		o.wild = append(o.wild, w)
		if w {
			cumulateProducts[scaled](s, y[first:], in.data[primal][first:])
		} else {
			cumulateProducts[tameFactor](s, y[first:], in.data[primal][first:])
		}
	})
	return t.wrap(out)
}

// cumProdOp is the products up to each element of lines.
type cumProdOp struct {
	elementary
	scan
	wild []bool    // of each line: whether products may leave the range on the way
	line []float64 // a line

	tame  products[tameFactor]
	feral products[scaled]
}

func (*cumProdOp) name() string { return "CumProd" }

// products are what a sweep back knows of a line.
type products[F factor[F]] struct {
	worth, rate []F // of each product: its weight and what those after it make of it; and how that changes
}

// A factor is a number that is multiplied and added: plain, or with an exponent of its own.
type factor[F any] interface {
	of(x float64) F
	times(F) F
	plus(F) F
	timesSlope(F) F // times, but for a rate of 0, which stays 0 whatever the slope is
	float() float64
}

// tameFactor is a factor of the range of float64.
type tameFactor float64

func (tameFactor) of(x float64) tameFactor         { return tameFactor(x) }
func (a tameFactor) times(b tameFactor) tameFactor { return a * b }
func (a tameFactor) plus(b tameFactor) tameFactor  { return a + b }
func (a tameFactor) float() float64                { return float64(a) }
func (a tameFactor) timesSlope(b tameFactor) tameFactor {
	if a == 0 {
		return 0
	}
	return a * b
}

func (scaled) of(x float64) scaled          { return scaled{x, 0} }
func (a scaled) timesSlope(b scaled) scaled { return a.times(b) } // slopes are finite: see wild

// cumulateProducts sets the line y to the products up to each element of the line x.
func cumulateProducts[F factor[F]](s scan, y, x []float64) {
	var f F
	p := f.of(1)
	for i := range s.n {
		p = p.times(f.of(x[i*s.inner]))
		y[i*s.inner] = p.float()
	}
}

func (o *cumProdOp) push(n *node) {
	line := 0
	o.each(n.out.size, func(first int) {
		if o.wild[line] {
			pushProducts[scaled](o.scan, n, first)
		} else {
			pushProducts[tameFactor](o.scan, n, first)
		}
		line++
	})
}

// pushProducts: a product moves as its last factor and as the product before do.
func pushProducts[F factor[F]](s scan, n *node, first int) {
	x, dx, dy := n.in[0].data[primal], n.in[0].data[tangent], n.out.data[tangent]
	var f F
	p, dp := f.of(1), f.of(0)
	for at := first; at < first+s.n*s.inner; at += s.inner {
		v := f.of(x[at])
		dp = dp.timesSlope(v).plus(f.of(dx[at]).timesSlope(p))
		p = p.times(v)
		dy[at] = dp.float()
	}
}

func (o *cumProdOp) pull(n *node, q quantity) { o.back(n, q, false) }

func (o *cumProdOp) curve(n *node) { o.back(n, adjoint, true) }

// back adds to the operand what a quantity of the products gives it, or how that changes along
// the tangents.
func (o *cumProdOp) back(n *node, q quantity, rates bool) {
	line := 0
	o.each(n.out.size, func(first int) {
		if o.wild[line] {
			o.feral.back(o.scan, n, first, q, rates)
		} else {
			o.tame.back(o.scan, n, first, q, rates)
		}
		line++
	})
}

// back: the slope of an element is the product of those before it, times what that is worth.
func (o *products[F]) back(s scan, n *node, first int, q quantity, rates bool) {
	x, dx, w := n.in[0].data[primal], n.in[0].data[tangent], n.out.data[q]
	var f F
	next, dnext := f.of(0), f.of(0)
	o.worth, o.rate = zeroed(o.worth, s.n), zeroed(o.rate, s.n)
	for i := s.n - 1; i >= 0; i-- {
		at := first + i*s.inner
		o.worth[i], o.rate[i] = next.plus(f.of(w[at])), dnext
		v := f.of(x[at])
		next = o.worth[i].timesSlope(v)
		if rates {
			dnext = dnext.timesSlope(v).plus(f.of(dx[at]).timesSlope(o.worth[i]))
		}
	}
	before, dbefore := f.of(1), f.of(0)
	for i := range s.n {
		at := first + i*s.inner
		v := f.of(x[at])
		if rates {
			n.in[0].data[rate][at] += o.rate[i].timesSlope(before).plus(dbefore.timesSlope(o.worth[i])).float()
			dbefore = dbefore.timesSlope(v).plus(f.of(dx[at]).timesSlope(before))
		} else {
			n.in[0].data[q][at] += o.worth[i].timesSlope(before).float()
		}
		before = before.times(v)
	}
}
