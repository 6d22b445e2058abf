package compare

import (
	"fmt"
	"math"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/symbolic"
)

// culprit returns who is to blame for the findings: a column of a row of the
// table if one is wrong, else a method by the pattern of disagreeing pairs.
func (c *checker) culprit() string {
	if c.report.OK() {
		return ""
	}
	if column := c.faultyColumn(); column != "" {
		return column
	}
	var disagree disagreement
	for _, f := range c.report.Findings {
		disagree[f.A][f.B], disagree[f.B][f.A] = true, true
	}
	if c.ref.Value != nil {
		return blameReferred(disagree)
	}
	return blame(disagree)
}

// A disagreement tells which pairs of methods disagree; the reference comes last.
type disagreement [methods + 1][methods + 1]bool

// blameReferred names those that disagree with the reference.
func blameReferred(disagree disagreement) string {
	var wrong []string
	for m := range Method(methods) {
		if disagree[m][reference] {
			wrong = append(wrong, m.String())
		}
	}
	switch {
	case len(wrong) == 0:
		return blame(disagree)
	case disagree[dualNumbers][reference] && disagree[tape][reference] && disagree[paper][reference]:
		return "an error that all methods share: a Value, or columns that are wrong alike"
	}
	return strings.Join(wrong, ", ")
}

// blame names the culprit of a pattern of disagreeing pairs of methods.
//
// One method that disagrees with all the others, which agree among themselves,
// is wrong alone. dual and reverse share the columns Slope and Curve, symbolic
// and differences do not: where the two pairs stand against each other it is
// those columns. What cannot be told is said so.
func blame(disagree disagreement) string {
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
	if !disagree[dualNumbers][tape] && !disagree[paper][differences] &&
		disagree[dualNumbers][paper] && disagree[tape][paper] && disagree[dualNumbers][differences] && disagree[tape][differences] {
		return "a Slope or Curve that dual and reverse share"
	}
	// Where differences could not take part, two exact methods that agree
	// stand against the third.
	exact := [...]Method{dualNumbers, tape, paper}
	for i, m := range exact {
		a, b := exact[(i+1)%3], exact[(i+2)%3]
		if disagree[m][a] && disagree[m][b] && !disagree[a][b] && !disagree[m][differences] {
			if m == paper {
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

// faultyColumn takes the columns of every elementary function that occurs, at
// the arguments where it occurs, and returns the first that disagrees with two
// others.
func (c *checker) faultyColumn() string {
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
	for _, u := range p.uses {
		if column := u.fault(); column != "" {
			return fmt.Sprintf("%s of %s", column, u.op)
		}
	}
	return ""
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

// fault returns the column that is wrong, "" if all agree.
func (u use) fault() (column string) {
	defer func() {
		if recover() != nil { // a column is missing, which is no disagreement
			column = ""
		}
	}()
	v := symbolic.Var("x")
	e := u.paper(v)
	text := symbolic.D(e, v)
	at := func(e symbolic.Expr) float64 {
		return float64(symbolic.Eval(e, []symbolic.Expr{v}, []ad.Real{ad.Real(u.x)}))
	}
	first := numeric.DerivativeResult(u.value, u.x)
	second := numeric.DerivativeResult(u.slope, u.x)
	slope, curve := u.slope(u.x), u.curve(u.x)
	switch {
	case !close(slope, at(text), u.x*curve):
		if near(at(text), first) && !near(slope, first) {
			return u.names[0]
		}
		if near(slope, first) && !near(at(text), first) {
			return u.names[2]
		}
		return u.names[0] + " or " + u.names[2]
	case !near(slope, first) && finite(first.Value):
		return "Value"
	case u.cross != nil && !close(u.cross(u.x), at(u.crossPaper(v)), 1):
		return "CurveXY"
	case !close(curve, at(symbolic.D(text, v)), math.Abs(slope)+math.Abs(curve)) && !near(curve, second):
		return u.names[1]
	}
	return ""
}

// close reports whether two columns agree up to rounding, given the size of
// what a rounding of the argument would change.
func close(a, b, scale float64) bool {
	return same(a, b) || math.Abs(a-b) <= 1e-9*(math.Abs(a)+math.Abs(b)+math.Abs(scale))
}

// near reports whether a column agrees with a difference.
func near(a float64, r numeric.Result) bool {
	return same(a, r.Value) || math.Abs(a-r.Value) <= trust*r.Err+1e-7*math.Abs(a)
}
