package source

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/token"
	"go/types"
	"strings"
)

// raw returns Go code that is copied. It may read numbers, but has no derivative.
func (u *unit) raw(n ast.Expr) *expr {
	e := &expr{op: rawOp, pos: n.Pos()}
	old := make(map[*ast.Ident]string)
	var vectors [][2]string
	lengths := make(map[*ast.Ident]bool)
	lengthsOf := make(map[ast.Expr]bool)
	apart := make(map[*ast.Ident]bool) // parameters that are read by their fields
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			if v := u.variable(n); v != nil {
				if u.fields[v] != nil && !apart[n] {
					u.refuseWhole(n.Pos(), v)
				}
				e.reads = append(e.reads, v)
				if !lengths[n] {
					e.looks = append(e.looks, v)
				}
				old[n], n.Name = n.Name, v.name
			} else if c, ok := u.info.Uses[n].(*types.Const); ok && c.Parent() != u.types.Scope() && c.Parent() != types.Universe && (c.Pkg() == u.types || u.isOutside(c)) {
				old[n], n.Name = n.Name, constantText(c)
			} else if p, ok := u.info.Uses[n].(*types.PkgName); ok && p.Imported().Path() == "math" {
				old[n], n.Name = n.Name, "math"
			} else if u.info.Uses[n] == nil && u.info.Defs[n] == nil {
				u.refuse(n.Pos(), "the name "+n.Name, "it is not declared in what is read", "declare it in the package, or pass its value as a parameter")
			} else if obj, ok := u.info.Uses[n].(*types.Var); ok && !obj.IsField() && (obj.Parent() == u.types.Scope() || len(u.refused) == 0) {
				u.refuse(n.Pos(), "the package variable "+n.Name, "it may change between the function and its derivative", "pass it as a parameter")
			}
		case *ast.SelectorExpr:
			if id, ok := root(n).(*ast.Ident); ok && u.variable(id) != nil && u.fields[u.variable(id)] != nil && u.info.Selections[n] != nil && u.info.Selections[n].Kind() == types.FieldVal {
				apart[id] = true
				if _, whole := u.typeOf(n).Underlying().(*types.Struct); whole {
					apart[id] = apart[id] && lengthsOf[n]
				}
				if v := u.fieldOf(n); v != nil {
					e.reads = append(e.reads, v)
					if !lengthsOf[n] {
						e.looks = append(e.looks, v)
					}
				}
				for x, ok := ast.Unparen(n.X).(*ast.SelectorExpr); ok; x, ok = ast.Unparen(x.X).(*ast.SelectorExpr) {
					lengthsOf[x] = true // a part of the path
				}
			}
		case *ast.CallExpr:
			if v, method := u.vectorCall(n); v != nil {
				f := n.Fun.(*ast.SelectorExpr)
				id := f.X.(*ast.Ident)
				apart[id] = true
				e.reads = append(e.reads, v)
				if method == "Len" {
					lengths[id] = true
					vectors = append(vectors, [2]string{u.variable(id).name + ".Len()", "len(" + v.name + ")"})
					return true
				}
				e.looks = append(e.looks, v)
			}
			u.pure(n)
			if id, ok := n.Fun.(*ast.Ident); ok && (id.Name == "len" || id.Name == "cap") && len(n.Args) == 1 {
				lengthsOf[ast.Unparen(n.Args[0])] = true
			}
			if id, ok := n.Fun.(*ast.Ident); ok && (id.Name == "len" || id.Name == "cap") && len(n.Args) == 1 {
				if a, ok := n.Args[0].(*ast.Ident); ok {
					lengths[a] = true
				}
			}
		case *ast.FuncLit:
			u.refuse(n.Pos(), "a function literal", "what it captures may change before it is called", "write a function of the package, and call it by name")
			return false
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				u.refuse(n.Pos(), "an address", "what it points to may change under another name", "use the variable by its name")
			} else if n.Op == token.ARROW {
				u.refuse(n.Pos(), "a receive from a channel", "its value depends on other goroutines", "receive before the call and pass the value")
			}
		case *ast.IndexExpr:
			if t, ok := under(u.typeOf(n.X)).(*types.Map); ok && !u.known(t.Elem()) {
				u.refuse(n.Pos(), "a map", "its elements may be shared", "use a slice")
			}
		}
		return true
	})
	var b bytes.Buffer
	if err := format.Node(&b, u.files, n); err != nil {
		u.refuse(n.Pos(), "this expression", err.Error(), "write it plainly")
	}
	for id, name := range old {
		id.Name = name
	}
	e.text = b.String()
	for _, v := range vectors {
		e.text = strings.ReplaceAll(e.text, v[0], v[1])
	}
	if _, literal := n.(*ast.CompositeLit); strings.Contains(e.text, "\n") && !literal {
		u.refuse(n.Pos(), "an expression over several lines", "it is copied as it stands", "split it")
	}
	return e
}
