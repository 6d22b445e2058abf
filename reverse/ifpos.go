package reverse

import (
	"math"

	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// IfPos returns, element by element, a where x is positive, b where it is zero or
// negative, and NaN where it is NaN. What is not taken contributes nothing; where x is NaN,
// the slopes in a and b are NaN.
//
// IfPos panics if the shapes do not broadcast.
func (x Array) IfPos(a, b Array) Array {
	t := tapeOf(x, a, b)
	if t == nil {
		switch {
		case x.c > 0:
			return a
		case x.c <= 0:
			return b
		}
		return Array{c: math.NaN()}
	}
	ax, aa, ab := x.on(t), a.on(t), b.on(t)
	t.shape = layout.Broadcast("IfPos", t.shape[:0], aa.shape, ab.shape)
	half := t.newArray(t.shape) // for its shape alone
	t.shape = layout.Broadcast("IfPos", t.shape[:0], ax.shape, half.shape)
	out := t.newArray(t.shape)
	o := newNode[whereOp](t, out, aa, ab)
	o.w.Over(out.shape, aa.shape, ab.shape, ax.shape)
	o.x = ax.data[primal]
	o.choose(out.data[primal], aa.data[primal], ab.data[primal], false)
	return t.wrap(out)
}

// whereOp is a where x is positive, else b.
type whereOp struct {
	linear
	w layout.Walk
	x []float64
}

func (*whereOp) name() string { return "IfPos" }

// choose sets z to a or b, of which one that is nil is 0. Where x is NaN, it is NaN, or,
// of tangents, 0 if both are.
func (o *whereOp) choose(z, a, b []float64, tangents bool) {
	o.w.Each(func(r layout.Run) {
		z := z[r.Out:][:r.N]
		of := func(from []float64, k, i int) float64 {
			if from == nil {
				return 0
			}
			return from[r.At[k]+i*r.Step[k]]
		}
		for i := range z {
			switch x := o.x[r.At[2]+i*r.Step[2]]; {
			case x > 0:
				z[i] = of(a, 0, i)
			case x <= 0:
				z[i] = of(b, 1, i)
			case tangents && of(a, 0, i) == 0 && of(b, 1, i) == 0:
				z[i] = 0
			default:
				z[i] = x
			}
		}
	})
}

func (o *whereOp) push(n *node) {
	var in [2][]float64
	for k, x := range n.in {
		if x.active {
			in[k] = x.data[tangent]
		}
	}
	o.choose(n.out.data[tangent], in[0], in[1], true)
}

func (o *whereOp) pull(n *node, q quantity) {
	a, b := n.in[0], n.in[1]
	o.w.Each(func(r layout.Run) {
		z := n.out.data[q][r.Out:][:r.N]
		for i, v := range z {
			if v == 0 {
				continue
			}
			x := o.x[r.At[2]+i*r.Step[2]]
			if a.active && !(x <= 0) {
				if x > 0 {
					a.data[q][r.At[0]+i*r.Step[0]] += v
				} else {
					a.data[q][r.At[0]+i*r.Step[0]] += v * x
				}
			}
			if b.active && !(x > 0) {
				if x <= 0 {
					b.data[q][r.At[1]+i*r.Step[1]] += v
				} else {
					b.data[q][r.At[1]+i*r.Step[1]] += v * x
				}
			}
		}
	})
}
