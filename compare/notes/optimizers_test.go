package notes

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"testing"
)

// TestAllOptimizers: every type of package optim that makes steps walks through the valley, and L-BFGS
// comes to its end.
func TestAllOptimizers(t *testing.T) {
	names, err := filepath.Glob("../../nn/optim/*.go")
	if err != nil {
		t.Fatal(err)
	}
	there := make(map[string]bool)
	for _, name := range names {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv != nil && d.Name.Name == "Step" {
				if star, ok := d.Recv.List[0].Type.(*ast.StarExpr); ok {
					there[star.X.(*ast.Ident).Name] = true
				}
			}
		}
	}
	delete(there, "Groups") // which is several optimizers
	if len(there) < 10 {
		t.Errorf("%d optimizers", len(there))
	}
	for _, w := range walkers {
		delete(there, reflect.TypeOf(w.make(0.1)).Elem().Name())
	}
	for name := range there {
		t.Errorf("%s does not walk", name)
	}
	if path := lbfgs([]float64{-1.3, 0.6}); height(path[len(path)-1]) > 1e-12 {
		t.Errorf("L-BFGS ends at %v", path[len(path)-1])
	}
}
