package source

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/constant"
	"go/format"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// A unit is a function to be differentiated.
type unit struct {
	*Package
	frame
	decl     *ast.FuncDecl
	name     string
	recv     string // in Go, or ""
	receiver *variable
	params   []*variable
	body     []*stmt
	vars     map[types.Object]*variable
	taken    map[string]bool
	imports  map[string]bool
	refused  Refusals
	fixed    int      // greater than 0 where no statement can come before
	label    string   // of the loop that begins
	outs     []string // parameters that the function fills: it is generated code
	prefix   string   // of helpers
	copies   int
	fields   map[*variable]map[string]*variable // of parameters that are read into variables
}

// A frame is what building a function knows of it, while its callers wait with theirs.
type frame struct {
	calls   []string      // that are being inlined, this one last
	callAt  token.Pos     // of the call of a function of another package that is built
	barrier int           // lists that were made less deep in calls are only read
	result  *variable     // if it has a name
	results []*variable   // of a function that returns several
	inline  *variable     // the result of a call
	listed  bool          // the function that is called returns a list
	list    *variable     // the list that it returns
	into    []*stmt       // statements that must come before the one that is built
	whole   *ast.CallExpr // a call that is all of a statement's right side
	loops   []bool        // the enclosing loops and switches: true for a loop
	around  []*enclosing  // the enclosing loops
}

func (u *unit) refuse(pos token.Pos, construct, reason, instead string) {
	if u.callAt.IsValid() {
		pos = u.callAt
	}
	r := Refusal{u.files.Position(pos), construct, reason, instead}
	if !slices.Contains(u.refused, r) {
		u.refused = append(u.refused, r)
	}
}

// build reads a function into statements. Derivatives are taken with respect to the
// parameters named, or to all of floats if there are none.
func (p *Package) build(name string, wrt []string, prefix string, outs ...string) (*unit, error) {
	d, ok := p.decls[name]
	if !ok {
		return nil, fmt.Errorf("adgen: there is no function %s with a body in package %s", name, p.Name)
	}
	u := &unit{Package: p, decl: d, name: d.Name.Name, vars: make(map[types.Object]*variable),
		taken: make(map[string]bool), imports: make(map[string]bool), outs: outs, prefix: prefix, frame: frame{barrier: 1}, fields: make(map[*variable]map[string]*variable)}
	u.calls = []string{name}
	if fn, ok := p.info.Defs[d.Name].(*types.Func); ok {
		u.calls = []string{fn.FullName()}
	}
	for _, word := range []string{"math", "ad", "len", "cap", "min", "max", "make", "append", "clear", "panic", "float64", "int", "bool", "nil", "true", "false", "iota", "any", "string"} {
		u.taken[word] = true
	}
	for _, n := range p.types.Scope().Names() {
		u.taken[n] = true
	}
	for _, n := range helperNames() {
		u.taken[helperName(prefix, n)] = true
	}
	for _, e := range p.bad {
		if d.Pos() <= e.Pos && e.Pos < d.End() && !strings.HasPrefix(e.Msg, "undefined: ") && !strings.Contains(e.Msg, "not exported by package") {
			u.refuse(e.Pos, "code that does not type-check", e.Msg, "mend it first")
		}
	}
	if d.Type.TypeParams != nil {
		u.refuse(d.Pos(), "a generic function", "its types are not known", "write it over float64")
	}
	if d.Recv != nil && len(d.Recv.List) == 1 {
		var b bytes.Buffer
		format.Node(&b, p.files, d.Recv.List[0].Type)
		for _, id := range d.Recv.List[0].Names {
			u.receiver = u.param(id, false)
			u.recv = u.receiver.name + " "
		}
		u.recv += b.String()
	}
	rest := slices.Clone(wrt)
	for _, f := range d.Type.Params.List {
		if _, ok := f.Type.(*ast.Ellipsis); ok {
			u.refuse(f.Pos(), "a variadic parameter", "its slice may be shared", "take a []float64")
			continue
		}
		for _, id := range f.Names {
			at := slices.Index(rest, id.Name)
			if at >= 0 {
				rest = slices.Delete(rest, at, at+1)
			}
			v := u.param(id, len(wrt) == 0 || at >= 0)
			v.out = slices.Contains(outs, id.Name)
			v.active = v.active || v.out
			if strings.Contains(v.typ, "invalid type") {
				u.refuse(id.Pos(), "the parameter "+id.Name, "its type is of a package that is not read", "pass its numbers in a []float64")
			}
			if at >= 0 && !v.wrt && !u.open(v, u.typeOf(f.Type)) {
				u.refuse(id.Pos(), "a parameter of type "+v.typ, "derivatives are taken of float64, []float64, and structs and vectors of them", "pass its numbers in a []float64")
			}
		}
		if len(f.Names) == 0 {
			u.refuse(f.Pos(), "a parameter without a name", "nothing can be passed on to it", "name it")
		}
	}
	if u.receiver != nil {
		if at := slices.Index(rest, u.receiver.name); at >= 0 && u.open(u.receiver, u.typeOf(d.Recv.List[0].Type)) {
			rest = slices.Delete(rest, at, at+1)
		}
	}
	if len(wrt) == 0 && !slices.ContainsFunc(u.params, func(v *variable) bool { return v.wrt }) {
		for obj, p := range u.paramsInOrder() {
			u.open(p, obj)
		}
	}
	for _, name := range rest {
		return nil, fmt.Errorf("adgen: %s has no parameter %s", u.name, name)
	}
	if len(u.refused) == 0 && !slices.ContainsFunc(u.params, func(v *variable) bool { return v.wrt }) {
		u.refuse(d.Pos(), "a function without a parameter of type float64 or []float64", "there is nothing to differentiate by", "pass the numbers in a []float64")
	}
	u.declareResults(d)
	if len(u.refused) > 0 {
		return nil, u.refused
	}
	u.body = append(u.into, u.block(d.Body.List)...)
	u.activity()
	if len(u.refused) > 0 {
		return nil, u.refused
	}
	return u, nil
}

func (u *unit) param(id *ast.Ident, wrt bool) *variable {
	v := u.declare(id)
	v.param = true
	v.wrt = wrt && v.kind != other && !strings.HasPrefix(v.typ, "[") || wrt && v.typ == "[]float64"
	v.active = v.wrt
	u.params = append(u.params, v)
	return v
}

// typeOf returns the type of an expression, which is types.Invalid if it has none.
func (u *unit) typeOf(n ast.Expr) types.Type {
	if t := u.info.TypeOf(n); t != nil {
		return t
	}
	return types.Typ[types.Invalid]
}

func isFloat(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.Float64
}

// kindOf returns what a variable of a type holds.
func kindOf(t types.Type) kind {
	switch t := t.(type) {
	case *types.Basic:
		if t.Kind() == types.Float64 {
			return scalar
		}
	case *types.Slice:
		if isFloat(t.Elem()) {
			return list
		}
	case *types.Array:
		if isFloat(t.Elem()) {
			return list
		}
	}
	return other
}

// declare returns a new variable for an identifier.
func (u *unit) declare(id *ast.Ident) *variable {
	obj := u.info.Defs[id]
	if obj == nil {
		u.refuse(id.Pos(), "the name "+id.Name, "its type is not known", "mend the code first")
		return &variable{name: id.Name, kind: other}
	}
	v := &variable{name: u.fresh(id.Name), kind: kindOf(obj.Type()), named: len(u.calls) == 1 && len(u.outs) == 0}
	v.typ = types.TypeString(obj.Type(), func(p *types.Package) string {
		if p == u.types {
			return ""
		}
		return p.Name()
	})
	u.vars[obj] = v
	return v
}

// fresh returns a name like the one wanted that is not taken.
func (u *unit) fresh(name string) string {
	if name == "_" {
		name = "unused"
	}
	base := name
	for i := 2; u.taken[name] || token.IsKeyword(name); i++ {
		name = base + strconv.Itoa(i)
	}
	u.taken[name] = true
	return name
}

func (u *unit) temp(name string) *variable {
	return &variable{name: u.fresh(name), kind: scalar, typ: "float64"}
}

// variable returns the variable that an identifier means, if it is one of the function's.
func (u *unit) variable(id *ast.Ident) *variable {
	if v := u.vars[u.info.Uses[id]]; v != nil {
		return v
	}
	return u.vars[u.info.Defs[id]]
}

// constantText writes the value of a local constant.
func constantText(c *types.Const) string {
	if isConstFloat(c.Type()) {
		f, _ := constant.Float64Val(constant.ToFloat(c.Val()))
		return number(f).float()
	}
	text := c.Val().ExactString()
	if c.Val().Kind() == constant.Int && constant.Sign(c.Val()) < 0 {
		text = "(" + text + ")"
	}
	if b, ok := c.Type().(*types.Basic); !ok || b.Info()&types.IsUntyped == 0 && b.Kind() != types.Int && b.Kind() != types.String && b.Kind() != types.Bool {
		return types.TypeString(c.Type(), types.RelativeTo(c.Pkg())) + "(" + text + ")"
	}
	return text
}

func under(t types.Type) types.Type {
	if t == nil {
		return nil
	}
	return t.Underlying()
}

func (u *unit) known(t types.Type) bool { _, ok := t.Underlying().(*types.Basic); return ok }

// pure refuses calls that may do more than return a value.
func (u *unit) pure(n *ast.CallExpr) {
	if tv, ok := u.info.Types[n.Fun]; ok && tv.IsType() {
		return
	}
	switch f := n.Fun.(type) {
	case *ast.Ident:
		if _, ok := u.info.Uses[f].(*types.Builtin); ok {
			switch f.Name {
			case "len", "cap", "min", "max":
				return
			case "make":
				if t := u.typeOf(n).String(); len(u.outs) > 0 && isStack(t) {
					return
				}
			}
		}
		u.refuse(n.Pos(), "a call of "+f.Name, "what it does and reads is not known here", "compute its result before, and pass it as a parameter")
	case *ast.SelectorExpr:
		if u.isMath(f) {
			return
		}
		if fn, ok := u.info.Uses[f.Sel].(*types.Func); ok && fn.Pkg() != nil && (fn.Pkg().Path() == "errors" || fn.Pkg().Path() == "fmt") {
			return
		}
		if u.readsVector(f) {
			return
		}
		u.refuse(n.Pos(), "a call of "+types.ExprString(f), "its derivative and its effects are not known", "write a function of the package for it, or pass its result as a parameter")
	default:
		u.refuse(n.Pos(), "a call of a computed function", "it is not known which", "call a function by its name")
	}
}

func (u *unit) isMath(f *ast.SelectorExpr) bool {
	id, ok := f.X.(*ast.Ident)
	if !ok {
		return false
	}
	p, ok := u.info.Uses[id].(*types.PkgName)
	return ok && p.Imported().Path() == "math"
}

// constant returns the number that a constant expression is.
func (u *unit) constant(n ast.Expr) (*expr, bool) {
	tv, ok := u.info.Types[n]
	if !ok || tv.Value == nil {
		return nil, false
	}
	if tv.Value.Kind() != constant.Int && tv.Value.Kind() != constant.Float {
		return nil, false
	}
	c, _ := constant.Float64Val(constant.ToFloat(tv.Value))
	e := number(c)
	e.pos = n.Pos()
	switch n := n.(type) {
	case *ast.BasicLit:
		if n.Kind == token.FLOAT && !strings.HasPrefix(n.Value, "0x") || n.Kind == token.INT && (n.Value == "0" || n.Value[0] != '0') {
			e.text = n.Value
		}
	case *ast.SelectorExpr:
		if u.isMath(n) {
			e.text = "math." + n.Sel.Name
		}
	}
	return e, true
}
