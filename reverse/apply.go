package reverse

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// Apply returns the elementary function op of every element.
func (x Array) Apply(op ad.Op) Array {
	f := op.Func()
	t := tapeOf(x)
	if t == nil {
		return Array{c: f.Value(x.c)}
	}
	out := t.newArray(x.a.shape)
	o := newNode[applyOp](t, out, x.a)
	o.f, o.fast = f, vector.Of(f)
	z := out.lanes[primal]
	if o.fast.Value != nil {
		o.fast.Value(z, x.a.lanes[primal])
		return t.wrap(out)
	}
	for i, v := range x.a.lanes[primal] {
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

func (o *applyOp) push(n *node) { o.times(n, n.out.lanes[tangent], n.in[0].lanes[tangent]) }

func (o *applyOp) pull(n *node, l lane) { o.times(n, n.in[0].lanes[l], n.out.lanes[l]) }

// times adds to dst the product of v with the slopes.
func (o *applyOp) times(n *node, dst, v []float64) {
	x, y := n.in[0].lanes[primal], n.out.lanes[primal]
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
	x, y := n.in[0], n.out.lanes[primal]
	for i, a := range n.out.lanes[adjoint] {
		v := x.lanes[tangent][i]
		if d := a * v; d != 0 && v != 0 {
			x.lanes[rate][i] += d * o.f.Curve(x.lanes[primal][i], y[i])
		}
	}
}
