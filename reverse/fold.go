package reverse

import (
	"math"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/layout"
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
// is 0, and so are slopes, even if the others overflow; otherwise nothing overflows or
// underflows on the way.
func (x Array) Prod(axes ...int) Array { return x.fold(prod, axes, 0) }

// Variance returns along axes, as Sum does, the sums of the squared distances from
// the mean, over the number of elements less correction: 1 for the unbiased
// estimate, 0 for the biased one. Where that leaves nothing to divide by the result
// is NaN, or +Inf if the elements vary. Nothing overflows or underflows on the way.
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
	o.x = o.Of(in.data[primal], &o.laid)
	o.s = slices.Grow(o.s[:0], in.size)[:in.size]
	z := out.data[primal]
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
	dx, dz := o.Of(n.in[0].data[tangent], &o.v), n.out.data[tangent]
	for k := range dz {
		dz[k] = vector.Dot(o.Row(dx, k), o.Row(o.s, k))
	}
}

func (o *foldOp) pull(n *node, q quantity) {
	o.Add(n.in[0].data[q], func(dx []float64) {
		for k, d := range n.out.data[q] {
			if d != 0 {
				kernel.Axpy(o.Row(dx, k), d, o.Row(o.s, k))
			}
		}
	})
}

func (o *foldOp) curve(n *node) {
	v, z := o.Of(n.in[0].data[tangent], &o.v), n.out.data[primal]
	o.c, o.spare = zeroed(o.c, o.N), zeroed(o.spare, o.N)
	o.Add(n.in[0].data[rate], func(dx []float64) {
		for k, d := range n.out.data[adjoint] {
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

func varianceValue(x, s []float64, correction float64) float64 {
	n := float64(len(x))
	d := max(0, n-correction)
	kernel.Shift(s, -kernel.Sum(x)/n, x)
	squares := kernel.SumSq(s)
	if !ordinary(squares) {
		if f := downTo1(farthest(x)); f > 0 {
			kernel.Scale(s, f, x)
			kernel.Shift(s, -kernel.Sum(s)/n, s)
			squares = kernel.SumSq(s)
			kernel.Scale(s, 2/d, s)
			kernel.Over(s, f, s)
			return squares / d / f / f
		}
	}
	kernel.Scale(s, 2/d, s)
	return squares / d
}

func varianceCurve(_, _ []float64, _, correction float64, v, c, _ []float64) {
	varianceValue(v, c, correction)
}
