package reverse

import (
	"github.com/quartet-ad/ad/reverse/internal/layout"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// pair returns the two operands on their tape, the array for the result, and the
// tape. It is nil where both are constants without one.
func pair(name string, x, y Array) (t *tape, ax, ay, out *array) {
	t = tapeOf(x, y)
	if t == nil {
		return nil, nil, nil, nil
	}
	ax, ay = x.on(t), y.on(t)
	t.shape = layout.Broadcast(name, t.shape[:0], ax.shape, ay.shape)
	return t, ax, ay, t.newArray(t.shape)
}

// Add returns x + y, element by element.
func (x Array) Add(y Array) Array {
	t, ax, ay, out := pair("Add", x, y)
	if t == nil {
		return Array{c: x.c + y.c}
	}
	o := newNode[sumOp](t, out, ax, ay)
	o.sign = 1
	o.eval(out, ax, ay)
	return t.wrap(out)
}

// Sub returns x - y, element by element.
func (x Array) Sub(y Array) Array {
	t, ax, ay, out := pair("Sub", x, y)
	if t == nil {
		return Array{c: x.c - y.c}
	}
	o := newNode[sumOp](t, out, ax, ay)
	o.sign = -1
	o.eval(out, ax, ay)
	return t.wrap(out)
}

// sumOp is x + y or x - y.
type sumOp struct {
	linear
	w    layout.Walk
	sign float64
}

func (o *sumOp) name() string {
	if o.sign < 0 {
		return "Sub"
	}
	return "Add"
}

func (o *sumOp) eval(out, x, y *array) {
	o.w.Over(out.shape, x.shape, y.shape)
	o.combine(out.data[primal], x.data[primal], y.data[primal])
}

func (o *sumOp) combine(z, x, y []float64) {
	o.w.Each(func(r layout.Run) {
		z := z[r.Out:][:r.N]
		x, y := x[r.At[0]:], y[r.At[1]:]
		switch {
		case r.Step[0] == 1 && r.Step[1] == 1 && o.sign > 0:
			kernel.Add(z, x[:r.N], y[:r.N])
		case r.Step[0] == 1 && r.Step[1] == 1:
			kernel.Sub(z, x[:r.N], y[:r.N])
		case r.Step[0] == 1 && r.Step[1] == 0:
			kernel.Shift(z, o.sign*y[0], x[:r.N])
		default:
			for i := range z {
				z[i] = x[i*r.Step[0]] + o.sign*y[i*r.Step[1]]
			}
		}
	})
}

func (o *sumOp) push(n *node) {
	x, y := n.in[0], n.in[1]
	switch {
	case x.active && y.active:
		o.combine(n.out.data[tangent], x.data[tangent], y.data[tangent])
	case x.active:
		o.w.Each(func(r layout.Run) { spread(n.out.data[tangent], r, 0, x.data[tangent], 1) })
	default:
		o.w.Each(func(r layout.Run) { spread(n.out.data[tangent], r, 1, y.data[tangent], o.sign) })
	}
}

// spread adds to a run of dst an operand scaled by a.
func spread(dst []float64, r layout.Run, k int, x []float64, a float64) {
	dst, x = dst[r.Out:][:r.N], x[r.At[k]:]
	if r.Step[k] == 0 {
		kernel.Shift(dst, a*x[0], dst)
	} else {
		kernel.Axpy(dst, a, x[:r.N])
	}
}

// gather adds to an operand a run of x scaled by a: spread, transposed.
func gather(dst []float64, r layout.Run, k int, x []float64, a float64) {
	x, dst = x[r.Out:][:r.N], dst[r.At[k]:]
	if r.Step[k] == 0 {
		dst[0] += a * kernel.Sum(x)
	} else {
		kernel.Axpy(dst[:len(x)], a, x)
	}
}

func (o *sumOp) pull(n *node, q quantity) {
	for k, a := range [...]float64{1, o.sign} {
		if x := n.in[k]; x.active {
			z := n.out.data[q]
			if x.size == n.out.size && a == 1 {
				vector.Add(x.data[q], z)
				continue
			}
			o.w.Each(func(r layout.Run) { gather(x.data[q], r, k, z, a) })
		}
	}
}

// Mul returns x · y, element by element.
func (x Array) Mul(y Array) Array {
	t, ax, ay, out := pair("Mul", x, y)
	if t == nil {
		return Array{c: x.c * y.c}
	}
	o := newNode[mulOp](t, out, ax, ay)
	o.w.Over(out.shape, ax.shape, ay.shape)
	z := out.data[primal]
	o.w.Each(func(r layout.Run) {
		z, x, y := z[r.Out:][:r.N], ax.data[primal][r.At[0]:], ay.data[primal][r.At[1]:]
		switch {
		case r.Step[0] == 1 && r.Step[1] == 1:
			kernel.Mul(z, x[:r.N], y[:r.N])
		case r.Step[0] == 1 && r.Step[1] == 0:
			kernel.Scale(z, y[0], x[:r.N])
		default: // if y is repeated too, it is a run of one
			kernel.Scale(z, x[0], y[:r.N])
		}
	})
	return t.wrap(out)
}

// mulOp is x · y.
type mulOp struct {
	elementary
	w layout.Walk
}

func (*mulOp) name() string { return "Mul" }

func (o *mulOp) push(n *node) {
	x, y := n.in[0], n.in[1]
	if x.active {
		o.w.Each(func(r layout.Run) { weighted(n.out.data[tangent], r, 0, x.data[tangent], 1, y.data[primal]) })
	}
	if y.active {
		o.w.Each(func(r layout.Run) { weighted(n.out.data[tangent], r, 1, y.data[tangent], 0, x.data[primal]) })
	}
}

// weighted adds to a run of dst the product of operands k and j.
func weighted(dst []float64, r layout.Run, k int, x []float64, j int, s []float64) {
	dst, x, s = dst[r.Out:][:r.N], x[r.At[k]:], s[r.At[j]:]
	for i := range dst {
		if v := x[i*r.Step[k]]; v != 0 {
			dst[i] += v * s[i*r.Step[j]]
		}
	}
}

// gatherWeighted adds to operand k a run of x, weighted with operand j: weighted,
// transposed.
func gatherWeighted(dst []float64, r layout.Run, k int, x []float64, j int, s []float64) {
	x, dst, s = x[r.Out:][:r.N], dst[r.At[k]:], s[r.At[j]:]
	switch {
	case r.Step[k] == 1 && r.Step[j] == 1:
		vector.AddProduct(dst[:len(x)], x, s[:len(x)])
	case r.Step[k] == 0 && r.Step[j] == 1:
		dst[0] += vector.Dot(x, s[:len(x)])
	case r.Step[k] == 1 && r.Step[j] == 0 && vector.SumFinite(s[:1]):
		kernel.Axpy(dst[:len(x)], s[0], x)
	default:
		for i, v := range x {
			if v != 0 {
				dst[i*r.Step[k]] += v * s[i*r.Step[j]]
			}
		}
	}
}

func (o *mulOp) pull(n *node, q quantity) { o.pullWith(n, q, q, primal) }

func (o *mulOp) curve(n *node) { o.pullWith(n, rate, adjoint, tangent) }

// pullWith adds to the quantity dst of each operand the result's quantity from, times
// the other operand's quantity with.
func (o *mulOp) pullWith(n *node, dst, from, with quantity) {
	for k, x := range n.in {
		y := n.in[1-k]
		if !x.active || with == tangent && !y.active {
			continue
		}
		o.w.Each(func(r layout.Run) { gatherWeighted(x.data[dst], r, k, n.out.data[from], 1-k, y.data[with]) })
	}
}

// Neg returns -x.
func (x Array) Neg() Array { return x.Scale(-1) }

// Scale returns c·x.
func (x Array) Scale(c float64) Array {
	t := tapeOf(x)
	if t == nil {
		return Array{c: c * x.c}
	}
	out := t.newArray(x.a.shape)
	o := newNode[scaleOp](t, out, x.a)
	o.c = c
	kernel.Scale(out.data[primal], c, x.a.data[primal])
	return t.wrap(out)
}

// scaleOp is c·x.
type scaleOp struct {
	linear
	c float64
}

func (*scaleOp) name() string { return "Scale" }

func (o *scaleOp) push(n *node) { o.add(n.out.data[tangent], n.in[0].data[tangent]) }

func (o *scaleOp) pull(n *node, q quantity) { o.add(n.in[0].data[q], n.out.data[q]) }

// add adds c·v to dst, and nothing where v is 0.
func (o *scaleOp) add(dst, v []float64) {
	if o.c-o.c == 0 {
		kernel.Axpy(dst, o.c, v)
		return
	}
	for i, v := range v {
		if v != 0 {
			dst[i] += o.c * v
		}
	}
}

// Const returns the constant c, of rank 0.
func (Array) Const(c float64) Array { return Array{c: c} }

// ApplyN returns the sum-like function op of x and y, element by element.
func (Array) ApplyN(op ad.OpN, x, y []Array) Array { return ad.FoldN(op, x, y) }
