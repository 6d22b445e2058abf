package compare

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// Formula returns the formulas that a recorded function computes, in the variables vars:
// what the tape has traced, on paper. It holds on the path that the function takes at x;
// a choice by IfPos is part of the formula. With symbolic.D and the function's Gradient,
// the tape's trace and the formula check each other.
//
// Formula returns an error if the function cannot be replayed, or if it has an operation
// that symbolic.Parse does not know, such as a user's own function.
//
// It panics if vars or x have not as many entries as the function has inputs.
func Formula(f *reverse.Func, vars []symbolic.Expr, x []float64) ([]symbolic.Expr, error) {
	if len(vars) != f.Inputs() {
		panic(fmt.Sprintf("compare.Formula: %d variables for %d inputs", len(vars), f.Inputs()))
	}
	return pathFormulas(f, vars, x, func(op reverse.Operation, args []symbolic.Expr) (symbolic.Expr, error) {
		return operation(op.Name, args)
	})
}

// pathFormulas is Formula with what it makes of an operation.
func pathFormulas(f *reverse.Func, vars []symbolic.Expr, x []float64, of func(reverse.Operation, []symbolic.Expr) (symbolic.Expr, error)) ([]symbolic.Expr, error) {
	f.Eval(x) // records the path at x
	if err := f.Err(); err != nil {
		return nil, err
	}
	results := make([]symbolic.Expr, f.Outputs())
	known := make(map[int]symbolic.Expr)
	inputs := 0
	for i, op := range f.Ops(x) {
		var e symbolic.Expr
		args := make([]symbolic.Expr, len(op.Operands))
		for k, o := range op.Operands {
			if args[k] = ad.Const[symbolic.Expr](o.Value); o.Index >= 0 {
				args[k] = known[o.Index]
			}
		}
		switch op.Name {
		case "input":
			e = vars[inputs]
			inputs++
		case "constant":
			e = ad.Const[symbolic.Expr](op.Value)
		default:
			var err error
			if e, err = of(op, args); err != nil {
				return nil, fmt.Errorf("compare.Formula: operation %d: %w", i, err)
			}
		}
		known[i] = e
		for _, k := range op.Results {
			results[k] = e
		}
	}
	return results, nil
}

// rowApplied returns an operation of the tape as an expression, be it a user's own.
func rowApplied(op reverse.Operation, x []symbolic.Expr) (symbolic.Expr, error) {
	switch row := op.Row.(type) {
	case *ad.Func:
		return x[0].Apply(ad.NewOp(row)), nil
	case *ad.Func2:
		return x[0].Apply2(ad.NewOp2(row), x[1]), nil
	}
	return operation(op.Name, x)
}

// operation returns an operation of the tape as an expression.
func operation(name string, x []symbolic.Expr) (symbolic.Expr, error) {
	n := len(x)
	switch name {
	case "add":
		return x[0].Add(x[1]), nil
	case "sub":
		return x[0].Sub(x[1]), nil
	case "mul":
		return x[0].Mul(x[1]), nil
	case "div":
		return x[0].Div(x[1]), nil
	case "neg":
		return x[0].Neg(), nil
	case "square":
		return x[0].Mul(x[0]), nil
	case "choose":
		return x[0].IfPos(x[1], x[2]), nil
	case "nan":
		return ad.Const[symbolic.Expr](math.NaN()), nil
	case "sum":
		return ad.Sum(x), nil
	case "sumsq":
		return ad.SumSq(x), nil
	case "norm2":
		return ad.Norm2(x), nil
	case "logsumexp":
		return ad.LogSumExp(x), nil
	case "dot":
		return ad.Dot(x[:n/2], x[n/2:]), nil
	}
	names, vars := make([]string, n), make([]symbolic.Expr, n)
	for i := range x {
		names[i] = "a" + strconv.Itoa(i)
		vars[i] = symbolic.Var(names[i])
	}
	e, err := symbolic.Parse(name + "(" + strings.Join(names, ", ") + ")")
	if err != nil {
		return symbolic.Expr{}, err
	}
	return symbolic.Eval(e, vars, x), nil
}

// Recorded returns formulas as a recorded function of the variables vars: the way back
// from Formula, and another way to compile a formula.
//
// Recorded panics, when the function is first used, if a formula has a variable that is
// not among vars.
func Recorded(vars []symbolic.Expr, e ...symbolic.Expr) *reverse.Func {
	return reverse.Record(func(x []reverse.Var) []reverse.Var {
		y := make([]reverse.Var, len(e))
		for i := range e {
			y[i] = symbolic.Eval(e[i], vars, x)
		}
		return y
	}, len(vars))
}
