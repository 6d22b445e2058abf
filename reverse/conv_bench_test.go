package reverse

import (
	"testing"
	"time"

	"github.com/quartet-ad/ad/internal/kernel"
	"github.com/quartet-ad/ad/reverse/internal/layout"
)

// BenchmarkConv takes a training step's convolution, 3×3 from 32 to 64 channels of
// 28×28, 32 images: forward, and backwards with respect to both operands. Beside it
// is a matrix product of as many operations, of the same shape as an image's, in
// the same run; ratio is the one to the other.
func BenchmarkConv(b *testing.B) {
	const images, in, out, size, k = 32, 32, 64, 28, 3
	const flops = 3 * 2 * images * out * size * size * in * k * k
	xs, ws, seed := make([]float64, images*in*size*size), make([]float64, out*in*k*k), make([]float64, images*out*size*size)
	gx, gw := make([]float64, len(xs)), make([]float64, len(ws))
	for i := range xs {
		xs[i] = float64(i%13) - 6
	}
	for i := range ws {
		ws[i] = float64(i%7) - 3
	}
	for i := range seed {
		seed[i] = float64(i%5) - 2
	}
	tape := NewTape()
	var forward time.Duration
	step := func() {
		start := time.Now()
		tape.Reset()
		x, w := tape.Param(xs, gx, images, in, size, size), tape.Param(ws, gw, out, in, k, k)
		y := x.Conv2D(w, Array{}, ConvOptions{Padding: [2]int{1, 1}})
		forward = time.Since(start)
		y.BackwardFrom(seed)
	}
	const patch, area = in * k * k, size * size
	patches, y := make([]float64, patch*area), make([]float64, out*area)
	product := func() {
		for range images {
			c, p, w := kernel.RowMajor(y, area), kernel.RowMajor(patches, area), kernel.RowMajor(ws, patch)
			kernel.Gemm(kernel.Float64, out, area, patch, y, area, w, p, false)
			kernel.Gemm(kernel.Float64, patch, area, out, patches, area, w.T(), c, false)
			kernel.Gemm(kernel.Float64, out, patch, area, gw, patch, c, p.T(), true)
		}
		clear(patches)
	}
	step()
	best, bestForward, bestProduct := time.Hour, time.Hour, time.Hour
	for b.Loop() {
		start := time.Now()
		step()
		best = min(best, time.Since(start))
		bestForward = min(bestForward, forward)
		start = time.Now()
		product()
		bestProduct = min(bestProduct, time.Since(start))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(best.Seconds()*1e3, "ms/step")
	b.ReportMetric(bestForward.Seconds()*1e3, "ms/forward")
	b.ReportMetric(bestProduct.Seconds()*1e3, "ms/product")
	b.ReportMetric(flops/best.Seconds()*1e-9, "GFLOP/s")
	b.ReportMetric(best.Seconds()/bestProduct.Seconds(), "ratio")
}

// BenchmarkSpatial takes the other layers forward and backwards, on 32 images of 32
// channels of 28×28: time for an element of the images, least of all rounds, and how
// many copies of the images could be made meanwhile.
func BenchmarkSpatial(b *testing.B) {
	shape := []int{32, 32, 28, 28}
	n := layout.Size(shape)
	xs, gx, ws, gw, seed := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, 4*n)
	for i := range xs {
		xs[i], ws[i], seed[i] = float64((i*37)%101)/50, 1, 1
	}
	two, three, none := [2]int{2, 2}, [2]int{3, 3}, Array{}
	one := [2]int{1, 1}
	for _, c := range []struct {
		name  string
		w     []int
		layer func(x, w Array) Array
	}{
		{"depthwise3x3", []int{32, 1, 3, 3}, func(x, w Array) Array { return x.Conv2D(w, none, ConvOptions{Groups: 32, Padding: one}) }},
		{"groups2x2", []int{32, 2, 3, 3}, func(x, w Array) Array { return x.Conv2D(w, none, ConvOptions{Groups: 16, Padding: one}) }},
		{"groups1x4", []int{128, 1, 3, 3}, func(x, w Array) Array { return x.Conv2D(w, none, ConvOptions{Groups: 32, Padding: one}) }},
		{"groups4x4", []int{32, 4, 3, 3}, func(x, w Array) Array { return x.Conv2D(w, none, ConvOptions{Groups: 8, Padding: one}) }},
		{"conv1x1", []int{32, 32, 1, 1}, func(x, w Array) Array { return x.Conv2D(w, none, ConvOptions{}) }},
		{"MaxPool2x2", nil, func(x, w Array) Array { return x.MaxPool2D(PoolOptions{Kernel: two}) }},
		{"MaxPool3x3s2", nil, func(x, w Array) Array { return x.MaxPool2D(PoolOptions{Kernel: three, Stride: two, Padding: one}) }},
		{"AvgPool2x2", nil, func(x, w Array) Array { return x.AvgPool2D(PoolOptions{Kernel: two}) }},
		{"GlobalAvgPool", nil, func(x, w Array) Array { return x.GlobalAvgPool() }},
		{"UpsampleNearest", nil, func(x, w Array) Array { return x.UpsampleNearest(28, 28) }},
		{"UpsampleBilinear", nil, func(x, w Array) Array { return x.UpsampleBilinear(28, 28, false) }},
		{"BatchNorm", []int{32}, func(x, w Array) Array { y, _, _ := x.BatchNorm(w, w, 1e-5); return y }},
		{"GroupNorm", []int{32}, func(x, w Array) Array { return x.GroupNorm(4, w, w, 1e-5) }},
		{"LayerNorm", []int{28}, func(x, w Array) Array { return x.LayerNorm(1, w, w, 1e-5) }},
		{"LayerNorm all", []int{32, 28, 28}, func(x, w Array) Array { return x.LayerNorm(3, w, w, 1e-5) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			tape := NewTape()
			step := func() {
				tape.Reset()
				x, w := tape.Param(xs, gx, shape...), none
				if c.w != nil {
					k := layout.Size(c.w)
					w = tape.Param(ws[:k], gw[:k], c.w...)
				}
				y := c.layer(x, w)
				y.BackwardFrom(seed[:y.Size()])
			}
			step()
			best, bestCopy := time.Hour, time.Hour
			for b.Loop() {
				start := time.Now()
				step()
				best = min(best, time.Since(start))
				start = time.Now()
				copy(gx, ws)
				bestCopy = min(bestCopy, time.Since(start))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(best.Seconds()*1e9/float64(n), "ns/element")
			b.ReportMetric(best.Seconds()/bestCopy.Seconds(), "copies")
		})
	}
}
