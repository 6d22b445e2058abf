package symbolic_test

import (
	"fmt"
	"math"
	"os"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// What Parse reads, and what it says of what it does not.
func ExampleParse_grammar() {
	for _, text := range []string{
		"2x + 3(x + 1)", "x**2 + x^2 + x²", "sin^2(x) + sin²(x)", "ln(x) + arcsin(x)", "|x - 1|", "2π*r", "x_1 + θ", "max(a, b, c)",
		"lg(x)", "x(x + 1)", "sin x", "1 + sin(x", "0,5*x",
	} {
		e, err := symbolic.Parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(e.String())
	}
	// Output:
	// 2*x + 3*(x + 1)
	// x^2 + x^2 + x^2
	// sin(x)^2 + sin(x)^2
	// log(x) + asin(x)
	// abs(x - 1)
	// 6.283185307179586*r
	// x_1 + θ
	// max(max(a, b), c)
	// symbolic: line 1, column 1: there is no function lg; did you mean log10?
	// symbolic: line 1, column 1: there is no function x; write x*(...) for a product
	// symbolic: line 1, column 5: unexpected "x" after an operand; write sin(x)
	// symbolic: line 1, column 8: this parenthesis is not closed
	// symbolic: line 1, column 2: a comma outside of a call; write . in a decimal number
}

// A formula for people, and exactly as it is computed.
func ExampleExpr_Infix() {
	e, _ := symbolic.Parse("atan(x) + log(x)/2")
	d := symbolic.D(e, symbolic.Var("x"))
	fmt.Println(d.Infix())
	fmt.Println(d.Unicode())
	fmt.Println(d.LaTeX())
	fmt.Println(d.String())
	fmt.Println(d.SExpr())
	// Output:
	// 1/(x^2 + 1) + 1/(2*x)
	// 1/(x² + 1) + 1/(2·x)
	// \frac{1}{x^{2} + 1} + \frac{1}{2 \, x}
	// lorentzian(x) + invpos(x)/2
	// (+ (lorentzian x) (/ (invpos x) 2))
}

func ExampleSimplify() {
	x := symbolic.Var("x")
	for _, text := range []string{"3*(2*x)", "sqrt(x^2)", "x/x"} {
		e, _ := symbolic.Parse(text)
		fmt.Println(e, "|", symbolic.Simplify(e), "|", symbolic.Simplify(e, symbolic.Positive(x)))
	}
	// A textbook's exercise.
	e, _ := symbolic.Parse("(x^2 - 1)/(x^2 + 1)")
	fmt.Println(symbolic.Simplify(symbolic.D(e, x), symbolic.Regular()))
	// Output:
	// 3*2*x | 6*x | 6*x
	// sqrt(x^2) | abs(x) | x
	// x/x | x/x | 1
	// 4*x/(x^2 + 1)^2
}

func ExampleTaylor() {
	x := symbolic.Var("x")
	fmt.Println(symbolic.Taylor(ad.Sin(x), x, symbolic.Expr{}, 7))
	fmt.Println(symbolic.Taylor(ad.Exp(x), x, symbolic.Var("a"), 2))
	// Output:
	// x - x^3/6 + x^5/120 - x^7/5040
	// exp(a) + exp(a)*(x - a) + exp(a)*(x - a)^2/2
}

func ExampleSteps() {
	e, _ := symbolic.Parse("x^2*log(sin(x))")
	for _, s := range symbolic.Steps(e, symbolic.Var("x"), true) {
		fmt.Println(s)
	}
	// Output:
	// derivative of sin: d/dx sin(x) = cos(x)
	// chain rule, log: d/dx log(sin(x)) = cos(x)/sin(x)
	// power rule: d/dx x^2 = 2*x
	// product rule: d/dx x^2*log(sin(x)) = 2*x*log(sin(x)) + x^2*cos(x)/sin(x)
}

// Value and gradient of a formula as one program, which allocates nothing.
func ExampleCompile() {
	x, y := symbolic.Var("x"), symbolic.Var("y")
	e, _ := symbolic.Parse("x*exp(y) + x^2")
	p := symbolic.Compile([]symbolic.Expr{x, y}, append([]symbolic.Expr{e}, symbolic.Grad(e, []symbolic.Expr{x, y})...)...)
	dst := make([]float64, 3)
	p.Eval(dst, []float64{2, 0})
	fmt.Println(dst, p.Instructions(), "instructions")
	// Output: [6 5 2] 7 instructions
}

func ExampleWriteGo() {
	x := symbolic.Var("x")
	e, _ := symbolic.Parse("x*exp(-x^2)")
	err := symbolic.WriteGo(os.Stdout, symbolic.GoFunc{Name: "bell", Package: "model", Vars: []symbolic.Expr{x}, Expr: []symbolic.Expr{e}, Gradient: true})
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// package model
	//
	// import "math"
	//
	// // bell computes x*exp(-x^2), and its derivatives.
	// func bell(grad, at []float64) float64 {
	// 	_ = at[0]
	// 	x := at[0]
	// 	t0 := math.Exp(-(x * x))
	// 	grad[0] = t0 - float64(2*x*(t0*x))
	// 	return x * t0
	// }
}

// What cancels, overflows or vanishes is written in a form that does not.
func ExampleStable() {
	x := symbolic.Var("x")
	for _, test := range []struct {
		text      string
		at, exact float64
	}{
		{"log(1 + x)", 1e-10, 9.9999999995e-11},
		{"exp(x) - 1", 1e-10, 1.00000000005e-10},
		{"1 - cos(x)", 1e-6, 4.999999999999583e-13},
		{"sqrt(x + 1) - sqrt(x)", 1e12, 4.999999999998750e-07},
		{"log(exp(x) + exp(-x))", 800, 800},
	} {
		e, _ := symbolic.Parse(test.text)
		stable := symbolic.Stable(e)
		off := func(e symbolic.Expr) float64 {
			v := float64(symbolic.Eval(e, []symbolic.Expr{x}, []ad.Real{ad.Real(test.at)}))
			return math.Abs(v-test.exact) / test.exact
		}
		fmt.Printf("%-22s error %8.1e | %-28s error below 1e-15: %v\n", test.text, off(e), stable.String(), off(stable) < 1e-15)
	}
	// Output:
	// log(1 + x)             error  8.3e-08 | log1p(x)                     error below 1e-15: true
	// exp(x) - 1             error  8.3e-08 | expm1(x)                     error below 1e-15: true
	// 1 - cos(x)             error  8.9e-05 | 2*sin(x/2)^2                 error below 1e-15: true
	// sqrt(x + 1) - sqrt(x)  error  7.6e-06 | 1/(sqrt(x + 1) + sqrt(x))    error below 1e-15: true
	// log(exp(x) + exp(-x))  error     +Inf | logsumexp(x, -x)             error below 1e-15: true
}

// The derivative of the logistic map iterated n times swells as a text. As a graph it
// grows by a few nodes for each iteration.
func ExampleD_swell() {
	x := symbolic.Var("x")
	e := x
	one, four := ad.Const[symbolic.Expr](1), ad.Const[symbolic.Expr](4)
	fmt.Println("n     tree  graph  simplified")
	for n := 1; n <= 12; n++ {
		e = four.Mul(e).Mul(one.Sub(e))
		d := symbolic.D(e, x)
		fmt.Printf("%2d %8.0f  %5d  %10d\n", n, d.Terms(), d.Nodes(), symbolic.Simplify(d).Nodes())
	}
	// Output:
	// n     tree  graph  simplified
	//  1        9      7           5
	//  2       41     14          13
	//  3      129     21          23
	//  4      353     28          28
	//  5      897     35          35
	//  6     2177     42          42
	//  7     5121     49          49
	//  8    11777     56          56
	//  9    26625     63          63
	// 10    59393     70          70
	// 11   131073     77          77
	// 12   286721     84          84
}
