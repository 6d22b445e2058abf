package notes_test

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"
)

// TestEquations: every numbered equation has an Example of its name, which is run and compared.
func TestEquations(t *testing.T) {
	names, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	set := token.NewFileSet()
	for _, name := range names {
		f, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	have := make(map[string]*doc.Example)
	for _, e := range doc.Examples(files...) {
		have[e.Name] = e
	}
	for n := 1; n <= 34; n++ {
		e := have[fmt.Sprintf("_equation%02d", n)]
		switch {
		case e == nil:
			t.Errorf("equation %d has no Example", n)
		case e.Output == "":
			t.Errorf("the Example of equation %d is not compared with anything", n)
		case e.Doc == "":
			t.Errorf("the Example of equation %d does not say what it shows", n)
		}
	}
}
