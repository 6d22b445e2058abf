package compare

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// TestLossArrays checks every loss of package nn against its textbook formula.
func TestLossArrays(t *testing.T) {
	checked, comparisons := 0, 0
	for _, e := range LossCatalogue() {
		for _, x := range e.Points {
			r := CheckArray(e.Func, x)
			if !r.OK() {
				t.Errorf("%s of shapes %v: %v", e.Operation, e.Func.Shapes, r)
			}
			checked++
			comparisons += r.Comparisons
		}
	}
	t.Logf("%d checks, %d comparisons", checked, comparisons)
	if checked < 300 || comparisons < 100*checked {
		t.Errorf("%d checks, %d comparisons", checked, comparisons)
	}
}

// TestLossCatalogueIsComplete: every exported function of package nn's losses, boxes
// and regularisers that returns an array has a textbook formula, and the catalogue
// names no other.
func TestLossCatalogueIsComplete(t *testing.T) {
	losses := map[string]bool{}
	for _, pattern := range []string{"loss*.go", "box*.go", "regular*.go"} {
		files, err := filepath.Glob("../nn/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range file.Decls {
				if f, ok := decl.(*ast.FuncDecl); ok && f.Name.IsExported() && returnsReverseArray(f) {
					losses[f.Name.Name] = true
				}
			}
		}
	}
	if len(losses) < 40 {
		t.Errorf("only %d losses were found", len(losses))
	}
	known := map[string]bool{}
	for _, e := range LossCatalogue() {
		known[e.Operation] = true
		if !losses[e.Operation] {
			t.Errorf("%s is no loss of package nn", e.Operation)
		}
	}
	for name := range losses {
		if !known[name] {
			t.Errorf("%s has no textbook formula", name)
		}
	}
}

// returnsReverseArray reports whether a reverse.Array is among the results.
func returnsReverseArray(f *ast.FuncDecl) bool {
	if f.Type.Results == nil {
		return false
	}
	for _, r := range f.Type.Results.List {
		if s, ok := r.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Array" {
			return true
		}
	}
	return false
}
