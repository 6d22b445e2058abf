package symbolic

import (
	"math"

	"github.com/quartet-ad/ad/internal/rule"
)

// An Assumption says something of a variable that Simplify may rely on.
type Assumption struct {
	of   *node
	what facts
}

// Positive assumes that x > 0.
func Positive(x Expr) Assumption { return assume("Positive", x, positive|nonnegative|nonzero) }

// Nonnegative assumes that x >= 0.
func Nonnegative(x Expr) Assumption { return assume("Nonnegative", x, nonnegative) }

// Nonzero assumes that x is not 0.
func Nonzero(x Expr) Assumption { return assume("Nonzero", x, nonzero) }

// Finite assumes that x is a number, neither infinite nor NaN: then x - x is 0, and so
// is 0*x.
func Finite(x Expr) Assumption { return assume("Finite", x, finite) }

// Regular assumes of all that Simplify is given that each part of it is a number, neither
// infinite nor NaN, and nothing is divided by 0: what a textbook's exercise takes for
// granted. Then x/x is 1, and 1/x - 1/x is 0.
func Regular() Assumption { return Assumption{} }

func assume(name string, x Expr, what facts) Assumption {
	mustBeVariable(name, x)
	return Assumption{x.node(), what}
}

// Facts are what is known of the value of an expression, wherever it is a number.
type facts uint8

const (
	positive facts = 1 << iota
	nonnegative
	nonzero
	finite
	tame    // finite wherever the variables are
	defined // each part of it has a value: what Regular assumes
)

// A knowledge holds what is known of expressions.
type knowledge struct {
	assumed map[*node]facts
	known   map[*node]facts
	work    int  // products that expansions may make yet
	regular bool // all that occurs is finite, and divisors are not 0
}

func newKnowledge(assume []Assumption) *knowledge {
	k := &knowledge{assumed: make(map[*node]facts), known: make(map[*node]facts)}
	for _, a := range assume {
		k.regular = k.regular || a.of == nil
		k.assumed[a.of] |= a.what
	}
	return k
}

func (k *knowledge) has(e Expr, what facts) bool { return k.of(e.node())&what == what }

// of returns what is known of a node, from what is known of its operands.
func (k *knowledge) of(n *node) facts {
	if f, ok := k.known[n]; ok {
		return f
	}
	f := k.find(n)
	if k.regular {
		f |= finite | tame | defined
	}
	k.known[n] = f
	return f
}

func (k *knowledge) find(n *node) facts {
	switch n.kind {
	case constant:
		return factsOfNumber(n.value())
	case variable:
		return k.assumed[n] | tame
	case softmax:
		return k.all(n.list)&(finite|tame) | nonnegative
	case logSumExp, normSlope:
		return k.all(n.list) & (finite | tame)
	case norm:
		return k.all(n.list)&(finite|tame) | nonnegative
	case normCurve:
		return 0
	case ifPos:
		return k.of(n.args[1]) & k.of(n.args[2])
	case softmaxRate:
		return k.all(n.list) & (finite | tame)
	}
	a := k.of(n.args[0])
	switch n.kind {
	case neg:
		return a & (nonzero | finite | tame)
	case apply:
		return factsOfCall(n.row, a)
	}
	b := k.of(n.args[1])
	both := a & b
	switch n.kind {
	case add:
		f := both & (nonnegative | finite | tame)
		if f&nonnegative != 0 && (a|b)&positive != 0 {
			f |= positive | nonzero
		}
		return f
	case sub:
		return both & (finite | tame)
	case mul:
		if n.args[0] == n.args[1] {
			both |= nonnegative
		}
		return both
	case div:
		return quotientFacts(a, b)
	}
	return k.ofCall2(n, a, b)
}

func quotientFacts(a, b facts) facts {
	f := a & b & (positive | nonzero)
	if a&nonnegative != 0 && b&positive != 0 {
		f |= nonnegative
	}
	if b&nonzero != 0 {
		f |= a & b & (finite | tame)
	}
	return f
}

func (k *knowledge) ofCall2(n *node, a, b facts) facts {
	switch n.row2 {
	case rule.Pow:
		c, ok := exponentOf(n)
		f := a & (positive | nonnegative)
		if ok && c == math.Trunc(c) {
			f |= a & nonzero
			if math.Mod(c, 2) == 0 {
				f |= nonnegative
				if f&nonzero != 0 {
					f |= positive
				}
			}
			if c >= 0 || a&nonzero != 0 {
				f |= a & (finite | tame)
			}
		} else if ok && a&nonnegative != 0 && (c > 0 || a&nonzero != 0) {
			f |= a & (finite | tame)
		}
		return f
	case rule.Hypot, rule.LogAddExp, rule.Max, rule.Min, rule.Atan2:
		f := a & b & (finite | tame)
		if n.row2 == rule.Hypot {
			f |= nonnegative
		}
		return f
	}
	return 0
}

func (k *knowledge) all(list []*node) facts {
	f := ^facts(0)
	for _, a := range list {
		f &= k.of(a)
	}
	return f
}

func factsOfNumber(c float64) facts {
	var f facts
	if c > 0 {
		f |= positive
	}
	if c >= 0 {
		f |= nonnegative
	}
	if c != 0 {
		f |= nonzero
	}
	if !math.IsInf(c, 0) && c == c {
		f |= finite | tame
	}
	return f
}

// factsOfCall returns what is known of a function of something.
func factsOfCall(row *rule.Func, a facts) facts {
	calm := a & (finite | tame)
	switch row {
	case rule.Exp, rule.Exp2, rule.Cosh, rule.Sigmoid:
		return positive | nonnegative | nonzero | calm
	case rule.Sech, rule.Lorentzian, rule.Gauss, rule.NormPDF, rule.NormCDF:
		return nonnegative | calm
	case rule.Abs, rule.Square:
		if a&nonzero != 0 {
			return positive | nonnegative | nonzero | calm
		}
		return nonnegative | calm
	case rule.Sqrt:
		f := nonnegative | a&(positive|nonzero)
		if a&nonnegative != 0 {
			f |= calm
		}
		return f
	case rule.Log, rule.Log2, rule.Log10:
		if a&positive != 0 {
			return calm
		}
		return 0
	case rule.InvPos, rule.Reciprocal, rule.Rsqrt:
		f := a & (positive | nonnegative | nonzero)
		if row != rule.Reciprocal {
			f |= nonnegative
		}
		if a&nonzero != 0 && (row == rule.Reciprocal || a&positive != 0) {
			f |= calm
		}
		return f
	case rule.Sin, rule.Cos, rule.Atan, rule.Tanh, rule.Erf, rule.Erfc, rule.Sinh, rule.Asinh, rule.Expm1, rule.Cube, rule.Cbrt,
		rule.ReLU, rule.Softsign, rule.SiLU, rule.GELU, rule.GELUTanh, rule.Mish, rule.LogSigmoid, rule.Sign, rule.Step, rule.Flat:
		f := calm
		if row == rule.Cube || row == rule.Cbrt || row == rule.Sinh || row == rule.Tanh || row == rule.Atan || row == rule.Asinh {
			f |= a & (positive | nonnegative | nonzero)
		}
		if row == rule.ReLU {
			f |= nonnegative
		}
		return f
	}
	return 0
}
