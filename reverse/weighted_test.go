package reverse_test

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"gonum.org/v1/gonum/mat"
)

// TestWeightedHessian: the Hessian of a weighted sum of results is that of the function that is the
// sum, for a function that is replayed and for one that is run. A weight of 0 leaves out a result
// without a curvature there.
func TestWeightedHessian(t *testing.T) {
	f := func(x []reverse.Var) []reverse.Var {
		return []reverse.Var{x[0].Mul(x[1]), ad.Exp(x[0]), ad.Sin(x[1]).Mul(x[2]), ad.Log(x[2]), x[0]}
	}
	floated := func(x []reverse.Var) []reverse.Var {
		_ = x[0].Float()
		return f(x)
	}
	for name, g := range map[string]func([]reverse.Var) []reverse.Var{"replayed": f, "run": floated} {
		fn := reverse.Record(g, 3)
		for _, w := range [][]float64{{1, 2, 3, 4, 5}, {0.5, 0, -1, 0, 7}, {0, 0, 0, 0, 0}} {
			for _, x := range [][]float64{{1, 2, 3}, {-1, 0.5, 0.25}} {
				var dst mat.SymDense
				y := fn.WeightedHessianTo(&dst, x, w)
				want := reverse.Hessian(func(x []reverse.Var) reverse.Var {
					return ad.Dot(ad.Consts[reverse.Var](w), f(x))
				}, x)
				for i := range 3 {
					optest.Within(t, name, mat.Row(nil, i, &dst), mat.Row(nil, i, want), 1e-15)
				}
				optest.Equal(t, name+" value", y, fn.Eval(x))
			}
		}
	}
	var dst mat.SymDense
	reverse.Record(f, 3).WeightedHessianTo(&dst, []float64{1, 2, 0}, []float64{1, 1, 1, 0, 1})
	if s := mat.Sum(&dst); math.IsNaN(s) || math.IsInf(s, 0) {
		t.Errorf("a result left out: %v", mat.Formatted(&dst))
	}
	optest.Panics(t, "reverse.Func.WeightedHessianTo: w has length 1, want 5", func() {
		reverse.Record(f, 3).WeightedHessianTo(&dst, []float64{1, 2, 3}, []float64{1})
	})
}
