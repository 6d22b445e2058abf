package symbolic

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/rule"
	"github.com/quartet-ad/ad/symbolic/internal/gosource"
)

// TestWriteGo compiles generated code with the go command and holds it against Eval: the
// golden expressions, with gradient and Hessian, and functions and conventions, with
// gradient.
func TestWriteGo(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		cases = cases[:20]
	}
	dir := t.TempDir()
	var calls strings.Builder
	var want []float64
	var exact []bool
	var texts []string
	alike := writeGoldenFunctions(t, dir, &calls)
	for k, c := range cases {
		e := parse1(t, c.Params["text"].(string))
		x := c.Inputs["x"].Floats()
		vars := make([]Expr, len(x))
		for i := range vars {
			vars[i] = variablesByIndex(i)
		}
		name := fmt.Sprintf("f%d", k)
		var b bytes.Buffer
		if err := WriteGo(&b, GoFunc{Name: name, Package: "main", Vars: vars, Expr: []Expr{e}, Gradient: true, Hessian: true}); err != nil {
			t.Fatalf("%s: %v", c.ID, err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".go"), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&calls, "\t{ x := %#v; g, h := make([]float64, %d), make([]float64, %d); y := %s(h, g, x); show(y); show(g...); show(h...) }\n", x, len(x), len(x)*len(x), name)
		all := everything(e, vars)
		want = append(want, values(all, vars, x)...)
		texts = append(texts, slices.Repeat([]string{e.String()}, len(all))...)
		exact = append(exact, slices.Repeat([]bool{isExact(all)}, len(all))...)
	}
	got := alike(runGo(t, dir, calls.String()))
	if len(got) != len(want) {
		t.Fatalf("%d results, want %d", len(got), len(want))
	}
	bits := 0
	for i := range want {
		switch {
		case same(got[i], want[i]):
			bits++
		case exact[i] && !optest.Fused():
			t.Errorf("result %d: %v, want %v to the bit: %s", i, got[i], want[i], texts[i])
		case !(math.Abs(got[i]-want[i]) <= 1e-12*(1+math.Abs(want[i]))):
			t.Errorf("result %d: %v, want %v", i, got[i], want[i])
		}
	}
	if bits < len(want)*3/4 { // fewer where package math fuses products with sums
		t.Errorf("%d of %d results are the same to the bit", bits, len(want))
	}
}

// writeGoldenFunctions writes calls of generated code for the golden elementary functions
// and conventions, and returns what holds the first results against Eval and returns the
// others.
func writeGoldenFunctions(t *testing.T, dir string, calls *strings.Builder) func(got []float64) []float64 {
	type result struct {
		id    string
		want  float64
		exact bool
	}
	var results []result
	names := make(map[Expr]string)
	families := []string{"conventions", "elementary"}
	if testing.Short() {
		families = families[:1]
	}
	for _, family := range families {
		cases, err := golden.Load(family)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			e, vars, x, ok := goldenExpr(c)
			if !ok {
				continue
			}
			if names[e] == "" {
				name := fmt.Sprintf("g%d", len(names))
				var b bytes.Buffer
				if err := WriteGo(&b, GoFunc{Name: name, Package: "main", Vars: vars, Expr: []Expr{e}, Gradient: true}); err != nil {
					t.Fatalf("%s: %v", c.ID, err)
				}
				if err := os.WriteFile(filepath.Join(dir, name+".go"), b.Bytes(), 0o666); err != nil {
					t.Fatal(err)
				}
				names[e] = name
			}
			var at []string
			for _, v := range x {
				at = append(at, fmt.Sprintf("math.Float64frombits(%d)", math.Float64bits(v)))
			}
			fmt.Fprintf(calls, "\t{ g := make([]float64, %d); y := %s(g, []float64{%s}); show(y); show(g...) }\n", len(x), names[e], strings.Join(at, ", "))
			all := append([]Expr{e}, Grad(e, vars)...)
			for i, v := range values(all, vars, x) {
				results = append(results, result{fmt.Sprintf("%s, result %d of %s", c.ID, i, e.String()), v, isExact(all)})
			}
		}
	}
	if len(names) < 30 {
		t.Errorf("%d functions", len(names))
	}
	return func(got []float64) []float64 {
		far := 0 // of those that package math is mended for
		for i, r := range results {
			switch near := same(got[i], r.want) || golden.ULP(got[i], r.want) <= 16; {
			case !near && r.exact:
				t.Errorf("%s: %v, want %v", r.id, got[i], r.want)
			case !near:
				far++
			}
		}
		if far > len(results)/50 {
			t.Errorf("%d of %d results are far from Eval's", far, len(results))
		}
		return got[len(results):]
	}
}

// isExact reports whether an expression has no function that package math is mended for.
func isExact(e []Expr) bool {
	for _, s := range compile(e...).steps {
		switch s.row {
		case rule.Exp, rule.Log, rule.Log2, rule.Log10, rule.Sin, rule.Cos, rule.Tan, rule.Sec, rule.Asin, rule.Acos, rule.Sinh, rule.Cosh, rule.Lgamma:
			return false
		}
		if s.row2 == rule.Pow && !s.repeats() || s.row2 == rule.PowSlope {
			return false
		}
	}
	return true
}

// runGo runs statements beside the files of a folder and returns what they show.
func runGo(t *testing.T, dir, statements string) []float64 {
	t.Helper()
	files := map[string]string{
		"go.mod": "module generated\n\ngo 1.22\n",
		"main.go": "package main\n\nimport (\"fmt\"; \"math\")\n\nfunc show(x ...float64) { for _, v := range x { fmt.Println(math.Float64bits(v)) } }\n\nfunc main() {\n" +
			statements + "}\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.Command("go", "run", ".")
	run.Dir = dir
	run.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	var stderr bytes.Buffer
	run.Stderr = &stderr
	output, err := run.Output()
	if err != nil {
		t.Fatalf("go run: %v\n%.2000s", err, stderr.Bytes())
	}
	var list []float64
	for _, line := range strings.Fields(string(output)) {
		bits, err := strconv.ParseUint(line, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, math.Float64frombits(bits))
	}
	return list
}

// TestWriteGoFunctions: every function of the table has a source, which has the values of its
// row in generated code.
func TestWriteGoFunctions(t *testing.T) {
	x, y := Var("x"), Var("y")
	points := []float64{-2.5, -1, -0.75, 0, 0.25, 0.5, 1, 2, 3.5, 12, 50, 900}
	var e []Expr
	for _, rows := range [][]*rule.Func{rule.Functions, rule.Helpers} {
		for _, row := range rows {
			e = append(e, known[row.Name].must(x))
		}
	}
	for _, rows := range [][]*rule.Func2{rule.Functions2, rule.Helpers2} {
		for _, row := range rows {
			e = append(e, known[row.Name].must(x, y))
		}
	}
	if len(e) < 100 {
		t.Fatalf("%d functions", len(e))
	}
	e = append(e, x.IfPos(y, x), mustParse("logsumexp(x, y)"), mustParse("softmax_1(x, y)"), mustParse("softmax_1_2(x, y)"))
	dir := t.TempDir()
	var b bytes.Buffer
	if err := WriteGo(&b, GoFunc{Name: "f", Package: "main", Vars: []Expr{x, y}, Expr: e}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "f.go"), b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	got := runGo(t, dir, fmt.Sprintf("\tp := %#v\n\tfor _, x := range p { for _, y := range p { dst := make([]float64, %d); f(dst, []float64{x, y}); show(dst...) } }\n", points, len(e)))
	i := 0
	for _, a := range points {
		for _, c := range points {
			for k, want := range values(e, []Expr{x, y}, []float64{a, c}) {
				if e[k].String() == "lgamma(x)" { // the row is better near its zeros
					want, _ = math.Lgamma(a)
				}
				if d := golden.ULP(got[i], want); d > 4 {
					t.Errorf("%s at (%v, %v): %v, want %v", e[k].String(), a, c, got[i], want)
				}
				i++
			}
		}
	}
}

// TestWriteGoHard: functions whose forms are not those of package math keep their digits
// where these cancel, overflow or vanish.
func TestWriteGoHard(t *testing.T) {
	x, y := Var("x"), Var("y")
	inf, tiny := math.Inf(1), math.SmallestNonzeroFloat64
	ones := []float64{math.NaN(), -inf, -1e300, -1400, -745.2, -700, -690.5, -300, -41, -39.9, -25, -20.001, -9.3, -3, -0.9999, -1e-9, -1e-300, -tiny, 0, tiny, 1e-160, 1e-5, 0.3, 0.51, 1.0001, 5.7, 21, 41, 691, 746, 1e9, 1e300, inf}
	twos := []float64{-inf, -700, -1, -1e-200, 0, 1e-310, 1e-200, 1e-3, 0.7, 1, 3, 150, 1e200, inf}
	var e1, e2 []Expr
	for _, name := range []string{"gelu_tanh", "gelugate", "gelusech", "mish", "tanhshrink", "selu", "binentropy", "expgap"} {
		e1 = append(e1, known[name].must(x))
	}
	for n := range 5 {
		e1 = append(e1, mustParse(fmt.Sprintf("polygamma(%d, x)", n)))
	}
	e1 = append(e1, mustParse("polygamma(20, x)"), mustParse("polygamma(100, x)"), mustParse("polygamma(0.5, x)"), mustParse("polygamma(-1, x)"))
	for _, name := range []string{"celu", "celux", "celuy", "celuxx", "celuxy", "celuyy", "hardshrink", "softshrink", "softplusy", "softplusyy"} {
		e2 = append(e2, known[name].must(x, y))
	}
	dir := t.TempDir()
	for name, e := range map[string][]Expr{"f1": e1, "f2": e2} {
		var b bytes.Buffer
		if err := WriteGo(&b, GoFunc{Name: name, Package: "main", Vars: []Expr{x, y}, Expr: e}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".go"), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var calls strings.Builder
	type result struct {
		e    Expr
		at   []float64
		want float64
	}
	var results []result
	call := func(f string, e []Expr, at []float64) {
		fmt.Fprintf(&calls, "\t{ dst := make([]float64, %d); %s(dst, []float64{math.Float64frombits(%d), math.Float64frombits(%d)}); show(dst...) }\n", len(e), f, math.Float64bits(at[0]), math.Float64bits(at[1]))
		for k, want := range values(e, []Expr{x, y}, at) {
			results = append(results, result{e[k], at, want})
		}
	}
	for _, a := range ones {
		call("f1", e1, []float64{a, 1})
		for _, b := range twos {
			call("f2", e2, []float64{a, b})
		}
	}
	for i, got := range runGo(t, dir, calls.String()) {
		r := results[i]
		if d := golden.ULP(got, r.want); !(d <= 16) && !same(got, r.want) {
			t.Errorf("%s at %v: %v, want %v", r.e.String(), r.at, got, r.want)
		}
	}
}

// TestWriteGoHessians: second derivatives of the usual functions have a source.
func TestWriteGoHessians(t *testing.T) {
	vars := []Expr{Var("x"), Var("y"), Var("z")}
	for _, text := range []string{
		"x^y", "log10(x)", "log2(x)*y", "hypot(x, y)", "norm2(x, y, z)", "atan2(y, x)", "xlogy(x, y)", "softplus(x)", "logsumexp(x, y, z)", "softmax_1(x, y)", "silu(x)", "gelu_erf(x)",
		"elu(x, 2)", "hardswish(x)", "hardsigmoid(x)", "relu6(x)", "asinh(x)*acosh(y)*atanh(z)", "cbrt(x)/y", "erf(x)", "tan(x)", "max(x, y, z)", "clamp(x, 0, 1)", "mod(x, y)", "var(x, y, z)",
		"gelu_tanh(x)", "mish(x)", "celu(x, y)", "selu(x)", "tanhshrink(x)", "hardshrink(x, y)", "softshrink(x, y)", "softplus(x, y)", "gamma(x)*lgamma(y)", "digamma(x)", "binentropy(x)",
	} {
		if err := WriteGo(io.Discard, GoFunc{Name: "f", Vars: vars, Expr: []Expr{parse1(t, text)}, Gradient: true, Hessian: true}); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func (f function) must(args ...Expr) Expr {
	e, problem := f.apply(args)
	if problem != "" {
		panic(problem)
	}
	return e
}

// TestWriteGoNames: names of Go, of parameters and of helpers are avoided, and the text
// is that of gofmt.
func TestWriteGoNames(t *testing.T) {
	vars := []Expr{Var("func"), Var("at"), Var("sigmoid"), Var("θ_1"), Var("t0"), Var("math")}
	e := parse1(t, "sigmoid(func)*at + sigmoid^2 + θ_1*t0*sin(func)*sin(func) + math")
	dir := t.TempDir()
	var b bytes.Buffer
	if err := WriteGo(&b, GoFunc{Name: "f", Package: "main", Vars: vars, Expr: []Expr{e}, Gradient: true}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "f.go"), b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	x := []float64{0.5, 2, 3, 4, 5, 6}
	got := runGo(t, dir, fmt.Sprintf("\tg := make([]float64, 6)\n\tshow(f(g, %#v))\n\tshow(g...)\n", x))
	if want := values(append([]Expr{e}, Grad(e, vars)...), vars, x); !slices.Equal(got, want) {
		t.Errorf("%v, want %v\n%s", got, want, b.Bytes())
	}
}

func TestWriteGoErrors(t *testing.T) {
	x, y := Var("x"), Var("y")
	for want, f := range map[string]GoFunc{
		`symbolic: WriteGo: "1f", in package "": not a name in Go`:             {Name: "1f", Vars: []Expr{x}, Expr: []Expr{x}},
		"symbolic: WriteGo: the variable y has no value":                       {Name: "f", Vars: []Expr{x}, Expr: []Expr{y}},
		"symbolic: WriteGo: the function own has no source":                    {Name: "f", Vars: []Expr{x}, Expr: []Expr{x.Apply(ad.NewOp(&ad.Func{Name: "own", Value: math.Sqrt, Slope: func(x, y float64) float64 { return 0.5 / y }}))}},
		"symbolic: WriteGo: no expression":                                     {Name: "f", Vars: []Expr{x}},
		"symbolic: WriteGo: a gradient of 2 expressions; ask for the Jacobian": {Name: "f", Vars: []Expr{x}, Expr: []Expr{x, x}, Gradient: true},
		"symbolic: WriteGo: the variable x twice":                              {Name: "f", Vars: []Expr{x, x}, Expr: []Expr{x}},
	} {
		if err := WriteGo(new(bytes.Buffer), f); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	for _, name := range gosource.Functions {
		helper := slices.ContainsFunc(gosource.Helpers(), func(h gosource.Helper) bool { return h.Name == name })
		if !helper && !strings.HasPrefix(name, "math.") && name != "1/" {
			t.Errorf("%s is no helper", name)
		}
	}
}
