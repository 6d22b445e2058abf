package numeric_test

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

func valley(x []float64) float64 {
	a, b := 1-x[0], x[1]-x[0]*x[0]
	return a*a + 100*b*b
}

func ExampleScheme_Problem() {
	var p optimize.Problem
	p.Func, p.Grad, p.Hess = numeric.Richardson.Problem(valley)
	result, err := optimize.Minimize(p, []float64{-1.2, 1}, nil, &optimize.Newton{})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%.6f\n", result.X)
	// Output: [1.000000 1.000000]
}

// TestProblem: what Problem returns is what the operators compute, to the bit.
func TestProblem(t *testing.T) {
	x := []float64{-1.2, 1}
	for _, s := range schemes {
		value, gradient, hessian := s.scheme.Problem(valley)
		optest.Equal(t, s.name+": value", value(x), valley(x))
		got, want := make([]float64, 2), make([]float64, 2)
		s.scheme.GradientTo(want, valley, x)
		gradient(got, x)
		optest.Equal(t, s.name+": gradient", got, want)
		h := mat.NewSymDense(2, nil)
		hessian(h, x)
		optest.Equal(t, s.name+": Hessian", flat(h), flat(s.scheme.Hessian(valley, x)))
	}
}
