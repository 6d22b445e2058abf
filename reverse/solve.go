package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/internal/layout"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// SolveLower returns the solution y of x·y = b, where x is lower triangular, of
// shape [n n]: what is above its diagonal is not read, and its derivative there is
// 0. The right side b is a vector [n], or a matrix [n k] of k of them; y is of its
// shape.
//
// Where an element of the diagonal is 0, y has infinities and NaN, as the divisions
// by it have.
//
// Cost: n²k operations, and twice as many backwards.
//
// SolveLower panics if the shapes do not fit. The derivatives are those of Giles,
// Collected Matrix Derivative Results for Forward and Reverse Mode Algorithmic
// Differentiation (2008), section 2.3.
func (x Array) SolveLower(b Array) Array { return x.solve("SolveLower", b, layout.Triangle{}) }

// SolveLowerT returns the solution y of xᵀ·y = b, where x is lower triangular; see
// SolveLower.
func (x Array) SolveLowerT(b Array) Array {
	return x.solve("SolveLowerT", b, layout.Triangle{Transposed: true})
}

// SolveUpper returns the solution y of x·y = b, where x is upper triangular, and what
// is below its diagonal is not read; see SolveLower.
func (x Array) SolveUpper(b Array) Array {
	return x.solve("SolveUpper", b, layout.Triangle{Upper: true})
}

// SolveUpperT returns the solution y of xᵀ·y = b, where x is upper triangular; see
// SolveUpper.
func (x Array) SolveUpperT(b Array) Array {
	return x.solve("SolveUpperT", b, layout.Triangle{Upper: true, Transposed: true})
}

func (x Array) solve(name string, b Array, s layout.Triangle) Array {
	t := tapeOf(x, b)
	sx, sb := x.Shape(), b.Shape()
	if len(sx) != 2 || sx[0] != sx[1] || len(sb) < 1 || len(sb) > 2 || sb[0] != sx[0] {
		panicShapes(name, x, b)
	}
	s.N = sx[0]
	out := t.newArray(sb)
	o := newNode[solveOp](t, out, x.a, b.a)
	o.label, o.s, o.k = name, s, 1
	if len(sb) == 2 {
		o.k = sb[1]
	}
	copy(out.data[primal], b.a.data[primal])
	s.Solve(x.a.data[primal], out.data[primal], o.k)
	return t.wrap(out)
}

// solveOp is the solution of triangular equations.
type solveOp struct {
	elementary
	labeled
	s     layout.Triangle
	k     int // right sides
	g, dg []float64
}

// push: ẏ = x⁻¹(ḃ - ẋ·y).
func (o *solveOp) push(n *node) {
	x, b, dy := n.in[0], n.in[1], n.out.data[tangent]
	if b.active {
		copy(dy, b.data[tangent])
	}
	if x.active {
		o.s.Times(dy, x.data[tangent], n.out.data[primal], -1, o.k)
	}
	o.s.Solve(x.data[primal], dy, o.k)
}

// pull: b̄ += g and x̄ -= g·yᵀ, where g = x⁻ᵀ·ȳ. Results that nothing depends on add nothing,
// of a singular matrix too.
func (o *solveOp) pull(n *node, q quantity) {
	x, b := n.in[0], n.in[1]
	if vanishes(n.out.data[q]) {
		return
	}
	o.g = o.pulled(o.g, n, q)
	if b.active {
		vector.Add(b.data[q], o.g)
	}
	if x.active {
		o.s.AddProduct(x.data[q], o.g, n.out.data[primal], -1, o.k)
	}
}

func (o *solveOp) pulled(g []float64, n *node, q quantity) []float64 {
	g = append(g[:0], n.out.data[q]...)
	o.s.T().Solve(n.in[0].data[primal], g, o.k)
	return g
}

// curve: g moves by -x⁻ᵀ·ẋᵀ·g, and y by ẏ.
func (o *solveOp) curve(n *node) {
	x, b := n.in[0], n.in[1]
	if !x.active || vanishes(n.out.data[adjoint]) {
		return
	}
	o.g = o.pulled(o.g, n, adjoint)
	o.s.AddProduct(x.data[rate], o.g, n.out.data[tangent], -1, o.k)
	o.dg = zeroed(o.dg, len(o.g))
	o.s.T().Times(o.dg, x.data[tangent], o.g, -1, o.k)
	o.s.T().Solve(x.data[primal], o.dg, o.k)
	if b.active {
		vector.Add(b.data[rate], o.dg)
	}
	o.s.AddProduct(x.data[rate], o.dg, n.out.data[primal], -1, o.k)
}

// vanishes reports whether all numbers are 0.
func vanishes(w []float64) bool {
	for _, v := range w {
		if v != 0 {
			return false
		}
	}
	return true
}

// panicShape says that an operation does not take a shape.
func panicShape(name string, shape []int) {
	panic(fmt.Sprintf("reverse: %s of shape %v", name, slices.Clone(shape)))
}

// squareOf returns the n of a shape [n n], and panics with the name of an operation
// if it is another.
func squareOf(name string, x Array) int {
	shape := x.Shape()
	if len(shape) != 2 || shape[0] != shape[1] {
		panicShape(name, shape)
	}
	return shape[0]
}
