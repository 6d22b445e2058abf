package symbolic

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
	"github.com/quartet-ad/ad/internal/rule"
)

// A Program computes expressions from the values of variables: a list of instructions
// on registers, in which what the expressions share is computed once. It does not
// change, and may be used by several goroutines at once.
type Program struct {
	code    []instruction
	inputs  int
	results []int32       // their registers
	start   []float64     // the registers before: inputs, and then constants
	short   *shortProgram // the same on 256 registers, if they suffice
	free    sync.Pool     // of *[]float64, registers in which the constants stay
	batches sync.Pool     // of *lanes
}

// An instruction computes a register from others.
type instruction struct {
	op           opcode
	dst, a, b, c int32
	f            func(x float64) float64
	g            func(x, y float64) float64
	lanes        func(dst, x []float64) // f of many, if there is a kernel for it
}

type opcode uint8

const (
	opAdd opcode = iota
	opSub
	opMul
	opDiv
	opNeg
	opIfPos
	opCall
	opCall2
	opSqrt
	opAbs
	opSinCos // sin a, and cos a in b
)

// Compile returns a program that computes the expressions e from the variables vars.
// With Grad and Hess beside an expression, value, gradient and Hessian share what they
// have in common:
//
//	p := symbolic.Compile(vars, append([]symbolic.Expr{e}, symbolic.Grad(e, vars)...)...)
//
// Cost: in proportion to the distinct nodes.
//
// Compile panics if an entry of vars is not a variable, or if an expression has a
// variable that is not among them.
func Compile(vars []Expr, e ...Expr) *Program {
	q := compile(lowered(e)...)
	p := &Program{inputs: len(vars)}
	known := make(map[*node]int32, len(vars))
	for i, v := range vars {
		mustBeVariable("Compile", v)
		known[v.node()] = int32(i)
	}
	a := newAllocation(q)
	p.start = make([]float64, len(vars))
	for i, s := range q.steps {
		switch s.kind {
		case variable:
			at, ok := known[s.node]
			if !ok {
				panic(fmt.Sprintf("symbolic: Compile: the variable %s has no value", plain(s.name)))
			}
			a.register[i] = at
		case constant:
			a.register[i] = int32(len(p.start))
			p.start = append(p.start, s.value())
		}
	}
	a.next = int32(len(p.start))
	twins := q.twins()
	for i, s := range q.steps {
		switch twin := twins[i]; {
		case s.kind == variable || s.kind == constant:
		case 0 <= twin && int(twin) < i: // computed already
			a.release(int32(i), s.a)
		case twin >= 0:
			p.code = append(p.code, a.sinCos(int32(i), twin, s))
		default:
			p.code = append(p.code, a.instruction(i, s))
		}
	}
	p.start = append(p.start, make([]float64, int(a.next)-len(p.start))...)
	p.results = pick(a.register, q.roots)
	p.short = shorten(q, len(vars), known)
	p.free.New = func() any { r := slices.Clone(p.start); return &r }
	p.batches.New = func() any { return newLanes(p) }
	return p
}

// lowered spells out the functions of many numbers, and 1/√x, beside which there is a root
// mostly.
func lowered(e []Expr) []Expr {
	p := compile(e...)
	if !slices.ContainsFunc(p.steps, func(s step) bool { return s.list != nil || s.row == rule.Rsqrt }) {
		return e
	}
	v := make([]Expr, len(p.steps))
	var entries softmaxes[Expr]
	var units unitVectors[Expr]
	for i, s := range p.steps {
		switch s.kind {
		case logSumExp:
			v[i] = ad.FoldN(ad.OpLogSumExp, pick(v, p.lists[s.a]), nil)
		case softmax:
			v[i] = entries.of(s, pick(v, p.lists[s.a])).entry(int(s.bits))
		case softmaxRate:
			v[i] = entries.of(s, pick(v, p.lists[s.a])).rate(s.entries())
		case norm:
			v[i] = ad.FoldN(ad.OpNorm2, pick(v, p.lists[s.a]), nil)
		case normSlope, normCurve:
			v[i] = units.of(s, pick(v, p.lists[s.a])).derivative(s)
		case apply:
			if s.row == rule.Rsqrt { // what its row computes, to the bit
				v[i] = number(1).Div(ad.Abs(ad.Sqrt(v[s.a])))
				continue
			}
			fallthrough
		default:
			v[i] = rebuild(s, p, v)
		}
	}
	return pick(v, p.roots)
}

// An allocation gives registers to steps. One whose last use has come is used again, so
// that they stay in the cache.
type allocation struct {
	register []int32
	last     []int32 // the step that uses it last, beyond all steps for results
	idle     []int32
	next     int32
}

func newAllocation(q *program) *allocation {
	a := &allocation{register: make([]int32, len(q.steps)), last: make([]int32, len(q.steps))}
	for i, s := range q.steps {
		for _, at := range q.operandsOf(s) {
			a.last[at] = int32(i)
		}
	}
	for i, s := range q.steps {
		if s.kind == constant || s.kind == variable {
			a.last[i] = math.MaxInt32
		}
	}
	for _, r := range q.roots {
		a.last[r] = math.MaxInt32
	}
	return a
}

func (a *allocation) instruction(i int, s step) instruction {
	op := instruction{op: opCall}
	operands := []int32{s.a, s.b, s.c}[:len(s.operands())]
	at := [3]int32{}
	for k, o := range operands {
		at[k] = a.register[o]
	}
	op.a, op.b, op.c = at[0], at[1], at[2]
	a.release(int32(i), operands...)
	switch s.kind {
	case add:
		op.op = opAdd
	case sub:
		op.op = opSub
	case mul:
		op.op = opMul
	case div:
		op.op = opDiv
	case neg:
		op.op = opNeg
	case ifPos:
		op.op = opIfPos
	case apply:
		op.call(s.row)
	case apply2:
		op.call2(s)
	}
	op.dst = a.take(int32(i))
	return op
}

// sinCos is the instruction for a sine and a cosine, the steps i and twin.
func (a *allocation) sinCos(i, twin int32, s step) instruction {
	op := instruction{op: opSinCos, a: a.register[s.a]}
	sine, cosine := i, twin
	if s.row == rule.Cos {
		sine, cosine = twin, i
	}
	op.dst, op.b = a.take(sine), a.take(cosine)
	return op
}

// release makes the registers idle that the step i is the last to use.
func (a *allocation) release(i int32, operands ...int32) {
	for k, o := range operands {
		if a.last[o] == i && !slices.Contains(operands[:k], o) {
			a.idle = append(a.idle, a.register[o])
		}
	}
}

// take gives a register to the result of a step.
func (a *allocation) take(i int32) int32 {
	at := a.next
	if n := len(a.idle); n > 0 {
		at, a.idle = a.idle[n-1], a.idle[:n-1]
	} else {
		a.next++
	}
	a.register[i] = at
	return at
}

func (op *instruction) call(row *rule.Func) {
	op.f, op.lanes = row.Value, kernels[row]
	switch row {
	case rule.Sqrt:
		op.op = opSqrt
	case rule.Abs:
		op.op = opAbs
	case rule.Square:
		op.op, op.b = opMul, op.a
	}
}

func (op *instruction) call2(s step) {
	op.op, op.g = opCall2, s.row2.Value
	if c, ok := exponentOf(s.node); ok && c == 2 {
		op.op, op.b = opMul, op.a // the same to the bit
	}
}

// Inputs and Outputs return how many variables and expressions there are.
func (p *Program) Inputs() int  { return p.inputs }
func (p *Program) Outputs() int { return len(p.results) }

// Instructions returns how many operations an evaluation takes.
func (p *Program) Instructions() int { return len(p.code) }

// Eval writes the values of the expressions at x to dst. They are those of the function
// Eval to the bit. It allocates nothing.
//
// Eval panics if dst or x has the wrong length.
func (p *Program) Eval(dst, x []float64) {
	check.Length("symbolic.Program.Eval", "x", len(x), p.inputs)
	check.Length("symbolic.Program.Eval", "dst", len(dst), len(p.results))
	if p.short != nil {
		p.short.eval(dst, x)
		return
	}
	held := p.free.Get().(*[]float64)
	r := *held
	copy(r, x)
	p.exec(r)
	for i, at := range p.results {
		dst[i] = r[at]
	}
	p.free.Put(held)
}

// exec runs the instructions, the frequent ones first: a jump by a table costs more than
// some comparisons that the processor foresees.
func (p *Program) exec(r []float64) {
	for i := range p.code {
		op := &p.code[i]
		switch k := op.op; {
		case k == opMul:
			r[op.dst] = r[op.a] * r[op.b]
		case k == opAdd:
			r[op.dst] = r[op.a] + r[op.b]
		case k == opSub:
			r[op.dst] = r[op.a] - r[op.b]
		case k == opDiv:
			r[op.dst] = r[op.a] / r[op.b]
		case k == opCall:
			r[op.dst] = op.f(r[op.a])
		case k == opCall2:
			r[op.dst] = op.g(r[op.a], r[op.b])
		case k == opNeg:
			r[op.dst] = -r[op.a]
		case k == opSqrt:
			r[op.dst] = math.Sqrt(r[op.a])
		case k == opAbs:
			r[op.dst] = math.Abs(r[op.a])
		case k == opSinCos:
			r[op.dst], r[op.b] = rule.SinCos(r[op.a])
		case k == opIfPos:
			r[op.dst] = choose(r[op.a], r[op.b], r[op.c])
		}
	}
}

// choose returns a where c is positive, b where it is not, and NaN where it is NaN.
func choose(c, a, b float64) float64 {
	switch {
	case c > 0:
		return a
	case c <= 0:
		return b
	}
	return math.NaN()
}

// Func returns e as a function of the values of the variables vars. It may be called by
// several goroutines at once, and allocates nothing.
//
// Func panics like Compile, and the function it returns if it is given another number of
// values.
func Func(e Expr, vars []Expr) func(x []float64) float64 {
	p := Compile(vars, e)
	return func(x []float64) float64 {
		var dst [1]float64
		p.Eval(dst[:], x)
		return dst[0]
	}
}
