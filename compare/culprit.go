package compare

import (
	"slices"
	"strings"
)

// culprit returns who is to blame for the findings: a method by the pattern of
// disagreeing pairs, or a column of a row of the table where one is wrong and
// the pattern is that of such a column.
func (j *judgement) culprit(uses []use, ref Reference) string {
	if j.report.agreed() {
		return ""
	}
	if j.convicted != "" {
		return j.convicted
	}
	if j.valueRefuted() {
		return faultyValue(uses)
	}
	var disagree disagreement
	for _, f := range j.report.Findings {
		disagree[f.A][f.B], disagree[f.B][f.A] = true, true
	}
	method := blame(disagree)
	wrong := faultyColumns(uses)
	column := ""
	if len(wrong) > 0 {
		column = wrong[0].column
	}
	switch {
	case column == "",
		column == "Value" && ref.Value != nil,               // the reference bears it out
		method == Dual.String(), method == Reverse.String(), // they share all columns
		method == Symbolic.String() && !strings.HasPrefix(column, "Text"),
		method == Differences.String() && column != "Value":
		j.report.Places = j.traced(disagree, method)
		return method
	}
	j.report.Places = j.e.placesOf(wrong)
	if disagree[Dual][Reverse] { // which share all columns
		return "more than one: " + wrong.String() + ", and dual or reverse"
	}
	return wrong.String()
}

// A conviction is a column that is wrong, and the first use that shows it.
type conviction struct {
	column string
	use    use
	place  Place
	at     int // of the operations on the tape
}

type convictions []conviction

// add adds a column, unless it is known already.
func (c *convictions) add(column string, u use) bool {
	for _, known := range *c {
		if known.column == column && known.use.op == u.op {
			return false
		}
	}
	*c = append(*c, conviction{column: column, use: u})
	return true
}

// String lists the columns.
func (c convictions) String() string {
	var list []string
	for _, c := range c {
		list = append(list, c.column+" of "+c.use.op)
	}
	return strings.Join(list, ", ")
}

// more is how many uses are looked at for another fault once there is one.
const more = 512

// faultyColumns returns the columns that disagree with two others. A second one has to be
// beyond doubt.
func faultyColumns(uses []use) (found convictions) {
	convicted := map[string]bool{} // functions
	for _, wrong := range []func(use) string{use.firstFault, use.secondFault} {
		left := len(uses)
		for _, u := range uses {
			if convicted[u.op] {
				continue
			}
			if left--; left < 0 {
				break
			}
			column := attempt(wrong, u)
			if column == "" || len(found) > 0 && !u.beyondDoubt(column) {
				continue
			}
			if len(found) == 0 {
				left = more
			}
			found.add(column, u)
			convicted[u.op] = true
		}
	}
	return found
}

// valueRefuted reports whether every method has another value than the
// reference.
func (j *judgement) valueRefuted() bool {
	var refuted [methods]bool
	for _, f := range j.report.Findings {
		if f.Operator == j.e.value.operator && f.B == Referee {
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
		return outvoted(disagree, refuted)
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
	// Where two methods alone agree, which share no column, both others are wrong.
	if a, b, ok := onlyPair(disagree); ok && (a != Dual || b != Reverse) {
		var names []string
		for m := range Method(methods) {
			if m != a && m != b {
				names = append(names, m.String())
			}
		}
		return "more than one: " + strings.Join(names, " and ")
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

// onlyPair returns the pair of methods that alone agree, if it is one.
func onlyPair(disagree disagreement) (a, b Method, ok bool) {
	pairs := 0
	for m := range Method(methods) {
		for n := range m {
			if !disagree[m][n] {
				a, b = n, m
				pairs++
			}
		}
	}
	return a, b, pairs == 1
}
