package kernel

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// A turn is a function that is timed on so many processors.
type turn struct {
	procs int
	f     func()
}

// best returns the shortest time of each turn, in seconds: they are taken in
// turns, so that a noisy machine is noisy to all of them, of a millisecond each.
func best(rounds int, turns ...turn) []float64 {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	times := make([]float64, len(turns))
	repeat := make([]int, len(turns))
	for round := range rounds {
		for i, turn := range turns {
			runtime.GOMAXPROCS(turn.procs)
			if round == 0 {
				turn.f()
				start := time.Now()
				turn.f()
				repeat[i] = 1 + int(time.Millisecond/(1+time.Since(start)))
			}
			start := time.Now()
			for range repeat[i] {
				turn.f()
			}
			if d := time.Since(start).Seconds() / float64(repeat[i]); times[i] == 0 || d < times[i] {
				times[i] = d
			}
		}
	}
	return times
}

// BenchmarkGemm compares square products with gonum's: how many times faster one
// core is, and two cores are than one, all in one run.
func BenchmarkGemm(b *testing.B) {
	for _, n := range []int{8, 16, 32, 64, 128, 256, 512, 1024} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, uint64(n)))
			x, y, z := random(r, n*n), random(r, n*n), make([]float64, n*n)
			ours := func(p Precision) func() {
				return func() { Gemm(p, n, n, n, z, n, RowMajor(x, n), RowMajor(y, n), false) }
			}
			general := func(data []float64) blas64.General { return blas64.General{Rows: n, Cols: n, Stride: n, Data: data} }
			gonum := func() { blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, general(x), general(y), 0, general(z)) }
			for b.Loop() {
				rounds := max(4, 60/(1+n/64))
				t := best(rounds, turn{1, gonum}, turn{1, ours(Float64)}, turn{2, ours(Float64)}, turn{1, ours(Float32)})
				b.ReportMetric(2*float64(n*n*n)/t[1]/1e9, "GFLOP/s")
				b.ReportMetric(t[0]/t[1], "×gonum")
				b.ReportMetric(t[1]/t[2], "×two-cores")
				b.ReportMetric(t[1]/t[3], "×float32")
			}
		})
	}
}

// BenchmarkShapes: products as networks and mixtures have them, against gonum's
// on one core.
func BenchmarkShapes(b *testing.B) {
	for _, s := range []struct {
		name    string
		m, n, k int
		ta, tb  bool
	}{
		{"dense", 64, 128, 784, false, true},
		{"dense-input", 64, 784, 128, false, false},
		{"dense-weight", 128, 784, 64, true, false},
		{"logits", 64, 10, 128, false, true},
		{"patches5x5", 32, 576, 25, false, false},
		{"patches3x3", 64, 784, 288, false, false},
		{"gmm-d2-K5", 1000, 5, 2, false, true},
		{"gmm-d10-K10", 1000, 10, 10, false, true},
		{"gmm-d32-K50", 1000, 32, 32, false, true},
		{"row", 1, 512, 512, false, false},
		{"row-transposed", 1, 512, 512, false, true},
		{"column", 512, 1, 512, false, false},
		{"outer", 512, 512, 1, false, false},
	} {
		b.Run(s.name, func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 1))
			view := func(rows, cols int, transposed bool) (Matrix, blas64.General, blas.Transpose) {
				data := random(r, rows*cols)
				if transposed {
					return RowMajor(data, rows).T(), blas64.General{Rows: cols, Cols: rows, Stride: rows, Data: data}, blas.Trans
				}
				return RowMajor(data, cols), blas64.General{Rows: rows, Cols: cols, Stride: cols, Data: data}, blas.NoTrans
			}
			x, gx, tx := view(s.m, s.k, s.ta)
			y, gy, ty := view(s.k, s.n, s.tb)
			z := make([]float64, s.m*s.n)
			gz := blas64.General{Rows: s.m, Cols: s.n, Stride: s.n, Data: z}
			for b.Loop() {
				t := best(100,
					turn{1, func() { blas64.Gemm(tx, ty, 1, gx, gy, 0, gz) }},
					turn{1, func() { Gemm(Float64, s.m, s.n, s.k, z, s.n, x, y, false) }},
					turn{2, func() { Gemm(Float64, s.m, s.n, s.k, z, s.n, x, y, false) }},
					turn{1, func() { Gemm(Float32, s.m, s.n, s.k, z, s.n, x, y, false) }})
				b.ReportMetric(2*float64(s.m*s.n*s.k)/t[1]/1e9, "GFLOP/s")
				b.ReportMetric(t[0]/t[1], "×gonum")
				b.ReportMetric(t[1]/t[2], "×two-cores")
				b.ReportMetric(t[1]/t[3], "×float32")
			}
		})
	}
}
