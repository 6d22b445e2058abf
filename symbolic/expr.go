package symbolic

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// Expr is a formula. Two expressions are == if they are built alike. The zero
// value is the constant 0.
type Expr struct {
	n *node // nil is the constant +0
}

// A node is one operation of a formula. Nodes are interned and never change.
type node struct {
	key
	hash uint64

	// size counts the nodes of the printed tree, in which what is shared
	// appears again and again, and the letters of its variables.
	size float64

	depth int // operations below one another

	// list holds the operands of a function of many numbers; they are part of the key
	// as a chain of nodes of their own.
	list []*node

	program programCache
}

// A key says what a node is; equal keys are the same node.
type key struct {
	kind kind
	args [3]*node

	name string      // of a variable
	bits uint64      // of a constant: +0 and -0 differ, NaN equals itself; of a variable, its trace; of softmax, the entry
	row  *rule.Func  // of a function of one variable
	row2 *rule.Func2 // of a function of two variables
}

type kind uint8

const (
	constant kind = iota
	variable
	add
	sub
	mul
	div
	neg
	ifPos
	apply
	apply2
	logSumExp
	softmax     // the entry bits of it
	softmaxRate // the slope of an entry in another operand: the entry in the low half of bits, the operand in the high half
	norm        // of three numbers or more
	normSlope   // its slope in the operand bits
	normCurve   // the slope of that in another operand, as above
	link        // of a list: an operand and the links behind it; no expression by itself
)

// isMany reports whether a kind is a function of many numbers.
func (k kind) isMany() bool { return logSumExp <= k && k <= normCurve }

// operands returns the operands of a node.
func (n *node) operands() []*node {
	if n.kind.isMany() {
		return n.list
	}
	return n.parts()
}

// parts returns the nodes that a key refers to.
func (k *key) parts() []*node {
	switch k.kind {
	case constant, variable:
		return nil
	case neg, apply, logSumExp, softmax, softmaxRate, norm, normSlope, normCurve:
		return k.args[:1]
	case ifPos:
		return k.args[:3]
	case link:
		if k.args[1] == nil {
			return k.args[:1]
		}
	}
	return k.args[:2]
}

func (k *key) value() float64 { return math.Float64frombits(k.bits) }

var zeroNode = intern(key{kind: constant})

func (e Expr) node() *node {
	if e.n == nil {
		return zeroNode
	}
	return e.n
}

func build(k key) Expr { return wrap(intern(k)) }

func wrap(n *node) Expr {
	if n == zeroNode {
		return Expr{}
	}
	return Expr{n}
}

// number returns the value of a constant expression.
func (e Expr) number() (c float64, ok bool) {
	n := e.node()
	return n.value(), n.kind == constant
}

// is reports whether e is the constant c, to the sign of zero.
func (e Expr) is(c float64) bool {
	v, ok := e.number()
	return ok && math.Float64bits(v) == math.Float64bits(c)
}

// Var returns the variable of that name.
//
// Var panics if the name is not one that Parse reads as a variable: a letter or
// an underscore followed by letters, digits and underscores, other than NaN and
// Inf. Parse reads pi and π as a number unless it is given Var("pi") or Var("π").
func Var(name string) Expr {
	if !isName(name) || name == "NaN" || name == "Inf" {
		panic(fmt.Sprintf("symbolic: Var(%s): not the name of a variable", quoted(name)))
	}
	return build(key{kind: variable, name: name})
}

// Const returns the constant c. The receiver is not read.
func (Expr) Const(c float64) Expr {
	if c != c {
		c = math.NaN() // one NaN for all
	}
	return build(key{kind: constant, bits: math.Float64bits(c)})
}

func number(c float64) Expr { return Expr{}.Const(c) }

// Add returns x + y.
func (x Expr) Add(y Expr) Expr {
	if a, b, ok := numbers(x, y); ok {
		return number(a + b)
	}
	if y, ok := y.negated(); ok {
		return x.Sub(y)
	}
	if x, ok := x.negated(); ok {
		return y.Sub(x)
	}
	return build(key{kind: add, args: [3]*node{x.node(), y.node()}})
}

// Sub returns x - y.
func (x Expr) Sub(y Expr) Expr {
	if a, b, ok := numbers(x, y); ok {
		return number(a - b)
	}
	if y.is(0) {
		return x
	}
	if y, ok := y.negated(); ok {
		return x.Add(y)
	}
	return build(key{kind: sub, args: [3]*node{x.node(), y.node()}})
}

// Mul returns x * y.
func (x Expr) Mul(y Expr) Expr {
	if a, b, ok := numbers(x, y); ok {
		return number(a * b)
	}
	switch {
	case x.is(1):
		return y
	case y.is(1):
		return x
	case x.is(-1):
		return y.Neg()
	case y.is(-1):
		return x.Neg()
	}
	if x, ok := x.negated(); ok {
		return x.Mul(y).Neg()
	}
	if y, ok := y.negated(); ok {
		return x.Mul(y).Neg()
	}
	return build(key{kind: mul, args: [3]*node{x.node(), y.node()}})
}

// Div returns x / y.
func (x Expr) Div(y Expr) Expr {
	if a, b, ok := numbers(x, y); ok {
		return number(a / b)
	}
	if y.is(1) {
		return x
	}
	if x, ok := x.negated(); ok {
		return x.Div(y).Neg()
	}
	if y, ok := y.negated(); ok {
		return x.Div(y).Neg()
	}
	return build(key{kind: div, args: [3]*node{x.node(), y.node()}})
}

// Neg returns -x.
func (x Expr) Neg() Expr {
	if a, ok := x.number(); ok {
		return number(-a)
	}
	if y, ok := x.negated(); ok {
		return y
	}
	return build(key{kind: neg, args: [3]*node{x.node()}})
}

// negated returns what x is the negative of, if it is one.
func (x Expr) negated() (y Expr, ok bool) {
	if n := x.node(); n.kind == neg {
		return wrap(n.args[0]), true
	}
	return Expr{}, false
}

// numbers returns the values of two constants.
func numbers(x, y Expr) (a, b float64, ok bool) {
	a, okA := x.number()
	b, okB := y.number()
	return a, b, okA && okB
}

// IfPos returns the expression that is a where x is positive, b where it is zero
// or negative, and NaN where it is NaN.
func (x Expr) IfPos(a, b Expr) Expr {
	if c, ok := x.number(); ok {
		switch {
		case c > 0:
			return a
		case c <= 0:
			return b
		}
		if _, _, ok := numbers(a, b); ok {
			return number(c)
		}
	}
	return build(key{kind: ifPos, args: [3]*node{x.node(), a.node(), b.node()}})
}

// Apply returns the elementary function op of x.
func (x Expr) Apply(op ad.Op) Expr {
	return build(key{kind: apply, args: [3]*node{x.node()}, row: (*rule.Func)(op.Func())})
}

// Apply2 returns the elementary function op of x and y.
func (x Expr) Apply2(op ad.Op2, y Expr) Expr {
	switch {
	case op == ad.OpPow && y.is(1):
		return x
	case op.Func() == (*ad.Func2)(rule.PowSlope):
		if c, ok := y.number(); ok && c == 0 {
			return Expr{}
		} else if ok && oneLess(c) {
			return y.Mul(x.Apply2(ad.OpPow, number(c-1)))
		}
	}
	return build(key{kind: apply2, args: [3]*node{x.node(), y.node()}, row2: (*rule.Func2)(op.Func())})
}

// oneLess reports whether the float64 c-1 is a whole number if c is, odd if c is even: as
// an exponent of a negative number it decides the sign.
func oneLess(c float64) bool {
	whole := func(c float64) bool { return c == math.Trunc(c) }
	return math.Abs(c) < 1<<53 && whole(c) == whole(c-1)
}

// ApplyN returns the sum-like function op of x and y. Log-sum-exp is an operation of
// its own, whose derivative is the softmax, and so is the norm of more than two numbers,
// whose derivative is the unit vector; the others are spelt out.
func (Expr) ApplyN(op ad.OpN, x, y []Expr) Expr {
	if op == ad.OpNorm2 && len(x) > 1 {
		if len(x) == 2 {
			return ad.Hypot(x[0], x[1])
		}
		return many(key{kind: norm}, x)
	}
	if op == ad.OpLogSumExp && len(x) > 0 {
		return many(key{kind: logSumExp}, x)
	}
	return ad.FoldN(op, x, y)
}

// Nodes returns how many distinct operations, numbers and variables e has: the size of
// its graph.
func (e Expr) Nodes() int { return len(e.compile().steps) }

// Terms returns how many operations, numbers and variables e is printed with: the size of
// its tree, in which what is shared is there again and again. It may be more than 2^53,
// and is +Inf beyond the range of float64.
func (e Expr) Terms() float64 {
	p := e.compile()
	n := make([]float64, len(p.steps))
	for i, s := range p.steps {
		n[i] = 1
		for _, at := range p.operandsOf(s) {
			n[i] += n[at]
		}
	}
	return n[p.roots[0]]
}
