package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
)

// LSTM returns the hidden and the cell state of a long short-term memory cell
// (Hochreiter and Schmidhuber 1997; with the forget gate of Gers et al. 2000) from
// the pre-activations z of its gates and its cell state c before:
//
//	c' = σ(f)·c + σ(i)·tanh(g)        h = σ(o)·tanh(c')
//
// The last axis of z holds i, f, g and o, one after the other, in PyTorch's order:
// z has the shape […, 4n], and c, c' and h have […, n].
//
// Cost: one node, and five elementary functions for every element of c.
//
// LSTM panics if the shapes do not fit.
func LSTM(z, c Array) (h, next Array) {
	t := tapeOf(z, c)
	zs, cs := z.Shape(), c.Shape()
	if l := len(zs); l == 0 || l != len(cs) || zs[l-1] != 4*cs[l-1] || !slices.Equal(zs[:l-1], cs[:l-1]) {
		panic(fmt.Sprintf("reverse: LSTM of shapes %v and %v", slices.Clone(zs), slices.Clone(cs)))
	}
	out, cell := t.newArray(cs), t.newArray(cs)
	o := newNode[lstmOp](t, out, z.a, c.a)
	node := t.nodes[t.nodesUsed-1]
	node.more = append(node.more, cell)
	o.n = cs[len(cs)-1]
	cell.active = out.active
	o.gates = zeroed(o.gates, z.a.size)
	o.tanh = zeroed(o.tanh, cell.size)
	n, zv, cv := o.n, z.a.data[primal], c.a.data[primal]
	for r := 0; r < cell.size; r += n {
		g := o.gates[4*r:][:4*n]
		kernel.Sigmoid(g[:2*n], zv[4*r:][:2*n])
		kernel.Tanh(g[2*n:3*n], zv[4*r+2*n:][:n])
		kernel.Sigmoid(g[3*n:], zv[4*r+3*n:][:n])
		next := cell.data[primal][r:][:n]
		kernel.Mul(next, g[n:2*n], cv[r:][:n])
		kernel.MulAdd(next, g[:n], g[2*n:3*n])
		kernel.Tanh(o.tanh[r:][:n], next)
		kernel.Mul(out.data[primal][r:][:n], g[3*n:], o.tanh[r:][:n])
	}
	return t.wrap(out), t.wrap(cell)
}

// lstmOp is an LSTM cell, whose results are h and c'.
type lstmOp struct {
	elementary
	n     int
	gates []float64 // σ(i), σ(f), tanh(g), σ(o)
	tanh  []float64 // of c'
	dc    []float64 // what comes back to a row of c'
}

func (*lstmOp) name() string { return "LSTM" }

// each calls f with the four gates of every element, its tanh(c'), and where it and
// its i are.
func (o *lstmOp) each(f func(i, f, g, o, tc float64, at, z int)) {
	n := o.n
	for r := 0; r < len(o.tanh); r += n {
		gates, tanh := o.gates[4*r:][:4*n], o.tanh[r:][:n]
		for k, tc := range tanh {
			f(gates[k], gates[n+k], gates[2*n+k], gates[3*n+k], tc, r+k, 4*r+k)
		}
	}
}

func (o *lstmOp) pull(n *node, q quantity) {
	z, c, w := n.in[0], n.in[1], o.n
	for r := 0; r < len(o.tanh); r += w {
		gates := o.gates[4*r:][:4*w]
		in, forget, change, out := gates[:w], gates[w:2*w], gates[2*w:3*w], gates[3*w:]
		h, cell, tanh, cv := n.out.data[q][r:][:w], n.more[0].data[q][r:][:w], o.tanh[r:][:w], c.data[primal][r:][:w]
		o.dc = zeroed(o.dc, w)
		for k, tc := range tanh {
			o.dc[k] = cell[k] + h[k]*out[k]*(1-tc*tc)
		}
		if z.active {
			dz := z.data[q][4*r:][:4*w]
			di, df, dg, do := dz[:w], dz[w:2*w], dz[2*w:3*w], dz[3*w:]
			for k, dc := range o.dc {
				i, f, g, o := in[k], forget[k], change[k], out[k]
				di[k] += dc * g * (i * (1 - i))
				df[k] += dc * cv[k] * (f * (1 - f))
				dg[k] += dc * i * (1 - g*g)
				do[k] += h[k] * tanh[k] * (o * (1 - o))
			}
		}
		if c.active {
			kernel.MulAdd(c.data[q][r:][:w], o.dc, forget)
		}
	}
}

// rates are the values of an element's gates, and their tangents.
type lstmRates struct{ i, f, g, o, tc, c moving }

// along calls f for every element with its gates and their tangents along those of
// the operands.
func (o *lstmOp) along(n *node, f func(r lstmRates, at, z int)) {
	z, c := n.in[0], n.in[1]
	width := o.n
	o.each(func(i, fg, g, o, tc float64, at, zi int) {
		var dz [4]float64
		if z.active {
			for k := range dz {
				dz[k] = z.data[tangent][zi+k*width]
			}
		}
		r := lstmRates{
			i: moving{i, i * (1 - i) * dz[0]}, f: moving{fg, fg * (1 - fg) * dz[1]},
			g: moving{g, (1 - g*g) * dz[2]}, o: moving{o, o * (1 - o) * dz[3]},
			c: moving{c.data[primal][at], 0},
		}
		if c.active {
			r.c.d = c.data[tangent][at]
		}
		next := r.f.times(r.c).plus(r.i.times(r.g))
		r.tc = moving{tc, (1 - tc*tc) * next.d}
		f(r, at, zi)
	})
}

func (o *lstmOp) push(n *node) {
	o.along(n, func(r lstmRates, at, _ int) {
		n.out.data[tangent][at] = r.o.times(r.tc).d
		n.more[0].data[tangent][at] = r.f.times(r.c).plus(r.i.times(r.g)).d
	})
}

// curve differentiates what pull computes.
func (o *lstmOp) curve(n *node) {
	z, c := n.in[0], n.in[1]
	width := o.n
	one := moving{v: 1}
	o.along(n, func(r lstmRates, at, zi int) {
		dh, dcell := moving{v: n.out.data[adjoint][at]}, moving{v: n.more[0].data[adjoint][at]}
		dc := dcell.plus(dh.times(r.o).times(one.minus(r.tc.times(r.tc))))
		if z.active {
			dz := z.data[rate][zi:]
			dz[0] += dc.times(r.g).times(r.i).times(one.minus(r.i)).d
			dz[width] += dc.times(r.c).times(r.f).times(one.minus(r.f)).d
			dz[2*width] += dc.times(r.i).times(one.minus(r.g.times(r.g))).d
			dz[3*width] += dh.times(r.tc).times(r.o).times(one.minus(r.o)).d
		}
		if c.active {
			c.data[rate][at] += dc.times(r.f).d
		}
	})
}

// moving is a number with a tangent, for the second-order rules of fused
// operations.
type moving struct{ v, d float64 }

func (x moving) plus(y moving) moving  { return moving{x.v + y.v, x.d + y.d} }
func (x moving) minus(y moving) moving { return moving{x.v - y.v, x.d - y.d} }
func (x moving) times(y moving) moving { return moving{x.v * y.v, x.d*y.v + x.v*y.d} }
