package reverse

import (
	"testing"

	"github.com/quartet-ad/ad"
)

// BenchmarkNode tells what recording and sweeping a node costs by itself: a chain
// of 100 operations on arrays of 8 elements.
func BenchmarkNode(b *testing.B) {
	x, g := make([]float64, 8), make([]float64, 8)
	w := make([]float64, 8)
	for name, f := range map[string]func(x, y Array) Array{
		"Add":  Array.Add,
		"Mul":  Array.Mul,
		"Tanh": func(x, _ Array) Array { return ad.Tanh(x) },
		"Sum":  func(x, y Array) Array { return x.Sum() },
	} {
		b.Run(name, func(b *testing.B) {
			tape := NewTape()
			for b.Loop() {
				tape.Reset()
				y := tape.Param(x, g)
				z := y
				for range 100 {
					z = f(z, y)
				}
				z.BackwardFrom(w[:z.Size()])
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/node")
		})
	}
}
