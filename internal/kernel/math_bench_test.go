package kernel

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkMath compares functions of 4096 elements with loops over package
// math, in one run.
func BenchmarkMath(b *testing.B) {
	for _, f := range functions {
		b.Run(f.name, func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 1))
			x, y := make([]float64, 4096), make([]float64, 4096)
			for i := range x {
				x[i] = 5 * r.Float64()
			}
			loop := func() {
				for i, v := range x {
					y[i] = f.plain(v)
				}
			}
			for b.Loop() {
				t := best(200, turn{1, loop}, turn{1, func() { f.f(y, x) }})
				b.ReportMetric(t[1]*1e9/float64(len(x)), "ns/element")
				b.ReportMetric(t[0]/t[1], "×math")
			}
		})
	}
}
