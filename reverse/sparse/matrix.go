package sparse

import (
	"fmt"
	"iter"

	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Matrix is a sparse matrix: a Pattern and a number for each of its entries. All
// other elements are 0. It is a matrix of gonum's package mat, which takes it
// wherever it takes a mat.Matrix; Dense, BandDense and the like give what its
// solvers want. The zero value is the 0×0 matrix.
type Matrix struct {
	pattern *Pattern
	values  []float64 // of the entries, row by row
}

var (
	_ mat.Matrix         = (*Matrix)(nil)
	_ mat.NonZeroDoer    = (*Matrix)(nil)
	_ mat.RowNonZeroDoer = (*Matrix)(nil)
)

// NewMatrix returns the matrix with the values of the entries of p, row by row,
// which it keeps. If values is nil they are 0, and new.
//
// NewMatrix panics if p is nil, or if there is another number of values.
func NewMatrix(p *Pattern, values []float64) *Matrix {
	if p == nil {
		panic("sparse.NewMatrix: the pattern is nil")
	}
	if values == nil {
		values = make([]float64, p.Len())
	}
	check.Length("sparse.NewMatrix", "values", len(values), p.Len())
	return &Matrix{p, values}
}

// Pattern returns the pattern of s.
func (s *Matrix) Pattern() *Pattern {
	if s.pattern == nil {
		return new(Pattern)
	}
	return s.pattern
}

// Values returns the values of the entries, row by row. They belong to s: to
// change them is to change s.
func (s *Matrix) Values() []float64 { return s.values }

// Row returns the columns of the entries in row i, ascending, and their values.
// Both belong to s, and the columns must not be changed.
//
// Row panics if i is out of range.
func (s *Matrix) Row(i int) (columns []int32, values []float64) {
	p := s.Pattern()
	columns = p.Row(i)
	return columns, s.values[p.start[i]:p.start[i+1]:p.start[i+1]]
}

// Dims returns the number of rows and of columns.
func (s *Matrix) Dims() (m, n int) { return s.Pattern().Dims() }

// At returns the element in row i and column j, 0 outside of the pattern.
//
// Cost: a binary search in the row.
//
// At panics if i or j is out of range.
func (s *Matrix) At(i, j int) float64 {
	if e, ok := s.Pattern().find(i, j); ok {
		return s.values[e]
	}
	return 0
}

// T returns a view of s as its transpose. See Transposed for one of its own.
func (s *Matrix) T() mat.Matrix { return mat.Transpose{Matrix: s} }

// Transposed returns the transpose of s.
//
// Cost: of the order of m, n and the number of entries.
func (s *Matrix) Transposed() *Matrix {
	t := NewMatrix(s.Pattern().T(), nil)
	next := make([]int, t.pattern.m)
	copy(next, t.pattern.start)
	for e, j := range s.Pattern().index {
		t.values[next[j]] = s.values[e]
		next[j]++
	}
	return t
}

// A Triplet is an element of a matrix with its place.
type Triplet struct {
	I, J  int
	Value float64
}

// Triplets yields the entries of the pattern with their values, row by row.
func (s *Matrix) Triplets() iter.Seq[Triplet] {
	return func(yield func(Triplet) bool) {
		e := 0
		for i, j := range s.Pattern().All() {
			if !yield(Triplet{i, j, s.values[e]}) {
				return
			}
			e++
		}
	}
}

// DoNonZero calls f for the elements that differ from 0, row by row.
func (s *Matrix) DoNonZero(f func(i, j int, v float64)) {
	for i := range s.Pattern().m {
		s.DoRowNonZero(i, f)
	}
}

// DoRowNonZero calls f for the elements in row i that differ from 0.
//
// DoRowNonZero panics if i is out of range.
func (s *Matrix) DoRowNonZero(i int, f func(i, j int, v float64)) {
	columns, values := s.Row(i)
	for k, v := range values {
		if v != 0 {
			f(i, int(columns[k]), v)
		}
	}
}

// MulVec writes the matrix times x to dst, which must not overlap it. Elements
// outside of the pattern take no part, even against an infinite x.
//
// Cost: a multiplication for every entry.
//
// MulVec panics if dst does not have the length m, or x not n.
func (s *Matrix) MulVec(dst, x []float64) {
	p := s.Pattern()
	check.Length("sparse.Matrix.MulVec", "dst", len(dst), p.m)
	check.Length("sparse.Matrix.MulVec", "x", len(x), p.n)
	for i := range dst {
		var sum float64
		columns, values := s.Row(i)
		for k, v := range values {
			sum += v * x[columns[k]]
		}
		dst[i] = sum
	}
}

// MulVecT writes the transpose times x to dst, as MulVec.
//
// MulVecT panics if dst does not have the length n, or x not m.
func (s *Matrix) MulVecT(dst, x []float64) {
	p := s.Pattern()
	check.Length("sparse.Matrix.MulVecT", "dst", len(dst), p.n)
	check.Length("sparse.Matrix.MulVecT", "x", len(x), p.m)
	clear(dst)
	for i, xi := range x {
		columns, values := s.Row(i)
		for k, v := range values {
			dst[columns[k]] += v * xi
		}
	}
}

// String draws a small matrix, and says the size of others.
func (s *Matrix) String() string {
	m, n := s.Dims()
	if m == 0 || n == 0 || m > 40 || n > 20 {
		return fmt.Sprintf("%d×%d matrix of %d entries", m, n, len(s.values))
	}
	return fmt.Sprint(mat.Formatted(s))
}
