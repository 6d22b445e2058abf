package dual_test

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

func ExampleProblem() {
	var p optimize.Problem
	p.Func, p.Grad, p.Hess = dual.Problem(optest.Rosenbrock[dual.Number], optest.Rosenbrock[dual.Hyper])
	result, err := optimize.Minimize(p, []float64{-1.2, 1}, nil, &optimize.Newton{})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.6f\n", result.X)
	// Output: [1.000000 1.000000]
}

// TestProblem: what Problem returns is what the operators compute, to the bit.
func TestProblem(t *testing.T) {
	value, gradient, hessian := dual.Problem(optest.Rosenbrock[dual.Number], optest.Rosenbrock[dual.Hyper])
	x := []float64{-1.2, 1, 0.5}
	g, h := make([]float64, 3), mat.NewSymDense(3, nil)
	want := dual.GradientTo(g, optest.Rosenbrock[dual.Number], x)
	optest.Equal(t, "value", value(x), want)
	got := make([]float64, 3)
	gradient(got, x)
	optest.Equal(t, "gradient", got, g)
	hessian(h, x)
	optest.Equal(t, "Hessian", flat(h), flat(dual.Hessian(optest.Rosenbrock[dual.Hyper], x)))
	optest.Panics(t, "dual.GradientTo: dst has length 2, want 3", func() { gradient(got[:2], x) })
}
