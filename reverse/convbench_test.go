package reverse

import (
	"testing"
	"time"

	"github.com/quartet-ad/ad/internal/kernel"
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
