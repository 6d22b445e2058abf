package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize"
)

func wave[T ad.Scalar[T]](x []T) T { return ad.Sin(x[0]).Mul(ad.Exp(x[1])) }

// A gradient takes one sweep, however many inputs there are.
func ExampleGradient() {
	product := func(x []reverse.Var) reverse.Var { return ad.Prod(x) }
	fmt.Println(reverse.Gradient(product, []float64{1, 2, 3, 4}))
	// Output: [24 12 8 6]
}

func ExampleVJP() {
	f := func(x []reverse.Var) []reverse.Var { return []reverse.Var{x[0].Mul(x[1]), x[0].Add(x[1])} }
	fmt.Println(reverse.VJP(f, []float64{2, 3}, []float64{1, 10}))
	// Output: [13 12]
}

// The product of the Hessian with a vector takes two sweeps of the tape; the
// Hessian is not formed.
func ExampleHVP() {
	fmt.Printf("%.4f\n", reverse.HVP(wave, []float64{1, 0}, []float64{1, 0}))
	// Output: [-0.8415 0.5403]
}

func ExampleHessian() {
	fmt.Printf("%.4f\n", mat.Formatted(reverse.Hessian(wave, []float64{1, 0})))
	// Output:
	// ⎡-0.8415   0.5403⎤
	// ⎣ 0.5403   0.8415⎦
}

// The value, gradient and Hessian of a function, as gonum's methods of
// minimization take them.
func ExampleProblem() {
	var p optimize.Problem
	p.Func, p.Grad, p.Hess = reverse.Problem(rosenbrock)
	result, err := optimize.Minimize(p, []float64{-1.2, 1}, nil, &optimize.Newton{})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.6f\n", result.X)
	// Output: [1.000000 1.000000]
}

func rosenbrock[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	a := one.Sub(x[0])
	b := x[1].Sub(x[0].Mul(x[0]))
	return a.Mul(a).Add(hundred.Mul(b).Mul(b))
}
