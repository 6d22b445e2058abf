package dual

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/internal/optest"
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

// TestJacobianOverPoint: a Jacobian may be written over the point.
func TestJacobianOverPoint(t *testing.T) {
	for _, n := range []int{2, 9} {
		f := func(x []Number) []Number {
			y := make([]Number, n)
			for i := range y {
				y[i] = x[i].Mul(x[(i+1)%n])
			}
			return y
		}
		x := spread(n)
		want := Jacobian(f, x)
		data := make([]float64, n*n)
		copy(data, x)
		JacobianTo(mat.NewDense(n, n, data), f, data[:n])
		optest.Equal(t, "Jacobian", data, want.RawMatrix().Data)
	}
}
