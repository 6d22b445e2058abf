package sparse

import (
	"fmt"

	"github.com/quartet-ad/ad/internal/check"
	"gonum.org/v1/gonum/mat"
)

// Dense returns s as a dense matrix.
//
// Dense panics if m or n is 0.
func (s *Matrix) Dense() *mat.Dense {
	var d mat.Dense
	m, n := s.Dims()
	check.Dense("sparse.Matrix.Dense", &d, m, n)
	raw := d.RawMatrix()
	for t := range s.Triplets() {
		raw.Data[t.I*raw.Stride+t.J] = t.Value
	}
	return &d
}

// SymDense returns s as a dense symmetric matrix.
//
// SymDense panics if s is not symmetric, or is 0×0.
func (s *Matrix) SymDense() *mat.SymDense {
	var d mat.SymDense
	check.Sym("sparse.Matrix.SymDense", &d, s.mustBeSymmetric("SymDense"))
	raw := d.RawSymmetric()
	for t := range s.Triplets() {
		if t.J >= t.I {
			raw.Data[t.I*raw.Stride+t.J] = t.Value
		}
	}
	return &d
}

// BandDense returns s as a band matrix, as wide as the pattern: see Bandwidth.
//
// Cost: of the order of m times the width.
//
// BandDense panics if m or n is 0.
func (s *Matrix) BandDense() *mat.BandDense {
	m, n := s.Dims()
	if m == 0 || n == 0 {
		panic(fmt.Sprintf("sparse.Matrix.BandDense: a %d×%d matrix has no entries", m, n))
	}
	lower, upper := s.pattern.Bandwidth()
	d := mat.NewBandDense(m, n, lower, upper, nil)
	raw := d.RawBand()
	for t := range s.Triplets() {
		raw.Data[t.I*raw.Stride+t.J-t.I+lower] = t.Value
	}
	return d
}

// SymBandDense returns s as a symmetric band matrix, as wide as the pattern: see
// Bandwidth.
//
// Cost: of the order of n times the width.
//
// SymBandDense panics if s is not symmetric, or is 0×0.
func (s *Matrix) SymBandDense() *mat.SymBandDense {
	n := s.mustBeSymmetric("SymBandDense")
	if n == 0 {
		panic("sparse.Matrix.SymBandDense: a 0×0 matrix has no entries")
	}
	lower, upper := s.pattern.Bandwidth()
	d := mat.NewSymBandDense(n, max(lower, upper), nil)
	raw := d.RawSymBand()
	for t := range s.Triplets() {
		if t.J >= t.I {
			raw.Data[t.I*raw.Stride+t.J-t.I] = t.Value
		}
	}
	return d
}

// mustBeSymmetric returns n.
func (s *Matrix) mustBeSymmetric(op string) int {
	m, n := s.Dims()
	if m != n {
		panic(fmt.Sprintf("sparse: %s of a %d×%d matrix", op, m, n))
	}
	for t := range s.Triplets() {
		if v := s.At(t.J, t.I); v != t.Value && (v == v || t.Value == t.Value) {
			panic(fmt.Sprintf("sparse: %s of a matrix that is not symmetric: (%d, %d) is %v and (%d, %d) is %v",
				op, t.I, t.J, t.Value, t.J, t.I, v))
		}
	}
	return n
}
