package compare_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/compare"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
	"pgregory.net/rapid"
)

// A gradient by hand is judged in a line of a test. Here the derivative of the square lost
// its factor, and a TB prints what a *testing.T would report.
func ExampleTestGradient() {
	f := func(x []float64) float64 { return 3*x[0] + x[1]*x[1] }
	grad := func(grad, x []float64) {
		grad[0] = 3
		grad[1] = x[1]
	}
	compare.TestGradient(printed{}, f, grad, []float64{1, 2})
	// Output:
	// compare: the gradient at [1 2] is wrong in 1 of 2 entries
	// 	grad[1] is 2, by differences 4 ± …
	// 	it looks like a factor of 1/2 (half of the derivative)
}

// Inside of rapid.Check the points are drawn, and rapid looks for the simplest one that fails.
func ExampleTestGradient_rapid() {
	var t *testing.T // of the test

	softplus := func(x []float64) float64 { return math.Log1p(math.Exp(x[0])) }
	grad := func(grad, x []float64) { grad[0] = 1 / (1 + math.Exp(-x[0])) }
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-30, 30).Draw(t, "x")
		compare.TestGradient(t, softplus, grad, []float64{x})
	})
}

// A Jacobian that was written columns first, into the rows of a matrix.
func ExampleTestJacobian() {
	f := func(x []float64) []float64 { return []float64{x[0] + 2*x[1], 3*x[0] + 4*x[1]} }
	jac := func(jac *mat.Dense, x []float64) {
		jac.SetRow(0, []float64{1, 3})
		jac.SetRow(1, []float64{2, 4})
	}
	compare.TestJacobian(printed{}, f, jac, []float64{2, 0})
	// Output:
	// compare: the Jacobian at [2 0] is wrong in 2 of 4 entries
	// 	jac[0,1] is 3, by differences 2 ± …
	// 	jac[1,0] is 2, by differences 3 ± …
	// 	it looks like a transposed Jacobian
}

// Nothing is printed of a Hessian that is right.
func ExampleTestHessian() {
	f := func(x []float64) float64 { return x[0] * x[0] * x[1] }
	hess := func(hess *mat.SymDense, x []float64) {
		hess.SetSym(0, 0, 2*x[1])
		hess.SetSym(0, 1, 2*x[0])
		hess.SetSym(1, 1, 0)
	}
	compare.TestHessian(printed{}, f, hess, []float64{1, 2}, []float64{-3, 0.5})
	// Output:
}

// A problem for gonum's optimizers: both derivatives are judged before it is solved.
func ExampleTestProblem() {
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return math.Exp(x[0]) - x[0]*x[1] + x[1]*x[1] },
		Grad: func(grad, x []float64) {
			grad[0] = math.Exp(x[0]) - x[1]
			grad[1] = 2*x[1] - x[0]
		},
		Hess: func(hess *mat.SymDense, x []float64) {
			hess.SetSym(0, 0, math.Exp(x[0]))
			hess.SetSym(0, 1, 1)
			hess.SetSym(1, 1, 2)
		},
	}
	compare.TestProblem(printed{}, problem, []float64{0, 0})
	// Output:
	// compare: the Hessian at [0 0] is wrong in 1 of 3 entries
	// 	hess[0,1] is 1, by differences -1 ± …
	// 	it looks like a wrong sign
}

// Products with a Jacobian that is never made: forward, and transposed.
func ExampleTestProducts() {
	f := func(x []float64) []float64 { return []float64{x[0] * x[1], x[0] + math.Sin(x[2])} }
	jvp := func(dst, x, v []float64) {
		dst[0] = x[1]*v[0] + x[0]*v[1]
		dst[1] = v[0] + math.Cos(x[2])*v[2]
	}
	vjp := func(dst, x, w []float64) {
		dst[0] = x[1]*w[0] + w[1]
		dst[1] = x[0] * w[0]
		dst[2] = math.Cos(x[2]) * w[1]
	}
	compare.TestProducts(printed{}, f, jvp, vjp, []float64{1, 2, 3})
	// Output:
}
