package numeric_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

// TestNoAllocation: the To forms allocate what they return, a value or nothing, with workers too.
func TestNoAllocation(t *testing.T) {
	x, v, w := []float64{-1.2, 1, 0.3}, []float64{1, 2, 0}, []float64{1, -1, 0.5}
	dst, tangents := make([]float64, 3), make([]float64, 3)
	f := func(x []float64) float64 { return math.Sin(x[0])*x[1] + x[2]*x[2]*x[0] }
	y := make([]float64, 3)
	fs := func(x []float64) []float64 {
		y[0], y[1], y[2] = x[0]*x[1], math.Exp(x[2]), math.Abs(x[0])
		return y
	}
	still := make([]float64, 3) // may be returned by many at once
	j, h := mat.NewDense(3, 3, nil), mat.NewSymDense(3, nil)
	pattern := sparse.Full(3, 3)
	sj, sh, colors := sparse.NewMatrix(pattern, nil), sparse.NewMatrix(pattern, nil), sparse.ColorColumns(pattern)
	inside := numeric.Settings{Lower: []float64{-1.2, -5, -5}, Upper: []float64{3, 1, 5}, Noise: 1e-12, MaxEvals: 1000}
	run := func(name string, most float64, do func()) {
		t.Helper()
		if n := memtest.Allocations(20, do); n > most {
			t.Errorf("%s allocates %v times, want %v", name, n, most)
		}
	}
	for _, s := range all {
		for _, how := range []string{"", " in bounds", " by three"} {
			c, name, fs := s.scheme, s.name+how, fs
			switch how {
			case " in bounds":
				c = c.With(inside)
			case " by three":
				c, fs = c.With(numeric.Settings{Workers: 3}), func([]float64) []float64 { return still }
			}
			run(name+": GradientTo", 0, func() { c.GradientTo(dst, f, x) })
			run(name+": HessianDiagTo", 0, func() { c.HessianDiagTo(dst, f, x) })
			run(name+": HessianTo", 0, func() { c.HessianTo(h, f, x) })
			run(name+": HVPTo", 0, func() { c.HVPTo(dst, f, x, v) })
			run(name+": SparseHessianTo", 0, func() { c.SparseHessianTo(sh, f, x) })
			run(name+": JVPTo", 1, func() { c.JVPTo(tangents, fs, x, v) })
			run(name+": VJPTo", 1, func() { c.VJPTo(dst, fs, x, w) })
			run(name+": JacobianTo", 1, func() { c.JacobianTo(j, fs, x) })
			run(name+": SparseJacobianTo", 1, func() { c.SparseJacobianTo(sj, fs, x, colors) })
		}
	}
	run("GradientTo", 0, func() { numeric.GradientTo(dst[:2], optest.Rosenbrock[Real], x[:2]) })
	run("HessianTo", 0, func() { numeric.HessianTo(h, reals3, x) })
	run("HVPTo", 0, func() { numeric.HVPTo(dst, reals3, x, v) })
	run("HessianDiagTo", 0, func() { numeric.HessianDiagTo(dst, reals3, x) })
	run("SparseHessianTo", 0, func() { numeric.SparseHessianTo(sh, reals3, x) })

	z := make([]complex128, 3)
	g := func(x []complex128) complex128 { return x[0]*x[1] + x[2]*x[2]*x[0] }
	gs := func(x []complex128) []complex128 {
		z[0], z[1], z[2] = x[0]*x[1], x[2]*x[2], x[0]
		return z
	}
	c := numeric.ComplexStep
	run("ComplexStep: GradientTo", 0, func() { c.GradientTo(dst, g, x) })
	run("ComplexStep: HessianTo", 0, func() { c.HessianTo(h, g, x) })
	run("ComplexStep: HVPTo", 0, func() { c.HVPTo(dst, g, x, v) })
	run("ComplexStep: JVPTo", 1, func() { c.JVPTo(tangents, gs, x, v) })
	run("ComplexStep: VJPTo", 1, func() { c.VJPTo(dst, gs, x, w) })
	run("ComplexStep: JacobianTo", 1, func() { c.JacobianTo(j, gs, x) })
}

func reals3(x []Real) Real { return x[0].Mul(x[1]).Mul(x[2]).Add(x[0]) }
