package source

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"maps"
	"math"
	"slices"
	"strings"
)

// What functions of other packages mean is said in plain Go, which is read as functions of
// the package are. Of package errors and fmt nothing but the types is known.
var (
	//go:embed outside/floats/floats.go
	floatsText string
	//go:embed outside/mat/mat.go
	matText string

	outsideTexts = map[string]string{
		"gonum.org/v1/gonum/floats": floatsText,
		"gonum.org/v1/gonum/mat":    matText,
		"errors":                    "package errors\n\nfunc New(text string) (err error) { return }\n",
		"fmt":                       "package fmt\n\nfunc Errorf(format string, a ...any) (err error) { return }\n\nfunc Sprintf(format string, a ...any) (s string) { return }\n",
	}
)

// Import reads package math and those that outsideTexts has. Of other packages nothing is
// taken, so they stay empty.
func (p *Package) Import(path string) (*types.Package, error) {
	switch path {
	case "math":
		return mathPackage()
	case "unsafe":
		return types.Unsafe, nil
	}
	if known := p.imported[path]; known != nil {
		return known, nil
	}
	read := types.NewPackage(path, path[strings.LastIndex(path, "/")+1:])
	if text := outsideTexts[path]; text != "" {
		f, err := parser.ParseFile(p.files, path+".go", text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		config := types.Config{Importer: p}
		if read, err = config.Check(path, p.files, []*ast.File{f}, p.info); err != nil {
			return nil, err
		}
		if strings.HasPrefix(path, "gonum.org/") {
			p.declare(f)
		}
	}
	read.MarkComplete()
	p.imported[path] = read
	return read, nil
}

// declare lists the functions and methods of a file.
func (p *Package) declare(f *ast.File) {
	for _, d := range f.Decls {
		if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
			if fn, ok := p.info.Defs[d.Name].(*types.Func); ok {
				p.bodies[fn] = d
			}
		}
	}
}

// called returns the function or method with a body that a call names, and what follows
// its receiver. A norm whose kind is a constant is a function of its own.
func (u *unit) called(n *ast.CallExpr) (fn *types.Func, args []ast.Expr) {
	args = n.Args
	switch f := n.Fun.(type) {
	case *ast.Ident:
		fn, _ = u.info.Uses[f].(*types.Func)
	case *ast.SelectorExpr:
		fn, _ = u.info.Uses[f.Sel].(*types.Func)
		if s := u.info.Selections[f]; s != nil && s.Kind() == types.MethodVal {
			args = append([]ast.Expr{f.X}, args...)
		}
	}
	if fn == nil || fn.Pkg() == nil || fn.Pkg() == u.types {
		return fn, args
	}
	if len(args) > 1 && strings.HasPrefix(fn.Pkg().Path(), "gonum.org/") {
		kind, suffix := args[len(args)-1], ""
		if c, ok := u.constant(kind); ok {
			suffix = map[float64]string{1: "1", 2: "2", math.Inf(1): "Inf"}[c.value]
		} else if c, ok := kind.(*ast.CallExpr); ok && types.ExprString(c) == "math.Inf(1)" {
			suffix = "Inf"
		}
		if one, ok := fn.Pkg().Scope().Lookup(fn.Name() + suffix).(*types.Func); ok && suffix != "" {
			return one, args[:len(args)-1]
		}
	}
	return fn, args
}

// importsAll writes imports of all that code copied from the package may need.
func (p *Package) importsAll() string {
	text := "import \"math\"\n\n"
	for _, path := range slices.Sorted(maps.Keys(p.imported)) {
		if outsideTexts[path] != "" {
			text += fmt.Sprintf("import %q\n\n", path)
		}
	}
	return text
}

// isOutside reports whether an object is of a package whose text is read.
func (p *Package) isOutside(o types.Object) bool {
	return o.Pkg() != nil && outsideTexts[o.Pkg().Path()] != ""
}
