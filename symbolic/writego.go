package symbolic

import (
	"bytes"
	"fmt"
	"go/format"
	gotoken "go/token"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/symbolic/internal/gosource"
)

// A GoFunc says which function WriteGo writes.
type GoFunc struct {
	Name    string // of the function
	Package string // of the file; if it is empty, the function is written alone
	Doc     string // a comment, if it is not the formula

	Vars []Expr // the variables, in the order of the entries of the argument at
	Expr []Expr // the expressions

	// Gradient, of one expression, and Jacobian, of several, ask for the first
	// derivatives as well, and Hessian for the second, of one expression.
	Gradient, Jacobian, Hessian bool
}

// WriteGo writes a Go function that computes expressions and their derivatives. What they
// share is computed once. Its signature is one of
//
//	func f(at []float64) float64                   the value of one expression
//	func f(grad, at []float64) float64             that, and the gradient
//	func f(hess, grad, at []float64) float64       that, and the Hessian, row by row
//	func f(dst, at []float64)                      the values of several
//	func f(jac, dst, at []float64)                 those, and the Jacobian, row by row
//
// The function is formatted by gofmt and needs package math alone. It computes what Eval
// does, in the same order, without fused operations: the results are the same to the bit
// but for what this module mends in package math: exponentials, logarithms, powers and
// trigonometric functions may differ in the last place, and far out by more.
//
// WriteGo returns an error if an expression has a variable that is not in Vars, or a
// function of a user's own.
func WriteGo(w io.Writer, f GoFunc) error {
	if !gotoken.IsIdentifier(f.Name) || f.Package != "" && !gotoken.IsIdentifier(f.Package) {
		return fmt.Errorf("symbolic: WriteGo: %s, in package %s: not a name in Go", quoted(f.Name), quoted(f.Package))
	}
	all, outs, err := f.expressions()
	if err != nil {
		return err
	}
	g := &generator{program: compile(lowered(all)...), names: make(map[*node]string), taken: make(map[string]bool), helpers: make(map[string]bool)}
	body, err := g.body(f, outs)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if f.Package != "" {
		fmt.Fprintf(&b, "package %s\n\n", f.Package)
		if bytes.Contains(body, []byte("math.")) {
			b.WriteString("import \"math\"\n\n")
		}
	}
	doc := f.Doc
	if doc == "" {
		doc = f.Name + " computes " + f.formulas() + "."
	}
	for line := range strings.Lines(doc) {
		b.WriteString("// " + strings.TrimRight(line, "\n") + "\n")
	}
	b.Write(body)
	source, err := format.Source(b.Bytes())
	if err != nil {
		return fmt.Errorf("symbolic: WriteGo: %w", err)
	}
	_, err = w.Write(source)
	return err
}

// formulas returns the expressions for a comment.
func (f GoFunc) formulas() string {
	var list []string
	for _, e := range f.Expr {
		if text := e.Infix(); len(text) < 100 {
			list = append(list, text)
		} else {
			list = append(list, "a formula")
		}
	}
	text := strings.Join(list, ", ")
	if f.Gradient || f.Jacobian || f.Hessian {
		text += ", and its derivatives"
	}
	return text
}

// An out is where results go: a slice, or the function's value for "".
type out struct {
	slice string
	n     int
}

// expressions returns all that is to be computed.
func (f GoFunc) expressions() (all []Expr, outs []out, err error) {
	n := len(f.Vars)
	for _, v := range f.Vars {
		if v.node().kind != variable {
			return nil, nil, fmt.Errorf("symbolic: WriteGo: %s is not a variable", plain(v.String()))
		}
	}
	switch {
	case len(f.Expr) == 0:
		return nil, nil, fmt.Errorf("symbolic: WriteGo: no expression")
	case len(f.Expr) > 1 && (f.Gradient || f.Hessian):
		return nil, nil, fmt.Errorf("symbolic: WriteGo: a gradient of %d expressions; ask for the Jacobian", len(f.Expr))
	case f.Jacobian || len(f.Expr) > 1:
		all, outs = slices.Clone(f.Expr), []out{{"dst", len(f.Expr)}}
		if f.Jacobian {
			for _, row := range Jac(f.Expr, f.Vars) {
				all = append(all, row...)
			}
			outs = append(outs, out{"jac", n * len(f.Expr)})
		}
		return all, outs, nil
	}
	all, outs = slices.Clone(f.Expr), []out{{"", 1}}
	if f.Gradient || f.Hessian {
		all = append(all, Grad(f.Expr[0], f.Vars)...)
		outs = append(outs, out{"grad", n})
	}
	if f.Hessian {
		for _, row := range Hess(f.Expr[0], f.Vars) {
			all = append(all, row...)
		}
		outs = append(outs, out{"hess", n * n})
	}
	return all, outs, nil
}

// A generator writes the statements of a function.
type generator struct {
	*program
	names   map[*node]string // of variables
	taken   map[string]bool
	helpers map[string]bool
	text    []goText // by step
	uses    []int
	lines   bytes.Buffer
	temps   int
}

// A goText is a Go expression, and how tightly its operator binds: 4 for sums, 5 for
// products, 6 for negation, 7 for what stands alone.
type goText struct {
	text  string
	binds int
}

func (t goText) within(least int) string {
	if t.binds >= least {
		return t.text
	}
	return "(" + t.text + ")"
}

// body writes the function.
func (g *generator) body(f GoFunc, outs []out) ([]byte, error) {
	for _, name := range []string{"at", "dst", "jac", "grad", "hess", "math", "max", "min", "float64", "append", "func", f.Name} {
		g.taken[name] = true
	}
	for _, h := range gosource.Helpers() {
		g.taken[h.Name] = true
	}
	used := make(map[*node]bool)
	for _, s := range g.steps {
		used[s.node] = true
	}
	var head bytes.Buffer
	for i, v := range f.Vars {
		n := v.node()
		if _, twice := g.names[n]; twice {
			return nil, fmt.Errorf("symbolic: WriteGo: the variable %s twice", plain(n.name))
		}
		g.names[n] = g.fresh(n.name)
		if used[n] {
			fmt.Fprintf(&head, "%s := at[%d]\n", g.names[n], i)
		}
	}
	if err := g.statements(); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	var params []string
	for _, o := range slices.Backward(outs) {
		if o.slice != "" {
			params = append(params, o.slice)
		}
	}
	result := ""
	if outs[0].slice == "" {
		result = "float64 "
	}
	fmt.Fprintf(&b, "func %s(%s []float64) %s{\n", f.Name, strings.Join(append(params, "at"), ", "), result)
	if len(f.Vars) > 0 {
		fmt.Fprintf(&b, "_ = at[%d]\n", len(f.Vars)-1)
	}
	for _, h := range gosource.Needed(g.helpers) {
		fmt.Fprintf(&b, "%s := %s\n", h.Name, h.Literal)
	}
	b.Write(head.Bytes())
	b.Write(g.lines.Bytes())
	at := 0
	value := ""
	for _, o := range outs {
		for i := range o.n {
			text := g.text[g.roots[at]].text
			at++
			if o.slice == "" {
				value = text
				continue
			}
			fmt.Fprintf(&b, "%s[%d] = %s\n", o.slice, i, text)
		}
	}
	if outs[0].slice == "" {
		fmt.Fprintf(&b, "return %s\n", value)
	}
	b.WriteString("}\n")
	return b.Bytes(), nil
}

// fresh returns a name that is not taken, like the one that is wanted.
func (g *generator) fresh(name string) string {
	if !gotoken.IsIdentifier(name) {
		name = "v_" + strings.Map(func(c rune) rune {
			if c == '_' || '0' <= c && c <= '9' {
				return c
			}
			return 'v'
		}, name)
	}
	for g.taken[name] || gotoken.IsKeyword(name) || name == "_" {
		name += "_"
	}
	g.taken[name] = true
	return name
}

// statements writes what occurs more than once, or is long, to variables of its own.
func (g *generator) statements() error {
	g.text, g.uses = make([]goText, len(g.steps)), make([]int, len(g.steps))
	for _, s := range g.steps {
		for _, at := range g.operandsOf(s) {
			g.uses[at]++
			if s.repeats() {
				g.uses[at]++
			}
		}
	}
	for _, r := range g.roots {
		g.uses[r]++
	}
	twins := g.twins()
	for i, s := range g.steps {
		if twins[i] != none {
			if int(twins[i]) > i {
				g.sincos(s, int32(i), twins[i])
			}
			continue
		}
		t, err := g.expression(s)
		if err != nil {
			return err
		}
		atom := s.kind == constant || s.kind == variable
		if !atom && (g.uses[i] > 1 || len(t.text) > 90) && g.uses[i] > 0 {
			name := g.temp()
			fmt.Fprintf(&g.lines, "%s := %s\n", name, t.text)
			t = goText{name, 7}
		}
		g.text[i] = t
	}
	return nil
}

// sincos writes a sine and the cosine of the same angle, the steps i and twin.
func (g *generator) sincos(s step, i, twin int32) {
	sine, cosine := goText{g.temp(), 7}, goText{g.temp(), 7}
	fmt.Fprintf(&g.lines, "%s, %s := math.Sincos(%s)\n", sine.text, cosine.text, g.text[s.a].text)
	if s.row == rule.Cos {
		i, twin = twin, i
	}
	g.text[i], g.text[twin] = sine, cosine
}

// temp returns the name of a variable of its own.
func (g *generator) temp() string {
	g.temps++
	return g.fresh("t" + strconv.Itoa(g.temps-1))
}

// repeats reports whether the text of a step has its operand twice.
func (n *node) repeats() bool {
	c, ok := exponentOf(n)
	return ok && c == 2 || n.kind == apply && n.row == rule.Square
}

func (g *generator) expression(s step) (goText, error) {
	arg := func(at int32, least int) string { return g.text[at].within(least) }
	term := func(at int32, least int) string { // never fused with the sum
		if n := g.steps[at].node; n.kind == mul || n.repeats() {
			if t := g.text[at]; t.binds == 5 {
				return "float64(" + t.text + ")"
			}
		}
		return arg(at, least)
	}
	switch s.kind {
	case constant:
		return goNumber(s.value()), nil
	case variable:
		name, ok := g.names[s.node]
		if !ok {
			return goText{}, fmt.Errorf("symbolic: WriteGo: the variable %s has no value", plain(s.name))
		}
		return goText{name, 7}, nil
	case add:
		return goText{term(s.a, 4) + " + " + term(s.b, 5), 4}, nil
	case sub:
		return goText{term(s.a, 4) + " - " + term(s.b, 5), 4}, nil
	case mul:
		return goText{arg(s.a, 5) + "*" + arg(s.b, 6), 5}, nil
	case div:
		return goText{arg(s.a, 5) + "/" + arg(s.b, 6), 5}, nil
	case neg:
		return goText{"-" + arg(s.a, 7), 6}, nil
	}
	if s.repeats() {
		if g.steps[s.a].kind == constant { // Go would multiply constants exactly
			name := g.fresh("c" + strconv.Itoa(g.temps))
			g.temps++
			fmt.Fprintf(&g.lines, "%s := %s\n", name, g.text[s.a].text)
			return goText{name + "*" + name, 5}, nil
		}
		return goText{arg(s.a, 6) + "*" + arg(s.a, 6), 5}, nil
	}
	name, ok := "ifpos", true
	switch s.kind {
	case apply:
		name, ok = gosource.Functions[s.row.Name], knownRow(s.row)
	case apply2:
		name, ok = gosource.Functions[s.row2.Name], knownRow2(s.row2)
	}
	if !ok || name == "" {
		return goText{}, fmt.Errorf("symbolic: WriteGo: the function %s has no source", plain(s.label()))
	}
	if s.kind == apply && s.row == rule.Reciprocal {
		return goText{"1/" + arg(s.a, 6), 5}, nil
	}
	if !strings.Contains(name, ".") {
		g.helpers[name] = true
	}
	var args []string
	for _, at := range g.operandsOf(s) {
		args = append(args, g.text[at].text)
	}
	return goText{name + "(" + strings.Join(args, ", ") + ")", 7}, nil
}
