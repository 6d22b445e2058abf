package ad_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayRead lists the columns of the rule table that each backend may read. What
// one reads and another does not is what makes them witnesses independent of
// each other.
var mayRead = map[string][]string{
	"numeric":  {"Name", "Value"},
	"dual":     {"Name", "Value", "Slope", "Curve", "SlopeX", "SlopeY", "CurveXX", "CurveXY", "CurveYY"},
	"reverse":  {"Name", "Value", "Slope", "Curve", "SlopeX", "SlopeY", "CurveXX", "CurveXY", "CurveYY", "Terms"},
	"symbolic": {"Name", "Value", "Text", "TextX", "TextY"},
}

// TestColumns resolves every selector of the backends and fails one that reads
// a column it may not.
func TestColumns(t *testing.T) {
	files := token.NewFileSet()
	imports := importer.ForCompiler(files, "source", nil)
	check := func(name, dir string, columns []string) (read int) {
		paths, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		var parsed []*ast.File
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(files, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			parsed = append(parsed, f)
		}
		info := &types.Info{Selections: make(map[*ast.SelectorExpr]*types.Selection)}
		if _, err := (&types.Config{Importer: imports}).Check(module+"/"+dir, files, parsed, info); err != nil {
			t.Fatal(err)
		}
		for expr, s := range info.Selections {
			if s.Kind() != types.FieldVal || !isRow(s.Recv()) {
				continue
			}
			read++
			if column := s.Obj().Name(); !slices.Contains(columns, column) {
				t.Errorf("%v: %s reads the column %s", files.Position(expr.Pos()), name, column)
			}
		}
		return read
	}
	for name, columns := range mayRead {
		read := check(name, name, columns)
		inner, err := filepath.Glob(name + "/internal/*")
		if err != nil {
			t.Fatal(err)
		}
		for _, dir := range inner {
			read += check(name, filepath.ToSlash(dir), columns)
		}
		if name != "numeric" && read == 0 {
			t.Errorf("%s reads no column: the test has gone blind", name)
		}
	}
}

// isRow reports whether a type is a row of the rule table, or a pointer to one.
func isRow(typ types.Type) bool {
	if p, ok := typ.(*types.Pointer); ok {
		typ = p.Elem()
	}
	n, ok := types.Unalias(typ).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || !strings.HasPrefix(n.Obj().Name(), "Func") {
		return false
	}
	path := n.Obj().Pkg().Path()
	return path == module || path == module+"/internal/rule"
}
