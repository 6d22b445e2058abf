package catalog

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/compare"
)

// TestLayerArrays checks every layer of package nn against its textbook formula.
func TestLayerArrays(t *testing.T) {
	if kinks := checkEntries(t, Layers(), 240); kinks < 70 {
		t.Errorf("%d points at kinks", kinks)
	}
}

// checkEntries checks entries of a catalog, of which there are so many points at the
// least.
func checkEntries(t *testing.T, entries []ArrayEntry, least int) (kinks int) {
	checked, comparisons := 0, 0
	for _, e := range entries {
		for _, x := range e.Points {
			r := compare.CheckArray(e.Func, x)
			kinks += count(r.Class == compare.Kink)
			if !r.OK() {
				t.Errorf("%s of shapes %v: %v", e.Operation, e.Func.Shapes, r)
			}
			checked++
			comparisons += r.Comparisons
		}
	}
	t.Logf("%d checks, %d comparisons, %d at kinks", checked, comparisons, kinks)
	if checked < least || comparisons < 100*checked {
		t.Errorf("%d checks, %d comparisons", checked, comparisons)
	}
	return kinks
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// arrayFuncs calls f with every exported function and method that returns a
// reverse.Array in the files of package nn that the pattern names.
func arrayFuncs(t *testing.T, pattern string, f func(*ast.FuncDecl)) {
	files, err := filepath.Glob("../../nn/" + pattern)
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
			if d, ok := decl.(*ast.FuncDecl); ok && d.Name.IsExported() && returnsReverseArray(d) {
				f(d)
			}
		}
	}
}

// TestNetworkCatalogsAreComplete: every exported layer, cell and activation of package
// nn, and every exported function that returns an array, is in the catalog of layers or
// in that of losses, and the catalog of layers names nothing else.
func TestNetworkCatalogsAreComplete(t *testing.T) {
	exported := map[string]bool{}
	arrayFuncs(t, "*.go", func(f *ast.FuncDecl) {
		if f.Recv == nil && f.Name.Name == "ForwardPart" { // which is whatever its layer is
			return
		}
		if f.Recv == nil {
			exported[f.Name.Name] = true
		} else if name := receiver(f); ast.IsExported(name) && name != "Param" {
			exported[name] = true
		}
	})
	known, layers := map[string]bool{}, 0
	for _, e := range Losses() {
		known[e.Operation] = true
	}
	for _, e := range Layers() {
		if !known[e.Operation] {
			layers++
		}
		known[e.Operation] = true
		if !exported[e.Operation] {
			t.Errorf("%s is no layer of package nn", e.Operation)
		}
	}
	for name := range exported {
		if !known[name] {
			t.Errorf("%s has no textbook formula", name)
		}
	}
	if layers < 55 {
		t.Errorf("only %d layers", layers)
	}
}

// receiver returns the name of the type of a method.
func receiver(f *ast.FuncDecl) string {
	typ := f.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if id, ok := typ.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
