package symbolic

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/rule"
	"pgregory.net/rapid"
)

// everything returns an expression, its gradient and its Hessian.
func everything(e Expr, vars []Expr) []Expr {
	all := append([]Expr{e}, Grad(e, vars)...)
	for _, row := range Hess(e, vars) {
		all = append(all, row...)
	}
	return all
}

// TestCompile: a program has the values of Eval to the bit, and of the kernels to a few
// units in the last places, for every golden expression with its gradient and Hessian.
func TestCompile(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		e := parse1(t, c.Params["text"].(string))
		x := c.Inputs["x"].Floats()
		vars := make([]Expr, len(x))
		for i := range x {
			vars[i] = variablesByIndex(i)
		}
		all := everything(e, vars)
		want := values(all, vars, x)
		p := Compile(vars, all...)
		got := make([]float64, len(all))
		p.Eval(got, x)
		batch := make([]float64, 300*len(all))
		points := make([]float64, 0, 300*len(x))
		for range 300 {
			points = append(points, x...)
		}
		p.EvalBatch(batch, points)
		for i := range all {
			if !same(got[i], want[i]) {
				t.Errorf("%s: result %d is %v, want %v", c.ID, i, got[i], want[i])
			}
			for _, k := range []int{0, 127, 128, 299} {
				if v := batch[k*len(all)+i]; !(math.Abs(v-want[i]) <= 1e-11*(1+math.Abs(want[i]))) {
					t.Errorf("%s: result %d of point %d is %v, want %v", c.ID, i, k, v, want[i])
				}
			}
		}
		if f := Func(e, vars); f(x) != want[0] {
			t.Errorf("%s: Func gives %v, want %v", c.ID, f(x), want[0])
		}
	}
}

func variablesByIndex(i int) Expr { return Var("x" + string(rune('0'+i))) }

// TestCompileRandom: the same for random expressions of all functions, at any numbers.
func TestCompileRandom(t *testing.T) {
	vars := []Expr{Var("x"), Var("y")}
	rapid.Check(t, func(t *rapid.T) {
		e := expression().Draw(t, "e")
		all := append([]Expr{e, ad.LogSumExp([]Expr{e, vars[0], vars[1]})}, Grad(e, vars)...)
		x := []float64{math.Float64frombits(rapid.Uint64().Draw(t, "x")), rapid.Float64Range(-3, 3).Draw(t, "y")}
		want, got := values(all, vars, x), make([]float64, len(all))
		p := Compile(vars, all...)
		for _, registers := range []string{"few", "many"} {
			p.Eval(got, x)
			for i := range all {
				if math.Float64bits(got[i]) != math.Float64bits(want[i]) && !(got[i] != got[i] && want[i] != want[i]) {
					t.Fatalf("%s at %v on %s registers: %v, want %v", all[i].String(), x, registers, got[i], want[i])
				}
			}
			p.short = nil
		}
	})
}

// TestCompileLarge: so is a program that needs more than 256 registers.
func TestCompileLarge(t *testing.T) {
	var vars []Expr
	var at []float64
	for i := range 300 {
		vars, at = append(vars, Var(fmt.Sprint("x", i))), append(at, float64(i)/10)
	}
	e := number(0.5)
	for i := range vars {
		e = ad.Sin(vars[i]).Mul(vars[(7*i+1)%300]).Sub(e.Div(vars[i].Add(number(1))))
	}
	all := append([]Expr{e, ad.Sqrt(ad.Abs(e)).Neg()}, Grad(e, vars)...)
	p := Compile(vars, all...)
	if p.short != nil {
		t.Fatal("256 registers suffice")
	}
	got := make([]float64, len(all))
	p.Eval(got, at)
	optest.Equal(t, "values", got, values(all, vars, at), optest.Bits())
}

// TestSquareIsPow: a square is computed by a product, which pow is equal to.
func TestSquareIsPow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := math.Float64frombits(rapid.Uint64().Draw(t, "x"))
		if got, want := x*x, rule.Pow.Value(x, 2); !same(got, want) {
			t.Fatalf("%v^2 = %v, %v", x, got, want)
		}
	})
}

func TestCompileMisuse(t *testing.T) {
	x, y := Var("x"), Var("y")
	p := Compile([]Expr{x}, x.Mul(x))
	for want, f := range map[string]func(){
		"symbolic: Compile: the variable y has no value":                           func() { Compile([]Expr{x}, y) },
		"symbolic: Compile: 2*x is not a variable":                                 func() { Compile([]Expr{number(2).Mul(x)}, x) },
		"symbolic.Program.Eval: x has length 2, want 1":                            func() { p.Eval(make([]float64, 1), make([]float64, 2)) },
		"symbolic.Program.Eval: dst has length 0, want 1":                          func() { p.Eval(nil, make([]float64, 1)) },
		"symbolic.Program.EvalBatch: 3 numbers of 1 variables, and 2 of 1 results": func() { p.EvalBatch(make([]float64, 2), make([]float64, 3)) },
	} {
		if err := panicked(f)(); err == nil || err.Error() != want {
			t.Errorf("panic %v, want %s", err, want)
		}
	}
}
