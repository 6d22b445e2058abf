package ad

import "github.com/quartet-ad/ad/internal/rule"

// Func is one elementary function of one variable: its value, first and second
// derivative in Go, and its first derivative once more as text. A user's own
// function is a literal of this type handed to NewOp; it then works on every
// number type, and package compare checks its columns against each other.
type Func struct {
	// Name is the name under which symbolic.Parse knows the function.
	Name string

	// Value returns the function's value.
	Value func(x float64) float64

	// Slope returns the first derivative at x, where y = Value(x).
	Slope func(x, y float64) float64

	// Curve returns the second derivative at x, where y = Value(x). It may be
	// nil in a user's own row; second-order modes then panic with its name.
	Curve func(x, y float64) float64

	// Text is the first derivative as symbolic.Parse reads it, in the
	// variable x. It may be empty in a user's own row; symbolic then panics with
	// its name.
	Text string

	// Lo and Hi bound an interval where the function is smooth but for Kinks,
	// to sample from.
	Lo, Hi float64

	// Kinks are the points between Lo and Hi where the function is not
	// differentiable, and the slope agreed there.
	Kinks []Kink
}

// Kink is a point where a function has no derivative, and the slope that every
// mode agrees to return there.
type Kink = struct{ At, Slope float64 }

// Func2 is one elementary function z of two variables x and y; see Func.
type Func2 struct {
	// Name is the name under which symbolic.Parse knows the function.
	Name string

	// Value returns the function's value.
	Value func(x, y float64) float64

	// SlopeX and SlopeY return the first partial derivatives, where
	// z = Value(x, y).
	SlopeX, SlopeY func(x, y, z float64) float64

	// CurveXX, CurveXY and CurveYY return the second partial derivatives,
	// where z = Value(x, y). They may be nil in a user's own row.
	CurveXX, CurveXY, CurveYY func(x, y, z float64) float64

	// TextX and TextY are the first partial derivatives as symbolic.Parse
	// reads them, in the variables x and y.
	TextX, TextY string

	// Lo and Hi bound a box (x first, then y) where the function is smooth
	// but for the kinks that its doc comment names, to sample from.
	Lo, Hi [2]float64
}

// FuncN is one sum-like function of many numbers: of one list x, or of two lists x
// and y of the same length. What it means in terms of smaller functions is said by
// FoldN. The set is closed: see OpN.
type FuncN struct {
	// Name is the name under which symbolic.Parse knows the function.
	Name string

	// Value returns the function's value and writes its first partial
	// derivatives to sx, which is as long as x, and to sy, as long as y. A
	// function of one list leaves y and sy alone: both are empty.
	Value func(x, y, sx, sy []float64) float64

	// Terms says what the function is a sum of: 0 if it is no sum, 1 of x[i], 2 of
	// x[i]², 3 of x[i]·y[i].
	Terms int

	// Curve writes to cx and cy the rates at which the partial derivatives
	// sx and sy of the result z change while x and y move at the rates vx
	// and vy: the product of the Hessian with (vx, vy). Every function of the
	// table can tell them without x and y. One of two lists that is all
	// constants may come empty: its slopes, its rates and its part of the
	// result.
	Curve func(sx, sy []float64, z float64, vx, vy, cx, cy []float64)
}

// Op names an elementary function of one variable for Scalar's Apply.
type Op struct{ row *rule.Func }

// NewOp returns the operation that row describes. The row must not change
// afterwards.
//
// NewOp panics if Name, Value or Slope is missing, and if a function of package ad has that
// name: two functions of one name would be one to whoever reads a formula. Curve is needed for second derivatives and Text for symbolic
// ones; where it is missing, those panic with the function's name.
func NewOp(row *Func) Op {
	if row.Name == "" || row.Value == nil || row.Slope == nil {
		panic("ad: NewOp: a Func needs a Name, a Value and a Slope; this one is " + quoted(row.Name))
	}
	mustBeFree("NewOp", row.Name, row)
	return Op{(*rule.Func)(row)}
}

// taken holds the rows that package ad has functions for by their names.
var taken = func() map[string]any {
	names := make(map[string]any)
	for _, row := range rule.Functions {
		names[row.Name] = (*Func)(row)
	}
	for _, row := range rule.Functions2 {
		names[row.Name] = (*Func2)(row)
	}
	for _, row := range rule.FunctionsN {
		names[row.Name] = (*FuncN)(row)
	}
	return names
}()

// mustBeFree panics if a name belongs to another row, of the table.
func mustBeFree(op, name string, row any) {
	if other, ok := taken[name]; ok && other != row {
		panic("ad: " + op + ": " + quoted(name) + " is the name of another function; give this one a name of its own")
	}
}

// Func returns the row that the operation stands for.
func (op Op) Func() *Func { return (*Func)(op.row) }

// String returns the function's name.
func (op Op) String() string { return op.row.Name }

// Op2 names an elementary function of two variables for Scalar's Apply2.
type Op2 struct{ row *rule.Func2 }

// NewOp2 returns the operation that row describes. The row must not change
// afterwards.
//
// NewOp2 panics if Name, Value, SlopeX or SlopeY is missing, and if the name is taken, as
// NewOp.
func NewOp2(row *Func2) Op2 {
	if row.Name == "" || row.Value == nil || row.SlopeX == nil || row.SlopeY == nil {
		panic("ad: NewOp2: a Func2 needs a Name, a Value, a SlopeX and a SlopeY; this one is " + quoted(row.Name))
	}
	mustBeFree("NewOp2", row.Name, row)
	return Op2{(*rule.Func2)(row)}
}

// Func returns the row that the operation stands for.
func (op Op2) Func() *Func2 { return (*Func2)(op.row) }

// String returns the function's name.
func (op Op2) String() string { return op.row.Name }

// OpN names a sum-like function of many numbers for Scalar's ApplyN. The set is
// closed: OpSum, OpDot, OpSumSq, OpNorm2 and OpLogSumExp.
type OpN struct{ row *rule.FuncN }

// Func returns the row that the operation stands for.
func (op OpN) Func() *FuncN { return (*FuncN)(op.row) }

// String returns the function's name.
func (op OpN) String() string { return op.row.Name }

func quoted(name string) string {
	if name == "" {
		return "nameless"
	}
	return `"` + name + `"`
}
