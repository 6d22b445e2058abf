package program

import "math"

// An Op says what a statement does: a kind in the lower bits, and above them the
// index of what else is to know, such as a row of the table of functions.
type Op uint32

// The kinds of statements.
const (
	Add Op = iota
	Sub
	Mul
	Div
	Neg
	NaN    // the result of a branch on a constant that is NaN
	Apply  // index into Rows
	Apply2 // index into Rows2
	Nary   // index into Lists
	Node   // on tapes alone: index into the nodes of arrays
	Leaf   // on tapes alone: an element of an array
	Choose // index into Choices
	Square // in programs alone: a product of a number with itself

	kindBits = 4
	kindMask = 1<<kindBits - 1
)

// Kind returns the kind of o.
func (o Op) Kind() Op { return o & kindMask }

// Index returns the index above the kind.
func (o Op) Index() int { return int(o >> kindBits) }

// With returns the kind o with the index k. It panics if there is no room for k.
func (o Op) With(k int) Op {
	if k >= 1<<(32-kindBits) {
		panic("reverse: too many operations with data of their own on one tape")
	}
	return o | Op(k)<<kindBits
}

// A kind is what is the same for all statements of a kind. Loops over many statements
// spell it out.
type kind struct {
	name     string // "" where a row has one
	operands int    // 1 or 2; 0 if they are in a list of their own
	commutes bool

	// left and right are the operands that leave the other one as it is, to the bit;
	// NaN if there is none.
	left, right float64

	// fixed says that the slopes are the same at every point.
	fixed  bool
	slopes [2]float64

	// meets are the pairs of operands in which a second derivative may differ from 0.
	meets [][2]int
}

var (
	nan          = math.NaN()
	negativeZero = math.Copysign(0, -1) // x + -0 is x, also for x = -0

	kinds = [...]kind{
		Add:    {name: "add", operands: 2, commutes: true, left: negativeZero, right: negativeZero, fixed: true, slopes: [2]float64{1, 1}},
		Sub:    {name: "sub", operands: 2, left: nan, right: 0, fixed: true, slopes: [2]float64{1, -1}},
		Mul:    {name: "mul", operands: 2, commutes: true, left: 1, right: 1, meets: [][2]int{{0, 1}}},
		Div:    {name: "div", operands: 2, left: nan, right: 1, meets: [][2]int{{0, 1}, {1, 1}}},
		Neg:    {name: "neg", operands: 1, left: nan, right: nan, fixed: true, slopes: [2]float64{-1, 0}},
		NaN:    {name: "nan", operands: 2, left: nan, right: nan, fixed: true, slopes: [2]float64{nan, nan}},
		Apply:  {operands: 1, left: nan, right: nan, meets: [][2]int{{0, 0}}},
		Apply2: {operands: 2, left: nan, right: nan, meets: [][2]int{{0, 0}, {0, 1}, {1, 1}}},
		Nary:   {},
		Choose: {name: "choose"},
		Square: {name: "square", operands: 1, left: nan, right: nan, meets: [][2]int{{0, 0}}},
	}
)

// Name returns what a statement is called, "" where a row has the name.
func (o Op) Name() string {
	if k := o.Kind(); int(k) < len(kinds) {
		return kinds[k].name
	}
	return ""
}

// Operands returns how many operands a statement has: 1 or 2, or 0 if they are in a
// list of their own.
func (o Op) Operands() int { return kinds[o.Kind()].operands }

// Slopes returns the slopes of a statement, if they are the same at every point.
func (o Op) Slopes() (da, db float64, fixed bool) {
	k := &kinds[o.Kind()]
	return k.slopes[0], k.slopes[1], k.fixed
}
