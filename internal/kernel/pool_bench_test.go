package kernel

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkPool: the greatest of 2×2 elements, in nanoseconds a result, of 384
// planes of 28×28.
func BenchmarkPool(b *testing.B) {
	p := Pooling{Planes: 384, Height: 28, Width: 28, StepDown: 1, StepRight: 1}
	for i := range 14 {
		p.Down = append(p.Down, Bin{2 * i, 2*i + 2, 2})
	}
	p.Right = p.Down
	x := random(rand.New(rand.NewPCG(1, 1)), 384*784)
	ReLU(x, x)
	y, winners := make([]float64, 384*196), make([]int32, 384*196)
	for b.Loop() {
		t := best(20, turn{1, func() { p.Max(y, winners, x) }}, turn{2, func() { p.Max(y, winners, x) }}, turn{1, func() { p.AddWinners(x, y, winners) }})
		b.ReportMetric(t[0]*1e9/float64(len(y)), "ns/max")
		b.ReportMetric(t[0]/t[1], "×two-cores")
		b.ReportMetric(t[2]*1e9/float64(len(y)), "ns/back")
	}
}
