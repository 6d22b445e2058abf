package compare_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// TestFormula: from a formula to the tape and back, for every golden expression: values
// and gradients of the formula, of the tape, of the tape's formula, and of the compiled
// program agree.
func TestFormula(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		e, err := symbolic.Parse(c.Params["text"].(string))
		if err != nil {
			t.Fatal(err)
		}
		x := c.Inputs["x"].Floats()
		vars := make([]symbolic.Expr, len(x))
		for i := range vars {
			vars[i] = symbolic.Var("x" + strconv.Itoa(i))
		}
		f := compare.Recorded(vars, e)
		back, err := compare.Formula(f, vars, x)
		if err != nil {
			t.Fatalf("%s: %v", c.ID, err)
		}
		all := append([]symbolic.Expr{back[0]}, symbolic.Grad(back[0], vars)...)
		got := make([]float64, len(all))
		symbolic.Compile(vars, all...).Eval(got, x)
		want := append(f.Eval(x), f.VJP(x, []float64{1})...)
		for i := range want {
			if !(math.Abs(got[i]-want[i]) <= 1e-12*(1+math.Abs(want[i]))) {
				t.Errorf("%s: result %d is %v on paper, %v on the tape", c.ID, i, got[i], want[i])
			}
		}
	}
}

// TestFormulaOfOperations: sums, choices, own functions.
func TestFormulaOfOperations(t *testing.T) {
	x := []symbolic.Expr{symbolic.Var("a"), symbolic.Var("b")}
	for want, f := range map[string]func(x []reverse.Var) reverse.Var{
		"a*a + b":         func(x []reverse.Var) reverse.Var { return x[0].Mul(x[0]).Add(x[1]) },
		"ifpos(a, b, 2)":  func(x []reverse.Var) reverse.Var { return x[0].IfPos(x[1], x[0].Const(2)) },
		"logsumexp(a, b)": func(x []reverse.Var) reverse.Var { return ad.LogSumExp(x) },
		"a*b + b*3": func(x []reverse.Var) reverse.Var {
			return ad.Dot([]reverse.Var{x[0], x[1]}, []reverse.Var{x[1], x[0].Const(3)})
		},
		"leaky_relu(a, 0.2)/atan2(a, b)": func(x []reverse.Var) reverse.Var { return ad.LeakyReLU(x[0], 0.2).Div(ad.Atan2(x[0], x[1])) },
	} {
		e, err := compare.Formula(reverse.Record(f, 2), x, []float64{0.5, 2})
		if err != nil || e[0].String() != want {
			t.Errorf("%v, %v; want %s", e, err, want)
		}
	}
	own := ad.NewOp(&ad.Func{Name: "mystery", Value: math.Sin, Slope: func(x, _ float64) float64 { return math.Cos(x) }})
	_, err := compare.Formula(reverse.Record(func(x []reverse.Var) reverse.Var { return x[0].Apply(own) }, 2), x, []float64{1, 2})
	if err == nil || !strings.Contains(err.Error(), "there is no function mystery") {
		t.Errorf("an own function: %v", err)
	}
}
