package dual_test

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"gonum.org/v1/gonum/mat"
)

func wave[T ad.Scalar[T]](x []T) T { return ad.Sin(x[0]).Mul(ad.Exp(x[1])) }

func ExampleDerivative() {
	f := func(x dual.Number) dual.Number { return x.Mul(ad.Log(x)) }
	fmt.Println(dual.Derivative(f, 1))
	// Output: 1
}

func ExampleGradientTo() {
	g := make([]float64, 2)
	y := dual.GradientTo(g, wave, []float64{1, 0})
	fmt.Printf("%.4f %.4f\n", y, g)
	// Output: 0.8415 [0.5403 0.8415]
}

// A Jacobian has a row for every output.
func ExampleJacobian() {
	f := func(x []dual.Number) []dual.Number { return []dual.Number{x[0].Mul(x[1]), x[0].Add(x[1])} }
	fmt.Println(mat.Formatted(dual.Jacobian(f, []float64{2, 3})))
	// Output:
	// ⎡3  2⎤
	// ⎣1  1⎦
}

// A directional derivative takes one pass, however many outputs there are.
func ExampleJVP() {
	f := func(x []dual.Number) []dual.Number { return []dual.Number{x[0].Mul(x[1]), x[0].Add(x[1])} }
	fmt.Println(dual.JVP(f, []float64{2, 3}, []float64{1, -1}))
	// Output: [1 0]
}

func ExampleHessian() {
	fmt.Printf("%.4f\n", mat.Formatted(dual.Hessian(wave, []float64{1, 0})))
	// Output:
	// ⎡-0.8415   0.5403⎤
	// ⎣ 0.5403   0.8415⎦
}
