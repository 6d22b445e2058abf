package ad_test

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

func rosenbrock[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	a := one.Sub(x[0])
	b := x[1].Sub(x[0].Mul(x[0]))
	return a.Mul(a).Add(hundred.Mul(b).Mul(b))
}

// A function written once is differentiated by all four backends.
func Example() {
	x := []float64{1, 2}
	fmt.Println(reverse.Gradient(rosenbrock, x))                        // [-400 200]
	fmt.Println(dual.Gradient(rosenbrock, x))                           // [-400 200]
	fmt.Println(reverse.HVP(rosenbrock, x, []float64{1, 0}))            // [402 -400], a column of the Hessian
	fmt.Printf("%.9f\n", numeric.Gradient(rosenbrock[numeric.Real], x)) // [-400.000000000 200.000000000]

	a, b := symbolic.Var("a"), symbolic.Var("b")
	f := rosenbrock([]symbolic.Expr{a, b})
	fmt.Println(symbolic.D(f, b)) // 100*(b - a^2) + 100*(b - a^2)
	// Output:
	// [-400 200]
	// [-400 200]
	// [402 -400]
	// [-400.000000000 200.000000000]
	// 100*(b - a^2) + 100*(b - a^2)
}

// sinSq is an elementary function of one's own: (sin x)², with its first and
// second derivative in Go and the first once more as text.
var sinSq = ad.NewOp(&ad.Func{
	Name:  "sinsq",
	Value: func(x float64) float64 { return math.Sin(x) * math.Sin(x) },
	Slope: func(x, _ float64) float64 { return math.Sin(2 * x) },
	Curve: func(x, _ float64) float64 { return 2 * math.Cos(2*x) },
	Text:  "2*sin(x)*cos(x)",
	Lo:    -3, Hi: 3,
})

// SinSq is the function on every number type.
func SinSq[T ad.Scalar[T]](x T) T { return x.Apply(sinSq) }

// A user's own elementary function needs no registration; package compare checks
// its columns against each other.
func ExampleNewOp() {
	fmt.Printf("%.4f\n", dual.Derivative(SinSq, 0.5))
	fmt.Printf("%.4f\n", reverse.Derivative(SinSq, 0.5))
	fmt.Printf("%.4f\n", symbolic.Derivative(SinSq, 0.5))
	fmt.Printf("%.4f\n", numeric.Derivative(SinSq[numeric.Real], 0.5))
	// Output:
	// 0.8415
	// 0.8415
	// 0.8415
	// 0.8415
}

// Control flow that looks at values takes ad.Ordered: Less decides, and the
// derivative is that of the branch taken.
func ExampleOrdered() {
	fmt.Println(dual.Gradient(largest, []float64{1, 5, 3}))
	fmt.Println(reverse.Gradient(largest, []float64{1, 5, 3}))
	// Output:
	// [0 1 0]
	// [0 1 0]
}

func largest[T ad.Ordered[T]](x []T) T {
	m := x[0]
	for _, v := range x[1:] {
		if m.Less(v) {
			m = v
		}
	}
	return m
}

// Sums, dot products and the like are single statements on a tape.
func ExampleLogSumExp() {
	f := func(x []reverse.Var) reverse.Var { return ad.LogSumExp(x) }
	g := make([]float64, 3)
	y := reverse.GradientTo(g, f, []float64{1000, 1001, 999})
	fmt.Printf("%.4f %.4f\n", y, g)
	// Output:
	// 1001.4076 [0.2447 0.6652 0.0900]
}
