package dual

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad"
)

// chained is Rosenbrock's function of many variables: every term is of two of them.
func chained[T ad.Scalar[T]](x []T) T {
	one, sum := ad.Const[T](1), ad.Const[T](0)
	for i := range x[1:] {
		a, b := one.Sub(x[i]), x[i+1].Sub(x[i].Mul(x[i]))
		sum = sum.Add(a.Mul(a)).Add(b.Mul(b).Mul(ad.Const[T](100)))
	}
	return sum
}

// mixed is a function whose every operation depends on all variables so far.
func mixed[T ad.Scalar[T]](x []T) T {
	z := ad.Const[T](1)
	for _, v := range x {
		z = ad.Sin(z.Mul(v)).Add(v)
	}
	return z
}

func spread(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 0.5 + float64(i%7)/10
	}
	return x
}

func BenchmarkGradient(b *testing.B) {
	for _, n := range []int{2, 3, 4, 6, 8, 16, 64, 250, 1000} {
		for _, f := range []struct {
			name string
			f    func([]Number) Number
		}{{"chained", chained[Number]}, {"mixed", mixed[Number]}} {
			b.Run(fmt.Sprintf("%s/%d", f.name, n), func(b *testing.B) {
				x := spread(n)
				g := make([]float64, n)
				b.ReportAllocs()
				for b.Loop() {
					GradientTo(g, f.f, x)
				}
			})
		}
	}
}
