package reverse

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

// TestSparseDerivatives compares with the dense derivatives, at the edges too.
func TestSparseDerivatives(t *testing.T) {
	checked := 0
	for _, e := range edges {
		for _, x := range e.points {
			f := Record(e.f, len(x))
			if m := f.Outputs(); m == 0 || len(x) == 0 {
				continue
			}
			sameMatrix(t, e.name+": Jacobian", f.SparseJacobian(x), Jacobian(e.f, x), forwards(e.f, x))
			for k := range f.Outputs() {
				one := func(x []Var) Var { return e.f(x)[k] }
				sameMatrix(t, e.name+": Hessian", Record(one, len(x)).SparseHessian(x), Hessian(one, x))
				checked++
			}
		}
	}
	if checked < 40 {
		t.Errorf("%d Hessians were checked", checked)
	}
}

// forwards is the Jacobian column by column. Where something overflows it may differ from
// that of rows.
func forwards(f func([]Var) []Var, x []float64) mat.Matrix {
	v := make([]float64, len(x))
	var columns [][]float64
	for j := range x {
		v[j] = 1
		columns = append(columns, JVP(f, x, v))
		v[j] = 0
	}
	j := mat.NewDense(len(columns[0]), len(x), nil)
	for k, column := range columns {
		j.SetCol(k, column)
	}
	return j
}

// sameMatrix compares to rounding with one matrix or the other, entry by entry; what is
// not finite must be the same.
func sameMatrix(t *testing.T, what string, got mat.Matrix, want ...mat.Matrix) {
	t.Helper()
	m, n := want[0].Dims()
	for i := range m {
		for j := range n {
			g := got.At(i, j)
			if !slices.ContainsFunc(want, func(want mat.Matrix) bool {
				w := want.At(i, j)
				return g == w || math.Abs(g-w) <= 1e-12*(1+math.Abs(w)) || g != g && w != w
			}) {
				t.Errorf("%s: entry %d, %d is %v, want %v", what, i, j, g, want[0].At(i, j))
			}
		}
	}
}

// TestSparsePatterns: entries that are not there are 0, and those of a chain lie on the
// band that they should.
func TestSparsePatterns(t *testing.T) {
	const n = 100_000
	x := make([]float64, n)
	for i := range x {
		x[i] = 0.5 + 0.001*float64(i%100)
	}
	f := Record(rosenbrockOf, n)
	h := f.SparseHessian(x)
	if want := sparse.Band(n, n, 1, 1); !h.Pattern().Equal(want) {
		t.Errorf("the Hessian of a chain has %v, want %v", h.Pattern(), want)
	}
	v, got := make([]float64, n), make([]float64, n)
	for i := range v {
		v[i] = math.Sin(float64(i))
	}
	h.MulVec(got, v)
	for i, want := range f.HVP(x, v) {
		if !(math.Abs(got[i]-want) <= 1e-10*(1+math.Abs(want))) {
			t.Fatalf("product %d is %v, want %v", i, got[i], want)
		}
	}
	y := f.SparseHessianTo(h, x)
	if want := f.Eval(x)[0]; y != want {
		t.Errorf("SparseHessianTo returns %v, want %v", y, want)
	}

	g := Record(func(x []Var) []Var { return []Var{x[0].Mul(x[1]), x[2], x[1].IfPos(x[0], x[3]), {}} }, 4)
	want := sparse.NewPattern(4, 4, [][2]int{{0, 0}, {0, 1}, {1, 2}, {2, 0}, {2, 3}})
	if got := g.JacobianPattern([]float64{1, 2, 3, 4}); !got.Equal(want) {
		t.Errorf("the pattern is %v, want %v", got, want)
	}
}

// TestSparseMisuse: a matrix of another pattern is not written to.
func TestSparseMisuse(t *testing.T) {
	f := Record(rosenbrockOf, 3)
	x := []float64{1, 2, 3}
	optest.Panics(t, "reverse.Func.SparseHessianTo: dst has another pattern than the function at x", func() {
		f.SparseHessianTo(sparse.NewMatrix(sparse.Full(3, 3), nil), x)
	})
	optest.Panics(t, "reverse.Func.SparseJacobianTo: dst has another pattern than the function at x", func() {
		f.SparseJacobianTo(sparse.NewMatrix(sparse.Full(3, 3), nil), x)
	})
}

// TestJacobianForwards: where a Jacobian is swept in all directions at once, what is not
// finite follows the structure as elsewhere.
func TestJacobianForwards(t *testing.T) {
	many := func(f func(x []Var) Var) func(x []Var) []Var { // so many results that forwards is shorter
		return func(x []Var) []Var {
			y := f(x)
			var all []Var
			for k := range 40 {
				all = append(all, y.Mul(Var{value: float64(k)}).Add(x[k%len(x)]))
			}
			return all
		}
	}
	swept := 0
	for name, f := range map[string]func(x []Var) Var{
		"smooth":     func(x []Var) Var { return ad.Sin(x[0]).Mul(ad.Exp(x[1])) },
		"sqrt at 0":  func(x []Var) Var { return ad.Sqrt(x[0].Mul(x[0])).Add(x[1]) },
		"log at 0":   func(x []Var) Var { return ad.Exp(ad.Log(x[0])).Add(x[1]) },
		"pole":       func(x []Var) Var { return x[1].Div(x[0]) },
		"choice":     func(x []Var) Var { return x[0].IfPos(ad.Log(x[0]), x[1]) },
		"dot":        func(x []Var) Var { return ad.Dot(x, []Var{ad.Log(x[0]), {value: 2}}) },
		"logsumexp":  func(x []Var) Var { return ad.LogSumExp(x) },
		"one unused": func(x []Var) Var { return ad.Tanh(x[1]) },
	} {
		for _, x := range [][]float64{{0, 1}, {0.5, -2}, {-1, 0}, {inf, 1}, {nan, 1}, {1e200, 1e200}} {
			g := many(f)
			r := Record(g, len(x))
			sameMatrix(t, fmt.Sprint(name, x), r.Jacobian(x), Jacobian(g, x), forwards(g, x))
			if (*r.programs.Load())[0].Fan() != nil {
				swept++
			}
		}
	}
	if swept < 40 {
		t.Errorf("%d Jacobians were swept forwards", swept)
	}
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
				optest.Equal(t, fmt.Sprint("point ", i), append(slices.Clone(dst[3*i:][:3]), y[i], values[i]), append(want, wantY, wantY),
					cmpopts.EquateApprox(1e-14, 0), cmpopts.EquateNaNs())
			}
		}
	}
}
