package kernel

import "fmt"

// A Matrix is a view of numbers: entry (i, j) is Data[i*Row+j*Col].
type Matrix struct {
	Data     []float64
	Row, Col int
}

// RowMajor returns the view of rows that lie stride apart.
func RowMajor(data []float64, stride int) Matrix { return Matrix{data, stride, 1} }

// T returns the transpose, of the same numbers.
func (a Matrix) T() Matrix { return Matrix{a.Data, a.Col, a.Row} }

// check panics if a has no room for r×c entries.
func (a Matrix) check(name string, r, c int) {
	if r == 0 || c == 0 {
		return
	}
	if last := (r-1)*a.Row + (c-1)*a.Col; a.Row < 0 || a.Col < 0 || last >= len(a.Data) {
		panic(fmt.Sprintf("kernel: %s is %d×%d with strides %d, %d, of %d numbers", name, r, c, a.Row, a.Col, len(a.Data)))
	}
}

func (a Matrix) from(i, j int) Matrix {
	a.Data = a.Data[i*a.Row+j*a.Col:]
	return a
}

// A Precision says in which numbers products are formed and summed. Storage is
// float64 all the same.
type Precision uint8

const (
	Float64 Precision = iota
	// Float32 rounds the operands to float32 and sums up to 256 products in
	// float32, and such sums in float64: up to twice the speed, errors of up to
	// 1.6e-5 (typically 1e-7) of the sum of the absolute products, overflow
	// beyond 3.4e38. Products that gain nothing by it are in float64.
	Float32
)

// narrow is the size below which rounding the operands costs more than it gains.
const narrow = 16

// of returns the precision for a product of this size.
func (p Precision) of(m, n, k int) Precision {
	if min(m, n, k) < narrow {
		return Float64
	}
	return p
}

// Gemm writes the m×k matrix a times the k×n matrix b to the m×n matrix c, whose
// rows lie ldc apart, or adds it if add. c must not overlap a or b.
//
// Every entry is a sum in the order of k, of blocks of 256 products, wherever it
// stands; only products of a vector sum in another order. Nothing is skipped, so
// that NaN and infinities propagate. Where k is 0, the product is 0.
//
// Gemm panics if an operand has no room for its entries.
func Gemm(p Precision, m, n, k int, c []float64, ldc int, a, b Matrix, add bool) {
	if m < 0 || n < 0 || k < 0 {
		panic(fmt.Sprintf("kernel: Gemm of %d×%d by %d×%d", m, k, k, n))
	}
	if m == 0 || n == 0 {
		return
	}
	a.check("a", m, k)
	b.check("b", k, n)
	if RowMajor(c, ldc).check("c", m, n); ldc < n && m > 1 {
		panic(fmt.Sprintf("kernel: rows of %d entries lie %d apart", n, ldc))
	}
	if n == 1 && (ldc == 1 || m == 1) { // cᵀ = bᵀaᵀ is a row
		m, n, a, b = n, m, b.T(), a.T()
	}
	product := product{p.of(m, n, k), m, n, k, c, ldc, a, b, add, false}
	product.vector = m == 1 && k > 0 && a.Col == 1 && b.Row == 1
	product.run()
}

// A product is what Gemm was asked for.
type product struct {
	precision Precision
	m, n, k   int
	c         []float64
	ldc       int
	a, b      Matrix
	add       bool
	vector    bool // a is a row, and the columns of b are contiguous
}

func (p *product) run() {
	if int64(p.m)*int64(p.n)*int64(p.k) >= int64(shareGemm) && parts() > 1 {
		p.share()
	} else {
		p.part(0, p.m, 0, p.n)
	}
}

// part computes rows i0 to i1 and columns j0 to j1 of c.
func (p *product) part(i0, i1, j0, j1 int) {
	if i0 >= i1 || j0 >= j1 {
		return
	}
	a, b, c := p.a, p.b, p.c[i0*p.ldc+j0:]
	if p.k > 0 {
		a, b = a.from(i0, 0), b.from(0, j0)
	}
	switch {
	case p.precision == Float32:
		use.float32.product(i1-i0, j1-j0, p.k, c, p.ldc, a, b, p.add)
	case p.vector:
		dots(c[:j1-j0], a.Data[:p.k], b, p.add)
	default:
		use.float64.product(i1-i0, j1-j0, p.k, c, p.ldc, a, b, p.add)
	}
}

// dots writes or adds the dot products of a and the columns of b, which lie
// b.Col apart.
func dots(c, a []float64, b Matrix, add bool) {
	for j := range c {
		d := Dot(a, b.Data[j*b.Col:][:len(a)])
		if add {
			d += c[j]
		}
		c[j] = d
	}
}
