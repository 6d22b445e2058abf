package numeric_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

// area returns the area of a rectangle, and its circumference.
func area(x []float64) []float64 { return []float64{x[0] * x[1], 2 * (x[0] + x[1])} }

// bowl is x²y + y³.
func bowl(x []float64) float64 { return x[0]*x[0]*x[1] + x[1]*x[1]*x[1] }

// A function of package math is taken as it is.
func ExampleDerivative() {
	fmt.Printf("%.9f\n", numeric.Derivative(math.Log, 4))
	// Output: 0.250000000
}

// So is a plain function of one's own.
func ExampleGradient() {
	fmt.Printf("%.6f\n", numeric.Gradient(bowl, []float64{1, 2}))
	// Output: [4.000000 13.000000]
}

// An entry comes with its error, and with what was met on the way.
func ExampleGradientResult() {
	f := func(x []float64) float64 { return math.Sqrt(x[0]) + math.Abs(x[1]) }
	for i, r := range numeric.GradientResult(f, []float64{4, 0}) {
		fmt.Printf("%d: %.6f, error below 1e-9: %t, %v\n", i, r.Value, r.Err < 1e-9, r.Status)
	}
	// Output:
	// 0: 0.250000, error below 1e-9: true, converged
	// 1: 0.000000, error below 1e-9: false, kinked
}

// A Jacobian has a row for every output.
func ExampleJacobian() {
	fmt.Printf("%.6f\n", mat.Formatted(numeric.Jacobian(area, []float64{3, 5})))
	// Output:
	// ⎡5.000000  3.000000⎤
	// ⎣2.000000  2.000000⎦
}

func ExampleVJP() {
	fmt.Printf("%.6f\n", numeric.VJP(area, []float64{3, 5}, []float64{1, 10}))
	// Output: [25.000000 23.000000]
}

func ExampleHessian() {
	fmt.Printf("%.4f\n", mat.Formatted(numeric.Hessian(bowl, []float64{1, 2})))
	// Output:
	// ⎡ 4.0000   2.0000⎤
	// ⎣ 2.0000  12.0000⎦
}

// The product with a unit vector is a column of the Hessian.
func ExampleHVP() {
	fmt.Printf("%.4f\n", numeric.HVP(bowl, []float64{1, 2}, []float64{0, 1}))
	// Output: [2.0000 12.0000]
}

// The diagonal alone costs a part of the Hessian.
func ExampleHessianDiag() {
	fmt.Printf("%.4f\n", numeric.HessianDiag(bowl, []float64{1, 2}))
	// Output: [4.0000 12.0000]
}

// Every order costs digits. The estimate says how many are left.
func ExampleDerivativeNResult() {
	r := numeric.DerivativeNResult(math.Sin, 0.5, 4)
	fmt.Printf("%.6f, error below 1e-6: %t\n", r.Value, r.Err < 1e-6)
	// Output: 0.479426, error below 1e-6: true
}

// Columns that share no row move together: three searches for a Jacobian of any length.
func ExampleSparseJacobian() {
	flow := func(x []float64) []float64 {
		y := make([]float64, len(x))
		for i := 1; i < len(x); i++ {
			q := x[i]*x[i] - x[i-1]*x[i-1]
			y[i-1], y[i] = y[i-1]+q, y[i]-q
		}
		return y
	}
	x := []float64{1, 2, 3, 4}
	pattern := numeric.JacobianPattern(flow, x)
	fmt.Println(sparse.ColorColumns(pattern).ColumnColors(), "searches")
	fmt.Printf("%.3f\n", mat.Formatted(numeric.SparseJacobian(flow, x, pattern)))
	// Output:
	// 3 searches
	// ⎡ -2.000    4.000    0.000    0.000⎤
	// ⎢  2.000   -8.000    6.000    0.000⎥
	// ⎢  0.000    4.000  -12.000    8.000⎥
	// ⎣  0.000    0.000    6.000   -8.000⎦
}

// A scheme may be made from any points, in steps from x.
func ExampleStencil() {
	fmt.Println(numeric.Weights([]float64{0, 1, 2}, 1))
	ahead := numeric.Stencil(0, 1, 2)
	fmt.Printf("%.6f\n", ahead.Derivative(math.Exp, 0))
	// Output:
	// [-1.5 2 -0.5]
	// 1.000000
}

// A step has two limits.
func ExampleLimitFrom() {
	step := func(x float64) float64 { return x / math.Abs(x) }
	fmt.Printf("%.3f %.3f\n", numeric.LimitFrom(step, 0, -1).Value, numeric.LimitFrom(step, 0, 1).Value)
	// Output: -1.000 1.000
}

// The mixed derivative of a function over bicomplex numbers, to the last places.
func ExampleBicomplexMixed() {
	f := func(x []numeric.Bicomplex) numeric.Bicomplex { return x[0].Exp().Mul(x[1].Sin()) }
	fmt.Printf("%.12f\n", numeric.BicomplexMixed(f, []float64{0, 0}, 0, 1))
	// Output: 1.000000000000
}

// Bind chooses Real for a generic function, and ties data to it.
func ExampleBind() {
	fmt.Printf("%.6f\n", numeric.Gradient(numeric.Bind(distances, []float64{1, 4}), []float64{2}))
	// Output: [-2.000000]
}

// distances returns the sum of squares of how far x[0] is from the places.
func distances[T ad.Scalar[T]](x []T, places []float64) T {
	sum := ad.Const[T](0)
	for _, p := range places {
		sum = sum.Add(ad.Square(ad.Shift(x[0], -p)))
	}
	return sum
}
