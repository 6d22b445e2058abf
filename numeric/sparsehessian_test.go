package numeric_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// links is a function of neighbors, and of the first input and every third.
func links(x []float64) float64 {
	sum := 0.0
	for i := range x {
		if i > 0 {
			sum += math.Sin(x[i] * x[i-1])
		}
		if i%3 == 0 {
			sum += math.Exp(0.3*x[i]) * x[0]
		}
	}
	return sum
}

func TestSparseHessian(t *testing.T) {
	const n = 13
	x := make([]float64, n)
	var entries [][2]int
	for i := range x {
		x[i] = math.Cos(float64(3 * i))
		entries = append(entries, [2]int{i, i})
		if i > 0 {
			entries = append(entries, [2]int{i, i - 1}, [2]int{i - 1, i})
		}
		if i%3 == 0 {
			entries = append(entries, [2]int{i, 0}, [2]int{0, i})
		}
	}
	pattern := sparse.NewPattern(n, n, entries)
	for _, s := range schemes {
		dense := s.scheme.Hessian(links, x)
		evals := 0
		got := s.scheme.SparseHessian(func(x []float64) float64 { evals++; return links(x) }, x, pattern)
		for i := range n {
			for j := range n {
				want := dense.At(i, j)
				if pattern.Has(i, j) && got.At(i, j) != want {
					t.Errorf("%s: entry %d,%d is %v, of the dense Hessian %v", s.name, i, j, got.At(i, j), want)
				}
			}
		}
		if evals == 0 || evals > 36*36*(1+len(entries)) {
			t.Errorf("%s: %d evaluations", s.name, evals)
		}
		dst := sparse.NewMatrix(pattern, nil)
		value := s.scheme.With(numeric.Settings{Workers: 3}).SparseHessianTo(dst, links, x)
		optest.Equal(t, s.name+" with workers", dst.Values(), got.Values())
		optest.Equal(t, s.name+": value", value, links(x))
	}
	dst := sparse.NewMatrix(pattern, nil)
	optest.Equal(t, "value", numeric.SparseHessianTo(dst, links, x), links(x))
	optest.Equal(t, "SparseHessianTo", dst.Values(), numeric.Richardson.SparseHessian(links, x, pattern).Values())
	optest.Equal(t, "SparseHessian", dst.Values(), numeric.SparseHessian(links, x, pattern).Values())

	optest.Panics(t, "numeric.SparseHessianTo: dst is 13×13, want 2×2", func() { numeric.SparseHessianTo(dst, links, x[:2]) })
	optest.Panics(t, "numeric.SparseHessian: the pattern is nil", func() { numeric.SparseHessian(links, x, nil) })
	optest.Panics(t, "numeric.SparseHessianTo: dst is nil", func() { numeric.SparseHessianTo(nil, links, x) })
	optest.Panics(t, "numeric.SparseHessianTo: the pattern of dst is not symmetric", func() {
		numeric.SparseHessian(links, x[:2], sparse.NewPattern(2, 2, [][2]int{{0, 1}}))
	})
}
