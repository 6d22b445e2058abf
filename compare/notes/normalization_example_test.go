package notes_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/nn"
	"github.com/quartet-ad/ad/reverse"
)

// normalized is batch normalization by the layer, of one feature, with its ε of nothing.
func normalized(x []float64) []float64 {
	l := nn.NewBatchNorm1D(1)
	l.Epsilon = 1e-300
	return l.Forward(reverse.NewTape().Const(x, len(x), 1)).Values()
}

// spread is nine zeros and a ten: of mean 1 and variance 9.
var spread = []float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 10}

// Equation 14 divides by the variance. The standard deviation belongs there: z of the ten is 3, and
// only then has the result the variance 1.
func Example_equation14() {
	printed := make([]float64, len(spread))
	for i, x := range spread {
		printed[i] = (x - 1) / 9
	}
	z := normalized(spread)
	fmt.Printf("printed: last %.4f, variance %.4f\n", printed[9], ad.Variance(ad.Consts[ad.Real](printed), 0))
	fmt.Printf("layer:   last %.4f, variance %.4f, bound √(m-1) = %.4f\n", z[9], ad.Variance(ad.Consts[ad.Real](z), 0), math.Sqrt(9))
	// Output:
	// printed: last 1.0000, variance 0.1111
	// layer:   last 3.0000, variance 1.0000, bound √(m-1) = 3.0000
}

// Equation 15 is the mean over the samples of a batch. Its index j is that of the feature already.
func Example_equation15() {
	x := reverse.NewTape().Const([]float64{1, 10, 3, 20, 5, 60}, 3, 2) // 3 samples of 2 features
	fmt.Println(x.Mean(0).Values())
	// Output: [3 30]
}

// Equation 16 subtracts 1/|B| where the mean belongs: it gives 9.81 where the variance is 9.
func Example_equation16() {
	printed := 0.0
	for _, x := range spread {
		d := x - 1.0/10
		printed += d * d / 10
	}
	x := reverse.NewTape().Const(spread, 10, 1)
	fmt.Printf("printed %.2f, variance %.2f\n", printed, x.Variance(0, 0).Values()[0])
	// Output: printed 9.81, variance 9.00
}

// Equation 17 is a chain of layers, with its arrows turned: X(k) depends on X(k-1) and on nothing
// after it. So the Jacobian of X(3) by X(0) is the product of those of the layers.
func Example_equation17() {
	layers := []func(reverse.Var) reverse.Var{ad.Tanh[reverse.Var], ad.Sin[reverse.Var], ad.Exp[reverse.Var]}
	x, product := 0.5, 1.0
	for k, layer := range layers {
		product *= reverse.Derivative(layer, x)
		x = float64([]func(ad.Real) ad.Real{ad.Tanh[ad.Real], ad.Sin[ad.Real], ad.Exp[ad.Real]}[k](ad.Real(x)))
		fmt.Printf("X(%d) = %.4f\n", k+1, x)
	}
	whole := reverse.Derivative(func(x reverse.Var) reverse.Var {
		for _, layer := range layers {
			x = layer(x)
		}
		return x
	}, 0.5)
	fmt.Printf("slopes multiplied %.6f, whole %.6f\n", product, whole)
	// Output:
	// X(1) = 0.4621
	// X(2) = 0.4458
	// X(3) = 1.5618
	// slopes multiplied 1.099447, whole 1.099447
}
