package dual

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse/sparse"
	"gonum.org/v1/gonum/mat"
)

// TestPoison: numbers that a function kept past the end of its derivative are
// NaN in a build with the tag poison, and belong to no derivative; in any other
// build nothing is spent on them.
func TestPoison(t *testing.T) {
	var kept []Number
	Gradient(func(x []Number) Number {
		kept = x
		return x[0].Mul(x[1])
	}, []float64{2, 3})
	for i, x := range kept {
		if got := x.v != x.v && x.t != x.t && x.tag == ^tag(0); got != check.Poison {
			t.Errorf("Number %d: %+v, poisoned %v", i, x, check.Poison)
		}
	}
	var hyper []Hyper
	Hessian(func(x []Hyper) Hyper {
		hyper = x
		return x[0].Mul(x[1])
	}, []float64{2, 3})
	for i, x := range hyper {
		if got := x.v != x.v && x.e1 != x.e1 && x.e2 != x.e2 && x.e12 != x.e12; got != check.Poison {
			t.Errorf("Hyper %d: %+v, poisoned %v", i, x, check.Poison)
		}
	}
	if len(kept) != 2 || len(hyper) != 2 {
		t.Fatal("nothing was kept")
	}
	if !check.Poison {
		return
	}
	defer func() {
		if recover() == nil {
			t.Error("a Number of an earlier derivative got into another")
		}
	}()
	old := kept[0]
	Derivative(func(x Number) Number { return x.Add(old) }, 1)
}

// TestScribble: a function may change its argument, or return it.
func TestScribble(t *testing.T) {
	x := []float64{1, 2, 3}
	f := func(x []Number) Number {
		s := ad.SumSq(x)
		clear(x)
		return s
	}
	optest.Equal(t, "gradient", Gradient(f, x), []float64{2, 4, 6}, rounding)
	identity := func(x []Number) []Number { return x }
	if j := Jacobian(identity, x); !mat.Equal(j, mat.NewDiagDense(3, []float64{1, 1, 1})) {
		t.Errorf("Jacobian of the identity %v", mat.Formatted(j))
	}
	optest.Equal(t, "JVP of the identity", JVP(identity, x, x), x, rounding)
}

// TestOverPoint: derivatives may be written over the point.
func TestOverPoint(t *testing.T) {
	flat := func(m mat.Matrix) []float64 { return mat.DenseCopyOf(m).RawMatrix().Data }
	for _, n := range []int{2, 9} {
		f := func(x []Number) []Number {
			y := make([]Number, n)
			for i := range y {
				y[i] = x[i].Mul(x[(i+1)%n])
			}
			return y
		}
		g := func(x []Hyper) Hyper { return mixed(x).Mul(chained(x)) }
		one := func(x []Number) []Number { return []Number{mixed(x)} }
		full := sparse.Full(n, n)
		const points = 100
		x := spread(n * n * points)
		// The Jacobian of one result at each point goes where the points are; those of n
		// results take n times as much room, and the values as much as the points.
		batch, batches, y := make([]float64, n*points), make([]float64, n*n*points), make([]float64, n*points)
		JacobianBatchTo(batch, nil, one, x[:n*points], n)
		JacobianBatchTo(batches, y, f, x[:n*points], n)
		for name, c := range map[string]struct {
			want []float64
			to   func(data []float64)
		}{
			"JacobianTo": {Jacobian(f, x[:n]).RawMatrix().Data, func(data []float64) { JacobianTo(mat.NewDense(n, n, data), f, data[:n]) }},
			"HessianTo": {flat(Hessian(g, x[:n])), func(data []float64) {
				h := mat.NewSymDense(n, data)
				HessianTo(h, g, data[:n])
				copy(data, flat(h))
			}},
			"SparseJacobianTo": {SparseJacobian(f, x[:n], full).Values(), func(data []float64) {
				SparseJacobianTo(sparse.NewMatrix(full, data), f, data[:n], sparse.ColorColumns(full))
			}},
			"SparseHessianTo": {SparseHessian(g, x[:n], full).Values(), func(data []float64) {
				SparseHessianTo(sparse.NewMatrix(full, data), g, data[:n])
			}},
			"JacobianBatchTo":             {batch, func(data []float64) { JacobianBatchTo(data, nil, one, data, n) }},
			"JacobianBatchTo of many":     {batches, func(data []float64) { JacobianBatchTo(data, nil, f, data[:n*points], n) }},
			"JacobianBatchTo: the values": {y, func(data []float64) { JacobianBatchTo(make([]float64, n*n*points), data, f, data, n) }},
		} {
			data := slices.Clone(x[:len(c.want)])
			c.to(data)
			optest.Equal(t, name, data, c.want, optest.Bits())
		}
	}
}
