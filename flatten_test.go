package ad_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// A logistic is a curve of growth.
type logistic[T any] struct {
	Greatest, Rate T
	Middle         T
}

// growth is the squared distance of a curve from what was measured on three days.
func growth[T ad.Scalar[T]](x []T) T {
	var c logistic[T]
	ad.Unflatten(&c, x)
	sum := ad.Const[T](0)
	for day, height := range []float64{1, 4, 6} {
		t := ad.Const[T](float64(day)).Sub(c.Middle)
		sum = sum.Add(ad.Square(ad.Shift(c.Greatest.Mul(ad.Sigmoid(c.Rate.Mul(t))), -height)))
	}
	return sum
}

// Parameters have names in a struct that is generic over its numbers.
func ExampleUnflatten() {
	x := ad.Flatten[float64](logistic[float64]{Greatest: 8, Rate: 1.5, Middle: 1})
	fmt.Printf("%.4f\n", reverse.Gradient(growth, x))
	fmt.Printf("%.4f\n", dual.Gradient(growth, x))
	// Output:
	// [1.0516 0.1938 -3.5795]
	// [1.0516 0.1938 -3.5795]
}

type inner[T any] struct {
	W [2]T
	B string
}

type outer[T any] struct {
	A     T
	Name  string
	Parts []inner[T]
	Deep  *inner[T]
	None  *inner[T]
	Ints  []int
	Z     [][]T
}

// TestFlatten: every number is found once, in order, for numbers that are structs too.
func TestFlatten(t *testing.T) {
	s := outer[float64]{A: 1, Parts: []inner[float64]{{W: [2]float64{2, 3}}, {W: [2]float64{4, 5}}},
		Deep: &inner[float64]{W: [2]float64{6, 7}}, Ints: []int{9}, Z: [][]float64{{8}, nil, {9, 10}}}
	want := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	optest.Equal(t, "Flatten", ad.Flatten[float64](s), want)
	optest.Equal(t, "Flatten of a pointer", ad.Flatten[float64](&s), want)
	for i := range want {
		want[i] *= -1
	}
	ad.Unflatten(&s, want)
	optest.Equal(t, "Unflatten", ad.Flatten[float64](s), want)

	d := outer[dual.Number]{Parts: make([]inner[dual.Number], 1)}
	ad.Unflatten(&d, ad.Consts[dual.Number]([]float64{1, 2, 3}))
	if got := ad.Flatten[dual.Number](d); !slices.Equal(got, ad.Consts[dual.Number]([]float64{1, 2, 3})) {
		t.Errorf("numbers that are structs: %v", got)
	}
	if x := ad.Flatten[float64](3.5); !slices.Equal(x, []float64{3.5}) {
		t.Errorf("a number alone is %v", x)
	}
	optest.Panics(t, "ad: Unflatten of 2 numbers to a [3]float64, which has 3", func() { ad.Unflatten(new([3]float64), make([]float64, 2)) })
	optest.Panics(t, "ad: Unflatten of 4 numbers to a [3]float64, which has 3", func() { ad.Unflatten(new([3]float64), make([]float64, 4)) })
	optest.Panics(t, "ad: Flatten of the unexported field hidden", func() { ad.Flatten[float64](struct{ hidden float64 }{}) })
}

// BenchmarkUnflatten sets a hundred numbers.
func BenchmarkUnflatten(b *testing.B) {
	var s [20]inner[float64]
	x := make([]float64, 40)
	for range b.N {
		ad.Unflatten(&s, x)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/40, "ns/number")
}
