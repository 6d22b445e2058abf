package fuzz

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A Program is a differentiable function of one to three numbers: a list of
// statements, each of which computes a number from inputs and from results of
// earlier ones, with branches and bounded loops. A result may be used any number
// of times, or not at all; that of the last statement is the program's.
//
// Programs come from Decode and Random. The zero value is not one.
type Program struct {
	inputs int
	body   []statement
}

// A statement computes one number. Its operands are slots: inputs first, then the
// results of the statements before it.
type statement struct {
	op   int // index into operations
	args []int
	c    float64 // a constant, or the parameter of a function

	// A loop carries one number, which starts as its operand: every round runs
	// the body, which sees it in the first free slot, and carries on its result.
	// What a body computes is not seen outside of it.
	rounds int
	body   []statement
}

// Bounds on what Decode reads.
const (
	maxInputs = 3
	maxCost   = 40 // operations that a program executes
	maxRounds = 4  // of a loop
	maxDepth  = 2  // of loops in loops
	maxList   = 4  // operands of a sum
)

// Inputs returns how many numbers the program takes.
func (p Program) Inputs() int { return p.inputs }

// Cost returns how many operations the program executes. A sum of many numbers
// counts as so many, and a round of a loop as one more than its body.
func (p Program) Cost() int { return cost(p.body) }

func cost(body []statement) int {
	sum := 0
	for _, s := range body {
		sum += s.cost()
	}
	return sum
}

func (s statement) cost() int {
	switch operations[s.op].kind {
	case applyN:
		return len(s.args)
	case loop:
		return 1 + s.rounds*(1+cost(s.body))
	}
	return 1
}

// Eval runs the program at x, over any number type: on plain floats it gives a
// value, on the backends' numbers it is differentiated, on symbolic.Expr it gives
// a formula.
//
// Eval panics if x has not p.Inputs() entries.
func Eval[T ad.Scalar[T]](p Program, x []T) T {
	if len(x) != p.inputs {
		panic(fmt.Sprintf("fuzz: Eval of a program of %d inputs at %d numbers", p.inputs, len(x)))
	}
	return run(p.body, append(make([]T, 0, p.inputs+len(p.body)), x...))
}

// run executes a body and returns its last result, or the last slot if it is
// empty.
func run[T ad.Scalar[T]](body []statement, slots []T) T {
	for _, s := range body {
		slots = append(slots, execute(s, slots))
	}
	return slots[len(slots)-1]
}

func execute[T ad.Scalar[T]](s statement, slots []T) T {
	var x, y T
	if len(s.args) > 0 {
		x = slots[s.args[0]]
	}
	if len(s.args) > 1 {
		y = slots[s.args[1]]
	}
	switch op := operations[s.op]; op.kind {
	case constant:
		return x.Const(s.c)
	case add:
		return x.Add(y)
	case sub:
		return x.Sub(y)
	case mul:
		return x.Mul(y)
	case div:
		return x.Div(y)
	case neg:
		return x.Neg()
	case ifPos:
		return x.IfPos(y, slots[s.args[2]])
	case apply:
		return x.Apply(op.one)
	case apply2:
		return x.Apply2(op.two, y)
	case applyWith:
		return x.Apply2(op.two, x.Const(s.c))
	case applyN:
		list := make([]T, len(s.args))
		for i, a := range s.args {
			list[i] = slots[a]
		}
		return total(op.many, list)
	default: // loop
		for range s.rounds {
			x = run(s.body, append(slots[:len(slots):len(slots)], x))
		}
		return x
	}
}

// total applies a sum-like operation; a dot product takes the first half of the
// list with the second.
func total[T ad.Scalar[T]](op ad.OpN, list []T) T {
	var zero T
	if op == ad.OpDot {
		half := len(list) / 2
		return zero.ApplyN(op, list[:half], list[half:])
	}
	return zero.ApplyN(op, list, nil)
}

// Func returns the program as the judge takes it.
func (p Program) Func() compare.Func {
	return compare.New("program", over[numeric.Real](p), over[dual.Number](p), over[dual.Hyper](p),
		over[reverse.Var](p), over[symbolic.Expr](p))
}

// over returns the program as a function over one number type.
func over[T ad.Scalar[T]](p Program) func([]T) T {
	return func(x []T) T { return Eval(p, x) }
}
