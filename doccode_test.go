package ad_test

import (
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocCode: what a block of code in a doc comment calls exists. A block that parses as
// Go, with … for what is left out, is looked through for names of the module's packages.
func TestDocCode(t *testing.T) {
	exported := map[string]map[string]bool{} // names of a package, by its name
	var texts []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		names := exported[file.Name.Name]
		if names == nil {
			names = map[string]bool{}
			exported[file.Name.Name] = names
		}
		for _, decl := range file.Decls {
			for _, name := range declared(decl) {
				names[name] = true
			}
		}
		for _, c := range file.Comments {
			texts = append(texts, c.Text())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	blocks, calls := 0, 0
	for _, text := range texts {
		for _, block := range new(comment.Parser).Parse(text).Content {
			code, ok := block.(*comment.Code)
			if !ok {
				continue
			}
			tree := parse(code.Text)
			if tree == nil {
				continue
			}
			blocks++
			ast.Inspect(tree, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && exported[x.Name] != nil {
						calls++
						if !exported[x.Name][s.Sel.Name] {
							t.Errorf("there is no %s.%s, which this comment uses:\n%s", x.Name, s.Sel.Name, code.Text)
						}
					}
				}
				return true
			})
		}
	}
	if blocks < 30 || calls < 50 {
		t.Errorf("%d blocks of code with %d names of packages, want at least 30 and 50", blocks, calls)
	}
}

// declared returns the names that a declaration makes in its package.
func declared(decl ast.Decl) (names []string) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// parse returns a block as a list of declarations or of statements, nil if it is no Go.
func parse(code string) ast.Node {
	code = strings.NewReplacer("{ … }", "{}", "(…)", "()", ", …", "", "…", "").Replace(code)
	for _, frame := range []string{"package p\n%", "package p\nfunc _() {\n%\n}"} {
		source := strings.Replace(frame, "%", code, 1)
		if file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution); err == nil {
			return file
		}
	}
	return nil
}
