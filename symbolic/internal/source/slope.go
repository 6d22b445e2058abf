package source

import (
	"fmt"
	"go/ast"
	"go/parser"
	"math"
	"strings"
	"sync"

	"github.com/quartet-ad/ad/symbolic"
	"github.com/quartet-ad/ad/symbolic/internal/gosource"
)

// The variables of slopes stand for the operands.
var slopeVars = []*variable{{name: "x"}, {name: "y"}, {name: "z"}, {name: "u"}, {name: "v"}, {name: "w"}}

// slopes caches what slopeOf found: expressions over slopeVars.
var slopes sync.Map

type slopeKey struct {
	text  string
	arity int
	open  bool
}

// partial returns the derivative of a call of f with n operands in the i-th.
func (f *function) partial(i, n int, open bool) (*expr, error) {
	if f.params != nil {
		return f.ruled(i)
	}
	return slopeOf(f.slopes[i], n, open)
}

// slopeOf returns the partial derivative that the table states as text, as Go writes it.
// Helpers of one line are opened if that is asked for. It has an error where the table's
// functions have no source.
func slopeOf(text string, arity int, open bool) (*expr, error) {
	key := slopeKey{text, arity, open}
	if e, ok := slopes.Load(key); ok {
		return e.(*expr), nil
	}
	vars := []symbolic.Expr{symbolic.Var("x"), symbolic.Var("y")}[:arity]
	formula, err := symbolic.Parse(text, vars...)
	if err != nil {
		return nil, err
	}
	_, list, err := symbolic.ParseWritten(formula.String(), vars...)
	if err != nil {
		return nil, err
	}
	read := make([]*expr, len(list))
	for i, w := range list {
		var args []*expr
		for _, at := range w.Args {
			args = append(args, read[at])
		}
		if read[i], err = operation(w, args, open); err != nil {
			return nil, err
		}
	}
	e := read[len(read)-1]
	slopes.Store(key, e)
	return e, nil
}

// operation returns an operation of a formula as Go computes it.
func operation(w symbolic.Written, args []*expr, open bool) (*expr, error) {
	if o, ok := map[string]op{"add": addOp, "sub": subOp, "mul": mulOp, "div": divOp}[w.Name]; ok {
		return &expr{op: o, args: args}, nil
	}
	switch w.Name {
	case "number":
		if math.Signbit(w.Value) {
			return neg(number(-w.Value)), nil
		}
		return number(w.Value), nil
	case "variable":
		for _, v := range slopeVars {
			if v.name == w.Var.String() {
				return ref(v), nil
			}
		}
	case "neg":
		return neg(args[0]), nil
	case "square":
		return &expr{op: mulOp, args: []*expr{args[0], args[0]}}, nil
	case "reciprocal":
		return &expr{op: divOp, args: []*expr{number(1), args[0]}}, nil
	case "pow":
		if args[1].op == constOp && args[1].value == 2 {
			return &expr{op: mulOp, args: []*expr{args[0], args[0]}}, nil
		}
	case "ifpos":
		return called("ifpos", args, open), nil
	}
	name := gosource.Functions[w.Name]
	if name == "" {
		return nil, fmt.Errorf("the function %s has no source", w.Name)
	}
	return called(name, args, open), nil
}

// helper returns the row of a helper that generated code calls, by its name there. It
// returns nil where the row's derivative has no source in Go: the code of the helper is
// differentiated then.
func (u *unit) helper(name string) *function {
	if len(u.outs) == 0 {
		return nil
	}
	for _, h := range gosource.Helpers() {
		if helperName(u.prefix, h.Name) != name {
			continue
		}
		slopes := helperSlopes(h)
		if slopes == nil {
			return nil
		}
		return &function{name: name, row: h.Name, slopes: slopes}
	}
	return nil
}

// closed are derivatives of helpers in terms of helpers, where those of the table have no
// source.
var closed = map[string][]string{
	"unit":   {"square(unit(y, x))/hypot(x, y)", "-(unit(x, y)*unit(y, x)/hypot(x, y))"},
	"dipole": {"(dipole(y, x)-dipole(x, y))*(dipole(y, x)+dipole(x, y))", "-2*dipole(x, y)*dipole(y, x)"},
}

// helperSlopes returns the texts of the partial derivatives of a helper, or nil if they
// have no source.
func helperSlopes(h gosource.Helper) []string {
	if texts := closed[h.Name]; texts != nil {
		return texts
	}
	vars := []symbolic.Expr{symbolic.Var("x"), symbolic.Var("y")}
	call := h.Name + "(x, y)"
	if !strings.HasPrefix(h.Literal, "func(x, y float64)") {
		vars, call = vars[:1], h.Name+"(x)"
	}
	f, err := symbolic.Parse(call, vars...)
	if err != nil {
		return nil
	}
	var slopes []string
	for _, v := range vars {
		text := symbolic.D(f, v).String()
		if _, err := slopeOf(text, len(vars), true); err != nil {
			return nil
		}
		slopes = append(slopes, text)
	}
	return slopes
}

// called is a call of a function of package math, or of a helper. Helpers of one line are
// opened if that is asked for.
func called(name string, args []*expr, open bool) *expr {
	if strings.Contains(name, ".") {
		return &expr{op: callOp, fn: &function{name: name}, args: args}
	}
	if open {
		if e := opened(name, args); e != nil {
			return e
		}
	}
	return &expr{op: callOp, fn: &function{name: name, row: name}, args: args}
}

// opened returns the body of a helper of one line with its operands put in, or nil.
// Conversions that keep products from being fused are left out.
func opened(name string, args []*expr) *expr {
	for _, h := range gosource.Helpers() {
		if h.Name != name || strings.Contains(h.Literal, "math.FMA") {
			continue
		}
		n, err := parser.ParseExpr(h.Literal)
		if err != nil {
			return nil
		}
		f := n.(*ast.FuncLit)
		if len(f.Body.List) != 1 {
			return nil
		}
		r, ok := f.Body.List[0].(*ast.ReturnStmt)
		if !ok {
			return nil
		}
		names := make(map[string]*expr)
		at := 0
		for _, field := range f.Type.Params.List {
			for _, id := range field.Names {
				names[id.Name] = args[at]
				at++
			}
		}
		e, err := readExpr(r.Results[0], names, func(name string, args []*expr) *expr {
			if name == "float64" {
				return args[0]
			}
			return called(name, args, true)
		})
		if err != nil {
			return nil
		}
		return e
	}
	return nil
}

// isHelper reports whether a function of generated code is declared beside it.
func (f *function) isHelper() bool {
	return f != nil && f.row != "" && !strings.Contains(f.name, ".") && f.generic == ""
}

// put returns e with operands in the place of slopeVars. A call that equals known, which
// is at hand as the variable result, is read from there.
func (e *expr) put(args []*expr, known *expr, result *variable) *expr {
	if e.op == refOp {
		for i, v := range slopeVars {
			if e.v == v {
				return args[i]
			}
		}
		return e
	}
	c := *e
	c.args = nil
	for _, a := range e.args {
		c.args = append(c.args, a.put(args, known, result))
	}
	if c.op == callOp && result != nil && c.String() == known.String() {
		return ref(result)
	}
	return &c
}
