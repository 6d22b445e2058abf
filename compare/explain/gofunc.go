package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

// A goFunc is a generic function in a file of the user's.
type goFunc struct {
	dir, file, pkg string
	name           string
	params         []string // the names of its numbers, nil if it takes a list
	data           bool     // it takes data behind them
}

const signature = "func %s[T ad.Scalar[T]](x []T) T, or (x, y T) T, with data behind them or not"

// findGo finds file.go:Func.
func findGo(spec string) (goFunc, error) {
	file, name, ok := cutLast(spec, ":")
	if !ok || file == "" || name == "" || !strings.HasSuffix(file, ".go") {
		return goFunc{}, fmt.Errorf("-go %s: write -go file.go:Func", short(spec))
	}
	full, err := filepath.Abs(file)
	if err != nil {
		return goFunc{}, err
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), full, nil, parser.SkipObjectResolution)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return goFunc{}, fmt.Errorf("-go %s: there is no file %s", short(spec), file)
		}
		return goFunc{}, fmt.Errorf("-go %s: %w", short(spec), err)
	}
	var generic []string
	for _, d := range parsed.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv != nil {
			continue
		}
		if f.Name.Name == name {
			params, data, err := numbers(f)
			return goFunc{filepath.Dir(full), full, parsed.Name.Name, name, params, data}, err
		}
		if f.Type.TypeParams != nil {
			generic = append(generic, f.Name.Name)
		}
	}
	hint := ""
	if len(generic) > 0 {
		hint = "; it has " + strings.Join(generic[:min(len(generic), 8)], ", ")
	}
	return goFunc{}, fmt.Errorf("-go %s: %s has no function %s%s", short(spec), filepath.Base(file), name, hint)
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// numbers returns the names of the parameters of a function of numbers, nil for one of a
// list, and whether data come behind them, as functions for Bind have it. Or it says how the
// function has to look.
func numbers(f *ast.FuncDecl) (names []string, data bool, err error) {
	wrong := func(why string) ([]string, bool, error) {
		return nil, false, fmt.Errorf("%s %s: write "+signature, f.Name.Name, why, f.Name.Name)
	}
	t := f.Type
	if t.TypeParams == nil || len(t.TypeParams.List) != 1 || len(t.TypeParams.List[0].Names) != 1 {
		return wrong("is not generic over one number type")
	}
	number := t.TypeParams.List[0].Names[0].Name
	is := func(e ast.Expr) bool { id, ok := e.(*ast.Ident); return ok && id.Name == number }
	if t.Results == nil || len(t.Results.List) != 1 || len(t.Results.List[0].Names) > 1 || !is(t.Results.List[0].Type) {
		return wrong("does not return one number")
	}
	type parameter struct {
		name string
		of   ast.Expr
	}
	var params []parameter
	for _, p := range t.Params.List {
		if len(p.Names) == 0 {
			params = append(params, parameter{"_", p.Type})
		}
		for _, name := range p.Names {
			params = append(params, parameter{name.Name, p.Type})
		}
	}
	if n := len(params); n > 1 && !is(params[n-1].of) {
		params, data = params[:n-1], true
	}
	if len(params) == 0 {
		return wrong("has no parameters")
	}
	if list, ok := params[0].of.(*ast.ArrayType); ok && list.Len == nil && is(list.Elt) && len(params) == 1 {
		return nil, data, nil
	}
	for i, p := range params {
		if !is(p.of) {
			return wrong("has parameters that are no numbers, other than data behind them")
		}
		if p.name == "_" {
			p.name = "x" + strconv.Itoa(i+1)
		}
		names = append(names, p.name)
	}
	return names, data, nil
}

// hold demands data for a function that takes some, as an expression of Go, and none for one
// that does not.
func (f goFunc) hold(data string) error {
	switch {
	case f.data && data == "":
		return fmt.Errorf("%s takes data: write -data with an expression of its package, such as -data trainingSet or -data 'Model{Rate: 2}'", f.name)
	case !f.data && data != "":
		return fmt.Errorf("%s takes no data: leave -data out", f.name)
	case data == "":
		return nil
	}
	if _, err := parser.ParseExpr(data); err != nil {
		return fmt.Errorf("-data %s: no expression of Go: %w", short(data), err)
	}
	return nil
}

// inputs returns the point in the order of the parameters.
func (f goFunc) inputs(q question) (names []string, x []float64, err error) {
	example := "x1=1 x2=2"
	if f.params != nil {
		example = strings.Join(f.params, "=1 ") + "=1"
	}
	if len(q.x) == 0 || f.params != nil && len(q.x) != len(f.params) {
		return nil, nil, fmt.Errorf("%s at %d values: write a value for each input, such as %s", f.name, len(q.x), example)
	}
	if f.params == nil || !slices.ContainsFunc(q.names, func(n string) bool { return n != "" }) {
		for i, name := range q.names {
			switch {
			case f.params != nil:
				name = f.params[i]
			case name == "":
				name = "x" + strconv.Itoa(i+1)
			}
			names = append(names, name)
		}
		return names, q.x, nil
	}
	for _, name := range f.params {
		i := slices.Index(q.names, name)
		if i < 0 {
			return nil, nil, fmt.Errorf("%s of %s has no value: write %s", name, f.name, example)
		}
		x = append(x, q.x[i])
	}
	return f.params, x, nil
}

// answer is what the small program writes.
type answer struct {
	Trace *trace.Trace
	Error string
}

// traceGo traces a function of the user's package. A small program beside it does so: a
// test, which may be of any package and see what is not exported. It lies in a temporary
// folder, and go is told to see it in the package's (-overlay); nothing is written there.
func traceGo(q question) (*trace.Trace, error) {
	f, err := findGo(q.goFunc)
	if err != nil {
		return nil, err
	}
	if err := f.hold(q.data); err != nil {
		return nil, err
	}
	names, x, err := f.inputs(q)
	if err != nil {
		return nil, err
	}
	if q.why != "" && !slices.Contains(names, q.why) {
		return nil, fmt.Errorf("-why %s: write one of %s", q.why, strings.Join(names, ", "))
	}
	temp, err := os.MkdirTemp("", "explain")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	program, result := filepath.Join(temp, "program.go"), filepath.Join(temp, "result.json")
	replaced := map[string]string{filepath.Join(f.dir, "explain_this_function_test.go"): program}
	if !strings.HasSuffix(f.file, "_test.go") { // tests of the package need not compile
		tests, _ := filepath.Glob(filepath.Join(f.dir, "*_test.go"))
		for _, name := range tests {
			replaced[name] = ""
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return nil, err
	}
	if err := os.WriteFile(program, f.program(names, x, q.data, q.options()), 0o600); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(temp, "overlay.json"), overlay, 0o600); err != nil {
		return nil, err
	}
	run := exec.Command("go", "test", "-overlay", filepath.Join(temp, "overlay.json"), "-vet=off", "-count=1", "-timeout=60s", "-run=^TestExplainThisFunction$", ".")
	run.Dir = f.dir
	run.Env = append(os.Environ(), "EXPLAIN_RESULT="+result)
	output, runErr := run.CombinedOutput()
	text, err := os.ReadFile(result)
	if err != nil {
		return nil, failed(f, output, runErr)
	}
	var a answer
	if err := json.Unmarshal(text, &a); err != nil {
		return nil, err
	}
	if a.Error != "" {
		return nil, fmt.Errorf("%s at %v: %s", f.name, x, a.Error)
	}
	return a.Trace, nil
}

// failed says why the program did not run.
func failed(f goFunc, output []byte, err error) error {
	text := strings.TrimSpace(string(bytes.ToValidUTF8(output, nil)))
	hint := ""
	switch {
	case strings.Contains(text, "no required module provides package github.com/quartet-ad/ad"),
		strings.Contains(text, "does not contain package github.com/quartet-ad/ad/compare/trace"):
		hint = ": write go get github.com/quartet-ad/ad@latest in its module"
	case strings.Contains(text, "panic: test timed out"):
		return fmt.Errorf("%s does not end within a minute", f.name)
	}
	if lines := strings.Split(text, "\n"); len(lines) > 12 {
		text = strings.Join(lines[:12], "\n") + "\n…"
	}
	return fmt.Errorf("%s does not compile or run%s (%v)\n%s", f.name, hint, err, text)
}

// program returns the small program.
func (f goFunc) program(names []string, x []float64, data string, options trace.Options) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `package %s

import (
	explainJSON "encoding/json"
	explainMath "math"
	explainOS "os"
	explainTesting "testing"

	explainTrace "github.com/quartet-ad/ad/compare/trace"
)

func TestExplainThisFunction(t *explainTesting.T) {
	var a struct {
		Trace *explainTrace.Trace
		Error string
	}
	var err error
	point := []uint64{`, f.pkg)
	for _, v := range x {
		fmt.Fprintf(&b, "%#x, ", math.Float64bits(v))
	}
	args := "x"
	if f.params != nil {
		list := make([]string, len(f.params))
		for i := range list {
			list[i] = fmt.Sprintf("x[%d]", i)
		}
		args = strings.Join(list, ", ")
	}
	held := ""
	if data != "" {
		args += ", explainData"
		held = "explainData := " + data + "\n\t"
	}
	fmt.Fprintf(&b, `}
	x := make([]float64, len(point))
	for i, bits := range point {
		x[i] = explainMath.Float64frombits(bits)
	}
	%scall := func(x []explainTrace.Number) explainTrace.Number { return %s(%s) }
	a.Trace, err = explainTrace.Go(%q, call, %#v, x, %#v)
	if err != nil {
		a.Error = err.Error()
	}
	text, err := explainJSON.Marshal(a)
	if err == nil {
		err = explainOS.WriteFile(explainOS.Getenv("EXPLAIN_RESULT"), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
`, held, f.name, args, f.name, names, options)
	return bytes.ReplaceAll(b.Bytes(), []byte("trace.Options{"), []byte("explainTrace.Options{"))
}
