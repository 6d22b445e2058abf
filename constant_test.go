package ad_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/reverse"
)

// reach is the squared distance of a hand from a target, of an arm of two parts.
func reach[T ad.Scalar[T]](angle []T) T {
	elbow := angle[0].Add(angle[1])
	x := ad.Scale(ad.Cos(angle[0]), 2).Add(ad.Cos(elbow))
	y := ad.Scale(ad.Sin(angle[0]), 2).Add(ad.Sin(elbow))
	return ad.Square(ad.Shift(x, -1)).Add(ad.Square(ad.Shift(y, -2)))
}

// Numbers in formulas are plain float64.
func ExampleScale() {
	fmt.Printf("%.4f\n", reverse.Gradient(reach, []float64{0.5, 1}))
	// Output: [-3.3909 -1.6538]
}

// 1 - x + 2x³ and its slope at 2.
func ExamplePoly() {
	f := func(x dual.Number) dual.Number { return ad.Poly(x, 1, -1, 0, 2) }
	fmt.Println(f(dual.Number{}.Const(2)).Float(), dual.Derivative(f, 2))
	// Output: 15 23
}

func weighted[T ad.Scalar[T]](x []T) T {
	w := ad.Consts[T]([]float64{1, 2, 3})
	return ad.Dot(w, x).Add(ad.Poly(x[0])).Add(ad.Poly(x[1], 5)).Add(ad.Poly(x[2], 1, 2, 3))
}

// TestConstants checks the functions of this file in every mode against their meaning.
func TestConstants(t *testing.T) {
	fn := compare.New("weighted", weighted, weighted, weighted, weighted, weighted)
	arm := compare.New("reach", reach, reach, reach, reach, reach)
	rapid.Check(t, func(r *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-3, 3), 3, 3).Draw(r, "x")
		compare.Test(t, fn, x)
		compare.Test(t, arm, x[:2])
		want := []float64{1, 2, 3 + 2 + 6*x[2]}
		for i, g := range reverse.Gradient(weighted, x) {
			if d := g - want[i]; !(d <= 1e-14 && d >= -1e-14) {
				r.Errorf("derivative %d at %v is %v, want %v", i, x, g, want[i])
			}
		}
	})
	if n := len(ad.Consts[ad.Real](nil)); n != 0 {
		t.Errorf("%d constants of none", n)
	}
}

// BenchmarkScale holds Scale against a constant that is made by hand.
func BenchmarkScale(b *testing.B) {
	x := []float64{1.5}
	g := make([]float64, 1)
	for name, f := range map[string]func(x []reverse.Var) reverse.Var{
		"Scale": func(x []reverse.Var) reverse.Var {
			y := x[0]
			for range 1000 {
				y = ad.Scale(y, 0.999)
			}
			return y
		},
		"Const": func(x []reverse.Var) reverse.Var {
			y := x[0]
			for range 1000 {
				y = ad.Const[reverse.Var](0.999).Mul(y)
			}
			return y
		},
	} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				reverse.GradientTo(g, f, x)
			}
		})
	}
}
