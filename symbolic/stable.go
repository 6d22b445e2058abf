package symbolic

import (
	"sync"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// stableForms are formulas that lose digits, overflow or vanish where the forms beside
// them do not. Both are equal as mathematics, for all numbers.
var stableForms = []struct{ From, To string }{
	{"1/(1 + exp(-x))", "sigmoid(x)"},
	{"1/(exp(-x) + 1)", "sigmoid(x)"},
	{"1/(1 + exp(x))", "sigmoid(-x)"},
	{"1/(exp(x) + 1)", "sigmoid(-x)"},
	{"exp(x)/(1 + exp(x))", "sigmoid(x)"},
	{"exp(x)/(exp(x) + 1)", "sigmoid(x)"},
	{"exp(x)/(exp(x) + exp(y))", "softmax_1(x, y)"},
	{"exp(x)/(exp(y) + exp(x))", "softmax_2(y, x)"},
	{"1 - sigmoid(x)", "sigmoid(-x)"},
	{"log(sigmoid(x))", "logsigmoid(x)"},
	{"log(1 - sigmoid(x))", "logsigmoid(-x)"},
	{"log(sigmoid(-x))", "logsigmoid(-x)"},
	{"(exp(x) - exp(-x))/2", "sinh(x)"},
	{"(exp(x) - exp(-x))/(exp(x) + exp(-x))", "tanh(x)"},
	{"1 - tanh(x)^2", "square(sech(x))"},
	{"exp(x) - 1", "expm1(x)"},
	{"1 - exp(x)", "-expm1(x)"},
	{"1 - cos(x)", "2*sin(x/2)^2"},
	{"1 - erf(x)", "erfc(x)"},
	{"sqrt(x + 1) - sqrt(x)", "1/(sqrt(x + 1) + sqrt(x))"},
	{"sqrt(1 + x) - 1", "x/(sqrt(1 + x) + 1)"},
	{"sqrt(x + 1) - 1", "x/(sqrt(x + 1) + 1)"},
	{"sqrt(x^2 + y^2)", "hypot(x, y)"},
	{"sqrt(x*x + y*y)", "hypot(x, y)"},
	{"sqrt(1 + x^2)", "hypot(1, x)"},
	{"sqrt(x^2 + 1)", "hypot(1, x)"},
	{"1/(1 + x^2)", "lorentzian(x)"},
	{"1/(x^2 + 1)", "lorentzian(x)"},
	{"log(gamma(x))", "lgamma(x)"},
	{"x^2 - y^2", "(x - y)*(x + y)"},
}

var stableByRoot = sync.OnceValue(func() map[root][]form {
	m := make(map[root][]form)
	for _, f := range stableForms {
		from := mustParse(f.From)
		m[from.node().root()] = append(m[from.node().root()], form{from, mustParse(f.To)})
	}
	return m
})

// Stable returns e with formulas that lose digits written in forms that do not: log(1+x)
// as log1p(x), exp(x)-1 as expm1(x), log(exp(x)+exp(y)) as logsumexp(x, y), 1/(1+exp(-x))
// as sigmoid(x), sqrt(x^2+y^2) as hypot(x, y), 1-cos(x) as 2*sin(x/2)^2, and so on. What
// comes of it equals e as mathematics, and is as accurate or more so; it may have a value
// where e overflows. String and %+v show which functions it uses.
//
// Cost: in proportion to the distinct nodes of e.
func Stable(e Expr) Expr {
	p := e.compile()
	v := make([]Expr, len(p.steps))
	m := newMatch(textVars)
	for i, s := range p.steps {
		v[i] = stable(m, rebuild(s, p, v))
	}
	return v[p.roots[0]]
}

// stable returns e, whose operands are stable, in a stable form.
func stable(m *match, e Expr) Expr {
	n := e.node()
	if n.kind == apply && n.row == rule.Log {
		if z, ok := stableLog(n.args[0]); ok {
			return z
		}
	}
	for _, f := range stableByRoot()[n.root()] {
		if m.match(f.text.node(), n) {
			return Eval(f.form, textVars, m.bound)
		}
	}
	return e
}

// stableLog returns the logarithm of a sum of exponentials or of 1 and something small.
func stableLog(sum *node) (Expr, bool) {
	list := terms(sum)
	if len(list) < 2 || len(list) > 1000 {
		return Expr{}, false
	}
	var exponents []Expr
	one, rest := -1, Expr{}
	for i, t := range list {
		n := t.node
		switch {
		case !t.minus && n.kind == apply && n.row == rule.Exp:
			exponents = append(exponents, wrap(n.args[0]))
		case !t.minus && n.kind == constant && n.value() == 1:
			one = i
			exponents = append(exponents, Expr{})
		}
	}
	if len(exponents) == len(list) {
		if len(list) == 2 && one >= 0 {
			return ad.Softplus(exponents[1-one]), true
		}
		return ad.LogSumExp(exponents), true
	}
	if one < 0 {
		return Expr{}, false
	}
	for i, t := range list {
		switch {
		case i == one:
		case t.minus:
			rest = rest.minus(wrap(t.node))
		default:
			rest = rest.plus(wrap(t.node))
		}
	}
	return ad.Log1p(rest), true
}

// plus and minus add to a sum that is empty as long as it is 0.
func (x Expr) plus(y Expr) Expr {
	if x.is(0) {
		return y
	}
	return x.Add(y)
}

func (x Expr) minus(y Expr) Expr {
	if x.is(0) {
		return y.Neg()
	}
	return x.Sub(y)
}
