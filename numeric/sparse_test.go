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
	optest.Panics(t, "numeric.SparseJacobian: the pattern is nil", func() { numeric.SparseJacobian(chain, x, nil) })
	optest.Panics(t, "numeric.SparseJacobianTo: dst or the coloring is nil", func() { numeric.SparseJacobianTo(dst, chain, x, nil) })
	optest.Panics(t, "numeric.SparseJacobianTo: dst or the coloring is nil", func() { numeric.SparseJacobianTo(nil, chain, x, colors) })
	optest.Panics(t, "numeric.JacobianPattern: output 1 is NaN at x", func() {
		numeric.JacobianPattern(func(x []float64) []float64 { return []float64{x[0], math.NaN()} }, []float64{1})
	})
}

// TestOddPatterns: rows and columns without entries, a dense row, and no inputs or outputs.
func TestOddPatterns(t *testing.T) {
	for _, c := range []struct {
		name    string
		f       func([]float64) []float64
		x       []float64
		entries int
	}{
		{"no inputs", func([]float64) []float64 { return []float64{1, 2} }, nil, 0},
		{"no outputs", func([]float64) []float64 { return nil }, []float64{1, 2}, 0},
		{"nothing", func([]float64) []float64 { return nil }, nil, 0},
		{"constants", func([]float64) []float64 { return []float64{1, 2} }, []float64{1, 2, 3}, 0},
		{"an empty row and column", func(x []float64) []float64 { return []float64{x[0] * x[2], 7, x[2]} }, []float64{1, 2, 3}, 3},
		{"a dense row", func(x []float64) []float64 {
			return []float64{x[0], x[1] * x[1], x[0] + x[1]*x[2], x[2]}
		}, []float64{1, 2, 3}, 6},
	} {
		pattern := numeric.JacobianPattern(c.f, c.x)
		if pattern.Len() != c.entries {
			t.Errorf("%s: the pattern is %v", c.name, pattern)
		}
		for _, s := range all {
			set := numeric.Settings{Workers: 3, Upper: append([]float64(nil), c.x...), Lower: make([]float64, len(c.x)), MaxEvals: 200}
			if s.sided > 0 || s.name == "Forward" {
				set.Upper = nil
			}
			in := s.scheme.With(set)
			dst := sparse.NewMatrix(pattern, nil)
			optest.Equal(t, s.name+", "+c.name+": value", in.SparseJacobianTo(dst, c.f, c.x, sparse.ColorColumns(pattern)), c.f(c.x))
			optest.Equal(t, s.name+", "+c.name, in.SparseJacobian(c.f, c.x, pattern).Values(), dst.Values())
			if len(c.x) > 0 && len(c.f(c.x)) > 0 {
				optest.Within(t, s.name+", "+c.name, flat(dst.Dense()), flat(in.Jacobian(c.f, c.x)), 1e-5)
			}
		}
	}
}
