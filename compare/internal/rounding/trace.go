package rounding

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// A Trace is a function at a point: its statements in the order in which they were
// executed. The inputs are the first.
type Trace struct {
	X          []float64
	Statements []Statement
	Branches   []Branch

	// Lost says that there was a NaN on the way which decided a branch, or which a
	// function of two variables did not look at.
	Lost bool

	// Lost2 says that a second derivative on the way is none, or has overflowed, or that
	// something there is infinite.
	Lost2 bool

	out  []Number
	uses []int32 // of every statement: how many operands it is
}

// A Statement is one operation and its result. A constant operand has the index -1.
type Statement struct {
	Kind   Kind
	A, B   int32
	VA, VB float64 // the operands' values
	V      float64
	Op     ad.Op  // of kind Apply
	Op2    ad.Op2 // of kind Apply2

	partials
}

// A Branch is a decision that the function took on a number.
type Branch struct {
	On    int32
	Value float64
}

// Name returns what the statement does, in the words of package reverse.
func (s *Statement) Name() string {
	switch s.Kind {
	case Apply:
		return s.Op.Func().Name
	case Apply2:
		return s.Op2.Func().Name
	}
	return [...]string{"input", "add", "sub", "mul", "div", "neg"}[s.Kind]
}

// Args returns the values of the operands.
func (s *Statement) Args() []float64 {
	switch s.Kind {
	case Input:
		return nil
	case Neg, Apply:
		return []float64{s.VA}
	}
	return []float64{s.VA, s.VB}
}

// Results returns the statements that the results are, -1 for a constant.
func (t *Trace) Results() []int {
	ids := make([]int, len(t.out))
	for k, y := range t.out {
		if ids[k] = -1; y.t != nil {
			ids[k] = int(y.id)
		}
	}
	return ids
}

// Kind is what a statement does.
type Kind uint8

// The kinds of statements.
const (
	Input Kind = iota
	Add
	Sub
	Mul
	Div
	Neg
	Apply
	Apply2
)

// linear reports whether a statement has no second derivatives.
func (s *Statement) linear() bool { return s.Kind == Add || s.Kind == Sub || s.Kind == Neg }

// A Number is a float that writes down what is done with it. A constant belongs to no
// trace.
type Number struct {
	V   float64
	err float64 // of a constant: how far it may be off
	id  int32
	t   *Trace
}

// Record returns the trace of formulas at x.
func Record(formulas, vars []symbolic.Expr, x []float64) *Trace {
	t := &Trace{X: x}
	in := make([]Number, len(x))
	for i, v := range x {
		in[i] = t.append(Statement{Kind: Input, A: -1, B: -1, V: v})
	}
	for _, e := range formulas {
		t.out = append(t.out, symbolic.Eval(e, vars, in))
	}
	t.uses = make([]int32, len(t.Statements))
	for _, s := range t.Statements {
		if s.A >= 0 {
			t.uses[s.A]++
		}
		if s.B >= 0 {
			t.uses[s.B]++
		}
	}
	return t
}

func (t *Trace) append(s Statement) Number {
	t.Statements = append(t.Statements, s)
	return Number{V: s.V, id: int32(len(t.Statements) - 1), t: t}
}

// with returns the result of an operation, v, where one operand at least may move.
func (x Number) with(y Number, s Statement) Number {
	t := x.t
	if t == nil {
		t = y.t
	}
	s.A, s.B, s.VA, s.VB = -1, -1, x.V, y.V
	if x.t != nil {
		s.A = x.id
	}
	if y.t != nil {
		s.B = y.id
	}
	s.differentiate(x.err, y.err)
	if t == nil {
		z := Number{V: s.V, err: s.rounding()}
		if s.V == x.V && (s.Kind == Add || s.Kind == Sub) || s.Kind == Neg {
			z.err = x.err + y.err
		}
		return z
	}
	t.Lost2 = t.Lost2 || s.lost2()
	t.Lost = t.Lost || s.Kind == Apply2 && (x.V != x.V || y.V != y.V) && s.V == s.V
	return t.append(s)
}

// Add, Sub, Mul, Div and Neg append a statement to the trace.
func (x Number) Add(y Number) Number { return x.with(y, Statement{Kind: Add, V: x.V + y.V}) }
func (x Number) Sub(y Number) Number { return x.with(y, Statement{Kind: Sub, V: x.V - y.V}) }
func (x Number) Mul(y Number) Number { return x.with(y, Statement{Kind: Mul, V: x.V * y.V}) }
func (x Number) Div(y Number) Number { return x.with(y, Statement{Kind: Div, V: x.V / y.V}) }
func (x Number) Neg() Number         { return x.with(Number{}, Statement{Kind: Neg, V: -x.V}) }

// IfPos returns the branch that x takes, and notes that it was taken.
func (x Number) IfPos(a, b Number) Number {
	if x.t != nil {
		x.t.Branches = append(x.t.Branches, Branch{x.id, x.V})
		x.t.Lost = x.t.Lost || x.V != x.V
	}
	switch {
	case x.V > 0:
		return a
	case x.V <= 0:
		return b
	}
	return Number{V: math.NaN()}
}

// Const returns the constant c.
func (Number) Const(c float64) Number { return Number{V: c} }

// Apply appends the elementary function op of x.
func (x Number) Apply(op ad.Op) Number {
	return x.with(Number{}, Statement{Kind: Apply, Op: op, V: op.Func().Value(x.V)})
}

// Apply2 appends the elementary function op of x and y.
func (x Number) Apply2(op ad.Op2, y Number) Number {
	return x.with(y, Statement{Kind: Apply2, Op2: op, V: op.Func().Value(x.V, y.V)})
}

// ApplyN appends the smaller operations that op is made of.
func (Number) ApplyN(op ad.OpN, x, y []Number) Number { return ad.FoldN(op, x, y) }

// eval executes a statement on other operands.
func (s *Statement) eval(a, b float64) float64 {
	switch s.Kind {
	case Add:
		return a + b
	case Sub:
		return a - b
	case Mul:
		return a * b
	case Div:
		return a / b
	case Neg:
		return -a
	case Apply:
		return s.Op.Func().Value(a)
	case Apply2:
		return s.Op2.Func().Value(a, b)
	}
	return s.V
}

// At returns the values of all statements where the inputs are x, on the branches that
// were taken at the trace's own point, and whether branches would go another way.
func (t *Trace) At(x []float64) (values []float64, parted bool) {
	values = make([]float64, len(t.Statements))
	for k := range t.Statements {
		s := &t.Statements[k]
		if s.Kind == Input {
			values[k] = x[k]
			continue
		}
		a, b := s.VA, s.VB
		if s.A >= 0 {
			a = values[s.A]
		}
		if s.B >= 0 {
			b = values[s.B]
		}
		values[k] = s.eval(a, b)
	}
	for _, b := range t.Branches {
		parted = parted || (b.Value > 0) != (values[b.On] > 0)
	}
	return values, parted
}
