package numeric_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// chain is a vector function whose Jacobian is a band.
func chain(x []float64) []float64 {
	y := make([]float64, len(x))
	for i := range x {
		y[i] = math.Sin(x[i])
		if i > 0 {
			y[i] += x[i] * x[i-1]
		}
		if i+1 < len(x) {
			y[i] += math.Exp(0.3 * x[i+1])
		}
	}
	return y
}

func TestSparseJacobian(t *testing.T) {
	x := make([]float64, 50)
	for i := range x {
		x[i] = math.Cos(float64(3 * i))
	}
	pattern := numeric.JacobianPattern(chain, x)
	if !pattern.Equal(sparse.Band(50, 50, 1, 1)) {
		t.Fatalf("the pattern is %v", pattern)
	}
	evals := 0
	counted := func(x []float64) []float64 { evals++; return chain(x) }
	dense := flat(numeric.Jacobian(counted, x))
	all50 := evals
	evals = 0
	got := numeric.SparseJacobian(counted, x, pattern)
	optest.Within(t, "SparseJacobian", flat(got.Dense()), dense, 1e-10)
	if evals*6 > all50 {
		t.Errorf("the sparse Jacobian took %d evaluations, the dense one %d", evals, all50)
	}
	colors := sparse.ColorColumns(pattern)
	dst := sparse.NewMatrix(pattern, nil)
	for _, s := range schemes {
		optest.Within(t, s.name+".SparseJacobian", flat(s.scheme.SparseJacobian(chain, x, pattern).Dense()), dense, 10*s.first)
		optest.Within(t, "value of "+s.name+".SparseJacobianTo", s.scheme.With(numeric.Settings{Workers: 2}).SparseJacobianTo(dst, chain, x, colors), chain(x), 0)
		optest.Equal(t, s.name+" with workers", dst.Values(), s.scheme.SparseJacobian(chain, x, pattern).Values())
	}
	optest.Within(t, "value of SparseJacobianTo", numeric.SparseJacobianTo(dst, chain, x, colors), chain(x), 0)
	optest.Equal(t, "SparseJacobianTo", dst.Values(), got.Values())

	optest.Panics(t, "numeric.SparseJacobianTo: dst is 50×50, want 49×49", func() { numeric.SparseJacobianTo(dst, chain, x[:49], colors) })
	optest.Panics(t, "numeric.SparseJacobianTo: the coloring is of another pattern than dst's", func() {
		numeric.SparseJacobianTo(dst, chain, x, sparse.ColorColumns(sparse.Full(50, 50)))
	})
	optest.Panics(t, "numeric.SparseJacobianTo: the coloring has 3 colors of rows, want columns only", func() {
		numeric.SparseJacobianTo(dst, chain, x, sparse.ColorRows(pattern))
	})
	optest.Panics(t, "numeric.JacobianPattern: output 1 is NaN at x", func() {
		numeric.JacobianPattern(func(x []float64) []float64 { return []float64{x[0], math.NaN()} }, []float64{1})
	})
}
