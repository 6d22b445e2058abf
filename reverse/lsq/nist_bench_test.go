package lsq_test

import (
	"math"
	"testing"
	"time"

	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/lsq"
)

// BenchmarkNIST fits all datasets from both starts: what testdata/bench.py does with scipy. The
// time is the sum of the best times of the fits, with their recording left out.
func BenchmarkNIST(b *testing.B) {
	all := regressions(b)
	best := make([]time.Duration, 2*len(all))
	for i := range best {
		best[i] = math.MaxInt64
	}
	var found, close int
	var logs float64
	for b.Loop() {
		found, close, logs = 0, 0, 0
		for i, p := range all {
			for k, start := range p.starts {
				begin := time.Now()
				r, err := lsq.Minimize(lsq.Dense(p.residuals), start, nil)
				best[2*i+k] = min(best[2*i+k], time.Since(begin))
				if err != nil {
					b.Fatal(err)
				}
				d := digits(r.X, p.certified)
				if d >= 6 {
					found++
				}
				if d >= 10 {
					close++
				}
				logs += math.Log(float64(r.Evaluations))
			}
		}
	}
	sum := time.Duration(0)
	for _, t := range best {
		sum += t
	}
	b.ReportMetric(float64(found), "to-6-digits")
	b.ReportMetric(float64(close), "to-10-digits")
	b.ReportMetric(math.Exp(logs/float64(len(best))), "evaluations")
	b.ReportMetric(float64(sum.Microseconds())/1e3, "ms-best")
}

// BenchmarkProblems solves the test problems.
func BenchmarkProblems(b *testing.B) {
	for _, p := range testProblems {
		b.Run(p.name, func(b *testing.B) {
			f := lsq.Dense(reverse.Record(p.f, len(p.start)))
			var r *lsq.Result
			for b.Loop() {
				r, _ = lsq.Minimize(f, p.start, nil)
			}
			b.ReportMetric(float64(r.Evaluations), "evaluations")
			b.ReportMetric(float64(r.Iterations), "iterations")
		})
	}
}
