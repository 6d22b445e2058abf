package compare

import (
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/symbolic"
)

// culprit returns who is to blame for the findings: a method by the pattern of
// disagreeing pairs, or a column of a row of the table where one is wrong and
// the pattern is that of such a column.
func (c *checker) culprit() string {
	if c.report.OK() {
		return ""
	}
	uses := c.uses()
	if c.valueRefuted() {
		return faultyValue(uses)
	}
	var disagree disagreement
	for _, f := range c.report.Findings {
		disagree[f.A][f.B], disagree[f.B][f.A] = true, true
	}
	method := blame(disagree)
	column, of := faultyColumn(uses)
	switch {
	case column == "",
		column == "Value" && c.ref.Value != nil,             // the reference bears it out
		method == Dual.String(), method == Reverse.String(), // they share all columns
		method == Symbolic.String() && !strings.HasPrefix(column, "Text"),
		method == Differences.String() && column != "Value":
		return method
	}
	return column + " of " + of
}

// valueRefuted reports whether every method has another value than the
// reference.
func (c *checker) valueRefuted() bool {
	var refuted [methods]bool
	for _, f := range c.report.Findings {
		if f.Operator == c.value.operator && f.B == Referee {
			refuted[f.A] = true
		}
	}
	return refuted == [...]bool{true, true, true, true}
}

// faultyValue names what all methods have in common.
func faultyValue(uses []use) string {
	var ops []string
	for _, u := range uses {
		if !slices.Contains(ops, u.op) {
			ops = append(ops, u.op)
		}
	}
	switch len(ops) {
	case 0:
		return "the function: all methods evaluate it alike, the reference does not"
	case 1:
		return "Value of " + ops[0]
	}
	return "the function, or the Value of " + strings.Join(ops[:len(ops)-1], ", ") + " or " + ops[len(ops)-1]
}

// A disagreement tells which pairs of methods disagree; the reference comes last.
type disagreement [methods + 1][methods + 1]bool

// blame names the culprit of a pattern of disagreeing pairs of methods.
//
// One method that disagrees with all the others, which agree among themselves,
// is wrong alone. dual and reverse share the columns Slope and Curve, symbolic
// and differences do not: where the two pairs stand against each other it is
// those columns. What cannot be told is said so.
//
// Those that disagree with a reference are wrong, whatever the rest of the
// pattern.
func blame(disagree disagreement) string {
	var refuted []string
	for m := range Method(methods) {
		if disagree[m][Referee] {
			refuted = append(refuted, m.String())
		}
	}
	if len(refuted) > 0 {
		return strings.Join(refuted, ", ")
	}
	for m := range methods {
		alone, others := true, true
		for a := range methods {
			for b := range a {
				switch {
				case a == m || b == m:
					alone = alone && disagree[a][b]
				case disagree[a][b]:
					others = false
				}
			}
		}
		if alone && others {
			return Method(m).String()
		}
	}
	if !disagree[Dual][Reverse] && !disagree[Symbolic][Differences] &&
		disagree[Dual][Symbolic] && disagree[Reverse][Symbolic] && disagree[Dual][Differences] && disagree[Reverse][Differences] {
		return "a Slope or Curve that dual and reverse share"
	}
	// Where differences could not take part, two exact methods that agree
	// stand against the third.
	exact := [...]Method{Dual, Reverse, Symbolic}
	for i, m := range exact {
		a, b := exact[(i+1)%3], exact[(i+2)%3]
		if disagree[m][a] && disagree[m][b] && !disagree[a][b] && !disagree[m][Differences] {
			if m == Symbolic {
				return "symbolic, or a Slope or Curve that dual and reverse share"
			}
			return m.String()
		}
	}
	for _, m := range exact {
		if disagree[m][m] {
			return m.String() // its own operators contradict each other
		}
	}
	var names []string
	for m := range methods {
		for n := range methods {
			if disagree[m][n] {
				names = append(names, Method(m).String())
				break
			}
		}
	}
	return "one of " + strings.Join(names, ", ")
}

// uses returns every elementary function that occurs, at the arguments where it
// occurs.
func (c *checker) uses() []use {
	p := new(program)
	x := make([]witness, len(c.x))
	vars := make([]symbolic.Expr, len(c.x))
	for i, v := range c.x {
		vars[i] = symbolic.Var(input(i))
		x[i] = witness{v, p}
	}
	for _, e := range c.formulas(vars) {
		symbolic.Eval(e, vars, x)
	}
	return p.uses
}

// faultyColumn returns the first column that disagrees with two others, and the
// function that it belongs to.
func faultyColumn(uses []use) (column, of string) {
	for _, fault := range []func(use) string{use.firstFault, use.secondFault} {
		for _, u := range uses {
			if column := attempt(fault, u); column != "" {
				return column, u.op
			}
		}
	}
	return "", ""
}

// attempt returns the fault of a use, "" where a column is missing, which is no
// disagreement.
func attempt(fault func(use) string, u use) (column string) {
	defer func() {
		if recover() != nil {
			column = ""
		}
	}()
	return fault(u)
}

// A use is one elementary function of one variable at one argument. One of two
// variables is looked at as two of one.
type use struct {
	op    string
	x     float64
	value func(x float64) float64
	slope func(x float64) float64
	curve func(x float64) float64
	paper func(x symbolic.Expr) symbolic.Expr
	names [3]string // of the columns of slope, curve and text

	// Of a function of two variables: the mixed second derivative, as its
	// column and as the derivative of its text.
	cross      func(x float64) float64
	crossPaper func(x symbolic.Expr) symbolic.Expr
}

// first returns the first derivative by the column, the text and differences.
func (u use) first() (slope, text float64, difference numeric.Result) {
	v := symbolic.Var("x")
	return u.slope(u.x), u.at(symbolic.D(u.paper(v), v), v), numeric.DerivativeResult(u.value, u.x)
}

func (u use) at(e, v symbolic.Expr) float64 {
	return float64(symbolic.Eval(e, []symbolic.Expr{v}, []ad.Real{ad.Real(u.x)}))
}

// firstFault returns the column that makes a first derivative wrong, "" if all
// agree. Of three that ought to be equal it is the one that differs from the two
// others. Where no two are equal it is the Value, which all three are made from.
func (u use) firstFault() string {
	slope, text, difference := u.first()
	agree := close(slope, text, u.x*u.curve(u.x))
	bySlope, byText := near(slope, difference), near(text, difference)
	switch {
	case agree && (bySlope || !finite(difference.Value)), bySlope && byText:
		return ""
	case byText:
		return u.names[0]
	case bySlope:
		return u.names[2]
	case math.Abs(u.quotient()-difference.Value) > math.Abs(u.quotient()-text):
		return "" // it is the difference that is wrong
	}
	return "Value"
}

// quotient returns a plain difference quotient, a second opinion on package
// numeric that is good to some eight digits.
func (u use) quotient() float64 {
	h := 0x1p-17 * max(math.Abs(u.x), 0x1p-10)
	hi, lo := u.x+h, u.x-h
	return (u.value(hi) - u.value(lo)) / (hi - lo)
}

// secondFault returns the column that makes a second derivative wrong, given
// that the first ones are right.
func (u use) secondFault() string {
	v := symbolic.Var("x")
	curve := u.curve(u.x)
	if u.cross != nil && !close(u.cross(u.x), u.at(u.crossPaper(v), v), 1) {
		return "CurveXY"
	}
	text := u.at(symbolic.D(symbolic.D(u.paper(v), v), v), v)
	if difference := numeric.DerivativeResult(u.slope, u.x).Value; !close(curve, text, u.slope(u.x)) && !(math.Abs(curve-difference) <= math.Abs(text-difference)) {
		return u.names[1]
	}
	return ""
}

// close reports whether two columns agree up to rounding, given the size of
// what a rounding of the argument would change.
func close(a, b, scale float64) bool {
	return same(a, b) || math.Abs(a-b) <= 1e-9*(math.Abs(a)+math.Abs(b))+1e-15*math.Abs(scale)
}

// near reports whether a column agrees with a difference.
func near(a float64, r numeric.Result) bool {
	return same(a, r.Value) || math.Abs(a-r.Value) <= trust*r.Err+1e-7*math.Abs(a)
}
