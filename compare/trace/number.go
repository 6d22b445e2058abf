package trace

import (
	"github.com/quartet-ad/ad"
)

// Number is the number type that functions are traced over. Each run of a function puts
// the numbers of one engine behind it: plain floats, dual numbers, variables of a tape,
// expressions. A Number only forwards what it is asked, and notes it. Its zero value is
// the constant 0.
//
// Less and Float may be used. On paper they go by the values at the point, so that the
// formula is that of the path taken there.
type Number struct {
	run machine // nil for a constant
	at  int     // the line that computes it
	c   float64 // the value of a constant
}

// A machine is an engine with the numbers of one run of a function.
type machine interface {
	// perform executes an operation of which not all operands are constants.
	perform(o operation, x []Number) Number

	less(x, y Number) bool
	float(x Number) float64
}

// An operation is what was asked of a Number.
type operation struct {
	name string
	op   ad.Op
	op2  ad.Op2
	opN  ad.OpN
	nx   int // of opN, how many operands belong to the first list
}

// of executes an operation on the numbers of an engine.
func of[T ad.Scalar[T]](o operation, x []T) T {
	switch o.name {
	case "add":
		return x[0].Add(x[1])
	case "sub":
		return x[0].Sub(x[1])
	case "mul":
		return x[0].Mul(x[1])
	case "div":
		return x[0].Div(x[1])
	case "neg":
		return x[0].Neg()
	case "ifpos":
		return x[0].IfPos(x[1], x[2])
	}
	var zero T
	switch {
	case o.op != ad.Op{}:
		return x[0].Apply(o.op)
	case o.op2 != ad.Op2{}:
		return x[0].Apply2(o.op2, x[1])
	}
	return zero.ApplyN(o.opN, x[:o.nx], x[o.nx:])
}

// perform executes an operation where its operands live: constants are computed at once.
func perform(o operation, x ...Number) Number {
	for _, v := range x {
		if v.run != nil {
			return v.run.perform(o, x)
		}
	}
	values := make([]ad.Real, len(x))
	for i, v := range x {
		values[i] = ad.Real(v.c)
	}
	return Number{c: float64(of(o, values))}
}

// Add returns x + y.
func (x Number) Add(y Number) Number { return perform(operation{name: "add"}, x, y) }

// Sub returns x - y.
func (x Number) Sub(y Number) Number { return perform(operation{name: "sub"}, x, y) }

// Mul returns x * y.
func (x Number) Mul(y Number) Number { return perform(operation{name: "mul"}, x, y) }

// Div returns x / y.
func (x Number) Div(y Number) Number { return perform(operation{name: "div"}, x, y) }

// Neg returns -x.
func (x Number) Neg() Number { return perform(operation{name: "neg"}, x) }

// IfPos returns a where x is positive, b where it is zero or negative, and NaN where it is
// NaN.
func (x Number) IfPos(a, b Number) Number {
	if x.run == nil && x.c > 0 {
		return a
	}
	if x.run == nil && x.c <= 0 {
		return b
	}
	return perform(operation{name: "ifpos"}, x, a, b)
}

// Const returns the constant c. The receiver is not read.
func (Number) Const(c float64) Number { return Number{c: c} }

// Apply returns the elementary function op of x.
func (x Number) Apply(op ad.Op) Number { return perform(operation{name: op.String(), op: op}, x) }

// Apply2 returns the elementary function op of x and y.
func (x Number) Apply2(op ad.Op2, y Number) Number {
	return perform(operation{name: op.String(), op2: op}, x, y)
}

// ApplyN returns the sum-like function op of x and y.
func (Number) ApplyN(op ad.OpN, x, y []Number) Number {
	all := append(append([]Number(nil), x...), y...)
	return perform(operation{name: op.String(), opN: op, nx: len(x)}, all...)
}

// Float returns the value without its derivative: a stop-gradient. See ad.Ordered.
func (x Number) Float() float64 {
	if x.run == nil {
		return x.c
	}
	return x.run.float(x)
}

// Less reports whether the value of x is less than that of y.
func (x Number) Less(y Number) bool {
	switch {
	case x.run != nil:
		return x.run.less(x, y)
	case y.run != nil:
		return y.run.less(x, y)
	}
	return x.c < y.c
}
