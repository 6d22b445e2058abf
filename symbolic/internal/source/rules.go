package source

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"strconv"
	"strings"
)

// ruleLine is what a user says of a function: //ad:rule f(x, n): df/dx; _
var ruleLine = regexp.MustCompile(`^//ad:rule\s+((?:math\.)?\w+)\(([^()]*)\)\s*:\s*(.*)$`)

// readRules returns the functions that comments of the package state derivatives of.
func (p *Package) readRules() error {
	p.rules = make(map[string]*function)
	for _, f := range p.asts {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if !strings.HasPrefix(c.Text, "//ad:rule") {
					continue
				}
				fn, err := readRule(c.Text)
				if err == nil && p.rules[fn.name] != nil {
					err = fmt.Errorf("a second rule for %s", fn.name)
				}
				if err != nil {
					return fmt.Errorf("%s: adgen: //ad:rule: %w", p.files.Position(c.Pos()), err)
				}
				p.rules[fn.name] = fn
			}
		}
	}
	return nil
}

func readRule(text string) (*function, error) {
	m := ruleLine.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return nil, fmt.Errorf("it reads //ad:rule f(x, y): the derivative in x; that in y, or _ for none")
	}
	fn := &function{name: m[1]}
	for _, name := range strings.Split(m[2], ",") {
		fn.params = append(fn.params, strings.TrimSpace(name))
	}
	for _, s := range strings.Split(m[3], ";") {
		fn.slopes = append(fn.slopes, strings.TrimSpace(s))
	}
	if len(fn.slopes) != len(fn.params) || len(fn.params) > len(slopeVars) {
		return nil, fmt.Errorf("%s has %d parameters, at most %d, and %d derivatives", fn.name, len(fn.params), len(slopeVars), len(fn.slopes))
	}
	for i := range fn.slopes {
		if _, err := fn.ruled(i); err != nil && fn.slopes[i] != "_" {
			return nil, err
		}
	}
	return fn, nil
}

// ruled returns the derivative in the i-th operand that a rule states.
func (f *function) ruled(i int) (*expr, error) {
	if f.slopes[i] == "_" {
		return nil, fmt.Errorf("its rule has none")
	}
	names := make(map[string]*expr)
	for k, name := range f.params {
		names[name] = ref(slopeVars[k])
	}
	n, err := parser.ParseExpr(f.slopes[i])
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.slopes[i], err)
	}
	return readExpr(n, names, func(name string, args []*expr) *expr {
		return &expr{op: callOp, fn: &function{name: name}, args: args}
	})
}

// readExpr reads Go: numbers, names, + - * / and calls, which call builds.
func readExpr(n ast.Expr, names map[string]*expr, call func(name string, args []*expr) *expr) (*expr, error) {
	read := func(all ...ast.Expr) (list []*expr, err error) {
		for _, n := range all {
			e, err := readExpr(n, names, call)
			if err != nil {
				return nil, err
			}
			list = append(list, e)
		}
		return list, nil
	}
	switch n := n.(type) {
	case *ast.ParenExpr:
		return readExpr(n.X, names, call)
	case *ast.BasicLit:
		c, err := strconv.ParseFloat(n.Value, 64)
		return &expr{op: constOp, value: c, text: n.Value}, err
	case *ast.Ident:
		if e := names[n.Name]; e != nil {
			return e, nil
		}
		return nil, fmt.Errorf("%s is none of its parameters", n.Name)
	case *ast.UnaryExpr:
		if n.Op == token.SUB {
			a, err := readExpr(n.X, names, call)
			if err != nil {
				return nil, err
			}
			return neg(a), nil
		}
	case *ast.BinaryExpr:
		if o, ok := map[token.Token]op{token.ADD: addOp, token.SUB: subOp, token.MUL: mulOp, token.QUO: divOp}[n.Op]; ok {
			args, err := read(n.X, n.Y)
			return &expr{op: o, args: args}, err
		}
	case *ast.SelectorExpr:
		if id, ok := n.X.(*ast.Ident); ok && id.Name == "math" {
			return &expr{op: rawOp, text: "math." + n.Sel.Name}, nil
		}
	case *ast.CallExpr:
		args, err := read(n.Args...)
		if err != nil {
			return nil, err
		}
		return call(types.ExprString(n.Fun), args), nil
	}
	return nil, fmt.Errorf("%s: a derivative has numbers, parameters, + - * / and calls", types.ExprString(n))
}

// ruledCall builds a call of a function with a rule, or returns nil.
func (u *unit) ruledCall(n *ast.CallExpr) *expr {
	switch f := n.Fun.(type) {
	case *ast.Ident:
		if o, ok := u.info.Uses[f].(*types.Func); !ok || o.Parent() != u.types.Scope() {
			return nil
		}
	case *ast.SelectorExpr:
		if !u.isMath(f) {
			return nil
		}
		u.imports["math"] = true
	default:
		return nil
	}
	fn := u.rules[types.ExprString(n.Fun)]
	if fn == nil || n.Ellipsis.IsValid() {
		return nil
	}
	if len(n.Args) != len(fn.params) {
		u.refuse(n.Pos(), "a call of "+fn.name, fmt.Sprintf("its rule has %d parameters", len(fn.params)), "mend the rule")
		return number(0)
	}
	e := &expr{op: callOp, fn: fn, pos: n.Pos()}
	for _, a := range n.Args {
		if t := u.typeOf(a); isFloat(t) || u.info.Types[a].Value != nil {
			e.args = append(e.args, u.float(a))
		} else {
			e.args = append(e.args, u.raw(a))
		}
	}
	return e
}
