package catalog

import (
	"go/ast"
	"testing"
)

// TestLossArrays checks every loss of package nn against its textbook formula.
func TestLossArrays(t *testing.T) {
	if kinks := checkEntries(t, Losses(), 500); kinks < 120 {
		t.Errorf("%d points at kinks", kinks)
	}
}

// TestLossCatalogueIsComplete: every exported function of package nn's losses, boxes
// and regularisers that returns an array has a textbook formula, and the catalogue
// names no other.
func TestLossCatalogueIsComplete(t *testing.T) {
	losses := map[string]bool{}
	for _, pattern := range []string{"loss*.go", "box*.go", "regular*.go"} {
		arrayFuncs(t, pattern, func(f *ast.FuncDecl) { losses[f.Name.Name] = true })
	}
	if len(losses) < 40 {
		t.Errorf("only %d losses were found", len(losses))
	}
	known := map[string]bool{}
	for _, e := range Losses() {
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
