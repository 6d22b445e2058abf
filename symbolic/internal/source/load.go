package source

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// A Package is Go code that was read and checked.
type Package struct {
	Name  string
	files *token.FileSet
	asts  []*ast.File
	info  *types.Info
	types *types.Package
	texts map[string]string
	decls map[string]*ast.FuncDecl // by name, or Type.Method
	bad   []types.Error
	file  string               // that is to be written; its name keeps helpers of several files apart
	fault string               // planted by tests
	rules map[string]*function // of //ad:rule

	bodies   map[*types.Func]*ast.FuncDecl // of functions and methods
	imported map[string]*types.Package
}

// Load reads the package in dir, but for the file that is to be written. With names, it
// reads only those files.
func Load(dir string, names []string, file string) (*Package, error) {
	if len(names) == 0 {
		p, err := build.ImportDir(dir, 0)
		if err != nil {
			return nil, fmt.Errorf("adgen: %w", err)
		}
		for _, name := range p.GoFiles {
			if name != file {
				names = append(names, filepath.Join(dir, name))
			}
		}
	}
	texts := make(map[string]string)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("adgen: %w", err)
		}
		texts[name] = string(text)
	}
	p, err := parseAll(texts)
	if p != nil {
		p.file = file
	}
	return p, err
}

// Parse checks one file.
func Parse(name, text string) (*Package, error) { return parseAll(map[string]string{name: text}) }

// parseAll checks files of these names.
func parseAll(texts map[string]string) (*Package, error) {
	files := token.NewFileSet()
	var asts []*ast.File
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		f, err := parser.ParseFile(files, name, texts[name], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("adgen: %w", err)
		}
		asts = append(asts, f)
	}
	p, err := check(files, asts)
	if p != nil {
		p.texts = texts
	}
	return p, err
}

// mathPackage is package math, read once.
var mathPackage = sync.OnceValues(func() (*types.Package, error) {
	return importer.ForCompiler(token.NewFileSet(), "source", nil).Import("math")
})

func check(files *token.FileSet, asts []*ast.File) (*Package, error) {
	if len(asts) == 0 {
		return nil, fmt.Errorf("adgen: no Go files")
	}
	p := &Package{Name: asts[0].Name.Name, files: files, asts: asts, decls: make(map[string]*ast.FuncDecl),
		bodies: make(map[*types.Func]*ast.FuncDecl), imported: make(map[string]*types.Package)}
	p.info = &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object),
		Uses: make(map[*ast.Ident]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Implicits: make(map[ast.Node]types.Object),
	}
	config := types.Config{
		Importer: p,
		Error: func(err error) {
			if e, ok := err.(types.Error); ok {
				p.bad = append(p.bad, e)
			}
		},
	}
	p.types, _ = config.Check(p.Name, files, asts, p.info)
	for _, f := range asts {
		p.declare(f)
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
				p.decls[declName(d)] = d
			}
		}
	}
	return p, p.readRules()
}

// declName returns f, or T.f for a method.
func declName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return d.Name.Name
	}
	t := d.Recv.List[0].Type
	if s, ok := t.(*ast.StarExpr); ok {
		t = s.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name + "." + d.Name.Name
	}
	return d.Name.Name
}

// A Refusal says which construct is not taken, and why.
type Refusal struct {
	Pos                        token.Position
	Construct, Reason, Instead string
}

// Error says where, what, why, and what to write instead, in a line.
func (r Refusal) Error() string {
	return fmt.Sprintf("%s: adgen: %s is not taken: %s; %s", r.Pos, r.Construct, r.Reason, r.Instead)
}

// Refusals are all that is refused in a call.
type Refusals []Refusal

// Error has a line for each.
func (list Refusals) Error() string {
	var b strings.Builder
	for i, r := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(r.Error())
	}
	return b.String()
}
