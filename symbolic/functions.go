package symbolic

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// functions are those that Parse knows, by name.
type functions map[string]function

type function struct {
	least, most int // the number of arguments; most is -1 for any number
	each        int // the most nodes that are built for one argument

	// apply returns the result, or what is wrong with the arguments.
	apply func(args []Expr) (Expr, string)
}

// arity says how many arguments the function takes.
func (f function) arity() string {
	switch {
	case f.most < 0:
		return fmt.Sprintf("at least %d arguments", f.least)
	case f.most != f.least:
		return fmt.Sprintf("%d to %d arguments", f.least, f.most)
	case f.most == 1:
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", f.most)
}

// defaults holds the second argument of functions that it may be left out of.
var defaults = map[string]float64{
	"softplus": 1, "leaky_relu": 0.01, "elu": 1, "celu": 1, "hardshrink": 0.5, "softshrink": 0.5,
}

var known functions

func init() {
	known = functions{
		"neg":       unary(Expr.Neg),
		"add":       binary(Expr.Add),
		"sub":       binary(Expr.Sub),
		"mul":       binary(Expr.Mul),
		"div":       binary(Expr.Div),
		"prelu":     binary(ad.PReLU[Expr]),
		"ifpos":     {3, 3, 1, func(a []Expr) (Expr, string) { return a[0].IfPos(a[1], a[2]), "" }},
		"hardtanh":  {1, 3, 2, hardTanh},
		"clamp":     {3, 3, 2, clamp},
		"sum":       variadic(1, ad.Sum[Expr]),
		"mean":      variadic(1, ad.Mean[Expr]),
		"var":       variadic(4, func(x []Expr) Expr { return ad.Variance(x, 1) }),
		"prod":      variadic(1, ad.Prod[Expr]),
		"sumsq":     variadic(2, ad.SumSq[Expr]),
		"norm2":     variadic(8, ad.Norm2[Expr]),
		"logsumexp": variadic(2, ad.LogSumExp[Expr]),
		"cot":       other(2, func(x Expr) Expr { return ad.Cos(x).Div(ad.Sin(x)) }),
		"csc":       other(2, func(x Expr) Expr { return number(1).Div(ad.Sin(x)) }),
		"coth":      other(2, func(x Expr) Expr { return number(1).Div(ad.Tanh(x)) }),
		"csch":      other(2, func(x Expr) Expr { return number(1).Div(ad.Sinh(x)) }),
	}
	for _, list := range [][]*rule.Func{rule.Functions, rule.Helpers} {
		for _, row := range list {
			known[row.Name] = rowFunction(row)
		}
	}
	for _, list := range [][]*rule.Func2{rule.Functions2, rule.Helpers2} {
		for _, row := range list {
			known[row.Name] = rowFunction2(row)
		}
	}
	known["max"] = variadic(1, folded(ad.Max[Expr]))
	known["min"] = variadic(1, folded(ad.Min[Expr]))
	for name, usual := range aliases {
		known[name] = known[usual]
	}
}

// aliases are other names that functions are known by.
var aliases = map[string]string{
	"ln": "log", "sgn": "sign", "arctan2": "atan2",
	"arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
	"arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
}

// folded applies a function of two numbers to any number, from the left.
func folded(f func(x, y Expr) Expr) func(x []Expr) Expr {
	return func(x []Expr) Expr {
		z := x[0]
		for _, y := range x[1:] {
			z = f(z, y)
		}
		return z
	}
}

// other is a function of one variable that is spelt out in others.
func other(each int, f func(x Expr) Expr) function {
	return function{1, 1, each, func(a []Expr) (Expr, string) { return f(a[0]), "" }}
}

func unary(f func(x Expr) Expr) function {
	return function{1, 1, 1, func(a []Expr) (Expr, string) { return f(a[0]), "" }}
}

func binary(f func(x, y Expr) Expr) function {
	return function{2, 2, 1, func(a []Expr) (Expr, string) { return f(a[0], a[1]), "" }}
}

func variadic(each int, f func(x []Expr) Expr) function {
	return function{1, -1, each, func(a []Expr) (Expr, string) { return f(a), "" }}
}

func rowFunction(row *rule.Func) function {
	op := ad.NewOp((*ad.Func)(row))
	return unary(func(x Expr) Expr { return x.Apply(op) })
}

func rowFunction2(row *rule.Func2) function {
	op := ad.NewOp2((*ad.Func2)(row))
	f := binary(func(x, y Expr) Expr { return x.Apply2(op, y) })
	if c, ok := defaults[row.Name]; ok {
		two := f.apply
		f.least = 1
		f.apply = func(a []Expr) (Expr, string) {
			if len(a) == 1 {
				a = []Expr{a[0], number(c)}
			}
			return two(a)
		}
	}
	return f
}

func hardTanh(a []Expr) (Expr, string) {
	switch len(a) {
	case 1:
		return ad.HardTanh(a[0]), ""
	case 3:
		return between(func(x Expr, lo, hi float64) Expr { return ad.HardTanh(x, lo, hi) }, a)
	}
	return Expr{}, "there must be two bounds or none"
}

func clamp(a []Expr) (Expr, string) { return between(ad.Clamp[Expr], a) }

// between applies a function of a number and two bounds.
func between(f func(x Expr, lo, hi float64) Expr, a []Expr) (Expr, string) {
	lo, hi, ok := numbers(a[1], a[2])
	switch {
	case !ok:
		return Expr{}, "the bounds must be numbers"
	case !(lo <= hi):
		return Expr{}, fmt.Sprintf("the bounds %v and %v are not in order", lo, hi)
	}
	return f(a[0], lo, hi), ""
}

// arithmetic returns the result of an infix operator.
func arithmetic(operator rune, x, y Expr) Expr {
	switch operator {
	case '+':
		return x.Add(y)
	case '-':
		return x.Sub(y)
	case '*':
		return x.Mul(y)
	case '/':
		return x.Div(y)
	}
	return ad.Pow(x, y)
}
