package dual_test

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	gonum "gonum.org/v1/gonum/num/dual"
)

// exp(x)·sin y is harmonic.
func ExampleLaplacian() {
	f := func(x []dual.Hyper) dual.Hyper { return ad.Exp(x[0]).Mul(ad.Sin(x[1])) }
	fmt.Printf("%.12f\n", dual.Laplacian(f, []float64{0.5, 0.25})+0)
	// Output: 0.000000000000
}

// A rigid rotation about the third axis expands nowhere, and turns twice as fast as its rate.
func ExampleCurl() {
	rotation := func(x []dual.Number) []dual.Number { return []dual.Number{x[1].Neg(), x[0], x[2].Const(0)} }
	x := []float64{1, 2, 3}
	fmt.Println(dual.Curl(rotation, x), dual.Divergence(rotation, x))
	// Output: [0 0 2] 0
}

// JᵀJv of two residuals, without their Jacobian.
func ExampleGaussNewton() {
	f := func(x []dual.Number) []dual.Number { return []dual.Number{x[0].Mul(x[1]), x[0].Sub(x[1])} }
	fmt.Println(dual.GaussNewton(f, []float64{1, 2}, []float64{1, 0})) // J is [2 1; 1 -1]
	// Output: [5 1]
}

// Numbers go to gonum's dual numbers and back.
func ExampleFromGonum() {
	x := dual.FromGonum(gonum.Number{Real: 2, Emag: 1})
	y := x.Mul(x)
	fmt.Println(y, y.Gonum())
	// Output: 4+4ε (4+4ϵ)
}

// Coefficients of a series, into storage that the caller has.
func ExampleTaylorTo() {
	c := make([]float64, 4)
	value := dual.TaylorTo(c, func(x dual.Jet) dual.Jet { return ad.Exp(x) }, 0)
	fmt.Printf("%v %.4f\n", value, c)
	// Output: 1 [1.0000 1.0000 0.5000 0.1667]
}

// A gradient penalty: the square of the length of a gradient with respect to inputs is
// differentiated with respect to parameters, which the inner function lifts. Here ∇f is
// (2w₀x₀ + w₁x₁, w₁x₀) = (8, 3), and the penalty 73 has the gradient (32, 38).
func ExampleGradientOf_penalty() {
	x := []float64{1, 2}
	gradient := make([]float64, 2)
	value := dual.GradientTo(gradient, func(w []dual.Number) dual.Number {
		f := func(x []dual.Of[dual.Number]) dual.Of[dual.Number] {
			w0, w1 := x[0].Lift(w[0]), x[0].Lift(w[1])
			return w0.Mul(ad.Square(x[0])).Add(w1.Mul(x[0]).Mul(x[1]))
		}
		_, slope := dual.GradientOf(f, []dual.Number{w[0].Const(x[0]), w[0].Const(x[1])})
		return ad.Square(slope[0]).Add(ad.Square(slope[1]))
	}, []float64{1, 3})
	fmt.Println(value, gradient)
	// Output: 73 [32 38]
}
