package reverse_test

import (
	"math"
	"testing"
	"time"

	"github.com/quartet-ad/ad/reverse"
)

// byTurns reports the least time of run over that of reference, which are run by
// turns, in the unit given, and returns it.
func byTurns(b *testing.B, unit string, run, reference func()) (least time.Duration) {
	run()
	least = math.MaxInt64
	leastReference := least
	for b.Loop() {
		start := time.Now()
		run()
		least = min(least, time.Since(start))
		b.StopTimer()
		start = time.Now()
		reference()
		leastReference = min(leastReference, time.Since(start))
		b.StartTimer()
	}
	b.ReportMetric(float64(least)/float64(leastReference), unit)
	b.ReportMetric(float64(least.Nanoseconds())/1e3, "µs-least")
	return least
}

// BenchmarkFuncSecond measures derivatives of second order of the chained Rosenbrock
// function of 100 variables in units of a gradient of the same recording.
func BenchmarkFuncSecond(b *testing.B) {
	const n = 100
	f := reverse.Record(chained[reverse.Var], n)
	x, v, g := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range x {
		x[i], v[i] = 0.5+0.001*float64(i), 1/float64(1+i)
	}
	h := f.SparseHessian(x)
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"HVP", func() { f.HVPTo(g, x, v) }},
		{"SparseHessian", func() { f.SparseHessianTo(h, x) }},
	} {
		b.Run(c.name, func(b *testing.B) { byTurns(b, "x-gradient", c.run, func() { f.GradientTo(g, x) }) })
	}
}

// BenchmarkFuncRosenbrock measures a replayed gradient of the chained Rosenbrock function
// of 1000 variables, 7992 operations, against one that is recorded anew.
func BenchmarkFuncRosenbrock(b *testing.B) {
	const n, operations = 1000, 7992
	f := reverse.Record(chained[reverse.Var], n)
	x, g := make([]float64, n), make([]float64, n)
	for i := range x {
		x[i] = 0.5 + 0.001*float64(i%100)
	}
	least := byTurns(b, "x-recording", func() { f.GradientTo(g, x) }, func() { reverse.GradientTo(g, chained[reverse.Var], x) })
	b.ReportMetric(float64(least.Nanoseconds())/operations, "ns/operation")
}

// BenchmarkFuncReplay measures values and gradients of the chained Rosenbrock function in
// nanoseconds for every operation that was recorded, and point: of 1000 variables at one
// point, and of 10 at 4096 points in blocks, on as many cores as GOMAXPROCS says. The
// reference is the value that is replayed at one point.
func BenchmarkFuncReplay(b *testing.B) {
	const large, small, points = 1000, 10, 4096
	x, y, g := make([]float64, points*small), make([]float64, points), make([]float64, points*small)
	for i := range x {
		x[i] = 0.5 + 0.001*float64(i%100)
	}
	one, many := reverse.Record(chained[reverse.Var], large), reverse.Record(chained[reverse.Var], small)
	value := func() { one.EvalTo(y[:1], x[:large]) }
	for _, c := range []struct {
		name       string
		operations int
		run        func()
	}{
		{"Eval", 8 * (large - 1), value},
		{"Gradient", 8 * (large - 1), func() { one.GradientTo(g[:large], x[:large]) }},
		{"EvalBatch", 8 * (small - 1) * points, func() { many.EvalBatchTo(y, x) }},
		{"GradientBatch", 8 * (small - 1) * points, func() { many.GradientBatchTo(g, y, x) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			least := byTurns(b, "x-value", c.run, value)
			b.ReportMetric(float64(least.Nanoseconds())/float64(c.operations), "ns/operation")
		})
	}
}
