package ad

import "github.com/quartet-ad/ad/internal/rule"

// Func is one elementary function of one variable: its value, first and second
// derivative in Go, and its first derivative once more as text. A user's own
// function is a literal of this type handed to NewOp; it then works on every
// number type, and package compare checks its columns against each other.
type Func = rule.Func

// Kink is a point where a function has no derivative, and the slope that every
// mode agrees to return there.
type Kink = rule.Kink

// Func2 is one elementary function of two variables; see Func.
type Func2 = rule.Func2

// FuncN is one sum-like function of many numbers.
type FuncN = rule.FuncN

// Op names an elementary function of one variable for Scalar's Apply.
type Op struct{ row *rule.Func }

// NewOp returns the operation that row describes. The row must not change
// afterwards.
//
// NewOp panics if Name, Value or Slope is missing. Curve is needed for second
// derivatives and Text for symbolic ones; where it is missing, those panic with
// the function's name.
func NewOp(row *Func) Op {
	if row.Name == "" || row.Value == nil || row.Slope == nil {
		panic("ad: NewOp: a Func needs a Name, a Value and a Slope; this one is " + quoted(row.Name))
	}
	return Op{row}
}

// Func returns the row that the operation stands for.
func (op Op) Func() *Func { return op.row }

// String returns the function's name.
func (op Op) String() string { return op.row.Name }

// Op2 names an elementary function of two variables for Scalar's Apply2.
type Op2 struct{ row *rule.Func2 }

// NewOp2 returns the operation that row describes. The row must not change
// afterwards.
//
// NewOp2 panics if Name, Value, SlopeX or SlopeY is missing.
func NewOp2(row *Func2) Op2 {
	if row.Name == "" || row.Value == nil || row.SlopeX == nil || row.SlopeY == nil {
		panic("ad: NewOp2: a Func2 needs a Name, a Value, a SlopeX and a SlopeY; this one is " + quoted(row.Name))
	}
	return Op2{row}
}

// Func returns the row that the operation stands for.
func (op Op2) Func() *Func2 { return op.row }

// String returns the function's name.
func (op Op2) String() string { return op.row.Name }

// OpN names a sum-like function of many numbers for Scalar's ApplyN. The set is
// closed: OpSum, OpDot, OpSumSq, OpNorm2 and OpLogSumExp.
type OpN struct{ row *rule.FuncN }

// Func returns the row that the operation stands for.
func (op OpN) Func() *FuncN { return op.row }

// String returns the function's name.
func (op OpN) String() string { return op.row.Name }

func quoted(name string) string {
	if name == "" {
		return "nameless"
	}
	return `"` + name + `"`
}
