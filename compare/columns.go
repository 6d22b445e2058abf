package compare

import (
	"fmt"
	"math"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare/internal/rounding"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/symbolic"
)

// texts convicts a Text that cannot be read.
func (j *judgement) texts() {
	for i, u := range j.e.faults {
		if i > 0 {
			j.convicted += ", "
		}
		name := u.column + " of " + u.row
		j.convicted += name
		why := strings.TrimPrefix(u.why, "symbolic: the "+name+": ")
		j.report.Findings = append(j.report.Findings, Finding{Operator: "columns", Entry: name + " cannot be read: " + why, A: Symbolic, B: Symbolic})
		p := Place{Operation: u.row, Column: u.column, Quantity: "the slope", A: Reverse, B: Symbolic, ValueA: math.NaN(), ValueB: math.NaN()}
		j.e.locate(&p, math.NaN())
		j.report.Places = append(j.report.Places, p)
	}
}

// columns checks the columns of all functions that occur, at the arguments where they
// occur, and convicts those that are wrong. Functions of the table are checked by its
// own tests.
func (j *judgement) columns(list []use) {
	var wrong convictions
	texts := map[*ad.Func]symbolic.Expr{}
	x := symbolic.Var("x")
	for _, u := range list {
		suspect, level := false, u.slope(u.x) == 0
		if (u.row != nil || u.probe) && j.e.paper {
			text, ok := texts[u.row]
			if !ok || u.row == nil {
				text = symbolic.D(u.paper(x), x)
				texts[u.row] = text
			}
			slope, text2 := u.slope(u.x), u.at(text, x)
			suspect = finite(slope) && finite(text2) && !u.close(slope, text2)
		}
		// What every column says is level, such as a number that stands for a constant,
		// or stairs, has its slope by agreement. So has what jumps or has a kink here.
		fault := use.firstFault
		if !suspect && (level || u.edge || !u.suspect()) {
			if !u.probe || u.edge || !j.e.curved {
				continue
			}
			fault = use.secondFault
		}
		if column := attempt(fault, u); column != "" && wrong.add(column, u) {
			j.report.Findings = append(j.report.Findings, Finding{
				Operator: "columns", Entry: fmt.Sprintf("%s at %v", u.op, u.x), A: Reverse, B: Differences,
				ValueA: u.slope(u.x), ValueB: numeric.Derivative(u.value, u.x), Tolerance: u.dx,
			})
		}
	}
	if len(wrong) > 0 {
		j.report.Places = j.e.placesOf(wrong)
		j.convicted = wrong.String()
	}
}

// suspect reports whether a slope is not that of the values nearby, by a plain quotient.
func (u use) suspect() bool {
	slope, q := u.slope(u.x), u.quotient()
	return finite(slope) && finite(q) && !u.closely(q, slope)
}

// beyondDoubt reports whether a fault is none of differences at a hard place: a plain
// quotient sees it as well.
func (u use) beyondDoubt(column string) bool {
	if strings.HasPrefix(column, "Curve") {
		return !u.edge
	}
	text := u.at(symbolic.D(u.paper(symbolic.Var("x")), symbolic.Var("x")), symbolic.Var("x"))
	return !u.edge && (u.suspect() || !u.closely(u.quotient(), text))
}

// closely reports whether a plain quotient is a slope: to four digits, for its step is
// 2⁻¹⁷ of the argument, which tells nothing more of a function that changes its course
// within a thousandth of it. It arouses suspicion and convicts nobody.
func (u use) closely(q, slope float64) bool {
	h := 0x1p-17 * max(math.Abs(u.x), 0x1p-10)
	noise := 0x1p-48 * math.Abs(u.value(u.x)) / h
	return math.Abs(slope-q) <= 1e-4*(math.Abs(slope)+math.Abs(q))+noise+trust*u.dx
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

// uses returns every elementary function that occurs, at the arguments where it
// occurs, each once.
func uses(t *rounding.Trace) []use {
	if t == nil {
		return nil
	}
	var list []use
	type place struct {
		row  any
		x, y uint64
		a, b bool
	}
	seen := map[place]bool{}
	for i := range t.Statements {
		s := &t.Statements[i]
		p := place{x: math.Float64bits(s.VA), y: math.Float64bits(s.VB), a: s.A >= 0, b: s.B >= 0}
		switch s.Kind {
		case rounding.Apply:
			p.row = s.Op.Func()
		case rounding.Apply2:
			p.row = s.Op2.Func()
		default:
			continue
		}
		if seen[p] {
			continue
		}
		seen[p] = true
		var g ground
		at := len(list)
		if s.Kind == rounding.Apply {
			g.apply(s)
			list = append(list, useOf(s))
		} else {
			g.apply2(s)
			list = append(list, usesOf(s)...)
		}
		for k := range list[at:] {
			list[at+k].edge = g.conventional(2)
		}
	}
	return list
}

// useOf returns the use of a function of one variable.
func useOf(s *rounding.Statement) use {
	f, op := s.Op.Func(), s.Op
	dx, _, dxx, _, _ := s.Columns()
	return use{
		op: f.Name, args: []float64{s.VA}, x: s.VA, value: f.Value, dx: dx, dxx: dxx, row: f,
		slope: func(x float64) float64 { return f.Slope(x, f.Value(x)) },
		curve: func(x float64) float64 { return f.Curve(x, f.Value(x)) },
		paper: func(x symbolic.Expr) symbolic.Expr { return x.Apply(op) },
		names: [3]string{"Slope", "Curve", "Text"}, columns: f,
	}
}

// usesOf returns the uses of a function of two variables, one for each that moves.
func usesOf(s *rounding.Statement) []use {
	f, op, a, b := s.Op2.Func(), s.Op2, s.VA, s.VB
	dx, dy, dxx, dxy, dyy := s.Columns()
	var list []use
	if s.A >= 0 {
		list = append(list, use{
			op: f.Name, args: []float64{a, b}, x: a, dx: dx, dxx: dxx, dxy: dxy,
			value: func(x float64) float64 { return f.Value(x, b) },
			slope: func(x float64) float64 { return f.SlopeX(x, b, f.Value(x, b)) },
			curve: func(x float64) float64 { return f.CurveXX(x, b, f.Value(x, b)) },
			paper: func(x symbolic.Expr) symbolic.Expr { return x.Apply2(op, x.Const(b)) },
			names: [3]string{"SlopeX", "CurveXX", "TextX"}, columns: f,
			cross: func(x float64) float64 { return f.CurveXY(x, b, f.Value(x, b)) },
			crossPaper: func(x symbolic.Expr) symbolic.Expr {
				v := symbolic.Var("y")
				return symbolic.Subst(symbolic.D(symbolic.D(x.Apply2(op, v), x), v), v, x.Const(b))
			},
		})
	}
	if s.B >= 0 {
		list = append(list, use{
			op: f.Name, args: []float64{a, b}, x: b, dx: dy, dxx: dyy,
			value: func(y float64) float64 { return f.Value(a, y) },
			slope: func(y float64) float64 { return f.SlopeY(a, y, f.Value(a, y)) },
			curve: func(y float64) float64 { return f.CurveYY(a, y, f.Value(a, y)) },
			paper: func(y symbolic.Expr) symbolic.Expr { return y.Const(a).Apply2(op, y) },
			names: [3]string{"SlopeY", "CurveYY", "TextY"}, columns: f,
		})
	}
	return list
}

// A use is one elementary function of one variable at one argument. One of two
// variables is looked at as two of one.
type use struct {
	op    string
	args  []float64 // of which x is the one that moves
	row   *ad.Func  // of one variable
	x     float64
	value func(x float64) float64
	slope func(x float64) float64
	curve func(x float64) float64
	paper func(x symbolic.Expr) symbolic.Expr
	names [3]string // of the columns of slope, curve and text

	columns any // the row, an *ad.Func or *ad.Func2

	dx, dxx, dxy float64 // how far apart slopes, curves and mixed derivatives may be
	edge         bool    // it jumps here, or has a kink
	probe        bool    // it occurs nowhere; see probes

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
	agree := u.close(slope, text)
	bySlope, byText := u.near(slope, difference), u.near(text, difference)
	switch {
	case agree && (slope == 0 || bySlope || !finite(difference.Value)):
		return ""
	case bySlope && byText:
		return ""
	case byText:
		return u.names[0]
	case bySlope:
		return u.names[2]
	case agree && u.misled(slope, math.Abs(slope-difference.Value)):
		return ""
	case !agree && u.misled(text, math.Abs(slope-text)):
		return u.names[0]
	case !agree && u.misled(slope, math.Abs(slope-text)):
		return u.names[2]
	case math.Abs(u.quotient()-difference.Value) > math.Abs(u.quotient()-text):
		return "" // it is the difference that is wrong
	}
	return "Value"
}

// misled reports whether differences of some steps are a slope, and sharp enough to tell
// it from what is distance away.
func (u use) misled(slope, distance float64) bool {
	for _, step := range [...]float64{0x1p-4, 0x1p-10, 0x1p-16, 0x1p-24, 0x1p-34} {
		for _, length := range [...]float64{max(math.Abs(u.x), 0x1p-1000), 1} {
			r := numeric.Richardson.At(step*length).DerivativeResult(u.value, u.x)
			if math.Abs(r.Value-slope) <= trust*r.Err+u.dx && 2*trust*r.Err <= distance {
				return true
			}
		}
	}
	return false
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
	if u.cross != nil && apartAt(u.cross(u.x), u.at(u.crossPaper(v), v), u.dxy) {
		return "CurveXY"
	}
	text := u.at(symbolic.D(symbolic.D(u.paper(v), v), v), v)
	if !apartAt(curve, text, u.dxx) {
		return ""
	}
	if difference := numeric.DerivativeResult(u.slope, u.x).Value; !(math.Abs(curve-difference) <= math.Abs(text-difference)) {
		return u.names[1]
	}
	return ""
}

// close reports whether a slope and a text agree: within four times what rounding makes
// of two statements of one number, for a Text is evaluated in more steps.
func (u use) close(slope, text float64) bool {
	return same(slope, text) || math.Abs(slope-text) <= 4*u.dx+least
}

// apartAt reports whether a curve and a text are certainly apart, given how far they may be.
func apartAt(curve, text, allowed float64) bool {
	return !same(curve, text) && !(math.Abs(curve-text) <= 4*allowed+least) && allowed == allowed
}

// near reports whether a column agrees with a difference.
func (u use) near(a float64, r numeric.Result) bool {
	allowed := trust * r.Err
	if finite(u.dx) { // else the slope itself is none
		allowed += u.dx
	}
	return same(a, r.Value) || math.Abs(a-r.Value) <= allowed
}
