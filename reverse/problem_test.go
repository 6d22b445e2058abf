package reverse

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

// TestProblem: what Problem returns is what the operators compute, to the bit.
func TestProblem(t *testing.T) {
	f := func(x []Var) Var { return optest.Rosenbrock(x).Add(ad.Norm2(x)).Sub(ad.LogSumExp(x)) }
	value, gradient, hessian := Problem(f)
	for _, x := range [][]float64{{-1.2, 1}, {0, 0}, {inf, 1}, {nan, 2}} {
		want, wantHessian := make([]float64, 2), mat.NewSymDense(2, nil)
		y := GradientTo(want, f, x)
		HessianTo(wantHessian, f, x)
		g, h := []float64{7, 7}, mat.NewSymDense(2, []float64{7, 7, 7, 7})
		gradient(g, x)
		hessian(h, x)
		optest.Equal(t, fmt.Sprint("value at ", x), value(x), y)
		optest.Equal(t, fmt.Sprint("gradient at ", x), g, want)
		optest.Equal(t, fmt.Sprint("Hessian at ", x), entries(h), entries(wantHessian))
	}
}
