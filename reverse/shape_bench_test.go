package reverse

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/kernel"
)

// Each pair is an operation, forward and back, and the loops that it cannot do
// without: those of the kernels, or a copy.

func benchmarkStep(b *testing.B, m, n int, f func(x Array) Array) {
	xs, gx := make([]float64, m*n), make([]float64, m*n)
	for i := range xs {
		xs[i] = math.Sin(float64(i))
	}
	tape := NewTape()
	var w []float64
	b.SetBytes(int64(8 * m * n))
	for b.Loop() {
		tape.Reset()
		y := f(tape.Param(xs, gx, m, n))
		if w == nil {
			w = make([]float64, y.Size())
		}
		y.BackwardFrom(w)
	}
}

func BenchmarkSoftmaxKernel(b *testing.B) {
	x, y := make([]float64, 1<<16), make([]float64, 1<<16)
	b.SetBytes(8 << 16)
	for b.Loop() {
		kernel.Softmax(y, x, 256)
		kernel.SoftmaxBackward(x, y, y, 256)
	}
}

func BenchmarkSoftmax(b *testing.B) {
	benchmarkStep(b, 256, 256, func(x Array) Array { return x.Softmax(1) })
}

func BenchmarkSoftmaxColumns(b *testing.B) {
	benchmarkStep(b, 256, 256, func(x Array) Array { return x.Softmax(0) })
}

func BenchmarkSoftmaxShort(b *testing.B) {
	benchmarkStep(b, 8192, 8, func(x Array) Array { return x.Softmax(1) })
}

func BenchmarkLogSumExp(b *testing.B) {
	benchmarkStep(b, 256, 256, func(x Array) Array { return x.LogSumExp(1) })
}

func BenchmarkLogSumExpShort(b *testing.B) {
	benchmarkStep(b, 8192, 8, func(x Array) Array { return x.LogSumExp(1) })
}

func BenchmarkCrossEntropyLoss(b *testing.B) {
	labels := make([]int, 256)
	benchmarkStep(b, 256, 256, func(x Array) Array { return x.CrossEntropy(1, labels, CrossEntropyOptions{}).Mean() })
}

func BenchmarkNorm2(b *testing.B) {
	benchmarkStep(b, 256, 256, func(x Array) Array { return x.Norm2(1) })
}

func BenchmarkVariance(b *testing.B) {
	benchmarkStep(b, 256, 256, func(x Array) Array { return x.Variance(0, 1) })
}

func BenchmarkTranspose(b *testing.B) {
	benchmarkStep(b, 1024, 1024, func(x Array) Array { return x.Transpose() })
}

func BenchmarkTransposeKernel(b *testing.B) { // what a transpose and its sweep move, untransposed
	x, y, z := make([]float64, 1<<20), make([]float64, 1<<20), make([]float64, 1<<20)
	b.SetBytes(8 << 20)
	for b.Loop() {
		copy(y, x)
		clear(z)
		kernel.Axpy(x, 1, z)
	}
}

func BenchmarkConcat(b *testing.B) {
	benchmarkStep(b, 256, 256, func(x Array) Array { return Concat(1, x, x) })
}

func BenchmarkTake(b *testing.B) {
	rows := make([]int, 256)
	for i := range rows {
		rows[i] = i * 37 % 256
	}
	benchmarkStep(b, 256, 256, func(x Array) Array { return x.Take(0, rows) })
}
