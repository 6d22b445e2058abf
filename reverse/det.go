package reverse

import (
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// Det returns the determinant of x, of shape [n n], as a scalar: 1 of the empty matrix, and NaN,
// with derivatives of NaN, where an element is not finite. It is a polynomial: the derivative with
// respect to all elements is the matrix of cofactors, which is finite at a singular matrix too, as
// the second derivative is. Neither divides by the determinant. See LogDet and SLogDet for
// determinants that overflow.
//
// Cost: 2n³/3 operations and n³/3 comparisons, by factors with exchanges of rows and columns; some
// 2n³ more for the cofactors, in the first sweep, and 4n³ for a sweep at second order.
//
// Det panics if x is of another shape.
func (x Array) Det() Array {
	n := squareOf("Det", x)
	t := tapeOf(x)
	out := t.newArray(nil)
	o := newNode[detOp](t, out, x.a)
	o.n, o.known = n, false
	o.finite = vector.AllFinite(x.a.data[primal])
	out.data[primal][0] = o.factor(x.a.data[primal])
	return t.wrap(out)
}

// detOp is a determinant. With rows and columns exchanged, x is L·D·U, of which the triangular L
// and U have ones on their diagonals. So the adjugate of x is ±U⁻¹·adj(D)·L⁻¹, with the columns and
// rows exchanged back, and that of the diagonal matrix D has products of all but one of its elements.
type detOp struct {
	elementary
	n           int
	finite      bool
	l, u        []float64 // unit triangular factors
	d           []scaled  // the diagonal between them
	row, column []int     // which row and column of x stands at each place
	sign        float64

	cofactors []float64 // if known
	known     bool

	after   []scaled // the products of the elements of d from each place on
	b, c, e []float64
}

func (*detOp) name() string { return "Det" }

// factor sets the factors by Gaussian elimination with the largest pivot of all that are left, and
// returns the determinant.
func (o *detOp) factor(x []float64) float64 {
	if !o.finite {
		return math.NaN()
	}
	n := o.n
	o.sign, o.d = 1, zeroed(o.d, n)
	o.u, o.l = append(o.u[:0], x...), zeroed(o.l, n*n)
	o.row, o.column = o.row[:0], o.column[:0]
	for i := range n {
		o.row, o.column = append(o.row, i), append(o.column, i)
	}
	at := func(i int) []float64 { return o.u[i*n:][:n] }
	product := scaled{1, 0}
	for k := range n {
		p, q := k, k
		for i := k; i < n; i++ {
			for j, v := range at(i)[k:] {
				if math.Abs(v) > math.Abs(at(p)[q]) {
					p, q = i, k+j
				}
			}
		}
		o.exchange(k, p, q)
		pivot := at(k)[k]
		o.d[k] = scaled{pivot, 0}
		product = product.times(o.d[k])
		o.l[k*n+k] = 1
		if pivot == 0 { // so are all that are left
			continue
		}
		for i := k + 1; i < n; i++ {
			f := at(i)[k] / pivot
			o.l[i*n+k] = f
			kernel.Axpy(at(i)[k+1:], -f, at(k)[k+1:])
		}
		for j := k; j < n; j++ {
			at(k)[j] /= pivot
		}
	}
	return o.sign * product.float()
}

// exchange brings the element in row p and column q to the k-th place of the diagonal.
func (o *detOp) exchange(k, p, q int) {
	n := o.n
	if p != k {
		o.sign = -o.sign
		o.row[p], o.row[k] = o.row[k], o.row[p]
		for j := range n {
			o.u[p*n+j], o.u[k*n+j] = o.u[k*n+j], o.u[p*n+j]
		}
		for j := range k {
			o.l[p*n+j], o.l[k*n+j] = o.l[k*n+j], o.l[p*n+j]
		}
	}
	if q != k {
		o.sign = -o.sign
		o.column[q], o.column[k] = o.column[k], o.column[q]
		for i := range n {
			o.u[i*n+q], o.u[i*n+k] = o.u[i*n+k], o.u[i*n+q]
		}
	}
}

// expand sets dst to what the adjugate of x is, if c is that of D or a derivative of it:
// ±U⁻¹·c·L⁻¹, transposed, in the order of x. It overwrites c.
func (o *detOp) expand(dst, c []float64) {
	n := o.n
	layout.Triangle{N: n, Upper: true, Unit: true}.Solve(o.u, c, n)
	layout.Transpose(c, n)
	layout.Triangle{N: n, Unit: true}.T().Solve(o.l, c, n)
	for i := range n {
		for j := range n {
			dst[o.row[i]*n+o.column[j]] = o.sign * c[i*n+j]
		}
	}
}

// adjugate sets the cofactors.
func (o *detOp) adjugate() {
	if o.known {
		return
	}
	n := o.n
	o.known = true
	o.cofactors = zeroed(o.cofactors, n*n)
	if !o.finite {
		for i := range o.cofactors {
			o.cofactors[i] = math.NaN()
		}
		return
	}
	o.after = append(zeroed(o.after, n), scaled{1, 0})
	for i := n - 1; i >= 0; i-- {
		o.after[i] = o.d[i].times(o.after[i+1])
	}
	o.c = zeroed(o.c, n*n)
	before := scaled{1, 0}
	for i := range n {
		o.c[i*n+i] = before.times(o.after[i+1]).float()
		before = before.times(o.d[i])
	}
	o.expand(o.cofactors, o.c)
}

func (o *detOp) push(n *node) {
	o.adjugate()
	n.out.data[tangent][0] = vector.Dot(n.in[0].data[tangent], o.cofactors)
}

func (o *detOp) pull(n *node, q quantity) {
	if w := n.out.data[q][0]; w != 0 {
		o.adjugate()
		kernel.Axpy(n.in[0].data[q], w, o.cofactors)
	}
}

// curve: along ẋ, x is L·(D+E)·U with E = L⁻¹·ẋ·U⁻¹, and the adjugate of D changes by products of
// E's elements with those of all of d but two.
func (o *detOp) curve(nd *node) {
	w, n := nd.out.data[adjoint][0], o.n
	if w == 0 {
		return
	}
	o.adjugate()
	if !o.finite {
		kernel.Axpy(nd.in[0].data[rate], w, o.cofactors)
		return
	}
	o.e = zeroed(o.e, n*n)
	for i := range n {
		for j := range n {
			o.e[i*n+j] = nd.in[0].data[tangent][o.row[i]*n+o.column[j]]
		}
	}
	layout.Triangle{N: n, Unit: true}.Solve(o.l, o.e, n)
	layout.Transpose(o.e, n)
	layout.Triangle{N: n, Upper: true, Unit: true}.T().Solve(o.u, o.e, n)
	layout.Transpose(o.e, n)
	o.c, o.b = zeroed(o.c, n*n), zeroed(o.b, n*n)
	before := scaled{1, 0}
	for i := range n {
		between := before
		for j := i + 1; j < n; j++ {
			p := between.times(o.after[j+1])
			o.c[i*n+i] += p.times(scaled{o.e[j*n+j], 0}).float()
			o.c[j*n+j] += p.times(scaled{o.e[i*n+i], 0}).float()
			o.c[i*n+j] = -p.times(scaled{o.e[i*n+j], 0}).float()
			o.c[j*n+i] = -p.times(scaled{o.e[j*n+i], 0}).float()
			between = between.times(o.d[j])
		}
		before = before.times(o.d[i])
	}
	o.expand(o.b, o.c)
	kernel.Axpy(nd.in[0].data[rate], w, o.b)
}
