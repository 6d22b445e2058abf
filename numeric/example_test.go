package numeric_test

import (
	"fmt"
	"math"
	"math/cmplx"

	"github.com/quartet-ad/ad/numeric"
)

func Example() {
	// rosenbrock is generic over ad.Scalar.
	fmt.Printf("%.6f\n", numeric.Gradient(rosenbrock[numeric.Real], []float64{-1.2, 1}))
	// Output:
	// [-215.600000 -88.000000]
}

func ExampleDerivativeResult() {
	r := numeric.DerivativeResult(math.Sqrt, 4)
	fmt.Printf("%.9f, error below 1e-11: %t, %v\n", r.Value, r.Err < 1e-11, r.Status)

	r = numeric.DerivativeResult(math.Abs, 0)
	fmt.Printf("%.0f ± %.0f, %v\n", r.Value, r.Err, r.Status)
	// Output:
	// 0.250000000, error below 1e-11: true, converged
	// 0 ± 1, kinked
}

// A float32 computation is noisy to a float64. The estimate says so.
func ExampleDerivativeResult_noise() {
	f := func(x float64) float64 { return float64(float32(math.Exp(x))) }
	r := numeric.DerivativeResult(f, 1)
	fmt.Printf("%.3f, %v\n", r.Value, r.Status)
	fmt.Printf("error below 1e-3: %t, below 1e-9: %t\n", r.Err < 1e-3, r.Err < 1e-9)
	// Output:
	// 2.718, roundoff limited
	// error below 1e-3: true, below 1e-9: false
}

func ExampleJVP() {
	polar := func(x []float64) []float64 {
		r, phi := x[0], x[1]
		return []float64{r * math.Cos(phi), r * math.Sin(phi)}
	}
	fmt.Printf("%.6f\n", numeric.JVP(polar, []float64{2, 0}, []float64{1, 3}))
	// Output:
	// [1.000000 6.000000]
}

// Left and right derivatives at a kink.
func ExampleRichardsonForward() {
	hinge := func(x float64) float64 { return max(0, 1-x) }
	fmt.Printf("%+.6f\n", numeric.RichardsonBackward.Derivative(hinge, 1))
	fmt.Printf("%+.6f\n", numeric.RichardsonForward.Derivative(hinge, 1))
	// Output:
	// -1.000000
	// +0.000000
}

// The error of a simple difference falls with the step, until rounding takes over.
func ExampleScheme_At() {
	wrong := func(s numeric.Scheme, h float64) float64 {
		return math.Abs(s.At(h).Derivative(math.Exp, 0) - 1)
	}
	for _, h := range []float64{1e-1, 1e-2, 1e-3, 1e-4} {
		fmt.Printf("%.0e: forward %.0e, central %.0e\n", h, wrong(numeric.Forward, h), wrong(numeric.Central, h))
	}
	fmt.Println("smaller is better:", wrong(numeric.Central, 1e-12) < wrong(numeric.Central, 1e-4))
	// Output:
	// 1e-01: forward 5e-02, central 2e-03
	// 1e-02: forward 5e-03, central 2e-05
	// 1e-03: forward 5e-04, central 2e-07
	// 1e-04: forward 5e-05, central 2e-09
	// smaller is better: false
}

func ExampleComplexStep() {
	f := func(z complex128) complex128 { return cmplx.Sin(z) * cmplx.Exp(z) }
	fmt.Println(numeric.ComplexStep.Derivative(f, 0))
	// Output:
	// 1
}

// f is never evaluated outside of the bounds of its domain: at a bound the derivative is
// taken from one side.
func ExampleScheme_With() {
	f := func(x []float64) float64 {
		if x[0] < 0 {
			panic("a negative concentration")
		}
		return math.Exp(-x[0]) * x[1]
	}
	inside := numeric.Richardson.With(numeric.Settings{Lower: []float64{0, 0}})
	for _, r := range inside.GradientResult(f, []float64{0, 2}) {
		fmt.Printf("%.6f %v\n", r.Value, r.Status)
	}
	// Output:
	// -2.000000 domain limited
	// 1.000000 converged
}
