package source

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
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
	var b bytes.Buffer
	if err := symbolic.WriteGo(&b, symbolic.GoFunc{Name: "slope", Package: "p", Vars: vars, Expr: []symbolic.Expr{formula}}); err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", b.Bytes(), 0)
	if err != nil {
		return nil, err
	}
	for _, d := range file.Decls {
		if d, ok := d.(*ast.FuncDecl); ok {
			e, err := readSlope(d, open)
			if err == nil {
				slopes.Store(key, e)
			}
			return e, err
		}
	}
	return nil, fmt.Errorf("no function in %s", b.String())
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

// readSlope reads the body that symbolic writes: helpers, names of variables, temporaries
// and a result.
func readSlope(d *ast.FuncDecl, open bool) (*expr, error) {
	names := map[string]*expr{"x": ref(slopeVars[0]), "y": ref(slopeVars[1])}
	for _, s := range d.Body.List {
		switch s := s.(type) {
		case *ast.AssignStmt:
			id := s.Lhs[0].(*ast.Ident).Name
			switch s.Rhs[0].(type) {
			case *ast.FuncLit, *ast.IndexExpr: // a helper, or an operand
				continue
			}
			e, err := readExpr(s.Rhs[0], names, open)
			if err != nil {
				return nil, err
			}
			names[id] = e
		case *ast.ReturnStmt:
			return readExpr(s.Results[0], names, open)
		}
	}
	return nil, fmt.Errorf("no result")
}

// readExpr reads an expression of generated code. Conversions that keep products from
// being fused are left out, and helpers of one line are opened if that is asked for.
func readExpr(n ast.Expr, names map[string]*expr, open bool) (*expr, error) {
	switch n := n.(type) {
	case *ast.ParenExpr:
		return readExpr(n.X, names, open)
	case *ast.BasicLit:
		c, err := strconv.ParseFloat(n.Value, 64)
		return &expr{op: constOp, value: c, text: n.Value}, err
	case *ast.Ident:
		if e := names[n.Name]; e != nil {
			return e, nil
		}
		return nil, fmt.Errorf("unknown name %s", n.Name)
	case *ast.UnaryExpr:
		a, err := readExpr(n.X, names, open)
		if err != nil || n.Op != token.SUB {
			return nil, fmt.Errorf("an operator %s: %w", n.Op, err)
		}
		return neg(a), nil
	case *ast.BinaryExpr:
		a, err := readExpr(n.X, names, open)
		if err != nil {
			return nil, err
		}
		b, err := readExpr(n.Y, names, open)
		if err != nil {
			return nil, err
		}
		if root := b.ofRoot(); root != nil && n.Op == token.QUO && a.String() == "1" && !open { // how rsqrt is written
			return &expr{op: callOp, fn: &function{name: "rsqrt", row: "rsqrt"}, args: []*expr{root}}, nil
		}
		ops := map[token.Token]op{token.ADD: addOp, token.SUB: subOp, token.MUL: mulOp, token.QUO: divOp}
		return &expr{op: ops[n.Op], args: []*expr{a, b}}, nil
	case *ast.SelectorExpr:
		return &expr{op: rawOp, text: "math." + n.Sel.Name}, nil
	case *ast.CallExpr:
		var args []*expr
		for _, a := range n.Args {
			e, err := readExpr(a, names, open)
			if err != nil {
				return nil, err
			}
			args = append(args, e)
		}
		switch f := n.Fun.(type) {
		case *ast.SelectorExpr:
			return &expr{op: callOp, fn: &function{name: "math." + f.Sel.Name}, args: args}, nil
		case *ast.Ident:
			if f.Name == "float64" {
				return args[0], nil
			}
			if e := opened(f.Name, args); e != nil && open {
				return e, nil
			}
			return &expr{op: callOp, fn: &function{name: f.Name, row: f.Name}, args: args}, nil
		}
	}
	return nil, fmt.Errorf("unknown code %T", n)
}

// ofRoot returns u where e is the absolute value of the square root of u, else nil.
func (e *expr) ofRoot() *expr {
	for _, name := range [...]string{"math.Abs", "math.Sqrt"} {
		if e.op != callOp || e.fn.name != name {
			return nil
		}
		e = e.args[0]
	}
	return e
}

// opened returns the body of a helper of one line with its operands put in, or nil.
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
		e, err := readExpr(r.Results[0], names, true)
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
