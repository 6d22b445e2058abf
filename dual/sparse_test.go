package dual_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/reverse/sparse"
	"pgregory.net/rapid"
)

// The flow through a line of cells: each depends on itself and on its two neighbors.
func ExampleSparseJacobian() {
	flow := func(u []dual.Number) []dual.Number {
		y := make([]dual.Number, len(u))
		for i := range u {
			y[i] = ad.Scale(ad.Square(u[i]), -1)
			if i > 0 {
				y[i] = y[i].Add(u[i-1])
			}
			if i+1 < len(u) {
				y[i] = y[i].Add(ad.Scale(u[i+1], 3))
			}
		}
		return y
	}
	u := []float64{1, 2, 3, 4, 5, 6}
	pattern := dual.JacobianPattern(flow, u)
	j := dual.SparseJacobian(flow, u, pattern)
	fmt.Println(pattern.Len(), "entries by", sparse.ColorColumns(pattern).ColumnColors(), "evaluations")
	fmt.Println(j.At(2, 1), j.At(2, 2), j.At(2, 3))
	// Output:
	// 16 entries by 3 evaluations
	// 1 -6 3
}

// someOf makes a vector function whose outputs depend on some inputs: sums of products,
// which is what its entries say.
func someOf[T ad.Scalar[T]](x []T, uses [][]int) []T {
	y := make([]T, len(uses))
	for i, use := range uses {
		y[i] = ad.Const[T](float64(i))
		for k, j := range use {
			y[i] = y[i].Add(ad.Sin(ad.Scale(x[j], float64(k+1))).Mul(x[use[0]]))
		}
	}
	return y
}

// TestSparseJacobian: entries are those of Jacobian, bit for bit, and the pattern is that of
// package reverse.
func TestSparseJacobian(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 30).Draw(t, "n"), rapid.IntRange(1, 30).Draw(t, "m")
		r := rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "seed")))
		uses := make([][]int, m)
		for i := range uses {
			uses[i] = r.Perm(n)[:r.IntN(min(n, 4)+1)]
		}
		x := make([]float64, n)
		for i := range x {
			x[i] = float64(r.IntN(7)-3) / 2 // zeros too: a slope of 0 is an entry
		}
		f := dual.Bind(someOf, uses)
		pattern := dual.JacobianPattern(f, x)
		if want := reverse.Record(reverse.Bind(someOf, uses), n).JacobianPattern(x); !pattern.Equal(want) {
			t.Fatalf("pattern\n%v\nwant\n%v", pattern, want)
		}
		want := dual.Jacobian(f, x)
		got := dual.SparseJacobian(f, x, pattern)
		optest.Equal(t, "SparseJacobian", got.Dense().RawMatrix().Data, want.RawMatrix().Data)
		dst := sparse.NewMatrix(pattern, nil)
		value := dual.SparseJacobianTo(dst, f, x, sparse.ColorColumns(pattern))
		optest.Equal(t, "value", value, dual.JVPTo(make([]float64, m), f, x, x))
		optest.Equal(t, "SparseJacobianTo", dst.Values(), got.Values())
	})
}

// TestSparseHessian: entries are those of Hessian, bit for bit, wherever the pattern has them.
func TestSparseHessian(t *testing.T) {
	const n = 12
	x := make([]float64, n)
	for i := range x {
		x[i] = 0.3*float64(i) - 1
	}
	f := optest.Rosenbrock[dual.Hyper]
	dense := dual.Hessian(f, x)
	for name, pattern := range map[string]*sparse.Pattern{
		"band":     sparse.Band(n, n, 1, 1),
		"wider":    sparse.Band(n, n, 4, 4),
		"full":     sparse.Full(n, n),
		"corners":  sparse.NewPattern(n, n, [][2]int{{0, n - 1}, {n - 1, 0}, {3, 3}, {2, 3}, {3, 2}}),
		"recorded": reverse.Record(optest.Rosenbrock[reverse.Var], n).HessianPattern(x),
		"empty":    sparse.NewPattern(n, n, nil),
	} {
		evaluations := 0
		counted := func(x []dual.Hyper) dual.Hyper { evaluations++; return f(x) }
		got := dual.SparseHessian(counted, x, pattern)
		upper := 0
		for i, j := range pattern.All() {
			if j >= i {
				upper++
			}
			if got.At(i, j) != dense.At(i, j) {
				t.Errorf("%s: entry %d, %d is %v, want %v", name, i, j, got.At(i, j), dense.At(i, j))
			}
		}
		if evaluations != upper+1 {
			t.Errorf("%s: %d evaluations for %d entries", name, evaluations, upper)
		}
		if y := dual.SparseHessianTo(got, f, x); y != dual.HessianTo(dense, f, x) {
			t.Errorf("%s: value %v", name, y)
		}
	}
}

func TestSparseMisuse(t *testing.T) {
	x := []float64{1, 2, 3}
	f := func(x []dual.Number) []dual.Number { return x }
	h := optest.Rosenbrock[dual.Hyper]
	eye := sparse.Band(3, 3, 0, 0)
	dst := sparse.NewMatrix(eye, nil)
	for want, misuse := range map[string]func(){
		"dual.SparseJacobianTo: x has length 2, want 3":                               func() { dual.SparseJacobian(f, x[:2], eye) },
		"dual.SparseJacobianTo: the result of f has length 3, want 2":                 func() { dual.SparseJacobian(f, x, sparse.Full(2, 3)) },
		"dual.SparseJacobianTo: the coloring is of another pattern than dst's":        func() { dual.SparseJacobianTo(dst, f, x, sparse.ColorColumns(sparse.Full(3, 3))) },
		"dual.SparseJacobianTo: the coloring has 1 colors of rows, want columns only": func() { dual.SparseJacobianTo(dst, f, x, sparse.ColorRows(eye)) },
		"dual.JacobianPattern: x has length 0, want 1 or more":                        func() { dual.JacobianPattern(f, nil) },
		"dual.SparseHessianTo: dst is 3×3, want 2×2":                                  func() { dual.SparseHessian(h, x[:2], eye) },
		"dual.SparseHessianTo: the pattern of dst is not symmetric":                   func() { dual.SparseHessian(h, x, sparse.Band(3, 3, 0, 1)) },
	} {
		optest.Panics(t, want, misuse)
	}
}

// TestSparseHessianWithoutDiagonal: the lower triangle mirrors the upper one whatever stands
// on the diagonal.
func TestSparseHessianWithoutDiagonal(t *testing.T) {
	f := func(x []dual.Hyper) dual.Hyper {
		return x[0].Mul(x[1]).Add(ad.Scale(x[0].Mul(x[2]), 2)).Add(ad.Scale(x[0].Mul(x[3]), 3)).Add(ad.Scale(x[1].Mul(x[3]), 5))
	}
	var entries [][2]int
	for _, e := range [][2]int{{0, 1}, {0, 2}, {0, 3}, {1, 3}} {
		entries = append(entries, e, [2]int{e[1], e[0]})
	}
	x := []float64{1, 2, 3, 4}
	got := dual.SparseHessian(f, x, sparse.NewPattern(4, 4, entries))
	optest.Equal(t, "Hessian", flat(got), flat(dual.Hessian(f, x)))
}
