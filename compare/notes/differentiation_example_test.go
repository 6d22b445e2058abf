package notes_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
)

// Equation 23 is the forward difference. Its error falls with the step until rounding takes over; at
// 1e-16 no digit is left. Central differences go further, and extrapolation finds its steps itself.
func Example_equation23() {
	off := func(derivative float64) float64 { return math.Abs(derivative/math.E - 1) }
	forward := func(h float64) float64 { return off((math.Exp(1+h) - math.Exp(1)) / h) }
	fmt.Printf("1e-2: %.0e, 1e-16: %.0f\n", forward(1e-2), forward(1e-16))
	fmt.Println("1e-8:", forward(1e-8) < 1e-7)
	fmt.Println("central at 1e-6:", off(numeric.Central.At(1e-6).Derivative(math.Exp, 1)) < 1e-9)
	fmt.Println("extrapolated:", off(numeric.Derivative(math.Exp, 1)) < 1e-12)
	// Output:
	// 1e-2: 5e-03, 1e-16: 1
	// 1e-8: true
	// central at 1e-6: true
	// extrapolated: true
}

// Equation 24 adds dual numbers, part by part.
func Example_equation24() {
	fmt.Println(dual.New(2, 3).Add(dual.New(5, 7)))
	// Output: 7+10ε
}

// Equation 25 multiplies them. What is missing is the term in ε², which is 0 since ε is nilpotent: an
// element of R[ε]/(ε²), and no small number.
func Example_equation25() {
	fmt.Println(dual.New(2, 3).Mul(dual.New(5, 7)), 2*5, 3*5+2*7)
	epsilon := dual.New(0, 1)
	fmt.Println(epsilon.Mul(epsilon))
	// Output:
	// 10+29ε 10 29
	// 0+0ε
}

// Equation 26 is the Taylor series of f at a dual number. A series that keeps the powers of ε has all
// of its terms: f, f′, f″/2, ….
func Example_equation26() {
	fmt.Printf("%.6f\n", dual.Taylor(ad.Sin[dual.Jet], 1, 3))
	fmt.Printf("[%.6f %.6f %.6f %.6f]\n", math.Sin(1), math.Cos(1), -math.Sin(1)/2, -math.Cos(1)/6)
	// Output:
	// [0.841471 0.540302 -0.420735 -0.090050]
	// [0.841471 0.540302 -0.420735 -0.090050]
}

// Equation 27 is what is left of it if ε² = 0, and is exact: f(a+bε) = f(a) + b·f′(a)ε.
func Example_equation27() {
	y := ad.Sin(dual.New(1, 2))
	fmt.Printf("%.6f + %.6f ε, b·cos a = %.6f\n", y.Value(), y.Tangent(), 2*math.Cos(1))
	// Output: 0.841471 + 1.080605 ε, b·cos a = 1.080605
}
