package reverse

import (
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// Cholesky returns the lower triangular matrix l with x = l·lᵀ and a positive
// diagonal, where x, of shape [n n], is symmetric and positive definite. Only the
// lower triangle of x is read. Above its diagonal l is 0.
//
// Where x is not positive definite, or has elements that are not finite, all of l
// is NaN, and so are its derivatives.
//
// A derivative is that of the factor of (x + xᵀ)/2: the gradient is symmetric, and
// a direction counts by its symmetric part. That is what a function that makes its
// symmetric matrix of something else needs.
//
// Cost: n³/3 operations, and about 3n³ backwards.
//
// Cholesky panics if x is of another shape. The derivatives are those of Murray,
// Differentiation of the Cholesky Decomposition (2016), sections 3.1 and 3.2, in
// the form of Giles (2008).
func (x Array) Cholesky() Array {
	n := squareOf("Cholesky", x)
	t := tapeOf(x)
	out := t.newArray(x.a.shape)
	o := newNode[choleskyOp](t, out, x.a)
	o.n = n
	cholesky(out.data[primal], x.a.data[primal], n)
	return t.wrap(out)
}

// cholesky sets l to the factor of a, row by row.
func cholesky(l, a []float64, n int) {
	for i := range n {
		row := l[i*n:][:n]
		for j := range i {
			row[j] = (a[i*n+j] - kernel.Dot(row[:j], l[j*n:][:j])) / l[j*n+j]
		}
		d := a[i*n+i] - kernel.Dot(row[:i], row[:i])
		if !(d > 0 && d <= math.MaxFloat64) {
			for k := range l[:n*n] {
				l[k] = math.NaN()
			}
			return
		}
		row[i] = math.Sqrt(d)
		clear(row[i+1:])
	}
}

// choleskyOp is the Cholesky factor. Below, Φ is the lower triangle of a matrix with
// half of the diagonal.
type choleskyOp struct {
	elementary
	n       int
	m, w, c []float64
}

func (*choleskyOp) name() string { return "Cholesky" }

// push: l̇ = l·Φ(l⁻¹·ẋ·l⁻ᵀ).
func (o *choleskyOp) push(n *node) {
	dx, l := n.in[0].data[tangent], n.out.data[primal]
	o.m = zeroed(o.m, o.n*o.n)
	for i := range o.n {
		for j := range o.n {
			o.m[i*o.n+j] = (dx[i*o.n+j] + dx[j*o.n+i]) / 2
		}
	}
	o.divide(layout.Triangle{N: o.n}, o.m, l)
	for i := range o.n {
		o.m[i*o.n+i] /= 2
		clear(o.m[i*o.n+i+1:][:o.n-i-1])
	}
	layout.Triangle{N: o.n}.Times(n.out.data[tangent], l, o.m, 1, o.n)
}

// divide replaces a symmetric m by l⁻¹·m·l⁻ᵀ, or by l⁻ᵀ·m·l⁻¹ if s is transposed.
func (o *choleskyOp) divide(s layout.Triangle, m, l []float64) {
	s.Solve(l, m, o.n)
	layout.Transpose(m, o.n)
	s.Solve(l, m, o.n)
}

// pull: x̄ += l⁻ᵀ·(p + pᵀ)·l⁻¹/2, where p = Φ(lᵀ·l̄).
func (o *choleskyOp) pull(n *node, q quantity) {
	l := n.out.data[primal]
	o.m = o.product(o.m, l, n.out.data[q])
	o.divide(layout.Triangle{N: o.n, Transposed: true}, o.m, l)
	kernel.Axpy(n.in[0].data[q], 0.5, o.m)
}

// product returns p + pᵀ, where p = Φ(lᵀ·v). Only the lower triangle of v is read.
func (o *choleskyOp) product(m, l, v []float64) []float64 {
	d := o.n
	m = zeroed(m, d*d)
	for k := range d {
		for i := range k + 1 {
			kernel.Axpy(m[i*d:][:i+1], l[k*d+i], v[k*d:][:i+1])
		}
	}
	for i := range d {
		for j := range i {
			m[j*d+i] = m[i*d+j]
		}
	}
	return m
}

// curve: with m = p + pᵀ and w = l⁻¹·l̇, the part of the pullback that is divided
// moves by ṁ - m·w - (m·w)ᵀ, where ṁ is m with l̇ in the place of l.
func (o *choleskyOp) curve(n *node) {
	d, l, dl, v := o.n, n.out.data[primal], n.out.data[tangent], n.out.data[adjoint]
	o.m = o.product(o.m, l, v)
	o.w = append(o.w[:0], dl...)
	layout.Triangle{N: d}.Solve(l, o.w, d)
	o.c = o.product(o.c, dl, v)
	layout.Transpose(o.w, d) // m is symmetric: (m·w)ᵀ = wᵀ·m
	for i := range d {
		for k := i; k < d; k++ {
			s := o.w[i*d+k]
			for j := range d {
				o.c[i*d+j] -= s * o.m[k*d+j]
				o.c[j*d+i] -= s * o.m[k*d+j]
			}
		}
	}
	o.divide(layout.Triangle{N: d, Transposed: true}, o.c, l)
	kernel.Axpy(n.in[0].data[rate], 0.5, o.c)
}
