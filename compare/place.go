package compare

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A Place is an operation of a function that is wrong, the first of its kind: where it is
// in the source, and what two methods say of it.
type Place struct {
	// Operation is add, sub, mul, div, neg or the name of an elementary function, and
	// Args are what it was applied to, nil if the Column cannot be read.
	Operation string
	Args      []float64

	// File and Line are the call outside of the packages ad and reverse that executes
	// the operation, as the tape saw it; "" and 0 if it was not found there.
	File string
	Line int

	// Column is the column of the function's row that is wrong, or the form that a method was
	// given if that is another function, "" if a method is wrong; and Defined is where it is
	// written, as file:line; "" if that is not known, or it is no Go function.
	Column  string
	Defined string

	// Quantity is what A and B give different numbers for: the value, or a derivative,
	// of the operation or of all that leads to it.
	Quantity       string
	A, B           Method
	ValueA, ValueB float64
}

// String returns the place as one line.
func (p Place) String() string {
	var b strings.Builder
	if p.File != "" {
		fmt.Fprintf(&b, "%s:%d: ", p.File, p.Line)
	}
	if p.Args == nil && strings.HasPrefix(p.Column, "Text") {
		fmt.Fprintf(&b, "%s: its %s cannot be read", p.Operation, p.Column)
		return b.String()
	}
	args := make([]string, len(p.Args))
	for i, a := range p.Args {
		args[i] = fmt.Sprint(a)
	}
	fmt.Fprintf(&b, "%s(%s): %s is %v by %v, %v by %v", p.Operation, strings.Join(args, ", "), p.Quantity, p.ValueA, p.A, p.ValueB, p.B)
	if p.Defined != "" {
		fmt.Fprintf(&b, "; %s is at %s", p.Column, p.Defined)
	}
	return b.String()
}

// placesOf returns where the columns are used that are wrong, and puts both in the order
// of the tape.
func (e *evidence) placesOf(c convictions) []Place {
	for i := range c {
		c[i].place = c[i].use.place(c[i].column)
		c[i].at = e.locate(&c[i].place, math.NaN())
	}
	slices.SortStableFunc(c, func(a, b conviction) int { return a.at - b.at })
	var list []Place
	for _, c := range c {
		list = append(list, c.place)
	}
	return list
}

// place returns what the columns of a use say.
func (u use) place(column string) Place {
	p := Place{Operation: u.op, Args: u.args, Column: column, A: Reverse, B: Symbolic, Defined: definition(u.columns, column)}
	v := symbolic.Var("x")
	read := func(f func() float64) (y float64) {
		defer func() {
			if recover() != nil { // a column is missing
				y = math.NaN()
			}
		}()
		return f()
	}
	switch {
	case column == "CurveXY":
		p.Quantity = "the mixed derivative"
		p.ValueA = read(func() float64 { return u.cross(u.x) })
		p.ValueB = read(func() float64 { return u.at(u.crossPaper(v), v) })
	case strings.HasPrefix(column, "Curve"):
		p.Quantity = "the second derivative"
		p.ValueA = read(func() float64 { return u.curve(u.x) })
		p.ValueB = read(func() float64 { return u.at(symbolic.D(symbolic.D(u.paper(v), v), v), v) })
	default:
		p.Quantity = "the slope"
		slope, difference := u.slope(u.x), u.quotient()
		text := read(func() float64 { return u.at(symbolic.D(u.paper(v), v), v) })
		p.ValueA, p.ValueB = slope, text
		if column == "Value" || text != text || u.close(slope, text) {
			p.B, p.ValueB = Differences, difference
		}
	}
	return p
}

// definition returns where a column of a row is written, "" if it is no Go function.
func definition(row any, column string) string {
	f := reflect.ValueOf(row).Elem().FieldByName(column)
	if f.Kind() != reflect.Func || f.IsNil() {
		return ""
	}
	file, line := runtime.FuncForPC(f.Pointer()).FileLine(f.Pointer())
	return fmt.Sprintf("%s:%d", file, line)
}

// locate finds the operation of a place, which came to value if that is a number, among
// those that the tape executes, and where it is called. It returns its number, -1 if it
// is not there.
func (e *evidence) locate(p *Place, value float64) (at int) {
	at = -1
	defer func() { _ = recover() }() // the function's own panic: the place stays unknown
	best := 0
	for k, op := range e.executed() {
		fit := 0
		if math.Abs(op.Value) == math.Abs(value) {
			fit = 1
		}
		if op.Name == p.Operation {
			fit += 2
			if slices.EqualFunc(op.Operands, p.Args, func(o reverse.Operand, a float64) bool { return same(o.Value, a) }) {
				fit += 4
			}
		}
		if fit > best {
			best, at = fit, k
		}
	}
	if at >= 0 {
		p.File, p.Line = e.source(at)
	}
	return at
}

// source returns the file and line of an operation of the tape.
func (e *evidence) source(k int) (file string, line int) {
	if e.fn.tape == nil {
		return "", 0
	}
	file, line = reverse.Source(e.fn.tape, e.x, k)
	if strings.HasSuffix(file, "/compare/func.go") { // of a row that is checked by itself
		return "", 0
	}
	return file, line
}

// executed returns the operations that the tape executes.
func (e *evidence) executed() []reverse.Operation {
	if e.operations == nil && e.fn.tape != nil {
		e.operations = reverse.Executed(e.fn.tape, e.x)
	}
	return e.operations
}
