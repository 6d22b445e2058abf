package reverse_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
)

// steps are operations on a square matrix x, and another one, that return a matrix of
// the same shape or one that broadcasts with it.
var steps = []func(x, y reverse.Array) reverse.Array{
	func(x, y reverse.Array) reverse.Array { return x.Mul(x) },
	func(x, y reverse.Array) reverse.Array { return x.Sub(y) },
	func(x, y reverse.Array) reverse.Array { return x.Div(y.Mul(y).Add(x.Const(1))) },
	func(x, y reverse.Array) reverse.Array { return ad.Tanh(x) },
	func(x, y reverse.Array) reverse.Array { return x.MatMul(x) },
	func(x, y reverse.Array) reverse.Array { return x.MatMulT(y) },
	func(x, y reverse.Array) reverse.Array { return x.Transpose() },
	func(x, y reverse.Array) reverse.Array { return x.Sum(-1) },
	func(x, y reverse.Array) reverse.Array { return x.Mean(0) },
	func(x, y reverse.Array) reverse.Array { return x.Max(0) },
	func(x, y reverse.Array) reverse.Array { return x.Prod(0) },
	func(x, y reverse.Array) reverse.Array { return x.Norm2(1) },
	func(x, y reverse.Array) reverse.Array { return x.Variance(0, 0) },
	func(x, y reverse.Array) reverse.Array { return x.LogSumExp(0) },
	func(x, y reverse.Array) reverse.Array { return x.CumSum(0) },
	func(x, y reverse.Array) reverse.Array { return x.CumProd(0) },
	func(x, y reverse.Array) reverse.Array { return x.CumMax(-1) },
	func(x, y reverse.Array) reverse.Array { return x.LogCumSumExp(0) },
	func(x, y reverse.Array) reverse.Array { return x.Softmax(0) },
	func(x, y reverse.Array) reverse.Array { return x.LogSoftmax(-1) },
	func(x, y reverse.Array) reverse.Array {
		return reverse.Concat(0, x, x).Slice(reverse.Range{Stop: -x.Shape()[0]})
	},
	func(x, y reverse.Array) reverse.Array { return reverse.StackAlong(-1, x, y, x).Sum(-1) },
	func(x, y reverse.Array) reverse.Array { return x.Take(0, make([]int, x.Shape()[0])) },
	func(x, y reverse.Array) reverse.Array { return x.Pad(1, [2]int{1, -1}) },
	func(x, y reverse.Array) reverse.Array { return x.IfPos(y, x) },
	func(x, y reverse.Array) reverse.Array { return x.SolveLower(x) },
	func(x, y reverse.Array) reverse.Array {
		return x.MatMulT(x).Add(x.Tape().OneHot(ascending(x.Shape()[0]), x.Shape()[0])).Cholesky()
	},
	func(x, y reverse.Array) reverse.Array { return x.TMatMul(x).LogDet() },
	func(x, y reverse.Array) reverse.Array { return x.Add(x.TMatMul(y).Det()) },
	func(x, y reverse.Array) reverse.Array { return x.Reshape(-1).Reshape(x.Shape()...) },
	func(x, y reverse.Array) reverse.Array {
		return x.Checkpoint(func(x reverse.Array) reverse.Array { return ad.Sin(x).Mul(x) })
	},
}

func ascending(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// randomProgram records a program that the seed determines and returns its value, its
// gradient, its derivative along a direction and that of the gradient.
func randomProgram(tape *reverse.Tape, seed uint64) (all []float64) {
	tape.Reset()
	r := rand.New(rand.NewPCG(seed, 1))
	n := 1 + r.IntN(4)
	a, b, v := make([]float64, n*n), make([]float64, n*n), make([]float64, n*n)
	for i := range a {
		a[i], b[i], v[i] = r.NormFloat64(), r.NormFloat64(), r.NormFloat64()
	}
	x, y := tape.Param(a, nil, n, n), tape.Const(b, n, n)
	z := x
	for range 1 + r.IntN(6) {
		w := steps[r.IntN(len(steps))](z, y)
		z = w.Add(y)
		if r.IntN(2) == 0 {
			z, y = w.Mul(x), z
		}
	}
	loss := z.Sum()
	params, direction := []reverse.Array{x}, [][]float64{v}
	all = append(all, loss.Value())
	loss.Backward()
	all = append(all, x.Grad()...)
	all = append(all, loss.JVP(params, direction)...)
	return append(all, loss.HVP([]float64{1}, params, direction)[0]...)
}

// A tape that other programs of other shapes ran on before gives the bits of a new one.
func TestReusedTapeHasBitsOfNewOne(t *testing.T) {
	const programs = 2000
	used, finite := reverse.NewTape(), 0
	for seed := range uint64(programs) {
		got, want := randomProgram(used, seed), randomProgram(reverse.NewTape(), seed)
		optest.Equal(t, fmt.Sprintf("program %d on a used tape", seed), got, want, optest.Bits())
		if g := want[1]; g-g == 0 && g != 0 {
			finite++
		}
	}
	if finite < programs/2 {
		t.Errorf("only %d of %d programs have a finite gradient", finite, programs)
	}
}
