package onnx

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
)

// A number is a value of a graph that satisfies ad.Scalar: what is done with it is written down.
// One without a graph is the constant c.
type number struct {
	g    *graph
	name string
	c    float64
}

// on returns x as a value of a graph.
func (x number) on(g *graph) number {
	if x.g != nil {
		return x
	}
	return number{g: g, name: g.constant(x.c)}
}

// do returns the result of an operator of numbers, of which one is no constant.
func do(op string, x ...number) number {
	var g *graph
	for _, v := range x {
		if v.g != nil {
			g = v.g
		}
	}
	names := make([]string, len(x))
	for i, v := range x {
		names[i] = v.on(g).name
	}
	return number{g: g, name: g.node(op, names)}
}

// both reports whether both numbers are constants.
func both(x, y number) bool { return x.g == nil && y.g == nil }

func (x number) Add(y number) number {
	if both(x, y) {
		return number{c: x.c + y.c}
	}
	return do("Add", x, y)
}

func (x number) Sub(y number) number {
	if both(x, y) {
		return number{c: x.c - y.c}
	}
	return do("Sub", x, y)
}

func (x number) Mul(y number) number {
	if both(x, y) {
		return number{c: x.c * y.c}
	}
	return do("Mul", x, y)
}

func (x number) Div(y number) number {
	if both(x, y) {
		return number{c: x.c / y.c}
	}
	return do("Div", x, y)
}

func (x number) Neg() number {
	if x.g == nil {
		return number{c: -x.c}
	}
	return do("Neg", x)
}

func (x number) IfPos(a, b number) number {
	if x.g == nil {
		switch {
		case x.c > 0:
			return a
		case x.c <= 0:
			return b
		}
		return number{c: math.NaN()}
	}
	return where(do("Greater", x, number{}), a, where(do("LessOrEqual", x, number{}), b, number{c: math.NaN()}))
}

// where returns a where a condition holds, else b.
func where(condition, a, b number) number { return do("Where", condition, a, b) }

func (number) Const(c float64) number { return number{c: c} }

func (x number) Apply(op ad.Op) number {
	if x.g == nil {
		return number{c: op.Func().Value(x.c)}
	}
	f := elementary[op.String()]
	if f == nil {
		panic(unknown(op.String()))
	}
	return f(x)
}

func (x number) Apply2(op ad.Op2, y number) number {
	if both(x, y) {
		return number{c: op.Func().Value(x.c, y.c)}
	}
	f := elementary2[op.String()]
	if f == nil {
		panic(unknown(op.String()))
	}
	g := x.g
	if g == nil {
		g = y.g
	}
	return f(x.on(g), y.on(g))
}

func (number) ApplyN(op ad.OpN, x, y []number) number { return ad.FoldN(op, x, y) }

// unknown is the panic of an elementary function that no operators make up.
type unknown string

func (u unknown) Error() string {
	return fmt.Sprintf("the function %s cannot be said in ONNX", string(u))
}
