package catalog

import (
	"go/ast"
	"testing"

	"github.com/quartet-ad/ad/compare"
)

// TestLossArrays checks every loss of package nn against its textbook formula.
func TestLossArrays(t *testing.T) {
	if kinks := checkEntries(t, Losses(), 500); kinks < 120 {
		t.Errorf("%d points at kinks", kinks)
	}
}

// TestLossesAtTheEdge: losses where all is 0, all is 1, or predictions are one and targets
// the other: textbook formulas are NaN at some of these, and nobody is convicted for it.
func TestLossesAtTheEdge(t *testing.T) {
	checked := 0
	for _, e := range Losses() {
		n := len(e.Points[0])
		if n > 24 {
			continue
		}
		for k, of := range []func(i int) bool{
			func(int) bool { return false },
			func(int) bool { return true },
			func(i int) bool { return i < n/2 },
			func(i int) bool { return i >= n/2 },
		} {
			if k >= 2 && testing.Short() {
				break
			}
			x := make([]float64, n)
			for i := range x {
				x[i] = float64(count(of(i)))
			}
			if r := compare.CheckArray(e.Func, x); r.Verdict() == compare.Disagree {
				t.Errorf("shapes %v: %v", e.Func.Shapes, r)
			}
			checked++
		}
	}
	if checked < 300 {
		t.Errorf("%d checks", checked)
	}
}

// TestLossCatalogIsComplete: every exported function of package nn's losses, boxes
// and regularizers that returns an array has a textbook formula, and the catalog
// names no other.
func TestLossCatalogIsComplete(t *testing.T) {
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
