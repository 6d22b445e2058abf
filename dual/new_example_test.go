package dual_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
)

// Dual numbers are added part by part: (a+bε) + (c+dε) = (a+c) + (b+d)ε. This is equation
// 24 of Zhang, Deep Learning Reviews (2021).
func ExampleNew_sum() {
	x, y := dual.New(2, 3), dual.New(4, -1)
	fmt.Println(x.Add(y))
	// Output: 6+2ε
}

// In a product the term with ε² is 0: (a+bε)(c+dε) = ac + (bc+ad)ε, equation 25. That is
// the product rule.
func ExampleNew_product() {
	x, y := dual.New(2, 3), dual.New(4, -1)
	fmt.Println(x.Mul(y))
	fmt.Println(dual.New(0, 1).Mul(dual.New(0, 1))) // ε²
	// Output:
	// 8+10ε
	// 0+0ε
}

// The Taylor series of a function ends after its second term, since all further ones have a
// factor ε²: equations 26 and 27. So f(a+bε) = f(a) + b·f′(a)·ε, which is exact.
func ExampleNew_function() {
	a, b := 2.0, 3.0
	y := ad.Exp(dual.New(a, b))
	fmt.Println(y.Value() == math.Exp(a), y.Tangent() == b*math.Exp(a))

	// A polynomial, by hand and by its terms.
	x := dual.New(2, 1)
	fmt.Println(x.Mul(x).Mul(x)) // 2³ and 3·2²
	fmt.Println(ad.Cube(x))
	// Output:
	// true true
	// 8+12ε
	// 8+12ε
}

// A variable is a number whose tangent is 1; the tangent of a result is its derivative.
func ExampleNew_derivative() {
	x := dual.New(3, 1)
	y := x.Mul(x).Add(ad.Scale(x, 2)) // x² + 2x
	fmt.Println(y)
	fmt.Println(dual.Derivative(func(x dual.Number) dual.Number { return x.Mul(x).Add(ad.Scale(x, 2)) }, 3))
	// Output:
	// 15+8ε
	// 8
}
