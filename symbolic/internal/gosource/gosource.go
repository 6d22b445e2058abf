// Package gosource has the source text of functions for generated code.
package gosource

import (
	_ "embed"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"sync"
)

var (
	//go:embed helpers.go
	first string
	//go:embed activations.go
	second string
	//go:embed rare.go
	third string
)

// A Helper is a function that generated code may need.
type Helper struct {
	Name    string
	Literal string   // func(x float64) float64 { … }
	Calls   []string // of other helpers
}

// Helpers returns the helpers, each after those that it calls.
var Helpers = sync.OnceValue(func() []Helper {
	var all []Helper
	for _, text := range []string{first, second, third} {
		all = read(text, all)
	}
	return all
})

// read returns the functions of a file behind others.
func read(text string, all []Helper) []Helper {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, "", text, 0)
	if err != nil {
		panic(err)
	}
	at := func(p token.Pos) int { return files.Position(p).Offset }
	for _, d := range f.Decls {
		d, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		h := Helper{Name: d.Name.Name, Literal: "func" + text[at(d.Name.End()):at(d.End())]}
		ast.Inspect(d.Body, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if ok && slices.ContainsFunc(all, func(earlier Helper) bool { return earlier.Name == id.Name }) {
				h.Calls = append(h.Calls, id.Name)
			}
			return true
		})
		all = append(all, h)
	}
	return all
}

// Needed returns the helpers of these names, and those that they call.
func Needed(names map[string]bool) []Helper {
	all := Helpers()
	want := make(map[string]bool)
	for i := len(all) - 1; i >= 0; i-- {
		if h := all[i]; names[h.Name] || want[h.Name] {
			want[h.Name] = true
			for _, c := range h.Calls {
				want[c] = true
			}
		}
	}
	var list []Helper
	for _, h := range all {
		if want[h.Name] {
			list = append(list, h)
		}
	}
	return list
}
