package numeric_test

import (
	"fmt"
	"math"
	"math/cmplx"
	"strings"

	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// A corner of f shows in the derivatives from both sides; one near x is found.
func ExampleKink() {
	k := numeric.Kink(func(x float64) float64 { return math.Abs(x-1) + x }, 1)
	fmt.Printf("%v: %.3f from the left, %.3f from the right\n", k.Verdict, k.Left.Value, k.Right.Value)
	k = numeric.Kink(func(x float64) float64 { return math.Abs(x-1) + x }, 0.9)
	fmt.Printf("%v here, a %v at %.6f\n", k.Verdict, k.Kind, k.At)
	// Output:
	// corner: 0.000 from the left, 2.000 from the right
	// smooth here, a corner at 1.000000
}

// At 0, 0/0 is no number, and the limit is one.
func ExampleLimit() {
	r := numeric.Limit(func(x float64) float64 { return (1 - math.Cos(x)) / (x * x) }, 0)
	fmt.Printf("%.9f\n", r.Value)
	// Output: 0.500000000
}

// The residue of exp(z)/z³ at 0 is the coefficient of z² in exp(z).
func ExampleResidue() {
	residue, err := numeric.Residue(func(z complex128) complex128 { return cmplx.Exp(z) / (z * z * z) }, 0, 1)
	fmt.Printf("%.12f, and wrong by less than 1e-12: %v\n", real(residue), err < 1e-12)
	// Output: 0.500000000000, and wrong by less than 1e-12: true
}

// Coefficients of a series by the fast Fourier transform of values on circles.
func ExampleTaylor() {
	c, _ := numeric.Taylor(cmplx.Exp, 0, 5)
	for k, v := range c {
		fmt.Printf("%d: %.10f\n", k, real(v))
	}
	// Output:
	// 0: 1.0000000000
	// 1: 1.0000000000
	// 2: 0.5000000000
	// 3: 0.1666666667
	// 4: 0.0416666667
	// 5: 0.0083333333
}

// Two imaginary units give a second derivative without a difference.
func ExampleBicomplexStep() {
	f := func(z numeric.Bicomplex) numeric.Bicomplex { return z.Sin().Mul(z) }
	_, slope, curve := numeric.BicomplexStep(f, 1)
	fmt.Printf("%.15f %.15f\n", slope, curve)
	fmt.Printf("%.15f %.15f\n", math.Sin(1)+math.Cos(1), 2*math.Cos(1)-math.Sin(1))
	// Output:
	// 1.381773290676036 0.239133626928383
	// 1.381773290676036 0.239133626928383
}

// A study holds the error of every scheme against its step: as CSV, or as a picture.
func ExampleStudy() {
	study := numeric.Study(math.Exp, 1)
	for _, c := range study.Curves[:3] {
		fmt.Printf("%s: theory says %.1e\n", c.Scheme, c.Best)
	}
	var table strings.Builder
	if err := study.WriteCSV(&table); err != nil {
		fmt.Println(err)
	}
	header, _, _ := strings.Cut(table.String(), "\n")
	fmt.Println(header)
	fmt.Println(strings.HasPrefix(study.SVG(), "<svg"))
	// Output:
	// Forward: theory says 2.1e-08
	// Backward: theory says 2.1e-08
	// Central: theory says 6.9e-06
	// scheme,step,error,best
	// true
}

// A Laplacian of a harmonic function.
func ExampleLaplacian() {
	r := numeric.LaplacianResult(func(x []float64) float64 { return math.Exp(x[0]) * math.Sin(x[1]) }, []float64{0.3, 0.4})
	fmt.Println(math.Abs(r.Value) <= r.Err, r.Err < 1e-6)
	// Output: true true
}

// Of a Hessian whose pattern is known, no other entry costs an evaluation.
func ExampleSparseHessian() {
	f := func(x []float64) float64 { return x[0]*x[0]*x[1] + math.Sin(x[2]) }
	h := numeric.SparseHessian(f, []float64{1, 2, 0}, sparse.NewPattern(3, 3, [][2]int{{0, 0}, {0, 1}, {1, 0}, {2, 2}}))
	fmt.Printf("%.6f %.6f %.6f\n", h.At(0, 0), h.At(0, 1), h.At(1, 0))
	// Output: 4.000000 2.000000 2.000000
}

// A generic function under the settings of a scheme.
func ExamplePlain() {
	inside := numeric.Central.With(numeric.Settings{Lower: []float64{0, 0}, MaxEvals: 4})
	g := inside.Gradient(numeric.Plain(func(x []numeric.Real) numeric.Real { return x[0].Mul(x[1]) }), []float64{0, 3})
	fmt.Printf("%.6f\n", g)
	// Output: [3.000000 0.000000]
}
