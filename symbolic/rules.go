package symbolic

import "sync"

// An identity is a rule of Simplify: From is To wherever From is a number, in x and y,
// under the assumptions Given.
type identity struct {
	From, To string
	Given    map[string]facts
}

var (
	ifNonnegative = map[string]facts{"x": nonnegative}
	ifPositive    = map[string]facts{"x": positive}
	ifFinite      = map[string]facts{"x": finite}
	ifDefined     = map[string]facts{"x": defined}
)

// identities are the rules for functions; those for sums and products are in the normal
// form. A row is tested by itself, for equal values and derivatives.
var identities = []identity{
	{"sqrt(x^2)", "abs(x)", nil},
	{"abs(x)", "x", ifNonnegative},
	{"abs(-x)", "abs(x)", nil},
	{"abs(abs(x))", "abs(x)", nil},
	{"sign(x)", "1", ifPositive},
	{"step(x)", "1", ifPositive},
	{"relu(x)", "x", ifNonnegative},
	{"relu(relu(x))", "relu(x)", nil},
	{"ifpos(x, y, z)", "y", ifPositive},
	{"max(x, x)", "x", nil},
	{"min(x, x)", "x", nil},

	{"log(exp(x))", "x", nil},
	{"exp(log(x))", "x", ifNonnegative},
	{"log(x^y)", "y*log(x)", ifPositive},
	{"log(sqrt(x))", "log(x)/2", nil},
	{"log2(exp2(x))", "x", nil},
	{"log1p(expm1(x))", "x", nil},
	{"log(1)", "0", nil},
	{"exp(0)", "1", nil},
	{"sqrt(0)", "0", nil},
	{"sqrt(1)", "1", nil},
	{"sqrt(4)", "2", nil},
	{"sqrt(9)", "3", nil},
	{"xlogy(1, x)", "log(x)", nil},

	{"sin(-x)", "-sin(x)", nil},
	{"cos(-x)", "cos(x)", nil},
	{"tan(-x)", "-tan(x)", nil},
	{"sec(-x)", "sec(x)", nil},
	{"asin(-x)", "-asin(x)", nil},
	{"atan(-x)", "-atan(x)", nil},
	{"sinh(-x)", "-sinh(x)", nil},
	{"cosh(-x)", "cosh(x)", nil},
	{"tanh(-x)", "-tanh(x)", nil},
	{"sech(-x)", "sech(x)", nil},
	{"asinh(-x)", "-asinh(x)", nil},
	{"atanh(-x)", "-atanh(x)", nil},
	{"erf(-x)", "-erf(x)", nil},
	{"cbrt(-x)", "-cbrt(x)", nil},
	{"lorentzian(-x)", "lorentzian(x)", nil},
	{"gauss(-x)", "gauss(x)", nil},
	{"sin(0)", "0", nil},
	{"cos(0)", "1", nil},
	{"tan(0)", "0", nil},
	{"atan(0)", "0", nil},
	{"asin(0)", "0", nil},
	{"sinh(0)", "0", nil},
	{"cosh(0)", "1", nil},
	{"tanh(0)", "0", nil},
	{"sin(asin(x))", "x", ifDefined},
	{"cos(acos(x))", "x", ifDefined},
	{"tan(atan(x))", "x", ifFinite},
	{"sinh(asinh(x))", "x", nil},
	{"tanh(atanh(x))", "x", ifDefined},
	{"asinh(sinh(x))", "x", nil},
	{"atanh(tanh(x))", "x", nil},
	{"flat(x)", "0", ifFinite},
	{"x^0", "1", ifFinite},
	{"1^x", "1", ifFinite},
}

// A compiled identity is one that has been parsed.
type compiledIdentity struct {
	*identity
	from, to Expr
	given    []facts // by variable
}

// ruleVars are the variables of identities.
var ruleVars = []Expr{Var("x"), Var("y"), Var("z")}

var identitiesByRoot = sync.OnceValue(func() map[root][]compiledIdentity {
	m := make(map[root][]compiledIdentity)
	for i := range identities {
		r := &identities[i]
		c := compiledIdentity{r, mustParse(r.From), mustParse(r.To), make([]facts, len(ruleVars))}
		for v, x := range ruleVars {
			c.given[v] = r.Given[x.node().name]
		}
		at := c.from.node().root()
		m[at] = append(m[at], c)
	}
	return m
})

// rules applies identities to the outermost operation of e until none is left.
func (k *knowledge) rules(e Expr) Expr {
	m := newMatch(ruleVars)
	for range 8 {
		next, ok := k.rule(m, e)
		if !ok {
			return e
		}
		e = next
	}
	return e
}

func (k *knowledge) rule(m *match, e Expr) (Expr, bool) {
	n := e.node()
	for _, r := range identitiesByRoot()[n.root()] {
		if !m.match(r.from.node(), n) || !k.allow(r, m) {
			continue
		}
		to := Eval(r.to, ruleVars, m.bound)
		if isProduct(to.node().kind) || to.node().kind == neg {
			p := product{c: ratio{1, 1}}
			p.times(k, to, ratio{1, 1})
			to = p.build()
		}
		return to, true
	}
	return e, false
}

func (k *knowledge) allow(r compiledIdentity, m *match) bool {
	for i, f := range r.given {
		if f != 0 && !k.has(m.bound[i], f) {
			return false
		}
	}
	return true
}
