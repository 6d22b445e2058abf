package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad"
	reference "github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/symbolic"
)

// elementary returns the function of a case of golden's elementary family, of
// those of its arguments that are variables, or of one of its expressions.
func elementary[T ad.Scalar[T]](c reference.Case) (func([]T) []T, error) {
	switch c.Op {
	case "expression":
		return expression[T](c)
	case "softmax":
		return ad.Softmax[T], nil
	case "log_softmax":
		return ad.LogSoftmax[T], nil
	case "logsumexp":
		return one(ad.LogSumExp[T]), nil
	case "prod":
		return one(ad.Prod[T]), nil
	case "norm2":
		return one(ad.Norm2[T]), nil
	case "var":
		correction := c.Params["correction"].(float64)
		return one(func(x []T) T { return ad.Variance(x, correction) }), nil
	}
	vars, e, err := formula(c)
	return one(func(x []T) T { return symbolic.Eval(e, vars, x) }), err
}

// one makes a function of one result of many.
func one[T any](f func([]T) T) func([]T) []T {
	return func(x []T) []T { return []T{f(x)} }
}

// formula returns a case of one or two numbers as an expression in its
// variables.
func formula(c reference.Case) (vars []symbolic.Expr, e symbolic.Expr, err error) {
	var args []string
	for _, name := range []string{"x", "y"} {
		in, ok := c.Inputs[name]
		switch {
		case !ok:
		case c.Params["const"] == name:
			args = append(args, number(in.Float()))
		default:
			args = append(args, name)
			vars = append(vars, symbolic.Var(name))
		}
	}
	for _, name := range []string{"beta", "negative_slope", "alpha", "min", "max", "lambda"} {
		if p, ok := c.Params[name].(float64); ok {
			args = append(args, number(p))
		}
	}
	e, err = symbolic.Parse(c.Op + "(" + strings.Join(args, ", ") + ")")
	if err != nil {
		err = fmt.Errorf("%s: %v", c.ID, err)
	}
	return vars, e, err
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// variables returns the names of the arguments of a case that are variables.
func variables(c reference.Case) []string {
	var names []string
	for _, name := range []string{"x", "y"} {
		if _, ok := c.Inputs[name]; ok && c.Params["const"] != name {
			names = append(names, name)
		}
	}
	return names
}

// reference values of a case: of value, Jacobian and Hessians, flat.
func expected(c reference.Case) [3][]float64 {
	want := [3][]float64{c.Value.Floats()}
	if c.Jac != nil { // a function of a vector
		want[1], want[2] = c.Jac["x"].Floats(), c.Hess["x,x"].Floats()
		return want
	}
	names := variables(c)
	for _, a := range names {
		want[1] = append(want[1], c.Grads[a].Floats()...)
		for _, b := range names {
			want[2] = append(want[2], c.Hess[min(a, b)+","+max(a, b)].Floats()...)
		}
	}
	if c.Op == "expression" {
		// The reference's Hessians are differences in 60-digit arithmetic,
		// which leaves some 1e-180 of an entry that is 0.
		for i, h := range want[2] {
			if math.Abs(h) < 1e-100 {
				want[2][i] = 0
			}
		}
	}
	return want
}

// point returns the values of the variables of a case.
func point(c reference.Case) []float64 {
	var x []float64
	for _, name := range variables(c) {
		x = append(x, c.Inputs[name].Floats()...)
	}
	return x
}
