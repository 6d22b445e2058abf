package numeric

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/reverse/sparse"
)

// SparseHessian returns the Hessian of f at x, both triangles, by Richardson, where the
// pattern says which entries there are. Elements outside of it are not looked at. A
// recorded function of package reverse finds the pattern (HessianPattern).
//
// Cost: that of Hessian, of the pattern's entries alone.
//
// SparseHessian panics if the pattern is nil or not n×n and symmetric for n inputs.
func SparseHessian[F ~float64](f func([]F) F, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	return sparseHessian(Richardson, fromScalar(f), x, pattern)
}

// SparseHessianTo writes the entries of dst's pattern of the Hessian of f at x to dst, and
// returns f(x).
//
// Cost: as SparseHessian.
//
// SparseHessianTo panics as SparseHessian does.
func SparseHessianTo[F ~float64](dst *sparse.Matrix, f func([]F) F, x []float64) float64 {
	return sparseHessianTo(Richardson, "numeric.SparseHessianTo", dst, fromScalar(f), x)
}

// SparseHessian returns the Hessian of f at x, both triangles, where the pattern says
// which entries there are.
//
// Cost: one second-order quotient of s for every entry of the pattern above the diagonal
// or on it.
//
// SparseHessian panics as the package's function does.
func (s Scheme) SparseHessian(f func([]float64) float64, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	return sparseHessian(s, fromScalar(f), x, pattern)
}

// SparseHessianTo writes the entries of dst's pattern of the Hessian of f at x to dst, and
// returns f(x).
//
// Cost: as SparseHessian.
//
// SparseHessianTo panics as the package's function does.
func (s Scheme) SparseHessianTo(dst *sparse.Matrix, f func([]float64) float64, x []float64) float64 {
	return sparseHessianTo(s, "numeric.SparseHessianTo", dst, fromScalar(f), x)
}

func sparseHessian(s Scheme, f function, x []float64, pattern *sparse.Pattern) *sparse.Matrix {
	const op = "numeric.SparseHessian"
	if pattern == nil {
		panic(op + ": the pattern is nil")
	}
	dst := sparse.NewMatrix(pattern, nil)
	sparseHessianTo(s, op, dst, f, x)
	return dst
}

func sparseHessianTo(s Scheme, op string, dst *sparse.Matrix, f function, x []float64) float64 {
	const to = "numeric.SparseHessianTo"
	if dst == nil {
		panic(to + ": dst is nil")
	}
	pattern := dst.Pattern()
	if m, n := pattern.Dims(); m != len(x) || n != len(x) {
		panic(fmt.Sprintf("%s: dst is %d×%d, want %d×%d", to, m, n, len(x), len(x)))
	}
	if !pattern.IsSymmetric() {
		panic(to + ": the pattern of dst is not symmetric")
	}
	p := newProbe(s, op, f, x)
	defer p.release()
	p.matrix = dst
	p.each(len(x), 0, func(p *probe, i int, _ []Result) {
		columns, values := p.matrix.Row(i)
		for e, j := range columns {
			if int(j) <= i {
				values[e] = p.second(direction{i: int(j)}, direction{i: i}).Value
			}
		}
	})
	for i := range x {
		columns, values := dst.Row(i)
		for e, j := range columns {
			if int(j) >= i {
				break
			}
			across, mirrored := dst.Row(int(j))
			at, _ := slices.BinarySearch(across, int32(i))
			mirrored[at] = values[e]
		}
	}
	return p.y[0]
}
