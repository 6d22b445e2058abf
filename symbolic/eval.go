package symbolic

import (
	"fmt"

	"github.com/quartet-ad/ad"
)

// Eval returns the value of e where the variables vars have the values x. It runs
// on every number type: on ad.Real it gives a float64, on dual.Number or
// reverse.Var a formula is differentiated like any other function, and on Expr
// it substitutes expressions for variables.
//
// Cost: one operation for every distinct node of e.
//
// Eval panics if vars and x differ in length, if an entry of vars is not a
// variable, or if a variable of e is not among them.
func Eval[T ad.Scalar[T]](e Expr, vars []Expr, x []T) T {
	return run(e.compile(), vars, x)[0]
}

// EvalAll is Eval of several expressions. What they have in common is computed once.
//
// Cost: one operation for every distinct node of all of them.
func EvalAll[T ad.Scalar[T]](e []Expr, vars []Expr, x []T) []T {
	return run(compile(e...), vars, x)
}

// Subst returns e with the expression by in place of x, a variable or another
// expression, wherever it occurs as it is: x^2 occurs in sin(x^2), but not in x*x. With
// D it nests derivatives: Subst(D(e, y), y, x) is ∂e/∂y at y = x.
//
// Cost: in proportion to the distinct nodes of e.
func Subst(e, x, by Expr) Expr {
	p := e.compile()
	v := make([]Expr, len(p.steps))
	for i, s := range p.steps {
		if wrap(s.node) == x {
			v[i] = by
		} else {
			v[i] = rebuild(s, p, v)
		}
	}
	return v[p.roots[0]]
}

// Vars returns the variables that occur in e, each once, in the order in which
// Eval meets them.
func (e Expr) Vars() []Expr {
	var vars []Expr
	for _, s := range e.compile().steps {
		if s.kind == variable {
			vars = append(vars, wrap(s.node))
		}
	}
	return vars
}

// run returns the values of the roots of a program.
func run[T ad.Scalar[T]](p *program, vars []Expr, x []T) []T {
	values := bind(vars, x)
	var zero T
	v := make([]T, len(p.steps))
	var entries softmaxes[T]
	var units unitVectors[T]
	for i, s := range p.steps {
		switch s.kind {
		case constant:
			v[i] = zero.Const(s.value())
		case variable:
			value, ok := values[s.node]
			if !ok {
				panic(fmt.Sprintf("symbolic: Eval: the variable %s has no value", plain(s.name)))
			}
			v[i] = value
		case add:
			v[i] = v[s.a].Add(v[s.b])
		case sub:
			v[i] = v[s.a].Sub(v[s.b])
		case mul:
			v[i] = v[s.a].Mul(v[s.b])
		case div:
			v[i] = v[s.a].Div(v[s.b])
		case neg:
			v[i] = v[s.a].Neg()
		case ifPos:
			v[i] = v[s.a].IfPos(v[s.b], v[s.c])
		case apply:
			v[i] = v[s.a].Apply(s.op)
		case apply2:
			v[i] = v[s.a].Apply2(s.op2, v[s.b])
		case logSumExp:
			v[i] = zero.ApplyN(ad.OpLogSumExp, pick(v, p.lists[s.a]), nil)
		case softmax, softmaxRate:
			v[i] = entries.value(s, pick(v, p.lists[s.a]))
		case norm:
			v[i] = zero.ApplyN(ad.OpNorm2, pick(v, p.lists[s.a]), nil)
		case normSlope, normCurve:
			v[i] = units.value(s, pick(v, p.lists[s.a]))
		}
	}
	y := make([]T, len(p.roots))
	for i, root := range p.roots {
		y[i] = v[root]
	}
	return y
}

// bind returns the values of variables by node.
func bind[T any](vars []Expr, x []T) map[*node]T {
	if len(vars) != len(x) {
		panic(fmt.Sprintf("symbolic: Eval: %d variables and %d values", len(vars), len(x)))
	}
	values := make(map[*node]T, len(vars))
	for i, v := range vars {
		mustBeVariable("Eval", v)
		values[v.node()] = x[i]
	}
	return values
}

// mustBeVariable panics if v is not a variable.
func mustBeVariable(op string, v Expr) {
	if v.node().kind != variable {
		panic(fmt.Sprintf("symbolic: %s: %s is not a variable", op, plain(v.String())))
	}
}
