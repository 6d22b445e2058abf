package reverse

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// MatMul returns the matrix product of x, of shape […, m, k], and y, of shape
// […, k, n]: shape […, m, n]. Leading axes are broadcast. A vector in place of x is
// a row, one in place of y a column, and the result lacks that axis.
//
// Cost: 2mkn operations for every product, shared among the cores where that pays; the
// sweep backwards takes two products.
//
// MatMul panics if the shapes do not fit.
func (x Array) MatMul(y Array) Array { return x.matMul("MatMul", y, false, false) }

// MatMulT returns x·yᵀ: MatMul with the last two axes of y exchanged, without a
// copy.
func (x Array) MatMulT(y Array) Array { return x.matMul("MatMulT", y, false, true) }

// TMatMul returns xᵀ·y: MatMul with the last two axes of x exchanged, without a
// copy.
func (x Array) TMatMul(y Array) Array { return x.matMul("TMatMul", y, true, false) }

func (x Array) matMul(name string, y Array, xT, yT bool) Array {
	t := tapeOf(x, y)
	if x.Rank() == 0 || y.Rank() == 0 || x.Rank() == 1 && xT || y.Rank() == 1 && yT {
		panicShapes(name, x, y)
	}
	ax, ay := x.a, y.a
	m, k := matrixOf(ax.shape, xT, true)
	k2, n := matrixOf(ay.shape, yT, false)
	if k != k2 {
		panicShapes(name, x, y)
	}
	batchX, batchY := ax.shape[:max(len(ax.shape)-2, 0)], ay.shape[:max(len(ay.shape)-2, 0)]
	if !layout.Broadcasts(batchX, batchY) {
		panicShapes(name, x, y)
	}
	t.shape = layout.Broadcast(name, t.shape[:0], batchX, batchY)
	batch := len(t.shape)
	if len(ax.shape) > 1 {
		t.shape = append(t.shape, m)
	}
	if len(ay.shape) > 1 {
		t.shape = append(t.shape, n)
	}
	out := t.newArray(t.shape)
	o := newNode[matMulOp](t, out, ax, ay)
	o.label, o.m, o.k, o.n, o.xT, o.yT = name, m, k, n, xT, yT
	o.precision = t.precision
	o.w.Over(out.shape[:batch], batchX, batchY)
	o.each(func(ix, iy, iz int) {
		o.product(out.data[primal][iz:], o.x(ax.data[primal][ix:]), o.y(ay.data[primal][iy:]), m, k, n, false)
	})
	return t.wrap(out)
}

// panicShapes says that two shapes do not fit.
func panicShapes(name string, x, y Array) {
	panic(fmt.Sprintf("reverse: %s of shapes %v and %v", name, slices.Clone(x.Shape()), slices.Clone(y.Shape())))
}

// matrixOf returns the dimensions of the matrices of a shape. A vector is a row if
// row, else a column.
func matrixOf(shape []int, transposed, row bool) (m, n int) {
	switch l := len(shape); {
	case l == 1 && row:
		return 1, shape[0]
	case l == 1:
		return shape[0], 1
	case transposed:
		return shape[l-1], shape[l-2]
	default:
		return shape[l-2], shape[l-1]
	}
}

// matMulOp is a product of m×k and k×n matrices, one for every element of its walk.
type matMulOp struct {
	elementary
	labeled
	w         layout.Walk // over the products
	m, k, n   int
	xT, yT    bool // how operands are stored
	precision kernel.Precision
}

// each calls f for every product, with where its operands and its result begin.
func (o *matMulOp) each(f func(ix, iy, iz int)) {
	sx, sy, sz := o.m*o.k, o.k*o.n, o.m*o.n
	o.w.Each(func(r layout.Run) {
		for i := range r.N {
			f((r.At[0]+i*r.Step[0])*sx, (r.At[1]+i*r.Step[1])*sy, (r.Out+i)*sz)
		}
	})
}

// x, y and z are views of a matrix of an operand and of the result.
func (o *matMulOp) x(data []float64) kernel.Matrix { return view(data, o.m, o.k, o.xT) }
func (o *matMulOp) y(data []float64) kernel.Matrix { return view(data, o.k, o.n, o.yT) }
func (o *matMulOp) z(data []float64) kernel.Matrix { return view(data, o.m, o.n, false) }

func view(data []float64, m, n int, transposed bool) kernel.Matrix {
	if transposed {
		return kernel.RowMajor(data[:m*n], m).T()
	}
	return kernel.RowMajor(data[:m*n], n)
}

// product sets c to the m×n product of a and b, or adds it.
func (o *matMulOp) product(c []float64, a, b kernel.Matrix, m, k, n int, add bool) {
	kernel.Gemm(o.precision, m, n, k, c[:m*n], n, a, b, add)
}

func (o *matMulOp) push(n *node) {
	x, y, z := n.in[0], n.in[1], n.out.data[tangent]
	o.each(func(ix, iy, iz int) {
		if x.active {
			o.product(z[iz:], o.x(x.data[tangent][ix:]), o.y(y.data[primal][iy:]), o.m, o.k, o.n, true)
		}
		if y.active {
			o.product(z[iz:], o.x(x.data[primal][ix:]), o.y(y.data[tangent][iy:]), o.m, o.k, o.n, true)
		}
	})
}

func (o *matMulOp) pull(n *node, q quantity) { o.pullWith(n, q, q, primal) }

func (o *matMulOp) curve(n *node) { o.pullWith(n, rate, adjoint, tangent) }

// pullWith adds to the quantity dst of each operand the product of the result's
// quantity from with the other operand's quantity with: x̄ += z̄·yᵀ and ȳ += xᵀ·z̄.
func (o *matMulOp) pullWith(n *node, dst, from, with quantity) {
	x, y, z := n.in[0], n.in[1], n.out.data[from]
	o.each(func(ix, iy, iz int) {
		if x.active && (with == primal || y.active) {
			zy, yx := o.z(z[iz:]), o.y(y.data[with][iy:]).T()
			if o.xT { // x̄ᵀ += y·z̄ᵀ
				o.product(x.data[dst][ix:], yx.T(), zy.T(), o.k, o.n, o.m, true)
			} else {
				o.product(x.data[dst][ix:], zy, yx, o.m, o.n, o.k, true)
			}
		}
		if y.active && (with == primal || x.active) {
			xz, zy := o.x(x.data[with][ix:]).T(), o.z(z[iz:])
			if o.yT { // ȳᵀ += z̄ᵀ·x
				o.product(y.data[dst][iy:], zy.T(), xz.T(), o.n, o.m, o.k, true)
			} else {
				o.product(y.data[dst][iy:], xz, zy, o.k, o.m, o.n, true)
			}
		}
	})
}

// Dot returns the sum of the products of two vectors' elements.
//
// Dot panics if x and y are not vectors of the same length.
func (x Array) Dot(y Array) Array {
	if x.Rank() != 1 || y.Rank() != 1 || x.Size() != y.Size() {
		panicShapes("Dot", x, y)
	}
	return x.matMul("Dot", y, false, false)
}

// Outer returns the products of every element of the vector x, of length m, with
// every one of the vector y, of length n: shape [m, n].
//
// Outer panics if x and y are not vectors.
func (x Array) Outer(y Array) Array {
	t := tapeOf(x, y)
	if x.Rank() != 1 || y.Rank() != 1 {
		panicShapes("Outer", x, y)
	}
	m, n := x.a.size, y.a.size
	t.shape = append(t.shape[:0], m, n)
	out := t.newArray(t.shape)
	o := newNode[matMulOp](t, out, x.a, y.a)
	o.label, o.m, o.k, o.n, o.xT, o.yT = "Outer", m, 1, n, false, false
	o.precision = t.precision
	o.w.Over(nil)
	o.each(func(ix, iy, iz int) {
		o.product(out.data[primal][iz:], o.x(x.a.data[primal][ix:]), o.y(y.a.data[primal][iy:]), m, 1, n, false)
	})
	return t.wrap(out)
}
