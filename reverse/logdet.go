package reverse

import (
	"math"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
	"github.com/quartet-ad/ad/reverse/internal/vector"
)

// LogDet returns the logarithm of the determinant of x, of shape [n n], as a scalar:
// NaN where the determinant is negative or an element is NaN, -Inf where x is finite and
// singular, and in all these cases the derivatives are NaN. Of the empty matrix it is 0.
// It does not overflow where the determinant would.
//
// The derivative with respect to all elements is the inverse, transposed (Giles
// 2008, section 2.2.4). Of a symmetric positive definite matrix whose factor is
// needed anyway,
//
//	l := x.Cholesky()
//	logDet := ad.Log(l.Diag()).Sum().Scale(2)
//
// is cheaper, and NaN where x is not positive definite.
//
// Cost: 2n³/3 operations, by factors with row exchanges; 4n³/3 more for the inverse,
// in the first sweep.
//
// LogDet panics if x is of another shape.
func (x Array) LogDet() Array {
	log, sign := x.logDet("LogDet")
	if sign < 0 {
		log.data[primal][0] = math.NaN()
	}
	return log.tape.wrap(log)
}

// SLogDet returns the sign of the determinant of x, of shape [n n], and the logarithm of its
// magnitude, both as scalars. The sign is a constant: 1 or -1, 0 where x is finite and singular,
// and NaN where the logarithm is. The logarithm is that of LogDet, with its derivatives, but where
// the determinant is negative it is a number too. See Det for derivatives at a singular matrix.
//
// Cost: that of LogDet.
//
// SLogDet panics if x is of another shape.
func (x Array) SLogDet() (sign, log Array) {
	out, s := x.logDet("SLogDet")
	t := out.tape
	log = t.wrap(out)
	constant := t.newArray(nil)
	constant.leaf = true
	constant.data[primal][0] = s
	return t.wrap(constant), log
}

// logDet returns the logarithm of the magnitude of a determinant, and its sign.
func (x Array) logDet(name string) (out *array, sign float64) {
	n := squareOf(name, x)
	t := tapeOf(x)
	out = t.newArray(nil)
	o := newNode[logDetOp](t, out, x.a)
	o.label, o.n, o.inverted = name, n, false
	out.data[primal][0], sign = o.factor(x.a.data[primal])
	return out, sign
}

// logDetOp is the logarithm of a determinant.
type logDetOp struct {
	elementary
	labeled
	n        int
	lu       []float64 // unit lower and upper factor of x with rows exchanged
	row      []int     // which row of x each of them is
	inverse  []float64 // of x, if inverted
	inverted bool
	w, c     []float64
}

// factor sets lu and row by Gaussian elimination with the largest pivot of every
// column, and returns the logarithm of the determinant's magnitude, and its sign.
func (o *logDetOp) factor(x []float64) (log, sign float64) {
	n := o.n
	sign = 1
	o.lu = append(o.lu[:0], x...)
	o.row = o.row[:0]
	for i := range n {
		o.row = append(o.row, i)
	}
	at := func(i int) []float64 { return o.lu[i*n:][:n] }
	for k := range n {
		p := k
		for i := k + 1; i < n; i++ {
			if math.Abs(at(i)[k]) > math.Abs(at(p)[k]) {
				p = i
			}
		}
		if p != k {
			sign = -sign
			o.row[p], o.row[k] = o.row[k], o.row[p]
			for j := range n {
				at(p)[j], at(k)[j] = at(k)[j], at(p)[j]
			}
		}
		pivot := at(k)[k]
		if pivot == 0 {
			if !vector.AllFinite(x) {
				return math.NaN(), math.NaN()
			}
			return math.Inf(-1), 0
		}
		sign *= math.Copysign(1, pivot)
		log += math.Log(math.Abs(pivot))
		for i := k + 1; i < n; i++ {
			at(i)[k] /= pivot
			kernel.Axpy(at(i)[k+1:], -at(i)[k], at(k)[k+1:])
		}
	}
	if log != log {
		sign = log
	}
	return log, sign
}

// invert sets the inverse, of NaN where the result is not finite.
func (o *logDetOp) invert(nd *node) {
	if o.inverted {
		return
	}
	n := o.n
	o.inverted, o.inverse = true, zeroed(o.inverse, n*n)
	if y := nd.out.data[primal][0]; y-y != 0 {
		for i := range o.inverse {
			o.inverse[i] = math.NaN()
		}
		return
	}
	for i, r := range o.row {
		o.inverse[i*n+r] = 1
	}
	layout.Triangle{N: n, Unit: true}.Solve(o.lu, o.inverse, n)
	layout.Triangle{N: n, Upper: true}.Solve(o.lu, o.inverse, n)
}

func (o *logDetOp) push(n *node) {
	o.invert(n)
	dx, d := n.in[0].data[tangent], 0.0
	for i := range o.n {
		for j := range o.n {
			d += o.inverse[j*o.n+i] * dx[i*o.n+j]
		}
	}
	n.out.data[tangent][0] = d
}

func (o *logDetOp) pull(n *node, q quantity) {
	if n.out.data[q][0] == 0 {
		return
	}
	o.invert(n)
	o.add(n.in[0].data[q], n.out.data[q][0], o.inverse)
}

// add adds to dst the transposed matrix m, scaled.
func (o *logDetOp) add(dst []float64, scale float64, m []float64) {
	for i := range o.n {
		for j := range o.n {
			dst[i*o.n+j] += scale * m[j*o.n+i]
		}
	}
}

// curve: the inverse moves by -x⁻¹·ẋ·x⁻¹.
func (o *logDetOp) curve(n *node) {
	d := o.n
	o.invert(n)
	inverse := kernel.RowMajor(o.inverse, d)
	o.w, o.c = zeroed(o.w, d*d), zeroed(o.c, d*d)
	kernel.Gemm(kernel.Float64, d, d, d, o.w, d, inverse, kernel.RowMajor(n.in[0].data[tangent], d), false)
	kernel.Gemm(kernel.Float64, d, d, d, o.c, d, kernel.RowMajor(o.w, d), inverse, false)
	o.add(n.in[0].data[rate], -n.out.data[adjoint][0], o.c)
}

// Diag returns the diagonal of x, of shape [n n], as a vector.
//
// Diag panics if x is of another shape.
func (x Array) Diag() Array {
	n := squareOf("Diag", x)
	t := tapeOf(x)
	t.shape = append(t.shape[:0], n)
	out := t.newArray(t.shape)
	newNode[diagOp](t, out, x.a)
	for i := range n {
		out.data[primal][i] = x.a.data[primal][i*n+i]
	}
	return t.wrap(out)
}

// diagOp is a diagonal.
type diagOp struct{ linear }

func (*diagOp) name() string { return "Diag" }

func (*diagOp) push(n *node) {
	for i := range n.out.size {
		n.out.data[tangent][i] = n.in[0].data[tangent][i*n.out.size+i]
	}
}

func (*diagOp) pull(n *node, q quantity) {
	for i, v := range n.out.data[q] {
		n.in[0].data[q][i*n.out.size+i] += v
	}
}
