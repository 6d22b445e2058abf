package numeric_test

import (
	"context"
	"fmt"
	"math"
	"sync/atomic"
	"testing"
	"time"

	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse/sparse"
)

// TestBudgetOfAll: no operator evaluates f more often than its derivatives may together, and none after the
// context is done but at x itself. What it has not found is said to be stopped.
func TestBudgetOfAll(t *testing.T) {
	x, v, w := []float64{0.8, -0.3, 1.5}, []float64{1, 2, -0.5}, []float64{2, -1, 0.5, 0, 3}
	f, g := plain(mixture[Real]), plainVector(helix[Real])
	pattern := sparse.Full(3, 3)
	var calls atomic.Int64
	scalar := func(x []float64) float64 { calls.Add(1); return f(x) }
	vector := func(x []float64) []float64 { calls.Add(1); return g(x) }
	number := func(x float64) float64 { calls.Add(1); return math.Sin(x) }
	rows := func(all [][]numeric.Result) (flat []numeric.Result) {
		for _, r := range all {
			flat = append(flat, r...)
		}
		return flat
	}
	type operator struct {
		name        string
		order       int // where a stencil may have too few points
		derivatives int
		do          func(s numeric.Scheme) []numeric.Result
	}
	operators := []operator{
		{"GradientResult", 0, 3, func(s numeric.Scheme) []numeric.Result { return s.GradientResult(scalar, x) }},
		{"JacobianResult", 0, 3, func(s numeric.Scheme) []numeric.Result { return rows(s.JacobianResult(vector, x)) }},
		{"JVPResult", 0, 1, func(s numeric.Scheme) []numeric.Result { return s.JVPResult(vector, x, v) }},
		{"VJPResult", 0, 3, func(s numeric.Scheme) []numeric.Result { return s.VJPResult(vector, x, w) }},
		{"HessianResult", 0, 6, func(s numeric.Scheme) []numeric.Result { return rows(s.HessianResult(scalar, x)) }},
		{"HVPResult", 0, 3, func(s numeric.Scheme) []numeric.Result { return s.HVPResult(scalar, x, v) }},
		{"HessianDiagResult", 0, 3, func(s numeric.Scheme) []numeric.Result { return s.HessianDiagResult(scalar, x) }},
		{"LaplacianResult", 0, 3, func(s numeric.Scheme) []numeric.Result { return []numeric.Result{s.LaplacianResult(scalar, x)} }},
		{"SparseJacobian", 0, 3, func(s numeric.Scheme) []numeric.Result { s.SparseJacobian(vector, x, sparse.Full(5, 3)); return nil }},
		{"SparseHessian", 0, 6, func(s numeric.Scheme) []numeric.Result { s.SparseHessian(scalar, x, pattern); return nil }},
	}
	for n := 1; n <= 10; n++ {
		operators = append(operators, operator{fmt.Sprint("DerivativeNResult, order ", n), n, 1, func(s numeric.Scheme) []numeric.Result {
			return []numeric.Result{s.DerivativeNResult(number, 1, n)}
		}})
	}
	points := map[string]int{"Stencil": 4, "FivePoint": 5, "SevenPoint": 7}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	late, end := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer end()
	for _, s := range all {
		for _, o := range operators {
			if o.order >= points[s.name] && points[s.name] > 0 {
				continue
			}
			for _, set := range []numeric.Settings{
				{MaxEvals: 1}, {MaxEvals: 2}, {MaxEvals: 3}, {MaxEvals: 5}, {MaxEvals: 8, Workers: 2}, {MaxEvals: 13},
				{Context: done}, {Context: late, Workers: 2}, {Context: done, MaxEvals: 4},
			} {
				most := 1 + o.derivatives*(set.MaxEvals-1)
				if set.Context != nil {
					most = 1
				}
				calls.Store(0)
				results := o.do(s.scheme.With(set))
				if n := int(calls.Load()); n > most || n < 1 {
					t.Errorf("%s.%s with %d evaluations for each derivative calls f %d times, want %d at most", s.name, o.name, set.MaxEvals, n, most)
				}
				for i, r := range results {
					if most == 1 && (r.Status != numeric.Stopped || !math.IsInf(r.Err, 1) || r.Evals != 1) || !finite(r.Value) && finite(r.Err) || math.IsNaN(r.Err) {
						t.Errorf("%s.%s in %d calls, result %d is %+v", s.name, o.name, most, i, r)
					}
				}
			}
		}
	}
}

// TestBudgetOfUnits: a product at a corner of the bounds has one budget, also where its parts
// measure steps in a unit of their size.
func TestBudgetOfUnits(t *testing.T) {
	for _, size := range []float64{1, 0x1p-480} {
		x := []float64{size, size}
		set := numeric.Settings{Lower: []float64{size, 0}, Upper: []float64{math.Inf(1), size}, MaxEvals: 30}
		f := func(z []float64) float64 { return math.Log(z[0]) * math.Log(z[1]+size) }
		for i, r := range numeric.Richardson.With(set).HVPResult(f, x, []float64{1, 1}) {
			if r.Evals > set.MaxEvals || r.Status != numeric.Stopped {
				t.Errorf("at %v, entry %d: %+v, want %d evaluations at most", x, i, r, set.MaxEvals)
			}
		}
	}
}
