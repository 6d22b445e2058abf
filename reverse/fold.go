package reverse

import (
	"github.com/quartet-ad/ad/reverse/internal/layout"

	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// Norm2 returns the Euclidean norms along axes, as Sum does, without overflow on
// the way. At the origin the slopes are 0, and second derivatives NaN, as a cone has
// none at its tip; SumSq has a Hessian there, and the same minimum.
//
// Cost: of it and of the functions below, one copy of x for the slopes, and one more
// if the axes are not the last ones.
func (x Array) Norm2(axes ...int) Array { return x.fold(norm2, axes, 0) }

// Prod returns the products along axes, as Sum does: 1 of nothing. No slope is found
// by division, so zeros are harmless: a product of finite numbers with a 0 among them
// is 0, and so are slopes, even if the others overflow.
func (x Array) Prod(axes ...int) Array { return x.fold(prod, axes, 0) }

// Variance returns along axes, as Sum does, the sums of the squared distances from
// the mean, over the number of elements less correction: 1 for the unbiased
// estimate, 0 for the biased one. Where that leaves nothing to divide by the result
// is NaN, or +Inf if the elements vary.
func (x Array) Variance(correction float64, axes ...int) Array {
	return x.fold(variance, axes, correction)
}

// A folding is a function of all elements of a row.
type folding struct {
	label string

	// value returns the function of x with parameter p, and sets s to its
	// slopes.
	value func(x, s []float64, p float64) float64

	// curve sets c to the derivatives of the slopes s at x, where the function
	// is z, along v. A spare slice may be written to.
	curve func(x, s []float64, z, p float64, v, c, spare []float64)
}

func (x Array) fold(f *folding, axes []int, p float64) Array {
	t := tapeOf(x)
	if t == nil {
		return Array{c: f.value([]float64{x.c}, make([]float64, 1), p)}
	}
	in, out := t.reduced(f.label, x, axes)
	o := newNode[foldOp](t, out, in)
	o.folding, o.p = f, p
	o.Over(in.shape, axes)
	o.x = o.Of(in.lanes[primal], &o.laid)
	o.s = slices.Grow(o.s[:0], in.size)[:in.size]
	z := out.lanes[primal]
	for k := range z {
		z[k] = f.value(o.Row(o.x, k), o.Row(o.s, k), p)
	}
	return t.wrap(out)
}

// foldOp is a folding of the rows that its operand lies in.
type foldOp struct {
	elementary
	layout.Rows
	*folding
	p        float64
	x, s     []float64 // elements and slopes, by rows
	laid, v  []float64 // storage for rows
	c, spare []float64 // of one row
}

func (o *foldOp) name() string { return o.folding.label }

func (o *foldOp) push(n *node) {
	dx, dz := o.Of(n.in[0].lanes[tangent], &o.v), n.out.lanes[tangent]
	for k := range dz {
		dz[k] = vector.Dot(o.Row(dx, k), o.Row(o.s, k))
	}
}

func (o *foldOp) pull(n *node, l lane) {
	o.Add(n.in[0].lanes[l], func(dx []float64) {
		for k, d := range n.out.lanes[l] {
			if d != 0 {
				kernel.Axpy(o.Row(dx, k), d, o.Row(o.s, k))
			}
		}
	})
}

func (o *foldOp) curve(n *node) {
	v, z := o.Of(n.in[0].lanes[tangent], &o.v), n.out.lanes[primal]
	o.c, o.spare = zeroed(o.c, o.N), zeroed(o.spare, o.N)
	o.Add(n.in[0].lanes[rate], func(dx []float64) {
		for k, d := range n.out.lanes[adjoint] {
			if d != 0 {
				o.folding.curve(o.Row(o.x, k), o.Row(o.s, k), z[k], o.p, o.Row(v, k), o.c, o.spare)
				kernel.Axpy(o.Row(dx, k), d, o.c)
			}
		}
	})
}

var (
	norm2    = &folding{"Norm2", norm2Value, norm2Curve}
	prod     = &folding{"Prod", prodValue, prodCurve}
	variance = &folding{"Variance", varianceValue, varianceCurve}
)

func norm2Value(x, s []float64, _ float64) float64 {
	if z := kernel.SumSq(x); 1e-200 < z && z < 1e300 { // what underflows adds nothing
		z = math.Sqrt(z)
		kernel.Over(s, z, x)
		return z
	}
	return rule.Norm2.Value(x, nil, s, nil)
}

func norm2Curve(_, s []float64, z, _ float64, v, c, _ []float64) {
	rule.Norm2.Curve(s, nil, z, v, nil, c, nil)
}

// prodValue multiplies those before an element with those after it.
func prodValue(x, s []float64, _ float64) float64 {
	p := factors{vector.AllFinite(x)}
	before, after := 1.0, 1.0
	for i, v := range x {
		s[i] = before
		before = p.times(before, v)
	}
	for i := len(x) - 1; i >= 0; i-- {
		s[i] = p.times(s[i], after)
		after = p.times(after, x[i])
	}
	return before
}

// factors are those of a product.
type factors struct{ finite bool }

// times returns the product of two of their products. One that is 0 makes it 0, even
// if the other overflowed, unless a factor is infinite itself.
func (p factors) times(a, b float64) float64 {
	z := a * b
	if z != z && a == a && b == b && p.finite {
		return 0
	}
	return z
}

// prodCurve does so with the rates of these products: that of a before times an
// after is da·b + a·db.
func prodCurve(x, _ []float64, _, _ float64, v, c, before []float64) {
	p := factors{vector.AllFinite(x) && vector.AllFinite(v)}
	a, da := 1.0, 0.0
	for i, v := range v {
		before[i], c[i] = a, da
		a, da = p.times(a, x[i]), p.times(da, x[i])+p.times(a, v)
	}
	b, db := 1.0, 0.0
	for i := len(x) - 1; i >= 0; i-- {
		c[i] = p.times(c[i], b) + p.times(before[i], db)
		b, db = p.times(b, x[i]), p.times(db, x[i])+p.times(b, v[i])
	}
}

func varianceValue(x, s []float64, correction float64) float64 {
	n := float64(len(x))
	d := max(0, n-correction)
	kernel.Shift(s, -kernel.Sum(x)/n, x)
	z := kernel.SumSq(s) / d
	kernel.Scale(s, 2/d, s)
	return z
}

func varianceCurve(_, _ []float64, _, correction float64, v, c, _ []float64) {
	varianceValue(v, c, correction)
}
