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
	if n.kind == div {
		if z, ok := stableShare(n); ok {
			return z
		}
	}
	if n.kind == apply && n.row == rule.Sqrt {
		if z, ok := stableNorm(n.args[0]); ok {
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

// stableShare returns what an exponential, or 1, is of a sum of them: y·exp(a)/(exp(a) +
// exp(b)) with any number of terms, of which one may be 1.
func stableShare(n *node) (Expr, bool) {
	list := terms(n.args[1])
	if len(list) < 2 || len(list) > 1000 {
		return Expr{}, false
	}
	exponents, one := make([]Expr, len(list)), -1
	for i, t := range list {
		switch {
		case !t.minus && t.kind == apply && t.row == rule.Exp:
			exponents[i] = wrap(t.args[0])
		case !t.minus && one < 0 && t.kind == constant && t.value() == 1:
			one = i
		default:
			return Expr{}, false
		}
	}
	at, rest := one, wrap(n.args[0])
	for i, t := range list {
		if r, ok := without(n.args[0], t.node, 20); ok && i != one {
			at, rest = i, r
			break
		}
	}
	switch {
	case at < 0:
		return Expr{}, false
	case len(list) == 2 && one >= 0 && at == one:
		return rest.Mul(ad.Sigmoid(exponents[1-one].opposite())), true
	case len(list) == 2 && one >= 0:
		return rest.Mul(ad.Sigmoid(exponents[at])), true
	}
	return rest.Mul(softmaxEntry(exponents, at)), true
}

// without returns a product without a factor that it has, looking no deeper than depth.
func without(n, factor *node, depth int) (Expr, bool) {
	switch {
	case n == factor:
		return number(1), true
	case n.kind == mul && depth > 0:
		if r, ok := without(n.args[0], factor, depth-1); ok {
			return r.Mul(wrap(n.args[1])), true
		}
		r, ok := without(n.args[1], factor, 0)
		return wrap(n.args[0]).Mul(r), ok
	}
	return Expr{}, false
}

// opposite returns -x, with the sign in its number if it begins with one.
func (x Expr) opposite() Expr {
	if n := x.node(); n.kind == mul && n.args[0].kind == constant && n.args[0].value() < 0 {
		return number(-n.args[0].value()).Mul(wrap(n.args[1]))
	}
	return x.Neg()
}

// stableNorm returns the square root of a sum of three squares or more, of which one may
// be 1.
func stableNorm(sum *node) (Expr, bool) {
	list := terms(sum)
	if len(list) < 3 || len(list) > 1000 {
		return Expr{}, false
	}
	x := make([]Expr, len(list))
	for i, t := range list {
		c, isPower := exponentOf(t.node)
		switch {
		case t.minus:
			return Expr{}, false
		case isPower && c == 2, t.kind == apply && t.row == rule.Square, t.kind == mul && t.args[0] == t.args[1]:
			x[i] = wrap(t.args[0])
		case t.kind == constant && t.value() == 1:
			x[i] = number(1)
		default:
			return Expr{}, false
		}
	}
	return ad.Norm2(x), true
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
