package symbolic

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

// rounding lets numbers differ by 1e-12 of themselves, and of 1.
var rounding = cmpopts.EquateApprox(1e-12, 1e-12)

func parse1(t *testing.T, text string) Expr {
	t.Helper()
	e, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestOperators(t *testing.T) {
	optest.Operators(t, optest.Backend[Expr, Expr]{
		Name: "symbolic", Tolerance: 1e-12,
		Derivative: Derivative,
		Gradient:   Gradient,
		GradientTo: GradientTo,
		Jacobian:   Jacobian,
		JacobianTo: JacobianTo,
		JVP:        JVP,
		JVPTo:      JVPTo,
		VJP:        VJP,
		VJPTo:      VJPTo,
		Hessian:    Hessian,
		HessianTo:  HessianTo,
		HVP:        HVP,
		HVPTo:      HVPTo,
	})
}

// TestMisuse: that of the operators is tested with them.
func TestMisuse(t *testing.T) {
	x := Var("x")
	noText := ad.NewOp(&ad.Func{Name: "mystery", Value: math.Sin, Slope: func(x, y float64) float64 { return 0 }})
	badText := ad.NewOp(&ad.Func{Name: "broken", Value: math.Sin, Slope: func(x, y float64) float64 { return 0 }, Text: "cos(x"})
	for _, test := range []struct {
		want string
		f    func()
	}{
		{`symbolic: Var("2x"): not the name of a variable`, func() { Var("2x") }},
		{`symbolic: Var(""): not the name of a variable`, func() { Var("") }},
		{`symbolic: Var("NaN"): not the name of a variable`, func() { Var("NaN") }},
		{`symbolic: derivative with respect to x + 1, which is not a variable`, func() { D(x, x.Add(number(1))) }},
		{`symbolic: derivative with respect to 2, which is not a variable`, func() { Grad(x, []Expr{number(2)}) }},
		{`symbolic: Eval: the variable x has no value`, func() { Eval(x, nil, []ad.Real{}) }},
		{`symbolic: Eval: 1 variables and 2 values`, func() { Eval(x, []Expr{x}, []ad.Real{1, 2}) }},
		{`symbolic: Eval: x + 1 is not a variable`, func() { Eval(x, []Expr{x.Add(number(1))}, []ad.Real{1}) }},
		{`symbolic: mystery has no Text, which its derivative needs`, func() { D(x.Apply(noText), x) }},
		{`symbolic: the Text of broken: symbolic: line 1, column 4: this parenthesis is not closed`, func() { D(x.Apply(badText), x) }},
	} {
		optest.Panics(t, test.want, test.f)
	}
}

// same reports whether two numbers are equal, or both NaN.
func same(x, y float64) bool { return x == y || x != x && y != y }

// TestEvalAll holds the values of several expressions against Eval of each.
func TestEvalAll(t *testing.T) {
	x, y := Var("x"), Var("y")
	e := []Expr{x.Mul(y), ad.Sin(x.Mul(y)), y}
	at := []ad.Real{0.5, -3}
	for i, got := range EvalAll(e, []Expr{x, y}, at) {
		if want := Eval(e[i], []Expr{x, y}, at); got != want {
			t.Errorf("%v is %v, want %v", e[i], got, want)
		}
	}
	if got := EvalAll[ad.Real](nil, nil, nil); len(got) != 0 {
		t.Errorf("no expressions have the values %v", got)
	}
}
