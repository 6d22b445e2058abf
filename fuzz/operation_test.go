package fuzz

import (
	"testing"

	"github.com/quartet-ad/ad/compare/catalog"
)

// TestOperations: a program can do all that package ad has an operation for.
func TestOperations(t *testing.T) {
	names := make(map[string]bool)
	for _, op := range operations {
		switch op.kind {
		case apply, apply2, applyWith, applyN:
			names[op.name()] = true
		}
	}
	elementary := 0
	for _, e := range catalog.Functions() {
		if e.Group == "elementary" {
			elementary++
			if !names[e.Func.Name] {
				t.Errorf("no program uses %s", e.Func.Name)
			}
		}
	}
	if want := elementary + 5; len(names) != want || elementary < 60 {
		t.Errorf("programs use %d functions, want %d", len(names), want)
	}
}
