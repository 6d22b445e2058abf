package symbolic_test

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

func ExampleProblem() {
	var p optimize.Problem
	p.Func, p.Grad, p.Hess = symbolic.Problem(optest.Rosenbrock[symbolic.Expr], 2)
	result, err := optimize.Minimize(p, []float64{-1.2, 1}, nil, &optimize.Newton{})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.6f\n", result.X)
	// Output: [1.000000 1.000000]
}

// TestProblem: what Problem returns is what the operators compute.
func TestProblem(t *testing.T) {
	f := optest.Rosenbrock[symbolic.Expr]
	value, gradient, hessian := symbolic.Problem(f, 3)
	for _, x := range [][]float64{{-1.2, 1, 0.5}, {0, 0, 0}, {1e3, -2, 7}} {
		g, got, h := make([]float64, 3), make([]float64, 3), new(mat.SymDense)
		want := symbolic.GradientTo(g, f, x)
		optest.Equal(t, "value", value(x), want)
		gradient(got, x)
		optest.Equal(t, "gradient", got, g)
		hessian(h, x)
		optest.Equal(t, "Hessian", h.RawSymmetric().Data, symbolic.Hessian(f, x).RawSymmetric().Data)
	}
	optest.Panics(t, "symbolic.Program.Eval: x has length 2, want 3", func() { value(make([]float64, 2)) })
	optest.Panics(t, "symbolic.Program.Eval: dst has length 2, want 3", func() { gradient(make([]float64, 2), make([]float64, 3)) })
}
