package exercises

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/dual"
)

// A Node is an operation on a tape: what it computed, on which nodes, and its slopes in them.
// Inputs have no operands.
type Node struct {
	Value    float64
	Operands []int
	Slopes   []float64
}

// A Tape is a list of nodes in the order in which they were computed. The inputs come first, and
// Result is the node that is to be differentiated.
type Tape struct {
	Nodes  []Node
	Inputs int
	Result int
}

// Var is a number whose operations a tape records. Its zero value is the constant 0.
type Var struct {
	tape  *Tape
	node  int
	value float64
}

// Record runs a function, and returns the tape of it.
func Record(f func(x []Var) Var, x []float64) *Tape {
	t := &Tape{Inputs: len(x)}
	in := make([]Var, len(x))
	for i, v := range x {
		in[i] = Var{t, i, v}
		t.Nodes = append(t.Nodes, Node{Value: v})
	}
	y := f(in)
	if y.tape == nil { // a constant: 0 times an input keeps it on the tape
		y = in[0].Mul(Var{}).Add(y)
	}
	t.Result = y.node
	return t
}

// push records an operation. Constants are no operands.
func push(value float64, x []Var, slopes ...float64) Var {
	var t *Tape
	n := Node{Value: value}
	for i, v := range x {
		if v.tape != nil {
			t = v.tape
			n.Operands, n.Slopes = append(n.Operands, v.node), append(n.Slopes, slopes[i])
		}
	}
	if t == nil {
		return Var{value: value}
	}
	t.Nodes = append(t.Nodes, n)
	return Var{t, len(t.Nodes) - 1, value}
}

// Add returns x + y.
func (x Var) Add(y Var) Var { return push(x.value+y.value, []Var{x, y}, 1, 1) }

// Sub returns x - y.
func (x Var) Sub(y Var) Var { return push(x.value-y.value, []Var{x, y}, 1, -1) }

// Mul returns x * y.
func (x Var) Mul(y Var) Var { return push(x.value*y.value, []Var{x, y}, y.value, x.value) }

// Div returns x / y.
func (x Var) Div(y Var) Var {
	q := x.value / y.value
	return push(q, []Var{x, y}, 1/y.value, -q/y.value)
}

// Neg returns -x.
func (x Var) Neg() Var { return push(-x.value, []Var{x}, -1) }

// Const returns the constant c.
func (Var) Const(c float64) Var { return Var{value: c} }

// Apply returns the elementary function op of x. Its slope comes from package dual, which is
// trusted here.
func (x Var) Apply(op ad.Op) Var {
	y := dual.New(x.value, 1).Apply(op)
	return push(y.Value(), []Var{x}, y.Tangent())
}

// Apply2 returns the elementary function op of x and y.
func (x Var) Apply2(op ad.Op2, y Var) Var {
	a := dual.New(x.value, 1).Apply2(op, dual.New(y.value, 0))
	b := dual.New(x.value, 0).Apply2(op, dual.New(y.value, 1))
	return push(a.Value(), []Var{x, y}, a.Tangent(), b.Tangent())
}

// ApplyN returns the sum-like function op of x and y, by smaller operations.
func (Var) ApplyN(op ad.OpN, x, y []Var) Var { return ad.FoldN(op, x, y) }

// IfPos returns a where x is positive, and b elsewhere.
func (x Var) IfPos(a, b Var) Var {
	if x.value > 0 {
		return a
	}
	return b
}
