package trace

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// fromText returns the function that a text writes, and its formula. Its operations are
// executed level by level, those of numbers and inputs first: so the literature numbers
// them. Within a level they stand from left to right.
func fromText(text string, vars []symbolic.Expr) (Function, symbolic.Expr, error) {
	formula, list, err := symbolic.ParseWritten(text, vars...)
	if err != nil {
		return nil, formula, err
	}
	input := make(map[symbolic.Expr]int)
	for i, v := range vars {
		input[v] = i
	}
	calls := make([]call, len(list))
	var order []int // of the operations
	for i, w := range list {
		c := &calls[i]
		c.args = w.Args
		switch w.Name {
		case "number":
			c.constant = &Number{c: w.Value}
			continue
		case "variable":
			k, ok := input[w.Var]
			if !ok {
				return nil, formula, fmt.Errorf("%s has no value", w.Var.Infix())
			}
			c.input = k
			continue
		}
		args, constant := make([]Number, len(w.Args)), true
		for k, a := range w.Args {
			c.level = max(c.level, calls[a].level+1)
			if calls[a].constant == nil {
				constant = false
			} else {
				args[k] = *calls[a].constant
			}
		}
		if c.apply, err = function(w.Name, args); err != nil {
			return nil, formula, err
		}
		if constant {
			y := c.apply(args)
			*c = call{constant: &y}
			continue
		}
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return calls[a].level - calls[b].level })
	return func(x []Number) Number {
		y := make([]Number, len(calls))
		for i, c := range calls {
			if c.constant != nil {
				y[i] = *c.constant
			} else if c.apply == nil {
				y[i] = x[c.input]
			}
		}
		var args []Number
		for _, i := range order {
			args = args[:0]
			for _, a := range calls[i].args {
				args = append(args, y[a])
			}
			y[i] = calls[i].apply(args)
		}
		return y[len(y)-1]
	}, formula, nil
}

// A call is an operation of a text: a constant, an input, or a function of others.
type call struct {
	constant *Number
	input    int
	apply    func([]Number) Number
	args     []int
	level    int
}

// function returns the function of that name. Args are those that are constants; others
// are the zero value.
func function(name string, args []Number) (func(x []Number) Number, error) {
	two := func(f func(x, y Number) Number) (func(x []Number) Number, error) {
		return func(x []Number) Number { return f(x[0], x[1]) }, nil
	}
	switch name {
	case "add":
		return two(Number.Add)
	case "sub":
		return two(Number.Sub)
	case "mul":
		return two(Number.Mul)
	case "div":
		return two(Number.Div)
	case "pow":
		return two(ad.Pow[Number])
	case "neg":
		return func(x []Number) Number { return x[0].Neg() }, nil
	case "ifpos":
		return func(x []Number) Number { return x[0].IfPos(x[1], x[2]) }, nil
	case "sum":
		return ad.Sum[Number], nil
	case "mean":
		return ad.Mean[Number], nil
	case "sumsq":
		return ad.SumSq[Number], nil
	case "norm2":
		return ad.Norm2[Number], nil
	case "logsumexp":
		return ad.LogSumExp[Number], nil
	}
	vars, texts := make([]symbolic.Expr, len(args)), make([]string, len(args))
	for i := range args {
		texts[i] = "a" + strconv.Itoa(i)
		vars[i] = symbolic.Var(texts[i])
		if i > 0 && (name == "clamp" || name == "hardtanh") { // bounds have to be numbers
			texts[i] = strconv.FormatFloat(args[i].c, 'g', -1, 64)
			texts[i] = strings.TrimPrefix(texts[i], "+")
		}
	}
	e, err := symbolic.Parse(name + "(" + strings.Join(texts, ", ") + ")")
	if err != nil {
		return nil, err
	}
	return replay(e, vars), nil
}

// replay returns an expression as a function: its operations are noted once.
func replay(e symbolic.Expr, vars []symbolic.Expr) func(x []Number) Number {
	var log []step
	run := &engine[ad.Real]{log: &log}
	y := symbolic.Eval(e, vars, run.start(make([]ad.Real, len(vars))))
	return func(x []Number) Number {
		v := append(make([]Number, 0, len(x)+len(log)), x...)
		now := func(a Number) Number {
			if a.run == nil {
				return a
			}
			return v[a.at]
		}
		var args []Number
		for _, s := range log {
			args = args[:0]
			for _, a := range s.x {
				args = append(args, now(a))
			}
			if s.name == "ifpos" {
				v = append(v, args[0].IfPos(args[1], args[2]))
			} else {
				v = append(v, perform(s.operation, args...))
			}
		}
		return now(y)
	}
}
