package numeric_test

import (
	"testing"

	"github.com/quartet-ad/ad/numeric"
	"gonum.org/v1/gonum/mat"
)

func TestMisuse(t *testing.T) {
	scalar := func(x []float64) float64 { return x[0] * x[1] }
	vector := func(x []float64) []float64 { return []float64{x[0], x[1], x[0] * x[1]} }
	growing := func() func([]float64) []float64 {
		n := 0
		return func(x []float64) []float64 {
			n++
			return make([]float64, n)
		}
	}
	analytic := func(x []complex128) complex128 { return x[0] * x[1] }
	analytics := func(x []complex128) []complex128 { return []complex128{x[0], x[1], x[0] * x[1]} }
	x, two, three := []float64{1, 2}, make([]float64, 2), make([]float64, 3)
	c, complexStep := numeric.Central, numeric.ComplexStep
	for _, m := range []struct {
		do   func()
		want string
	}{
		{func() { numeric.GradientTo(three, scalar, x) }, "numeric.GradientTo: dst has length 3, want 2"},
		{func() { c.GradientTo(three, scalar, x) }, "numeric.GradientTo: dst has length 3, want 2"},
		{func() { numeric.JacobianTo(mat.NewDense(2, 2, nil), vector, x) }, "numeric.JacobianTo: dst is 2×2, want 3×2"},
		{func() { c.JacobianTo(mat.NewDense(2, 2, nil), vector, x) }, "numeric.JacobianTo: dst is 2×2, want 3×2"},
		{func() { numeric.Jacobian(func([]float64) []float64 { return two }, nil) }, "numeric.JacobianTo: a 2×0 matrix has no entries"},
		{func() { numeric.Jacobian(func([]float64) []float64 { return nil }, x) }, "numeric.JacobianTo: a 0×2 matrix has no entries"},
		{func() { numeric.JacobianResult(growing(), x) }, "numeric.JacobianResult: the result of f has length 2, want 1"},
		{func() { numeric.Jacobian(growing(), x) }, "numeric.JacobianTo: the result of f has length 2, want 1"},
		{func() { numeric.JVP(vector, x, three) }, "numeric.JVP: v has length 3, want 2"},
		{func() { numeric.JVPTo(two, vector, x, x) }, "numeric.JVPTo: dst has length 2, want 3"},
		{func() { numeric.JVPTo(three, vector, x, three) }, "numeric.JVPTo: v has length 3, want 2"},
		{func() { numeric.JVPResult(vector, x, three) }, "numeric.JVPResult: v has length 3, want 2"},
		{func() { numeric.JVP(growing(), x, x) }, "numeric.JVP: the result of f has length 2, want 1"},
		{func() { numeric.VJP(vector, x, two) }, "numeric.VJP: w has length 2, want 3"},
		{func() { numeric.VJPTo(three, vector, x, three) }, "numeric.VJPTo: dst has length 3, want 2"},
		{func() { numeric.VJPTo(two, vector, x, two) }, "numeric.VJPTo: w has length 2, want 3"},
		{func() { numeric.VJPResult(vector, x, two) }, "numeric.VJPResult: w has length 2, want 3"},
		{func() { numeric.HessianTo(mat.NewSymDense(3, nil), scalar, x) }, "numeric.HessianTo: dst is 3×3, want 2×2"},
		{func() { numeric.Hessian(scalar, nil) }, "numeric.HessianTo: a 0×0 matrix has no entries"},
		{func() { numeric.HVP(scalar, x, three) }, "numeric.HVP: v has length 3, want 2"},
		{func() { numeric.HVPTo(three, scalar, x, x) }, "numeric.HVPTo: dst has length 3, want 2"},
		{func() { numeric.HVPTo(two, scalar, x, three) }, "numeric.HVPTo: v has length 3, want 2"},
		{func() { numeric.HVPResult(scalar, x, three) }, "numeric.HVPResult: v has length 3, want 2"},
		{func() { c.At(0) }, "numeric: Scheme.At: step is 0, want a positive number"},
		{func() { c.At(-1) }, "numeric: Scheme.At: step is -1, want a positive number"},
		{func() { complexStep.GradientTo(three, analytic, x) }, "numeric.ComplexStep.GradientTo: dst has length 3, want 2"},
		{func() { complexStep.JacobianTo(mat.NewDense(2, 2, nil), analytics, x) }, "numeric.ComplexStep.JacobianTo: dst is 2×2, want 3×2"},
		{func() { complexStep.JVP(analytics, x, three) }, "numeric.ComplexStep.JVP: v has length 3, want 2"},
		{func() { complexStep.JVPTo(two, analytics, x, x) }, "numeric.ComplexStep.JVPTo: dst has length 2, want 3"},
		{func() { complexStep.VJP(analytics, x, two) }, "numeric.ComplexStep.VJP: w has length 2, want 3"},
		{func() { complexStep.VJPTo(three, analytics, x, three) }, "numeric.ComplexStep.VJPTo: dst has length 3, want 2"},
	} {
		func() {
			defer func() {
				got := recover()
				if err, ok := got.(error); ok {
					got = err.Error()
				}
				if got != m.want {
					t.Errorf("panic %q, want %q", got, m.want)
				}
			}()
			m.do()
		}()
	}
}
