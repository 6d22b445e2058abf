package compare

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad"
)

// chained is Rosenbrock's function of any number of inputs.
func chained[T ad.Scalar[T]](x []T) T {
	sum := ad.Const[T](0)
	for i := range x[1:] {
		sum = sum.Add(rosenbrock(x[i : i+2]))
	}
	return sum
}

// BenchmarkCheck is a whole judgement, of all operators by all methods.
func BenchmarkCheck(b *testing.B) {
	fn := New("chained", chained, chained, chained, chained, chained)
	for _, n := range []int{2, 10, 50} {
		x := make([]float64, n)
		for i := range x {
			x[i] = 1 + 0.1*float64(i%7)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if r := Check(fn, x); !r.OK() {
					b.Fatal(r)
				}
			}
		})
	}
}
