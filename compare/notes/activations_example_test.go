package notes_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// Equation 7 is the sigmoid. Its exponential overflows far out, where the quotient is 0 all the same.
func Example_equation07() {
	printed := func(x ad.Real) ad.Real { return 1 / (1 + ad.Exp(-x)) }
	for _, x := range []ad.Real{-800, -2, 0, 2} {
		fmt.Printf("%4v %.6f %.6f\n", x, ad.Sigmoid(x), printed(x))
	}
	// Output:
	// -800 0.000000 0.000000
	//   -2 0.119203 0.119203
	//    0 0.500000 0.500000
	//    2 0.880797 0.880797
}

// Equation 8 is the slope of the sigmoid. As printed it is 0 from about 37 on, because 1 - σ cancels;
// σ(x)·σ(-x) is not.
func Example_equation08() {
	for _, x := range []float64{2, 40} {
		s := float64(ad.Sigmoid(ad.Real(x)))
		fmt.Printf("x = %v\n", x)
		fmt.Printf("  σ(1-σ)      %.5g\n", s*(1-s))
		fmt.Printf("  σ(x)·σ(-x)  %.5g\n", s*float64(ad.Sigmoid(ad.Real(-x))))
		fmt.Printf("  dual        %.5g\n", dual.Derivative(ad.Sigmoid[dual.Number], x))
		fmt.Printf("  reverse     %.5g\n", reverse.Derivative(ad.Sigmoid[reverse.Var], x))
		fmt.Printf("  symbolic    %.5g\n", symbolic.Derivative(ad.Sigmoid[symbolic.Expr], x))
	}
	fmt.Printf("differences at 2: %.5g\n", numeric.Derivative(ad.Sigmoid[numeric.Real], 2))
	// Output:
	// x = 2
	//   σ(1-σ)      0.10499
	//   σ(x)·σ(-x)  0.10499
	//   dual        0.10499
	//   reverse     0.10499
	//   symbolic    0.10499
	// x = 40
	//   σ(1-σ)      0
	//   σ(x)·σ(-x)  4.2484e-18
	//   dual        4.2484e-18
	//   reverse     4.2484e-18
	//   symbolic    4.2484e-18
	// differences at 2: 0.10499
}

// Equation 9 is the softmax of a vector x in R^K. As printed it is NaN above 709; the greatest element
// may be taken from all of them before. Its Jacobian is diag(s) - s·sᵀ.
func Example_equation09() {
	x := []ad.Real{798, 799, 800}
	fmt.Printf("printed %v\n", ad.Exp(x[0])/(ad.Exp(x[0])+ad.Exp(x[1])+ad.Exp(x[2])))
	s := ad.Softmax(x)
	fmt.Printf("stable  %.4f\n", s)
	jac := reverse.Jacobian(ad.Softmax[reverse.Var], []float64{798, 799, 800})
	worst := 0.0
	for i := range s {
		for j := range s {
			want := -float64(s[i] * s[j])
			if i == j {
				want += float64(s[i])
			}
			worst = max(worst, math.Abs(jac.At(i, j)-want))
		}
	}
	fmt.Println("Jacobian", worst < 1e-15)
	// Output:
	// printed NaN
	// stable  [0.0900 0.2447 0.6652]
	// Jacobian true
}

// Equation 10 is the ReLU. At 0 it has no slope; all methods say 0, which is a subgradient
// (Bertoin et al. 2021).
func Example_equation10() {
	for _, x := range []float64{-1, 0, 2} {
		fmt.Println(x, ad.ReLU(ad.Real(x)), dual.Derivative(ad.ReLU[dual.Number], x),
			reverse.Derivative(ad.ReLU[reverse.Var], x), symbolic.Derivative(ad.ReLU[symbolic.Expr], x))
	}
	// Output:
	// -1 0 0 0 0
	// 0 0 0 0 0
	// 2 2 1 1 1
}

// Equation 11 is the leaky ReLU, which is printed under the name of equation 10. It allows slopes
// above 1, for which max(x, αx), the other common form, is another function.
func Example_equation11() {
	printed := func(x, alpha ad.Real) ad.Real { return ad.Max(x, 0) + alpha*ad.Min(x, 0) }
	for _, alpha := range []float64{0.01, 2} {
		a := ad.Real(alpha)
		fmt.Println(alpha, ad.LeakyReLU(ad.Real(-3), alpha), printed(-3, a), ad.Max(-3, a*-3))
	}
	// Output:
	// 0.01 -0.03 -0.03 -0.03
	// 2 -6 -6 -3
}

// Equation 12 is the hyperbolic tangent. Its quotient is NaN above 709.
func Example_equation12() {
	printed := func(x ad.Real) ad.Real { return (ad.Exp(x) - ad.Exp(-x)) / (ad.Exp(x) + ad.Exp(-x)) }
	for _, x := range []ad.Real{0.5, 800} {
		fmt.Printf("%v %.6f %.6f\n", x, printed(x), ad.Tanh(x))
	}
	y := float64(ad.Tanh(ad.Real(22)))
	fmt.Printf("slope at 22: 1-tanh² %v, dual %.4g\n", 1-y*y, dual.Derivative(ad.Tanh[dual.Number], 22))
	// Output:
	// 0.5 0.462117 0.462117
	// 800 NaN 1.000000
	// slope at 22: 1-tanh² 0, dual 3.112e-19
}

// Equation 13 is the softplus, whose slope is the sigmoid. As printed it is infinite at 800, and 0 at
// -40.
func Example_equation13() {
	printed := func(x ad.Real) ad.Real { return ad.Log(1 + ad.Exp(x)) }
	for _, x := range []ad.Real{-40, 0, 800} {
		slope := reverse.Derivative(func(x reverse.Var) reverse.Var { return ad.Softplus(x) }, float64(x))
		fmt.Printf("%v: printed %.5g, stable %.5g, slope %.5g, σ %.5g\n", x, printed(x), ad.Softplus(x), slope, ad.Sigmoid(x))
	}
	// Output:
	// -40: printed 0, stable 4.2484e-18, slope 4.2484e-18, σ 4.2484e-18
	// 0: printed 0.69315, stable 0.69315, slope 0.5, σ 0.5
	// 800: printed +Inf, stable 800, slope 1, σ 1
}
