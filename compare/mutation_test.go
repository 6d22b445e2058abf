package compare_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/compare/catalog"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/symbolic"
)

// A mutant is a row with one column changed.
type mutant struct {
	column string // the column that is wrong
	change string // how
	fn     compare.Func
	// differs reports whether the column has another value at x than it should
	// have: some changes change nothing.
	differs func(x []float64) bool
}

// column1 is a Go column of a row of one variable.
type column1 func(x, y float64) float64

// changes are what may go wrong in a column of one variable.
var changes = map[string]func(f column1) column1{
	"sign":     func(f column1) column1 { return func(x, y float64) float64 { return -f(x, y) } },
	"factor 2": func(f column1) column1 { return func(x, y float64) float64 { return 2 * f(x, y) } },
	"term":     func(f column1) column1 { return func(x, y float64) float64 { return f(x, y) + 1e-3*(1+x) } },
	"operand":  func(f column1) column1 { return func(x, y float64) float64 { return f(y, x) } },
}

// valueChanges are what may go wrong in a Value.
var valueChanges = map[string]func(y float64) float64{
	"sign":        func(y float64) float64 { return -y },
	"factor 1.01": func(y float64) float64 { return 1.01 * y },
	"term":        func(y float64) float64 { return y + 1e-3 },
}

// mutants1 are the mutants of a row of one variable.
func mutants1(row *ad.Func) []mutant {
	var list []mutant
	for name, change := range changes {
		slope, curve := renamed(*row), renamed(*row)
		slope.Slope, curve.Curve = change(row.Slope), change(row.Curve)
		list = append(list,
			mutant{"Slope", name, compare.Elementary(&slope), differ1(row, slope.Slope, row.Slope)},
			mutant{"Curve", name, compare.Elementary(&curve), differ1(row, curve.Curve, row.Curve)})
	}
	for name, text := range textMutants(row.Text) {
		changed := renamed(*row)
		changed.Text = text
		list = append(list, mutant{"Text", name, compare.Elementary(&changed), func(x []float64) bool { return apart(valueOf(text, x), valueOf(row.Text, x)) }})
	}
	for name, change := range valueChanges {
		changed := renamed(*row)
		changed.Value = func(x float64) float64 { return change(row.Value(x)) }
		list = append(list, mutant{"Value", name, compare.Elementary(&changed), func(x []float64) bool { return apart(changed.Value(x[0]), row.Value(x[0])) }})
	}
	return list
}

func differ1(row *ad.Func, f, g column1) func(x []float64) bool {
	return func(x []float64) bool {
		y := row.Value(x[0])
		return apart(f(x[0], y), g(x[0], y))
	}
}

// apart reports whether a change is more than rounding.
func apart(a, b float64) bool {
	return math.Abs(a-b) > 1e-9*(math.Abs(a)+math.Abs(b)) || (a != a) != (b != b)
}

// valueOf returns the value of a text at x.
func valueOf(text string, x []float64) float64 {
	e, err := symbolic.Parse(text)
	if err != nil {
		panic(err)
	}
	vars, point := []symbolic.Expr{symbolic.Var("x"), symbolic.Var("y")}, []ad.Real{ad.Real(x[0]), 0}
	if len(x) > 1 {
		point[1] = ad.Real(x[1])
	}
	return float64(symbolic.Eval(e, vars, point))
}

// textMutants are the changes of a text: of its sign, by a factor, and, for every
// operator in it, without one of the operands and with the two exchanged.
func textMutants(text string) map[string]string {
	list := map[string]string{"sign": "-(" + text + ")", "factor 2": "2*(" + text + ")"}
	depth, start := 0, 0
	for i, c := range text {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case '+', '-', '*', '/', '^':
			if depth > 0 || i == 0 || strings.ContainsRune("+-*/^(,e", rune(text[i-1])) {
				continue
			}
			left, right := text[start:i], text[i+1:]
			at := fmt.Sprintf(" at %d", i)
			list["dropped term"+at] = left
			list["first term dropped"+at] = right
			list["swapped operands"+at] = right + string(c) + "(" + left + ")"
		}
	}
	return list
}

// renamed returns a row that may have a fault: the table's name stays with its own.
func renamed(row ad.Func) ad.Func {
	row.Name = "my" + row.Name
	return row
}

func renamed2(row ad.Func2) ad.Func2 {
	row.Name = "my" + row.Name
	return row
}

// mutants2 are the mutants of a row of two variables.
func mutants2(row *ad.Func2) []mutant {
	var list []mutant
	type column2 func(x, y, z float64) float64
	columns := map[string]func(r *ad.Func2) *func(x, y, z float64) float64{
		"SlopeX":  func(r *ad.Func2) *func(x, y, z float64) float64 { return &r.SlopeX },
		"SlopeY":  func(r *ad.Func2) *func(x, y, z float64) float64 { return &r.SlopeY },
		"CurveXX": func(r *ad.Func2) *func(x, y, z float64) float64 { return &r.CurveXX },
		"CurveXY": func(r *ad.Func2) *func(x, y, z float64) float64 { return &r.CurveXY },
		"CurveYY": func(r *ad.Func2) *func(x, y, z float64) float64 { return &r.CurveYY },
	}
	changes := map[string]func(f column2) column2{
		"sign":     func(f column2) column2 { return func(x, y, z float64) float64 { return -f(x, y, z) } },
		"factor 2": func(f column2) column2 { return func(x, y, z float64) float64 { return 2 * f(x, y, z) } },
		"term":     func(f column2) column2 { return func(x, y, z float64) float64 { return f(x, y, z) + 1e-3*(1+x) } },
		"operands": func(f column2) column2 { return func(x, y, z float64) float64 { return f(y, x, z) } },
	}
	for name, of := range columns {
		right := *of(row)
		for change, mutate := range changes {
			changed := renamed2(*row)
			wrong := mutate(right)
			*of(&changed) = wrong
			list = append(list, mutant{name, change, compare.Elementary2(&changed), func(x []float64) bool {
				z := row.Value(x[0], x[1])
				return apart(wrong(x[0], x[1], z), right(x[0], x[1], z))
			}})
		}
	}
	for change, text := range textMutants(row.TextX) {
		changed := renamed2(*row)
		changed.TextX = text
		list = append(list, mutant{"TextX", change, compare.Elementary2(&changed), func(x []float64) bool { return apart(valueOf(text, x), valueOf(row.TextX, x)) }})
	}
	for change, text := range textMutants(row.TextY) {
		changed := renamed2(*row)
		changed.TextY = text
		list = append(list, mutant{"TextY", change, compare.Elementary2(&changed), func(x []float64) bool { return apart(valueOf(text, x), valueOf(row.TextY, x)) }})
	}
	for name, change := range valueChanges {
		changed := renamed2(*row)
		changed.Value = func(x, y float64) float64 { return change(row.Value(x, y)) }
		list = append(list, mutant{"Value", name, compare.Elementary2(&changed), func(x []float64) bool {
			return apart(changed.Value(x[0], x[1]), row.Value(x[0], x[1]))
		}})
	}
	return list
}

// TestMutation changes every column of every row in every way that may go wrong:
// each change is caught, and the column is named. A Value that Slope and Text
// follow is caught by the referee alone.
func TestMutation(t *testing.T) {
	points := map[string][][]float64{}
	for _, e := range catalog.Functions() {
		if e.Group == "elementary" || e.Group == "helper" {
			points[e.Func.Name] = e.Points
		}
	}
	caught, named, equivalent := map[string]int{}, map[string]int{}, map[string]int{}
	try := func(name string, m mutant, value func(x []float64) float64, points [][]float64) {
		differs := false
		for _, x := range points {
			if !m.differs(x) {
				continue
			}
			differs = true
			var ref compare.Reference
			if m.column == "Value" {
				ref.Value = []float64{value(x)}
			}
			r := compare.Against(m.fn, x, ref)
			if r.OK() {
				continue
			}
			caught[m.column]++
			if r.Culprit == m.column+" of my"+name {
				named[m.column]++
			} else {
				t.Errorf("%s of %s, %s, at %v: culprit %s\n%s", m.column, name, m.change, x, r.Culprit, r)
			}
			return
		}
		if !differs {
			equivalent[m.column]++
			return
		}
		t.Errorf("%s of %s, %s: not caught", m.column, name, m.change)
	}
	for _, row := range slices.Concat(rule.Functions, rule.Helpers) {
		for _, m := range mutants1((*ad.Func)(row)) {
			try(row.Name, m, func(x []float64) float64 { return row.Value(x[0]) }, points[row.Name])
		}
	}
	for _, row := range slices.Concat(rule.Functions2, rule.Helpers2) {
		if row == rule.Pivot || row == rule.Polygamma {
			continue
		}
		for _, m := range mutants2((*ad.Func2)(row)) {
			try(row.Name, m, func(x []float64) float64 { return row.Value(x[0], x[1]) }, points[row.Name])
		}
	}
	for _, c := range []string{"Value", "Slope", "Curve", "Text", "SlopeX", "SlopeY", "CurveXX", "CurveXY", "CurveYY", "TextX", "TextY"} {
		t.Logf("%-8s caught %4d, named %4d, no change %3d", c, caught[c], named[c], equivalent[c])
		if caught[c] < 40 || named[c] < caught[c] || equivalent[c] > caught[c] {
			t.Errorf("%s: caught %d, named %d, no change %d", c, caught[c], named[c], equivalent[c])
		}
	}
}
