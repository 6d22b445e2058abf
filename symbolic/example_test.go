package symbolic_test

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/symbolic"
)

func ExampleD() {
	x := symbolic.Var("x")
	fmt.Println(symbolic.D(ad.Sin(x).Mul(x), x))
	// Output: x*cos(x) + sin(x)
}

func ExampleParse() {
	e, err := symbolic.Parse("x*exp(-x^2)")
	fmt.Println(e, err)
	_, err = symbolic.Parse("x*exp(-x^2")
	fmt.Println(err)
	// Output:
	// x*exp(-x^2) <nil>
	// symbolic: line 1, column 6: this parenthesis is not closed
}

// A formula runs on every number type: on dual numbers it is differentiated
// forwards.
func ExampleEval() {
	x := symbolic.Var("x")
	e, _ := symbolic.Parse("x^3")
	fmt.Println(symbolic.Eval(e, []symbolic.Expr{x}, []ad.Real{2}))
	fmt.Println(dual.Derivative(func(v dual.Number) dual.Number {
		return symbolic.Eval(e, []symbolic.Expr{x}, []dual.Number{v})
	}, 2))
	// Output:
	// 8
	// 12
}

// A function traced with symbols returns its own formula.
func ExampleGrad() {
	x, y := symbolic.Var("x"), symbolic.Var("y")
	e := ad.Hypot(x, y)
	for _, g := range symbolic.Grad(e, []symbolic.Expr{x, y}) {
		fmt.Println(g)
	}
	// Output:
	// x/sqrt(x^2 + y^2)
	// y/sqrt(y^2 + x^2)
}

// Derivatives nest on paper: d/dx [x · d/dy (x·y²) at y = x] = d/dx [2x³].
func ExampleSubst() {
	x, y := symbolic.Var("x"), symbolic.Var("y")
	inner := symbolic.Subst(symbolic.D(x.Mul(ad.Square(y)), y), y, x)
	outer := symbolic.D(x.Mul(inner), x)
	fmt.Println(symbolic.Eval(outer, []symbolic.Expr{x}, []ad.Real{2}))
	// Output: 24
}
