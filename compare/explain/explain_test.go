package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

var update = flag.Bool("golden", false, "write the picture and the text anew")

var survey = []string{"ln(x1)+x1*x2-sin(x2)", "x1=2", "x2=5"}

func explain(t *testing.T, args ...string) string {
	t.Helper()
	var b strings.Builder
	if err := run(args, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestSurvey: the tables of Baydin et al. (JMLR 18, 2018), Tables 2 and 3, and what else
// there is to read.
func TestSurvey(t *testing.T) {
	text := strings.Join(strings.Fields(explain(t, append([]string{"-order", "2"}, survey...)...)), " ")
	for _, want := range []string{
		"y = 11.652 ∂y/∂x1 = 5.5 ∂y/∂x2 = 1.716",
		"v₋₁ = x1 2 v̇₋₁ = ∂x1 1 0",
		"v₁ = ln(v₋₁) = ln(2) 0.693 v̇₁ = v̇₋₁/v₋₁ = 1/2 0.5 0",
		"v₂ = v₋₁·v₀ = 2·5 10 v̇₂ = v̇₋₁·v₀ + v̇₀·v₋₁ = 1·5 + 0·2 5 2",
		"v₃ = sin(v₀) = sin(5) -0.959 v̇₃ = v̇₀·cos(v₀) = 0·cos(5) 0 0.284",
		"v₄ = v₁ + v₂ = 0.693 + 10 10.693 v̇₄ = v̇₁ + v̇₂ = 0.5 + 5 5.5 2",
		"v₅ = v₄ - v₃ = 10.693 - (-0.959) 11.652 v̇₅ = v̇₄ - v̇₃ = 5.5 - 0 5.5 1.716",
		"v̄₅ = ∂y/∂y 1 v̄₄ = v̄₅·1 = 1·1 1 v̄₃ = v̄₅·(-1) = 1·(-1) -1",
		"v̄₁ = v̄₄·1 = 1·1 1 v̄₂ = v̄₄·1 = 1·1 1",
		"v̄₀ = v̄₃·cos(v₀) = (-1)·0.284 -0.284 v̄₋₁ = v̄₂·v₀ = 1·5 5 v̄₀ += v̄₂·v₋₁ = -0.284 + 1·2 1.716 v̄₋₁ += v̄₁/v₋₁ = 5 + 1·0.5 5.5",
		"v₀ → v₃ → v₅ 0.284·(-1) = -0.284",
		"derivative of sin d/dx2 sin(x2) = cos(x2)",
		"so ∂y/∂x1 = 1/x1 + x2", "here ∂y/∂x2 = 1.7163378145367738",
		"∂²y/∂x1∂x2 1 1 1", "v₃ = sin(v₀) 0 0 0.959 0 0",
		"the referee: ∂y/∂x2 = 1.71633781453677373553336082849", "agree (smooth;",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q", want)
		}
	}
}

// TestFlags: flags stand anywhere, and choose.
func TestFlags(t *testing.T) {
	for _, c := range []struct {
		args []string
		has  string
		not  string
	}{
		{append([]string{"-why", "x2"}, survey...), "∂y/∂x2 = 1.716", "∂y/∂x1"},
		{append(slices.Clone(survey), "-method", "dual"), "tangents", "adjoints"},
		{append(slices.Clone(survey), "--method=reverse"), "adjoints", "tangents"},
		{append(slices.Clone(survey), "-method=symbolic"), "one rule a line", "tape, in the order"},
		{append(slices.Clone(survey), "-method=numeric"), "truncation", "one rule a line"},
		{[]string{"-x^2", "x=pi/2"}, "y = -2.467", "differs"},
		{[]string{"x*y", "x=2", "y=3"}, "∂f/∂y = 2", "∂y/"},
		{[]string{"|x|", "x=0"}, "kink", "panic"},
		{[]string{"log(x)", "x=-1"}, "undefined", "panic"},
		{[]string{"0*x+3", "x=1"}, "∂y/∂x = 0", "panic"},
		{[]string{"x", "x=NaN"}, "y = NaN", "panic"},
	} {
		text := explain(t, c.args...)
		if !strings.Contains(text, c.has) || strings.Contains(text, c.not) {
			t.Errorf("%q: want %q and no %q in\n%s", c.args, c.has, c.not, text)
		}
	}
}

// TestErrors: errors say what to type instead.
func TestErrors(t *testing.T) {
	long := strings.Repeat("(", 100_000)
	for _, c := range []struct{ args, want string }{
		{"", "go run ./compare/explain 'ln(x1)"},
		{"x*y x=1", "y has no value: write y=1"},
		{"x", "x has no value: write x=1"},
		{"x+ x=1", "column 3"},
		{"foo(x) x=1", "no function foo"},
		{"x 5", "write x=2"},
		{"x x=a", "write x=2 or x=pi/2"},
		{"x x=", "write x=2 or x=pi/2"},
		{"x x=1 z=2", "leave it out"},
		{"x x=1 x=2", "x has two values"},
		{"x 2=2", "no name of a variable"},
		{"3", "no variables"},
		{"x x=1 -order 3", "write -order 1 or -order 2"},
		{"x x=1 -method newton", "write one of dual"},
		{"x x=1 -why q", "write one of x"},
		{"x x=1 -bogus", "write -why"},
		{"x x=1 -exercise bug", "write -exercise adjoints"},
		{"x x=1 -html", "write -html="},
		{"x x=1 -html /nowhere/at/all.html", "/nowhere"},
		{"-help", "flags: -why"},
		{"-go f.go", "write -go file.go:Func"},
		{"-go nowhere.go:f 1", "there is no file nowhere.go"},
		{"-go testdata/user/main.go:waves 1", "it has wave, two"},
		{"-go testdata/user/main.go:plain 1", "write func plain[T ad.Scalar[T]](x []T) T"},
		{"-go testdata/user/main.go:withData 1", "write -data"},
		{"-go testdata/user/main.go:withData -data 1+ 1", "no expression of Go"},
		{"-go testdata/user/main.go:withData -data unheard 1", "undefined: unheard"},
		{"-go testdata/user/main.go:wave -data 1 1 2", "takes no data"},
		{"x x=1 -data 1", "write -go file.go:Func, too"},
		{"-go testdata/user/main.go:many 1", "does not return one number"},
		{"-go testdata/user/main.go:wave", "such as x1=1 x2=2"},
		{"-go testdata/user/main.go:two r=1", "such as r=1 x2=1"},
		{long + " x=1", "nested deeper"},
		{strings.Repeat("sin(x)+", 20_000) + "x x=1", "more than 4096 operations"},
		{"x\x00\xff x=1", ""},
	} {
		var b strings.Builder
		err := run(strings.Fields(c.args), &b)
		if err == nil || !strings.Contains(err.Error(), c.want) || len(err.Error()) > 2000 {
			t.Errorf("%.60q: %.300v, want %q", c.args, err, c.want)
		}
	}
}

// TestGo explains a function of a program, which is not exported, beside tests that do not
// compile.
func TestGo(t *testing.T) {
	text := explain(t, "-go", "testdata/user/main.go:wave", "x1=0.5", "x2=2")
	for _, want := range []string{"main.go:10", "main.go:11", "y = sin²(x1·x2) + exp(-x2)", "agree"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "explain_this") {
		t.Errorf("the small program is in sight:\n%s", text)
	}
	text = explain(t, "-go", "testdata/user/main.go:two", "-3", "1")
	if !strings.Contains(text, "on the path") || !strings.Contains(text, "∂y/∂r = -1") {
		t.Errorf("two is explained as\n%s", text)
	}
	text = explain(t, "-go", "testdata/user/main.go:fitted", "-data", "samples // all of them", "2", "7")
	if !strings.Contains(text, "y = 3·x1·x2") || !strings.Contains(text, "∂y/∂x1 = 21") {
		t.Errorf("with data it is explained as\n%s", text)
	}
	err := run([]string{"-go", "testdata/user/main.go:wave", "1"}, new(strings.Builder))
	if err == nil || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("wave of one number: %v", err)
	}
	left, _ := filepath.Glob("testdata/user/*explain*")
	if len(left) > 0 {
		t.Errorf("%v is left behind", left)
	}
}

// TestJSON: the numbers of the document are the operators'.
func TestJSON(t *testing.T) {
	var tr trace.Trace
	if err := json.Unmarshal([]byte(explain(t, append([]string{"-json"}, survey...)...)), &tr); err != nil {
		t.Fatal(err)
	}
	recompute(t, &tr, survey[0])
}

// recompute holds a trace against the operators.
func recompute(t *testing.T, tr *trace.Trace, text string) {
	t.Helper()
	var vars []symbolic.Expr
	var x []float64
	for _, in := range tr.Inputs {
		vars = append(vars, symbolic.Var(in.Name))
		x = append(x, float64(in.Value))
	}
	e, err := symbolic.Parse(text, vars...)
	if err != nil {
		t.Fatal(err)
	}
	y := make([]ad.Real, len(x))
	for i, v := range x {
		y[i] = ad.Real(v)
	}
	optest.Within(t, text+": value", []float64{float64(tr.Value)}, []float64{float64(symbolic.Eval(e, vars, y))}, 1e-13)
	forward := dual.Gradient(func(x []dual.Number) dual.Number { return symbolic.Eval(e, vars, x) }, x)
	backward := reverse.Gradient(func(x []reverse.Var) reverse.Var { return symbolic.Eval(e, vars, x) }, x)
	for i, g := range tr.Gradient {
		optest.Within(t, text+": dual", []float64{1 + float64(g.Dual)}, []float64{1 + forward[i]}, 1e-11)
		optest.Within(t, text+": reverse", []float64{1 + float64(g.Reverse)}, []float64{1 + backward[i]}, 1e-11)
		optest.Within(t, text+": adjoint", []float64{1 + float64(tr.Lines[i].Adjoint)}, []float64{1 + backward[i]}, 1e-11)
		if tr.Result >= 0 && tr.Result < len(tr.Lines) {
			optest.Within(t, text+": tangent", []float64{1 + float64(tr.Lines[tr.Result].Tangents[i])}, []float64{1 + forward[i]}, 1e-11)
		}
	}
}

// TestPage: a page stands alone, is small, and holds the operators' numbers.
func TestPage(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	type formula struct {
		text string
		args []string
	}
	list := []formula{
		{survey[0], survey[1:]},
		{"<b>x</b>"[3:4] + "*y", []string{"x=1", "y=-0.5"}},
		{"logsumexp(a,b,c,d,e,f,g)*norm2(a,b)", []string{"a=1", "b=2", "c=3", "d=-1", "e=2.7", "f=1e-9", "g=1e9"}},
		{strings.Repeat("sin(x*y)+", 60) + "x", []string{"x=1", "y=2"}},
		{strings.Repeat("exp(x*y/z)*", 12) + "ln(z)", []string{"x=0.1", "y=2", "z=3"}},
		{"sum(" + strings.Repeat("x,", 4000) + "x)", []string{"x=1"}}, {"1/x", []string{"x=0"}}, {"3+0*x", []string{"x=Inf"}}, {"x", []string{"x=1"}},
	}
	step := 15
	if testing.Short() {
		step = 50
	}
	for i := 0; i < len(cases); i += step {
		f := formula{text: cases[i].Params["text"].(string)}
		for k, v := range cases[i].Inputs["x"].Floats() {
			f.args = append(f.args, fmt.Sprintf("x%d=%v", k, v))
		}
		list = append(list, f)
	}
	for _, f := range list {
		file := filepath.Join(t.TempDir(), "out.html")
		explain(t, append([]string{f.text, "-html", file}, f.args...)...)
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) > 300_000 {
			t.Errorf("%.60s: %d bytes", f.text, len(page))
		}
		for _, not := range []string{"http:", "https:", "ZgotmplZ", "<no value>", "src=", "一", "愀", "乏", "%!"} {
			if strings.Contains(string(page), not) {
				t.Errorf("%.60s: the page has %q", f.text, not)
			}
		}
		_, data, _ := strings.Cut(string(page), `id="trace">`)
		data, _, _ = strings.Cut(data, "</script>")
		var tr trace.Trace
		if err := json.Unmarshal([]byte(data), &tr); err != nil {
			t.Errorf("%.60s: %v", f.text, err)
			continue
		}
		if f.text != "1/x" && f.args[0] != "x=Inf" {
			recompute(t, &tr, f.text)
		}
	}
}

// TestPageAtCusp: where a slope is not finite the page does not call the point smooth.
func TestPageAtCusp(t *testing.T) {
	for text, want := range map[string]string{"sqrt(|x|)": "where a slope is not finite", "x": "at a point that is smooth", "|x|": "at a point that is kink"} {
		file := filepath.Join(t.TempDir(), "out.html")
		explain(t, text, "x=0", "-html", file)
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(page), want) {
			t.Errorf("the page of %s does not say %q", text, want)
		}
	}
}

// FuzzExplain: whatever is typed, there is an answer or an error, and never a panic.
func FuzzExplain(f *testing.F) {
	for _, seed := range []string{"ln(x1)+x1*x2-sin(x2)\nx1=2\nx2=5", "-x\nx=-0", "x^x\nx=0\n-order=2", "ifpos(x,1/x,y)\nx=0\ny=1e-320", "|x|/norm2(x,x)\nx=Inf",
		"1\nx=1", "x=1\nx", "softmax_2(a,b)\na=NaN\nb=1", "-go=x\n", "--\n-why", "clamp(x,0,1)^0.5\nx=1", "exp(exp(exp(x)))\nx=99", "gamma(x)*besselj(x)\nx=-3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		args := strings.Split(text, "\n")
		q, err := parse(args)
		if err != nil || q.gallery || q.goFunc != "" || q.code != "" || len(text) > 200 { // which runs a program, or takes long
			return
		}
		tr, err := q.trace()
		if err != nil {
			return
		}
		var b strings.Builder
		if err := writeText(&b, tr, q); err != nil || b.Len() == 0 {
			t.Errorf("%q: %v", args, err)
		}
		b.Reset()
		if err := render(&b, tr, q); err != nil || !strings.HasSuffix(b.String(), "</html>\n") {
			t.Errorf("%q: the page: %v", args, err)
		}
		if _, err := json.Marshal(tr); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	})
}

// TestPicture: the picture in README is what the command draws.
func TestPicture(t *testing.T) {
	const kept = "testdata/survey.svg"
	file := filepath.Join(t.TempDir(), "out.svg")
	explain(t, append([]string{"-svg", file}, survey...)...)
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(kept, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(kept)
	if errors.Is(err, os.ErrNotExist) {
		t.Fatal("write it with -golden")
	}
	optest.Equal(t, "picture", string(got), string(want))
	for _, has := range []string{"xmlns", "11.652", ">5.5<", "1.716", "cos(v₀) = 0.284"} {
		if !strings.Contains(string(got), has) {
			t.Errorf("the picture lacks %q", has)
		}
	}
}
