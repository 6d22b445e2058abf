package dual_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/symbolic"
)

// TestPartial: against formulas, of functions of three variables made of the table's.
func TestPartial(t *testing.T) {
	at := []float64{0.6, 0.8, 0.35}
	vars := []symbolic.Expr{symbolic.Var("x"), symbolic.Var("y"), symbolic.Var("z")}
	orders := [][]int{{}, {0}, {1, 0}, {0, 0, 2}, {2, 1, 0}, {1, 1, 0, 2}, {0, 1, 2, 1, 0}, {2, 2, 2}, {1, 2, 1, 2, 0, 0}}
	check := func(name string, f func([]dual.Jet) dual.Jet, g func([]symbolic.Expr) symbolic.Expr) {
		for _, i := range orders {
			e := g(vars)
			for _, i := range i {
				e = symbolic.D(e, vars[i])
			}
			want := float64(symbolic.Eval(e, vars, []ad.Real{ad.Real(at[0]), ad.Real(at[1]), ad.Real(at[2])}))
			if got := dual.Partial(f, at, i...); math.Abs(got-want) > 1e-9*max(1, math.Abs(want)) {
				t.Errorf("%s: partial derivative %v = %v, want %v", name, i, got, want)
			}
		}
	}
	for _, row := range rule.Functions {
		op := ad.NewOp((*ad.Func)(row))
		check(row.Name, within[dual.Jet](op), within[symbolic.Expr](op))
	}
	for _, row := range rule.Functions2 {
		op := ad.NewOp2((*ad.Func2)(row))
		check(row.Name, within2[dual.Jet](op), within2[symbolic.Expr](op))
	}
	// Nothing cancels: other derivatives are larger by 27 orders of magnitude.
	steep := func(x []dual.Jet) dual.Jet { return ad.Exp(ad.Scale(x[0], 1e9)).Add(ad.Sin(x[0].Mul(x[1]))) }
	optest.Equal(t, "∂³/∂x∂y²", dual.Partial(steep, []float64{0, 1}, 0, 1, 1), 0)
	optest.Equal(t, "∂²/∂x∂y", dual.Partial(steep, []float64{0, 1}, 0, 1), 1)
	branch := func(x []dual.Jet) dual.Jet { return x[0].Const(math.NaN()).IfPos(x[1], x[0].Mul(x[1])) }
	optest.Equal(t, "of a NaN condition", dual.Partial(branch, at, 0, 1), math.NaN())
	chosen := func(x []dual.Jet) dual.Jet { return x[0].IfPos(x[1].Mul(x[0]), ad.Sqrt(x[2])) }
	optest.Equal(t, "of a branch", dual.Partial(chosen, at, 0, 1), 1)
	optest.Equal(t, "of what it does not depend on", dual.Partial(chosen, at, 0, 2), 0)
}

func within[T ad.Scalar[T]](op ad.Op) func([]T) T {
	return func(x []T) T { return x[0].Mul(x[1]).Add(ad.Scale(x[2].Mul(x[1]), 0.5)).Apply(op) }
}

func within2[T ad.Scalar[T]](op ad.Op2) func([]T) T {
	return func(x []T) T { return x[0].Mul(x[1]).Apply2(op, x[2].Add(ad.Scale(x[0], 2))) }
}

func ExamplePartial() {
	f := func(x []dual.Jet) dual.Jet { return x[0].Mul(x[0]).Mul(ad.Exp(x[1])) }
	fmt.Println(dual.Partial(f, []float64{3, 0}, 0, 0, 1)) // ∂³f/∂x²∂y = 2·exp y
	// Output: 2
}

func ExampleTaylor() {
	fmt.Printf("%.4f\n", dual.Taylor(ad.Exp[dual.Jet], 0, 4))
	// Output: [1.0000 1.0000 0.5000 0.1667 0.0417]
}
