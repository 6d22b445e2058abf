package dual

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/mat"
)

func BenchmarkHessian(b *testing.B) {
	for _, n := range []int{2, 3, 4, 6, 8, 16, 64, 250, 1000} {
		for _, f := range []struct {
			name string
			f    func([]Hyper) Hyper
		}{{"chained", chained[Hyper]}, {"mixed", mixed[Hyper]}} {
			if n > 250 && f.name == "mixed" {
				continue
			}
			b.Run(fmt.Sprintf("%s/%d", f.name, n), func(b *testing.B) {
				x := spread(n)
				h := mat.NewSymDense(n, nil)
				b.ReportAllocs()
				for b.Loop() {
					HessianTo(h, f.f, x)
				}
			})
		}
	}
}
