package numeric

import (
	"fmt"

	"github.com/quartet-ad/ad/reverse/sparse"
)

// SparseHessian returns the Hessian of f at x, both triangles, by Richardson, where the
// pattern says which entries there are. Elements outside of it are not looked at. A
// recorded function of package reverse finds the pattern (HessianPattern).
//
// Cost: that of Hessian, of the pattern's entries alone.
//
// SparseHessian panics if the pattern is not n×n and symmetric for n inputs.
func SparseHessian[F ~float64](f func([]F) F, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	dst := sparse.NewMatrix(pattern, nil)
	sparseHessianTo(Richardson, dst, fromScalar(f), x)
	return dst
}

// SparseHessianTo writes the entries of dst's pattern of the Hessian of f at x to dst, and
// returns f(x).
//
// Cost: as SparseHessian.
//
// SparseHessianTo panics as SparseHessian does.
func SparseHessianTo[F ~float64](dst *sparse.Matrix, f func([]F) F, x []float64) float64 {
	return sparseHessianTo(Richardson, dst, fromScalar(f), x)
}

// SparseHessian returns the Hessian of f at x, both triangles, where the pattern says
// which entries there are.
//
// Cost: one second-order quotient of s for every entry of the pattern above the diagonal
// or on it.
//
// SparseHessian panics as the package's function does.
func (s Scheme) SparseHessian(f func([]float64) float64, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	dst := sparse.NewMatrix(pattern, nil)
	sparseHessianTo(s, dst, fromScalar(f), x)
	return dst
}

// SparseHessianTo writes the entries of dst's pattern of the Hessian of f at x to dst, and
// returns f(x).
//
// Cost: as SparseHessian.
//
// SparseHessianTo panics as the package's function does.
func (s Scheme) SparseHessianTo(dst *sparse.Matrix, f func([]float64) float64, x []float64) float64 {
	return sparseHessianTo(s, dst, fromScalar(f), x)
}

func sparseHessianTo(s Scheme, dst *sparse.Matrix, src source, x []float64) float64 {
	const op = "numeric.SparseHessianTo"
	pattern := dst.Pattern()
	if m, n := pattern.Dims(); m != len(x) || n != len(x) {
		panic(fmt.Sprintf("%s: dst is %d×%d, want %d×%d", op, m, n, len(x), len(x)))
	}
	if !pattern.IsSymmetric() {
		panic(op + ": the pattern of dst is not symmetric")
	}
	// first is where each row begins in the values.
	first := make([]int, len(x)+1)
	for i := range x {
		first[i+1] = first[i] + len(pattern.Row(i))
	}
	p, values := s.newProbe(op, src, x), dst.Values()
	p.each(len(x), func(p *probe, i int) {
		for e, j := range pattern.Row(i) {
			if int(j) <= i {
				values[first[i]+e] = s.second(p, direction{i: int(j)}, direction{i: i}, false).Value
			}
		}
	})
	// The entries of a column stand in the rows in their order.
	mirrored := make([]int, len(x)) // of each row, how many of its entries have been mirrored
	for i := range x {
		for e, j := range pattern.Row(i) {
			if int(j) > i {
				break
			}
			values[first[j]+lower(pattern, int(j))+mirrored[j]] = values[first[i]+e]
			mirrored[j]++
		}
	}
	return p.y[0]
}

// lower returns how many entries of row i are to the left of the diagonal.
func lower(pattern *sparse.Pattern, i int) int {
	n := 0
	for _, j := range pattern.Row(i) {
		if int(j) < i {
			n++
		}
	}
	return n
}
