package reverse

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// Apply returns the elementary function op of every element.
func (x Array) Apply(op ad.Op) Array {
	f := (*rule.Func)(op.Func())
	t := tapeOf(x)
	if t == nil {
		return Array{c: f.Value(x.c)}
	}
	out := t.newArray(x.a.shape)
	o := newNode[applyOp](t, out, x.a)
	o.f, o.fast = f, vector.Of(f)
	z := out.data[primal]
	if o.fast.Value != nil {
		o.fast.Value(z, x.a.data[primal])
		return t.wrap(out)
	}
	for i, v := range x.a.data[primal] {
		z[i] = f.Value(v)
	}
	return t.wrap(out)
}

// applyOp is an elementary function of every element.
type applyOp struct {
	elementary
	f    *rule.Func
	fast vector.Func
}

func (o *applyOp) name() string { return o.f.Name }

func (o *applyOp) push(n *node) { o.times(n, n.out.data[tangent], n.in[0].data[tangent]) }

func (o *applyOp) pull(n *node, q quantity) { o.times(n, n.in[0].data[q], n.out.data[q]) }

// times adds to dst the product of v with the slopes.
func (o *applyOp) times(n *node, dst, v []float64) {
	x, y := n.in[0].data[primal], n.out.data[primal]
	if o.fast.Slope != nil {
		o.fast.Slope(dst, v, x, y)
		return
	}
	for i, d := range v {
		if d != 0 {
			dst[i] += d * o.f.Slope(x[i], y[i])
		}
	}
}

func (o *applyOp) curve(n *node) {
	if o.f.Curve == nil {
		panic(noCurve(o.f.Name))
	}
	x, y := n.in[0], n.out.data[primal]
	for i, a := range n.out.data[adjoint] {
		v := x.data[tangent][i]
		if d := a * v; d != 0 && v != 0 {
			x.data[rate][i] += d * o.f.Curve(x.data[primal][i], y[i])
		}
	}
}
