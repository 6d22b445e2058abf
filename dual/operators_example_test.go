package dual_test

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

// A function that is generic over ad.Scalar goes to every operator as it is.
func ExampleGradient() {
	fmt.Printf("%.4f\n", dual.Gradient(wave, []float64{1, 0}))
	// Output: [0.5403 0.8415]
}

// The weights of a VJP choose: here the gradient of twice the first result less the second.
func ExampleVJP() {
	f := func(x []dual.Number) []dual.Number { return []dual.Number{x[0].Mul(x[1]), x[0].Add(x[1])} }
	fmt.Println(dual.VJP(f, []float64{2, 3}, []float64{2, -1}))
	// Output: [5 3]
}

// The product with a unit vector is a column of the Hessian.
func ExampleHVP() {
	fmt.Printf("%.4f\n", dual.HVP(wave, []float64{1, 0}, []float64{0, 1}))
	// Output: [0.5403 0.8415]
}

// The curvature of f along a line takes no Hessian.
func ExampleSecondDirectional() {
	v := []float64{1, 1}
	fmt.Printf("%.4f\n", dual.SecondDirectional(wave, []float64{1, 0}, v, v))
	// Output: 1.0806
}

// A function with data is bound to them; its variables stay.
func ExampleBind() {
	type data struct{ t, y []float64 }
	misfit := func(p []dual.Number, d data) dual.Number {
		var sum dual.Number // the constant 0
		for i, t := range d.t {
			line := p[0].Add(ad.Scale(p[1], t))
			sum = sum.Add(ad.Square(ad.Shift(line, -d.y[i])))
		}
		return sum
	}
	f := dual.Bind(misfit, data{t: []float64{0, 1, 2}, y: []float64{1, 3, 5}})
	fmt.Println(dual.Gradient(f, []float64{1, 2}), dual.Gradient(f, []float64{0, 2}))
	// Output: [0 0] [-6 -6]
}

// Entry k is the derivative of order k, entry 0 the value. Taylor divides them by k!.
func ExampleDerivatives() {
	f := func(x dual.Jet) dual.Jet { return ad.PowInt(x, 3) }
	fmt.Println(dual.Derivatives(f, 2, 4))
	fmt.Println(dual.Taylor(f, 2, 4))
	// Output:
	// [8 12 12 6 0]
	// [8 12 6 1 0]
}

// f, its slope and its curvature along a direction, from one evaluation.
func ExampleDirectionalDerivatives() {
	f := func(x []dual.Jet) dual.Jet { return x[0].Mul(x[0]).Mul(x[1]) }
	fmt.Println(dual.DirectionalDerivatives(f, []float64{1, 2}, []float64{1, 1}, 3))
	// Output: [2 5 8 6]
}

// Many points of two inputs each: Jacobians come one after the other, row by row.
func ExampleJacobianBatchTo() {
	f := func(x []dual.Number) []dual.Number { return []dual.Number{x[0].Mul(x[1]), x[0].Add(x[1])} }
	points := []float64{
		2, 3,
		5, 7,
	}
	jacobians, values := make([]float64, 8), make([]float64, 4)
	dual.JacobianBatchTo(jacobians, values, f, points, 2)
	fmt.Println(jacobians)
	fmt.Println(values)
	// Output:
	// [3 2 1 1 7 5 1 1]
	// [6 5 35 12]
}

// The forces in a chain couple neighbors only: three passes find all entries of the
// Jacobian, however long the chain is. A coloring that is kept serves every point.
func ExampleSparseJacobianTo() {
	force := func(x []dual.Number) []dual.Number {
		y := make([]dual.Number, len(x))
		for i := 1; i < len(x); i++ {
			pull := ad.PowInt(x[i].Sub(x[i-1]), 3)
			y[i-1], y[i] = y[i-1].Add(pull), y[i].Sub(pull)
		}
		return y
	}
	x := []float64{0, 1, 3, 4, 6}
	pattern := dual.JacobianPattern(force, x)
	colors := sparse.ColorColumns(pattern)
	jacobian := sparse.NewMatrix(pattern, nil)
	fmt.Println(dual.SparseJacobianTo(jacobian, force, x, colors))
	fmt.Println(colors.ColumnColors(), "passes")
	fmt.Println(mat.Formatted(jacobian))
	// Output:
	// [1 7 -7 7 -8]
	// 3 passes
	// ⎡ -3    3    0    0    0⎤
	// ⎢  3  -15   12    0    0⎥
	// ⎢  0   12  -15    3    0⎥
	// ⎢  0    0    3  -15   12⎥
	// ⎣  0    0    0   12  -12⎦
}

// Entries that the pattern names are computed, and no others.
func ExampleSparseHessian() {
	energy := func(x []dual.Hyper) dual.Hyper {
		var sum dual.Hyper
		for i := 1; i < len(x); i++ {
			sum = sum.Add(ad.Square(ad.Square(x[i].Sub(x[i-1]))))
		}
		return sum
	}
	hessian := dual.SparseHessian(energy, []float64{0, 1, 3}, sparse.Band(3, 3, 1, 1))
	fmt.Println(mat.Formatted(hessian))
	// Output:
	// ⎡ 12  -12    0⎤
	// ⎢-12   60  -48⎥
	// ⎣  0  -48   48⎦
}

// A derivative of a derivative, each by itself: along (1, 1), the rate of the slope of x²y
// along (1, 0). Both are dual numbers, one over the other.
func ExampleJVPOf() {
	f := func(x []dual.Of[dual.Number]) []dual.Of[dual.Number] {
		return []dual.Of[dual.Number]{x[0].Mul(x[0]).Mul(x[1])}
	}
	slope := func(x []dual.Number) []dual.Number {
		_, slope := dual.JVPOf(f, x, []dual.Number{x[0].Const(1), x[0].Const(0)})
		return slope
	}
	fmt.Println(dual.JVP(slope, []float64{1, 2}, []float64{1, 1}))
	// Output: [6]
}

// The Taylor coefficients along a line, over any number type: here formulas could stand in
// place of ad.Real.
func ExampleJetAlong() {
	f := func(x []dual.JetOf[ad.Real]) dual.JetOf[ad.Real] { return x[0].Mul(x[1]) }
	fmt.Println(dual.JetAlong(f, []ad.Real{2, 3}, []ad.Real{1, 1}, 2))
	// Output: [6 5 1]
}

// Coefficients along a line are written to a slice, which says how many are wanted.
func ExampleJetTo() {
	f := func(x []dual.Jet) dual.Jet { return ad.Exp(x[0]).Mul(x[1]) }
	c := make([]float64, 4)
	y := dual.JetTo(c, f, []float64{0, 1}, []float64{1, 0})
	fmt.Printf("%v %.4f\n", y, c)
	// Output: 1 [1.0000 1.0000 0.5000 0.1667]
}
