package kernel

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkConv: the three products of layers, in GFLOP/s on one core and on
// two.
func BenchmarkConv(b *testing.B) {
	for _, l := range []struct {
		name string
		Conv
	}{
		{"lenet1-b64", conv(64, 1, 1, 6, 28, 28, 5, 5, 1, 1, 2, 2, 1, 1)},
		{"lenet2-b64", conv(64, 1, 6, 16, 14, 14, 5, 5, 1, 1, 0, 0, 1, 1)},
		{"3x3-32-64-b32", conv(32, 1, 32, 64, 28, 28, 3, 3, 1, 1, 1, 1, 1, 1)},
	} {
		c := l.Conv
		r := rand.New(rand.NewPCG(1, 1))
		ny, nx, nw := c.lengths()
		y, x, w := random(r, ny), random(r, nx), random(r, nw)
		flops := 2 * float64(ny*c.In*c.taps())
		for _, d := range []struct {
			name string
			f    func(p Precision)
		}{
			{"forward", func(p Precision) { c.Forward(p, y, x, w, nil, false) }},
			{"input", func(p Precision) { clear(x); c.Input(p, x, y, w) }},
			{"weight", func(p Precision) { clear(w); c.Weight(p, w, y, x) }},
		} {
			b.Run(l.name+"/"+d.name, func(b *testing.B) {
				for b.Loop() {
					t := best(10, turn{1, func() { d.f(Float64) }}, turn{2, func() { d.f(Float64) }}, turn{1, func() { d.f(Float32) }}, turn{2, func() { d.f(Float32) }})
					b.ReportMetric(flops/t[0]/1e9, "GFLOP/s")
					b.ReportMetric(t[1]*1e3, "ms-two-cores")
					b.ReportMetric(t[3]*1e3, "ms-float32-two")
					b.ReportMetric(t[0]/t[1], "×two-cores")
					b.ReportMetric(t[0]/t[2], "×float32")
				}
			})
		}
	}
}
