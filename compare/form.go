package compare

import (
	"fmt"
	"slices"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare/internal/rounding"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// A form is a function as a formula, what it is traced with, and which methods it can be
// differentiated by: a row may lack a column.
type form struct {
	vars, formulas []symbolic.Expr
	trace          *rounding.Trace
	loose          *rounding.Trace // the same, as it was before tighten; nil if that is none other

	paper  bool     // it can be differentiated on paper
	curved bool     // it has second derivatives
	lacks  []string // what is left out, and why
	faults []unreadable
}

// form returns the function's form at x. Where it has none on paper, since its control
// flow depends on values, the formula is that of the path which the tape took.
func (fn Func) form(x []float64) *form {
	f := &form{paper: fn.paper != nil, curved: true}
	for i := range x {
		f.vars = append(f.vars, symbolic.Var(input(i)))
	}
	if f.paper {
		f.formulas = fn.paper(slices.Clone(f.vars))
	} else {
		f.lacks = append(f.lacks, "on paper: no such form")
		f.formulas = taped(fn.tape, f.vars, x)
	}
	for _, form := range []struct {
		lacks bool
		what  string
	}{
		{fn.real == nil, "differences: no form over plain numbers, and the values of another one"},
		{fn.number == nil, "dual: no such form"},
		{fn.hyper == nil && fn.scalar, "dual at second order: no such form"},
		{fn.tape == nil, "reverse: no such form"},
	} {
		if form.lacks {
			f.lacks = append(f.lacks, form.what)
		}
	}
	if f.formulas == nil {
		return f
	}
	f.trace = rounding.Record(f.formulas, f.vars, x)
	for _, row := range f.rows() {
		row.check(f)
	}
	if f.paper && f.curved {
		f.tighten()
	}
	return f
}

// tighten evaluates Texts where the arguments of a function are so large that its columns
// may differ by as much as they come to.
func (f *form) tighten() {
	x, y := symbolic.Var("x"), symbolic.Var("y")
	texts := map[any][]symbolic.Expr{}
	for i := range f.trace.Statements {
		s := &f.trace.Statements[i]
		if s.Kind < rounding.Apply || !s.Loose() {
			continue
		}
		var row any
		var z symbolic.Expr
		if s.Kind == rounding.Apply {
			row, z = s.Op.Func(), x.Apply(s.Op)
		} else {
			row, z = s.Op2.Func(), x.Apply2(s.Op2, y)
		}
		d, ok := texts[row]
		if !ok {
			dx, dy := symbolic.D(z, x), symbolic.D(z, y)
			d = []symbolic.Expr{dx, dy, symbolic.D(dx, x), symbolic.D(dx, y), symbolic.D(dy, y)}
			texts[row] = d
		}
		var v [5]float64
		for k, e := range d {
			v[k] = float64(symbolic.Eval(e, []symbolic.Expr{x, y}, []ad.Real{ad.Real(s.VA), ad.Real(s.VB)}))
		}
		if f.loose == nil {
			loose := *f.trace
			loose.Statements = slices.Clone(f.trace.Statements)
			f.loose = &loose
		}
		s.Tighten(v[0], v[1], v[2], v[3], v[4])
	}
}

// An unreadable is a Text that cannot be read: which column of which row, and why.
type unreadable struct {
	column, row, why string
}

// A row is an ad.Func or ad.Func2 that occurs in a trace.
type row struct {
	name   string
	curved bool
	texts  map[string]string // by column
	apply  func(x, y symbolic.Expr) symbolic.Expr
}

// rows returns every row that occurs, once.
func (f *form) rows() []row {
	var rows []row
	seen := map[any]bool{}
	for i := range f.trace.Statements {
		switch s := &f.trace.Statements[i]; s.Kind {
		case rounding.Apply:
			if r := s.Op.Func(); !seen[r] {
				seen[r] = true
				op := s.Op
				rows = append(rows, row{r.Name, r.Curve != nil, map[string]string{"Text": r.Text},
					func(x, _ symbolic.Expr) symbolic.Expr { return x.Apply(op) }})
			}
		case rounding.Apply2:
			if r := s.Op2.Func(); !seen[r] {
				seen[r] = true
				op := s.Op2
				rows = append(rows, row{r.Name, r.CurveXX != nil && r.CurveXY != nil && r.CurveYY != nil,
					map[string]string{"TextX": r.TextX, "TextY": r.TextY},
					func(x, y symbolic.Expr) symbolic.Expr { return x.Apply2(op, y) }})
			}
		}
	}
	return rows
}

// check notes what the row lacks.
func (r row) check(f *form) {
	if !r.curved {
		f.curved = false
		f.lacks = append(f.lacks, "second order: "+r.name+" has no Curve")
	}
	for _, column := range [...]string{"Text", "TextX", "TextY"} {
		text, ok := r.texts[column]
		if !ok {
			continue
		}
		if text == "" {
			f.paper = false
			f.lacks = append(f.lacks, "on paper: "+r.name+" has no "+column)
			continue
		}
		if err := r.read(column); err != "" {
			f.paper = false
			f.faults = append(f.faults, unreadable{column, r.name, err})
			f.lacks = append(f.lacks, "on paper: "+err)
		}
	}
}

// read differentiates by the column, and returns what is wrong with it.
func (r row) read(column string) (wrong string) {
	defer func() {
		if p := recover(); p != nil {
			wrong = fmt.Sprint(p)
		}
	}()
	x, y := symbolic.Var("x"), symbolic.Var("y")
	z, along := r.apply(x, y), x
	if column == "TextY" {
		along = y
	}
	for _, v := range symbolic.D(z, along).Vars() {
		if v != x && v != y {
			return fmt.Sprintf("%s of %s names %v", column, r.name, v)
		}
	}
	return ""
}

// taped returns the formulas of the operations that a tape records at x, nil where they
// have none.
func taped(tape func([]reverse.Var) []reverse.Var, vars []symbolic.Expr, x []float64) (formulas []symbolic.Expr) {
	defer func() {
		if recover() != nil { // the function's own
			formulas = nil
		}
	}()
	formulas, err := pathFormulas(reverse.Record(tape, len(x)), vars, x, rowApplied)
	if err != nil {
		return nil
	}
	return formulas
}
