package compare_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
)

func distance[T ad.Scalar[T]](x []T) T { return ad.Hypot(x[0], x[1]) }

// In a test, two lines check a function by every method there is.
func ExampleTest() {
	var t *testing.T // of the test

	fn := compare.New("distance", distance, distance, distance, distance, distance)
	compare.Test(t, fn, []float64{3, 4}, []float64{-1, 1e-9})
}

func ExampleCheck() {
	fn := compare.New("distance", distance, distance, distance, distance, distance)
	r := compare.Check(fn, []float64{3, 4})
	fmt.Println(r.OK(), r.Class)
	// Output: true smooth
}

// A wrong column of a user's own function is named: here the slope lost its
// factor 2.
func ExampleElementary() {
	r := compare.Check(compare.Elementary(&ad.Func{
		Name:  "sinsq",
		Value: func(x float64) float64 { return math.Sin(x) * math.Sin(x) },
		Slope: func(x, _ float64) float64 { return math.Sin(x) * math.Cos(x) },
		Curve: func(x, _ float64) float64 { return 2 * math.Cos(2*x) },
		Text:  "2*sin(x)*cos(x)",
	}), []float64{0.5})
	fmt.Println(r.OK(), r.Culprit)
	// Output: false Slope of sinsq
}
