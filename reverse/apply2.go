package reverse

import (
	"github.com/quartet-ad/ad/reverse/internal/layout"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// Div returns x / y, element by element.
func (x Array) Div(y Array) Array {
	t, ax, ay, out := pair("Div", x, y)
	if t == nil {
		return Array{c: x.c / y.c}
	}
	return t.apply2(quotient, out, ax, ay)
}

// quotient is x/y as a row. Its slopes are those of Var.Div.
var quotient = &rule.Func2{
	Name:   "Div",
	Value:  func(x, y float64) float64 { return x / y },
	SlopeX: func(_, y, _ float64) float64 { return 1 / y },
	SlopeY: func(_, y, z float64) float64 {
		dy := -z * (1 / y)
		if dy != dy {
			dy = -z / y
		}
		return dy
	},
	CurveXX: func(_, _, _ float64) float64 { return 0 },
	CurveXY: func(_, y, _ float64) float64 { return -1 / y / y },
	CurveYY: func(_, y, z float64) float64 { return 2 * z / y / y },
}

// Apply2 returns the elementary function op of x and y, element by element.
func (x Array) Apply2(op ad.Op2, y Array) Array {
	f := (*rule.Func2)(op.Func())
	t, ax, ay, out := pair(f.Name, x, y)
	if t == nil {
		return Array{c: f.Value(x.c, y.c)}
	}
	return t.apply2(f, out, ax, ay)
}

func (t *tape) apply2(f *rule.Func2, out, x, y *array) Array {
	o := newNode[apply2Op](t, out, x, y)
	o.f = f
	o.w.Over(out.shape, x.shape, y.shape)
	z := out.data[primal]
	o.w.Each(func(r layout.Run) {
		z, x, y := z[r.Out:][:r.N], x.data[primal][r.At[0]:], y.data[primal][r.At[1]:]
		for i := range z {
			z[i] = f.Value(x[i*r.Step[0]], y[i*r.Step[1]])
		}
	})
	return t.wrap(out)
}

// apply2Op is an elementary function of two arrays.
type apply2Op struct {
	elementary
	f *rule.Func2
	w layout.Walk
}

func (o *apply2Op) name() string { return o.f.Name }

// each calls f for every element with the indices of both operands and of the
// result.
func (o *apply2Op) each(f func(ix, iy, iz int)) {
	o.w.Each(func(r layout.Run) {
		for i := range r.N {
			f(r.At[0]+i*r.Step[0], r.At[1]+i*r.Step[1], r.Out+i)
		}
	})
}

func (o *apply2Op) push(n *node) {
	x, y, z := n.in[0], n.in[1], n.out
	o.each(func(ix, iy, iz int) {
		vx, vy, vz := x.data[primal][ix], y.data[primal][iy], z.data[primal][iz]
		d := 0.0
		if x.active && x.data[tangent][ix] != 0 {
			d += o.f.SlopeX(vx, vy, vz) * x.data[tangent][ix]
		}
		if y.active && y.data[tangent][iy] != 0 {
			d += o.f.SlopeY(vx, vy, vz) * y.data[tangent][iy]
		}
		z.data[tangent][iz] = d
	})
}

func (o *apply2Op) pull(n *node, q quantity) {
	x, y, z := n.in[0], n.in[1], n.out
	o.each(func(ix, iy, iz int) {
		d := z.data[q][iz]
		if d == 0 {
			return
		}
		vx, vy, vz := x.data[primal][ix], y.data[primal][iy], z.data[primal][iz]
		if x.active {
			x.data[q][ix] += d * o.f.SlopeX(vx, vy, vz)
		}
		if y.active {
			y.data[q][iy] += d * o.f.SlopeY(vx, vy, vz)
		}
	})
}

func (o *apply2Op) curve(n *node) {
	if o.f.CurveXX == nil || o.f.CurveXY == nil || o.f.CurveYY == nil {
		panic(noCurve(o.f.Name))
	}
	x, y, z := n.in[0], n.in[1], n.out
	o.each(func(ix, iy, iz int) {
		a := z.data[adjoint][iz]
		if a == 0 {
			return
		}
		vx, vy, vz := x.data[primal][ix], y.data[primal][iy], z.data[primal][iz]
		var dx, dy float64
		if x.active {
			dx = x.data[tangent][ix]
		}
		if y.active {
			dy = y.data[tangent][iy]
		}
		if dx == 0 && dy == 0 {
			return // nothing moves, whatever the adjoint
		}
		xy := 0.0
		if x.active && y.active {
			xy = o.f.CurveXY(vx, vy, vz)
		}
		if x.active {
			x.data[rate][ix] += a * (strong(dx, o.f.CurveXX, vx, vy, vz) + product(xy, dy))
		}
		if y.active {
			y.data[rate][iy] += a * (strong(dy, o.f.CurveYY, vx, vy, vz) + product(xy, dx))
		}
	})
}

// strong returns d times a curve, 0 where d is.
func strong(d float64, curve func(x, y, z float64) float64, x, y, z float64) float64 {
	if d == 0 {
		return 0
	}
	return d * curve(x, y, z)
}

// product returns s·d, 0 where d is.
func product(s, d float64) float64 {
	if d == 0 {
		return 0
	}
	return s * d
}
