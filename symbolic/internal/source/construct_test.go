package source

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestConstructs: the table of the package comment decides about every type of node that
// go/ast has, and about nothing else.
func TestConstructs(t *testing.T) {
	p, err := build.Import("go/ast", "", build.FindOnly)
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(p.Dir + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	nodes := make(map[string]bool) // what has a method End is a node
	for _, name := range names {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv != nil && d.Name.Name == "End" {
				if star, ok := d.Recv.List[0].Type.(*ast.StarExpr); ok {
					nodes[star.X.(*ast.Ident).Name] = true
				}
			}
		}
	}
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	rows := make(map[string]string)
	for _, m := range regexp.MustCompile(`(?m)^//\t([A-Z]\w+) +((taken|refused).*)$`).FindAllStringSubmatch(string(text), -1) {
		rows[m[1]] = m[2]
	}
	for name := range nodes {
		if rows[name] == "" {
			t.Errorf("nothing is decided about %s", name)
		}
		delete(rows, name)
	}
	for name := range rows {
		t.Errorf("there is no node %s", name)
	}
	if len(nodes) < 50 {
		t.Errorf("%d types of nodes", len(nodes))
	}
}

// shown has for the nodes of statements and expressions a body that has one, and whether it
// is taken.
var shown = map[string]struct {
	body  string
	taken bool
}{
	"AssignStmt":     {"y := x[0]; y = 2; y *= x[1]; return y", true},
	"BasicLit":       {"return 1.5 * x[0]", true},
	"BinaryExpr":     {"return x[0]*x[1] - x[2]/x[3] + x[4]", true},
	"BlockStmt":      {"{ return x[0] }", true},
	"BranchStmt":     {"for { break }; return x[0]", true},
	"CallExpr":       {"return math.Sin(x[0])", true},
	"CompositeLit":   {"s := []float64{1, x[0]}; return s[1]", true},
	"DeclStmt":       {"var y float64; y = x[0]; return y", true},
	"DeferStmt":      {"defer println(); return x[0]", false},
	"EmptyStmt":      {";;; return x[0]", true},
	"ExprStmt":       {"println(); return x[0]", false},
	"ForStmt":        {"y := x[0]; for i := 0; i < 3; i++ { y *= x[i] }; return y", true},
	"FuncLit":        {"f := func() float64 { return x[0] }; return f()", false},
	"GoStmt":         {"go println(); return x[0]", false},
	"IfStmt":         {"if x[0] > 0 { return x[1] }; return x[0]", true},
	"IncDecStmt":     {"y := x[0]; y++; return y", true},
	"KeyValueExpr":   {"s := []float64{0: 1, 1: x[0]}; return s[1]", false},
	"LabeledStmt":    {"a: for { for { break a } }; return x[0]", true},
	"MapType":        {"m := map[int]float64{1: x[0]}; return m[1]", false},
	"ParenExpr":      {"return (x[0])", true},
	"RangeStmt":      {"y := 0.0; for _, v := range x { y += v * v }; return y", true},
	"ReturnStmt":     {"return x[0]", true},
	"SelectStmt":     {"select {}; return x[0]", false},
	"SendStmt":       {"c := make(chan float64); c <- x[0]; return x[0]", false},
	"SliceExpr":      {"s := x[1:]; return s[0]", true},
	"StarExpr":       {"p := &x[0]; *p = 2; return x[0]", false},
	"SwitchStmt":     {"switch len(x) { case 2: return x[1] }; return x[0]", true},
	"TypeAssertExpr": {"var e any = x[0]; return e.(float64)", false},
	"TypeSpec":       {"type t float64; return x[0]", false},
	"TypeSwitchStmt": {"var e any = x[0]; switch e.(type) { case int: return 1 }; return x[0]", false},
	"UnaryExpr":      {"return -x[0]", true},
}

// TestShown: what the table says of statements and expressions is so.
func TestShown(t *testing.T) {
	for name, c := range shown {
		p, err := Parse("f.go", "package p\n\nimport \"math\"\n\nvar _ = math.Pi\n\nfunc f(x []float64) float64 { "+c.body+" }\n")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, err = p.Generate(Reverse|Forward|Generic, Request{Func: "f"})
		if _, refused := err.(Refusals); refused == c.taken || err != nil && !refused {
			t.Errorf("%s: taken is %v, and the error %v", name, c.taken, err)
		}
	}
}
