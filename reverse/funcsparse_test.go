package reverse

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/quartet-ad/ad"
	"gonum.org/v1/gonum/mat"
)

func TestSparseQuick(t *testing.T) {
	x := []float64{0.3, -1, 2, 0.7, 1.5, -0.2}
	f := Record(rosenbrockOf, len(x))
	h := f.SparseHessian(x)
	if want := f.Hessian(x); !mat.EqualApprox(h, want, 1e-12) {
		t.Error(mat.Formatted(h), mat.Formatted(want))
	}
	g := Record(medley, 3)
	if got, want := g.SparseJacobian(x[:3]), g.Jacobian(x[:3]); !mat.EqualApprox(got, want, 1e-12) {
		t.Error(mat.Formatted(got), mat.Formatted(want))
	}
	n := 100000
	big := make([]float64, n)
	for i := range big {
		big[i] = 0.5 + 0.001*float64(i%100)
	}
	f = Record(rosenbrockOf, n)
	start := time.Now()
	f.Eval(big)
	t.Log("record", time.Since(start))
	start = time.Now()
	f.HessianPattern(big)
	t.Log("pattern", time.Since(start))
	start = time.Now()
	f.SparseHessian(big)
	t.Log("first", time.Since(start))
	start = time.Now()
	f.SparseHessian(big)
	t.Log("again", time.Since(start))
}

func BenchmarkSparse(b *testing.B) {
	x := make([]float64, 100)
	for i := range x {
		x[i] = 0.5 + 0.001*float64(i%100)
	}
	f := Record(rosenbrockOf, len(x))
	g, v := make([]float64, len(x)), make([]float64, len(x))
	for i := range v {
		v[i] = 1 / float64(1+i)
	}
	h := f.SparseHessian(x)
	b.Run("Gradient", func(b *testing.B) {
		for b.Loop() {
			f.GradientTo(g, x)
		}
	})
	b.Run("HVP", func(b *testing.B) {
		for b.Loop() {
			f.HVPTo(g, x, v)
		}
	})
	b.Run("SparseHessian", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.SparseHessianTo(h, x)
		}
	})
}

// TestBatchSetsRows: a batch overwrites what was in its destination.
func TestBatchSetsRows(t *testing.T) {
	f := Record(func(x []Var) []Var {
		return []Var{x[0].Mul(x[1]), x[2].Mul(x[3]), x[4]}
	}, 5)
	x := []float64{2, 3, 5, 7, 11, 2, 3, 5, math.Inf(1), 13}
	dst := slices.Repeat([]float64{math.NaN()}, 30)
	f.JacobianBatchTo(dst, nil, x)
	want := []float64{
		3, 2, 0, 0, 0, 0, 0, 7, 5, 0, 0, 0, 0, 0, 1,
		3, 2, 0, 0, 0, 0, 0, math.Inf(1), 5, 0, 0, 0, 0, 0, 1}
	if !slices.Equal(dst, want) {
		t.Errorf("Jacobians %v, want %v", dst, want)
	}
	gradients := slices.Repeat([]float64{math.NaN()}, 10)
	f.VJPBatchTo(gradients, nil, x, []float64{1, 1, 1, 1, 0, 2})
	if want := []float64{3, 2, 7, 5, 1, 3, 2, 0, 0, 2}; !slices.Equal(gradients, want) {
		t.Errorf("VJPs %v, want %v", gradients, want)
	}
}

// TestBatchLogSumExp: values and gradients over blocks are those point by point, and where
// there are infinities or NaN the rule's.
func TestBatchLogSumExp(t *testing.T) {
	f := Record(func(x []Var) Var { return ad.LogSumExp([]Var{x[0], x[1], ad.Const[Var](0.5), x[2]}).Mul(x[1]) }, 3)
	g := Record(func(x []Var) Var { return ad.LogSumExp(x) }, 3)
	inf := math.Inf(1)
	points := []float64{
		1, 2, 3, -700, 800, 3, 1e308, 1, -1e308, 0, 0, 0,
		-inf, 1, 2, -inf, -inf, -inf, inf, 1, 2, math.NaN(), 1, 2, inf, -inf, 0,
	}
	for _, f := range []*Func{f, g} {
		for _, x := range [][]float64{points[:12], points} {
			dst, y := make([]float64, len(x)), make([]float64, len(x)/3)
			f.GradientBatchTo(dst, y, x)
			values := f.EvalBatch(x)
			for i := range y {
				want, wantY := f.Gradient(x[3*i:][:3]), f.Eval(x[3*i:][:3])[0]
				for k, v := range append(want, wantY, wantY) {
					got := append(slices.Clone(dst[3*i:][:3]), y[i], values[i])[k]
					if !(math.Abs(got-v) <= 1e-14*math.Abs(v) || got == v || got != got && v != v) {
						t.Errorf("point %d: number %d is %v, want %v", i, k, got, v)
					}
				}
			}
		}
	}
}
