package reverse_test

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
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
