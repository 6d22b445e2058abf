package symbolic

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/rule"
)

// shown are the formulas of testdata/printers.txt: text, or a derivative by x.
var shown = []string{
	"x", "2x + 1", "x^2 - 3x + 2", "-x^2", "(-x)^2", "(x + 1)/(x - 1)", "x/(y*z)", "x/y/z", "x - (y - z)", "-(x + y)", "x^y^z", "(x^y)^z", "2^-x", "x^(1/2)",
	"sqrt(x + 1)", "cbrt(x)", "1/sqrt(x)", "|x - 1|", "||x| - |y||", "sin^2(x) + cos²(x)", "exp(-x^2/2)/sqrt(2*pi)", "x*exp(x)*2", "log(x)/log(2)", "log10(x)", "x_1 + x_2*θ", "alpha*beta_12",
	"1e-7*x + 2.5e20", "0.1 + x/3", "pi*r^2", "max(a, b, c)", "atan2(y, x)", "ifpos(x, x^2, -x)", "ifpos(x, 1, ifpos(y, 2, 3))", "2*ifpos(x, 1/x, x/2)^2 + 1", "logsumexp(a, b, c)", "softmax_2(a, b)",
	"gamma(x) + floor(x)", "sigmoid(x)*(1 - sigmoid(x))", "x^2*y^3/(2*z^4)", "Inf - NaN*x", "x*(-2)", "hypot(x, y)",
	"d log(x)", "d asin(x)", "d acos(x)", "d atan(x)", "d tan(x)", "d tanh(x)", "d atanh(x)", "d acosh(x)", "d asinh(x)", "d sqrt(x)", "d cbrt(x)", "d 1/x", "d x^y", "d y^x", "d x^x", "d erf(x)", "d 2^x", "d log2(x)",
	"d sigmoid(x)", "d softplus(x)", "d silu(x)", "d gelu_erf(x)", "d abs(x)", "d max(x, y)", "d relu(x)", "d hypot(x, y)", "d atan2(x, y)", "d logsumexp(x, y)", "d softmax_1(x, y)", "d xlogy(x, y)",
	"d x*sin(x)", "d exp(2x)", "d lgamma(x)", "d sin(x)/x", "d ifpos(x, x^2, -x)",
}

// shownExpr returns the expression of such a line.
func shownExpr(line string) Expr {
	if text, ok := strings.CutPrefix(line, "d "); ok {
		return D(mustParse(text), Var("x"))
	}
	return mustParse(line)
}

// TestPrinters holds every printer against testdata/printers.txt.
func TestPrinters(t *testing.T) {
	const file = "testdata/printers.txt"
	var b strings.Builder
	b.WriteString("# Formulas, and derivatives by x (d), in every notation.\n")
	for _, line := range shown {
		e := shownExpr(line)
		fmt.Fprintf(&b, "\n%s\n\texact   %s\n\tinfix   %s\n\tunicode %s\n\tlatex   %s\n\tsexpr   %s\n", line, e.String(), e.Infix(), e.Unicode(), e.LaTeX(), e.SExpr())
	}
	if *writeGolden {
		if err := os.WriteFile(file, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got, lines := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(lines)) {
		if i >= len(got) || i >= len(lines) || got[i] != lines[i] {
			t.Fatalf("line %d of %s: %q, want %q", i+1, file, got[min(i, len(got)-1)], lines[min(i, len(lines)-1)])
		}
	}
}

// TestNoHelpers: what is printed for people names no function that only derivatives are
// made of, up to the second order, simplified or not, and no precaution against overflow.
func TestNoHelpers(t *testing.T) {
	x, y := Var("x"), Var("y")
	var helpers []string
	for _, row := range rule.Helpers {
		if row != rule.Sech && row != rule.Sec && row != rule.Step {
			helpers = append(helpers, row.Name+"(")
		}
	}
	for _, row := range rule.Helpers2 {
		if row != rule.Polygamma {
			helpers = append(helpers, row.Name+"(")
		}
	}
	if len(helpers) < 30 {
		t.Fatalf("%d helpers", len(helpers))
	}
	for name, f := range known {
		args := []Expr{x, y, number(2)}[:f.least]
		if name == "clamp" {
			args = []Expr{x, number(0), number(2)}
		}
		e := f.must(args...)
		for _, d := range []Expr{e, D(e, x), D(e, x, x), Simplify(D(e, x)), Simplify(D(e, x, x)), Simplify(D(D(e, y), x))} {
			text := d.Infix()
			for _, helper := range append(helpers, " - 800", " - 40,", " - 1500", "-Inf") {
				if i := strings.Index(text, helper); i >= 0 && (i == 0 || !isLetter(rune(text[i-1]))) {
					t.Errorf("derivative of %s: %s", e.String(), text)
				}
			}
		}
	}
}

// TestForms: what is written for people has the value of what it is written for.
func TestForms(t *testing.T) {
	for _, f := range rule.Forms {
		text, form := mustParse(f.Text), mustParse(f.Form)
		compared := 0
		for _, x := range []float64{-2.5, -0.6, 0.3, 0.9, 1.7, 4} {
			for _, y := range []float64{-1.3, 0.45, 2, 3.5} {
				v := values([]Expr{text, form}, textVars, []float64{x, y})
				if v[0] != v[0] || v[1] != v[1] {
					continue
				}
				if compared++; !(math.Abs(v[1]-v[0]) <= 1e-13*(1+math.Abs(v[0]))) {
					t.Errorf("%s at (%v, %v) is %v, %s is %v", f.Text, x, y, v[0], f.Form, v[1])
				}
			}
		}
		if compared == 0 {
			t.Errorf("%s is compared nowhere", f.Text)
		}
	}
}

// TestPrintedDerivatives: derivatives as a textbook prints them, simplified where that is
// asked for.
func TestPrintedDerivatives(t *testing.T) {
	x := Var("x")
	for _, test := range []struct{ from, simplified, second string }{
		{"silu(x)", "sigmoid(x)*(x*sigmoid(-x) + 1)", ""},
		{"erf(x)", "2*exp(-x^2)/sqrt(pi)", ""},
		{"gelu_erf(x)", "x*exp(-x^2/2)/sqrt(2*pi) + (1 + erf(x/sqrt(2)))/2", ""},
		{"sigmoid(x)", "sigmoid(x)*(1 - sigmoid(x))", ""},
		{"elu(x, a)", "ifpos(x, 1, a*exp(x))", "ifpos(x, 0, a*exp(x))"},
		{"gamma(x)", "digamma(x)*gamma(x)", "digamma(x)^2*gamma(x) + gamma(x)*polygamma(1, x)"},
		{"log2(x)", "1/(x*log(2))", "-1/(x^2*log(2))"},
		{"asin(x)", "1/sqrt(1 - x^2)", "x/(1 - x^2)^(3/2)"},
		{"acosh(x)", "1/sqrt(x^2 - 1)", "-x/(x^2 - 1)^(3/2)"},
		{"asinh(x)", "1/sqrt(x^2 + 1)", ""},
		{"atanh(x)", "1/(1 - x^2)", "2*x/(1 - x^2)^2"},
		{"norm2(x, y)", "x/sqrt(x^2 + y^2)", "y^2/(x^2 + y^2)^(3/2)"},
		{"norm2(x)", "sign(x)", "0"},
		{"norm2(x, y, z)", "x/sqrt(x^2 + y^2 + z^2)", "(y^2 + z^2)/(x^2 + y^2 + z^2)^(3/2)"},
		{"var(x, y, z)", "2*x/3 - y/3 - z/3", "2/3"},
		{"max(x, y, z)", "(1 + sign(x - y))*(1 + sign(max(x, y) - z))/4", "0"},
		{"relu6(x)", "step(x)*step(6 - x)", "0"},
		{"|x^2 - 1|", "2*x*sign(x^2 - 1)", "2*sign(x^2 - 1)"},
		{"clamp(x, 0, 1)", "ifpos(-x, 0, ifpos(x - 1, 0, 1))", "0"},
		{"hardswish(x)", "ifpos(x - 3, 1, ifpos(-x - 3, 0, x/3 + 0.5))", "ifpos(-x - 3, 0, ifpos(x - 3, 0, 1/3))"},
		{"x*sqrt(2)*log(3)", "sqrt(2)*log(3)", "0"},
	} {
		e := parse1(t, test.from)
		if got := Simplify(D(e, x)).Infix(); got != test.simplified {
			t.Errorf("derivative of %s: %s, want %s", test.from, got, test.simplified)
		}
		if got := Simplify(D(e, x, x)).Infix(); test.second != "" && got != test.second {
			t.Errorf("second derivative of %s: %s, want %s", test.from, got, test.second)
		}
	}
	for text, want := range map[string]string{
		"clamp(x, 0, 1)": "ifpos(x - 1, 1, ifpos(-x, 0, x))", "sqrt(2)*x": "sqrt(2)*x", "x*log(2)": "x*log(2)", "ln(2)*x": "x*log(2)", "3*(2*x)": "3*2*x",
		"norm2(x, y, 2z)": "sqrt(x^2 + y^2 + (2*z)^2)", "norm2_3_1(x, y, z)": "-x*z/(x^2 + y^2 + z^2)^(3/2)",
		"x + 0": "x", "0 - x": "-x", "0 + 0": "0", "0*x": "0*x", "0.333333*x": "0.333333*x", "(1 - 1/3)*x": "2*x/3",
	} {
		if got := parse1(t, text).Infix(); got != want {
			t.Errorf("%s is printed as %s, want %s", text, got, want)
		}
	}
}

// TestCases: a piecewise form that is part of another stands in parentheses, and its brace
// is as high as its table.
func TestCases(t *testing.T) {
	const form = `\begin{cases} 1 & \text{if } x > 0 \\ 2 & \text{otherwise} \end{cases}`
	for text, want := range map[string]string{
		"ifpos(x, 1, 2)":            form,
		"ifpos(x, 1, 2)^2":          `\left(` + form + `\right)^{2}`,
		"3*ifpos(x, 1, 2)*y":        `3 \, y \, \left(` + form + `\right)`,
		"x - ifpos(x, 1, 2) - y":    `x - \left(` + form + `\right) - y`,
		"sin(ifpos(x, 1, 2))":       `\sin\left(` + form + `\right)`,
		"1/ifpos(x, 1, 2)":          `\frac{1}{` + form + `}`,
		"log10(x) - ifpos(x, 1, 2)": `\log_{10}\left(x\right) - \left(` + form + `\right)`,
	} {
		if got := parse1(t, text).LaTeX(); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"ifpos(x, 1, 2)": "scaleY(2.3)", "ifpos(x, 1/y, ifpos(y, 2, 3))": "scaleY(3.9)", "ifpos(x, 1, 2) + 1": "<mo>)</mo>", "log10(x)": "<msub><mi>log</mi><mn>10</mn></msub>",
	} {
		if got := parse1(t, text).MathML(); !strings.Contains(got, want) {
			t.Errorf("%s: %s, want %s in it", text, got, want)
		}
	}
}

// TestMathML: the text is well-formed.
func TestMathML(t *testing.T) {
	for _, line := range shown {
		d := xml.NewDecoder(strings.NewReader(shownExpr(line).MathML()))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v: %s", line, err, shownExpr(line).MathML())
			}
		}
	}
}

func TestFormat(t *testing.T) {
	e := D(mustParse("log(x)"), Var("x"))
	for format, want := range map[string]string{
		"%v": "1/x", "%s": "1/x", "%+v": "invpos(x)", "%#v": "invpos(x)", "%q": `"1/x"`, "%6v|": "   1/x|", "%-6v|": "1/x   |", "%d": "%!d(symbolic.Expr=1/x)",
	} {
		if got := fmt.Sprintf(format, e); got != want {
			t.Errorf("%s: %q, want %q", format, got, want)
		}
	}
}

// TestShared: definitions and what is left of the expressions give them back.
func TestShared(t *testing.T) {
	e := mustParse("exp(x)*sin(exp(x)) + t_1*(x + exp(x))")
	defs, in := Shared(e, D(e, Var("x")))
	if len(defs) == 0 || defs[0].String() != "u_1 = exp(x)" {
		t.Fatalf("definitions %v", defs)
	}
	for i := range in {
		back := in[i]
		for k := len(defs) - 1; k >= 0; k-- {
			back = Subst(back, defs[k].Name, defs[k].Value)
		}
		if want := []Expr{e, D(e, Var("x"))}[i]; back != want {
			t.Errorf("%v, want %v", back, want)
		}
	}
}

// TestPrintLarge: what is too large to be read is summed up, at once.
func TestPrintLarge(t *testing.T) {
	x := Var("x")
	deep, swollen, wide := x, x, x
	for range 100_000 {
		deep = deep.Mul(x).Add(number(1))
	}
	for range 200 {
		swollen = swollen.Mul(swollen.Add(number(1)))
	}
	for range 10_000 {
		wide = wide.Add(x)
	}
	for _, e := range []Expr{deep, swollen, wide} {
		for _, text := range []string{e.Infix(), e.Unicode(), e.LaTeX(), e.MathML(), fmt.Sprint(e)} {
			if len(text) > 1<<20 {
				t.Errorf("%d bytes", len(text))
			}
		}
	}
	if text := wide.Infix(); strings.Count(text, "+") != 10_000 {
		t.Errorf("a sum of 10001 terms: %.80s", text)
	}
}

// The pictures are made where -katex names a folder in which npm has installed KaTeX.
var (
	katex    = flag.String("katex", "", "a folder with node_modules/katex: compile the LaTeX of the printers and make pictures there")
	chromium = flag.String("chromium", "chromium", "the browser that makes them")
)

// TestPictures compiles the LaTeX of every formula with KaTeX, and shows it beside the
// MathML in a browser.
func TestPictures(t *testing.T) {
	if *katex == "" {
		t.Skip("no -katex")
	}
	const script = `
const katex = require('katex'), fs = require('fs');
const rows = JSON.parse(fs.readFileSync('rows.json'));
let html = '<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="node_modules/katex/dist/katex.min.css"><style>body{font:14px monospace}td{border-bottom:1px solid #ccc;padding:4px 14px}</style><table>';
for (const r of rows) html += '<tr><td>' + r.text.replace(/</g, '&lt;') + '<td>' + katex.renderToString(r.latex, {throwOnError: true, strict: 'error', displayMode: true}) + '<td>' + r.mathml;
fs.writeFileSync('page.html', html + '</table>');
console.log(rows.length);
`
	var rows []string
	for _, line := range shown {
		e := shownExpr(line)
		rows = append(rows, fmt.Sprintf(`{"text":%s,"latex":%s,"mathml":%s}`, quoteJSON(line), quoteJSON(e.LaTeX()), quoteJSON(e.MathML())))
	}
	for _, s := range Steps(mustParse("x^2*log(sin(x))"), Var("x"), true) {
		rows = append(rows, fmt.Sprintf(`{"text":%s,"latex":%s,"mathml":%s}`, quoteJSON(s.Rule), quoteJSON(s.LaTeX()), quoteJSON(s.MathML())))
	}
	for name, text := range map[string]string{"rows.json": "[" + strings.Join(rows, ",") + "]", "script.js": script} {
		if err := os.WriteFile(filepath.Join(*katex, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	node := exec.Command("node", "script.js")
	node.Dir = *katex
	if out, err := node.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != fmt.Sprint(len(rows)) {
		t.Fatalf("KaTeX: %v\n%.2000s", err, out)
	}
	browser := exec.Command(*chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files", "--window-size=1300,5200", "--screenshot=page.png", "page.html")
	browser.Dir = *katex
	if out, err := browser.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%.2000s", *chromium, err, out)
	}
}

func quoteJSON(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}
