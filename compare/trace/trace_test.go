package trace_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// survey is the example of Baydin, Pearlmutter, Radul and Siskind, Automatic
// Differentiation in Machine Learning: a Survey, JMLR 18 (2018).
func survey(t *testing.T, options trace.Options) *trace.Trace {
	t.Helper()
	tr, err := trace.Text("ln(x1)+x1*x2-sin(x2)", []string{"x1", "x2"}, []float64{2, 5}, options)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// TestForwardOfSurvey holds values and tangents against Table 2, by ẋ1 = 1.
func TestForwardOfSurvey(t *testing.T) {
	tr := survey(t, trace.Options{})
	want := []string{
		"v₋₁ = x1, 2, tangent 1",
		"v₀ = x2, 5, tangent 0",
		"v₁ = ln(v₋₁) = ln(2), 0.693, tangent v̇₋₁/v₋₁ = 1/2, 0.5",
		"v₂ = v₋₁·v₀ = 2·5, 10, tangent v̇₋₁·v₀ + v̇₀·v₋₁ = 1·5 + 0·2, 5",
		"v₃ = sin(v₀) = sin(5), -0.959, tangent v̇₀·cos(v₀) = 0·cos(5), 0",
		"v₄ = v₁ + v₂ = 0.693 + 10, 10.693, tangent v̇₁ + v̇₂ = 0.5 + 5, 5.5",
		"v₅ = v₄ - v₃ = 10.693 - (-0.959), 11.652, tangent v̇₄ - v̇₃ = 5.5 - 0, 5.5",
	}
	var got []string
	for i, l := range tr.Lines {
		s := l.Name + " = " + l.Text.Text
		if i >= 2 {
			s += " = " + l.Numbers
		}
		s += ", " + trace.Short(float64(l.Value)) + ", tangent "
		if i >= 2 {
			s += l.Tangent.Text + " = " + l.TangentNumbers[0] + ", "
		}
		got = append(got, s+trace.Short(float64(l.Tangents[0])))
	}
	optest.Equal(t, "forward", got, want)
	optest.Equal(t, "y", trace.Short(float64(tr.Value)), "11.652")
	optest.Equal(t, "result", tr.Lines[tr.Result].Name, "v₅")
}

// TestBackwardOfSurvey holds adjoints against Table 3, from below.
func TestBackwardOfSurvey(t *testing.T) {
	tr := survey(t, trace.Options{})
	want := []string{
		"v̄₄ = v̄₅, 1",
		"v̄₃ = -v̄₅, -1",
		"v̄₁ = v̄₄, 1",
		"v̄₂ = v̄₄, 1",
		"v̄₀ = v̄₃·cos(v₀), -0.284",
		"v̄₋₁ = v̄₂·v₀, 5",
		"v̄₀ += v̄₂·v₋₁, 1.716",
		"v̄₋₁ += v̄₁/v₋₁, 5.5",
	}
	var got []string
	for _, c := range tr.Contributions {
		_, to := tr.Accented(c.To)
		sign := " += "
		if c.First {
			sign = " = "
		}
		got = append(got, to+sign+tr.Lines[c.From].Operands[c.Operand].Term.Text+", "+trace.Short(float64(c.Sum)))
	}
	optest.Equal(t, "backward", got, want)
	optest.Equal(t, "gradient", []string{trace.Short(float64(tr.Lines[0].Adjoint)), trace.Short(float64(tr.Lines[1].Adjoint))}, []string{"5.5", "1.716"})
}

// rosenbrock is a function of the user.
func rosenbrock[T ad.Scalar[T]](x []T) T {
	one, hundred := ad.Const[T](1), ad.Const[T](100)
	a := one.Sub(x[0])
	b := x[1].Sub(x[0].Mul(x[0]))
	return a.Mul(a).Add(hundred.Mul(b).Mul(b))
}

// TestGo: lines know the file and line of the user's function, and package ad's own
// functions are none of the user's.
func TestGo(t *testing.T) {
	tr, err := trace.Go("rosenbrock", rosenbrock, nil, []float64{-1.2, 1}, trace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var ops []string
	first := 0
	for _, l := range tr.Lines[2:] {
		var file string
		var line int
		if _, err := fmt.Sscanf(strings.Replace(l.Place, ":", " ", 1), "%s %d", &file, &line); err != nil || file != "trace_test.go" {
			t.Fatalf("%s is in %q", l.Name, l.Place)
		}
		if first == 0 {
			first = line
		}
		ops = append(ops, fmt.Sprint(l.Op, " ", line-first))
	}
	optest.Equal(t, "operations", ops, []string{"sub 0", "mul 1", "sub 1", "mul 2", "mul 2", "mul 2", "add 2"})
	softplus := func(x []trace.Number) trace.Number { return ad.HardTanh(ad.Softplus(x[0]), -1, 3) }
	tr, err = trace.Go("f", softplus, []string{"t"}, []float64{0.5}, trace.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range tr.Lines[1:] {
		if !strings.HasPrefix(l.Place, "trace_test.go:") {
			t.Errorf("%s is in %q", l.Text.Text, l.Place)
		}
	}
}

// newton stops when a number says so.
func newton[T ad.Ordered[T]](x []T) T {
	y := x[0]
	for range 20 {
		next := y.Add(x[0].Div(y)).Mul(ad.Const[T](0.5))
		if ad.Abs(next.Sub(y)).Less(ad.Const[T](1e-12)) {
			return next
		}
		y = next
	}
	return y
}

// TestOrdered: a function that looks at values is traced on the path that it takes.
func TestOrdered(t *testing.T) {
	tr, err := trace.Go("newton", newton, nil, []float64{2}, trace.Options{Second: true})
	if err != nil {
		t.Fatal(err)
	}
	g := tr.Gradient[0]
	optest.Within(t, "slopes", []float64{float64(g.Dual), float64(g.Reverse), float64(g.Symbolic), float64(g.Differences)},
		slices.Repeat([]float64{1 / math.Sqrt(8)}, 4), 1e-10)
	if !tr.OnPath || tr.Verdict.Verdict != "agree" {
		t.Errorf("%v, %+v", tr.OnPath, tr.Verdict)
	}
}

// TestGolden explains formulas of the reference set. What is shown is what the operators
// return, and what 60-digit arithmetic knows.
func TestGolden(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	step := 1
	if testing.Short() {
		step = 10
	}
	for i := 0; i < len(cases); i += step {
		c := cases[i]
		x := c.Inputs["x"].Floats()
		names := make([]string, len(x))
		for k := range names {
			names[k] = fmt.Sprintf("x%d", k)
		}
		tr, err := trace.Text(c.Params["text"].(string), names, x, trace.Options{Second: i%10 == 0})
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		optest.Within(t, c.ID+" value", []float64{float64(tr.Value)}, c.Value.Floats(), 1e-13)
		optest.Within(t, c.ID+" gradient", floats(tr.Gradient, func(s trace.Slope) trace.Float { return s.Reverse }), c.Grads["x"].Floats(), 1e-10)
		if i%3 == 0 {
			checkTrace(t, c.ID, tr, c.Params["text"].(string), names, x)
		}
	}
}

func floats[T any](list []T, of func(T) trace.Float) []float64 {
	var v []float64
	for _, x := range list {
		v = append(v, float64(of(x)))
	}
	return v
}

// checkTrace reads a trace from its JSON and holds its numbers against the operators'.
func checkTrace(t *testing.T, id string, tr *trace.Trace, text string, names []string, x []float64) {
	t.Helper()
	doc, err := json.Marshal(tr)
	if err != nil {
		t.Fatal(err)
	}
	var back trace.Trace
	if err := json.Unmarshal(doc, &back); err != nil {
		t.Fatal(err)
	}
	if again, _ := json.Marshal(&back); !bytes.Equal(again, doc) {
		t.Errorf("%s: JSON that is read and written again is another one", id)
	}
	vars := make([]symbolic.Expr, len(names))
	for i, n := range names {
		vars[i] = symbolic.Var(n)
	}
	e, err := symbolic.Parse(text, vars...)
	if err != nil {
		t.Fatal(err)
	}
	// Both orders of evaluation are as good, so that digits may differ.
	n := len(x)
	optest.Within(t, id+": dual", floats(back.Gradient, func(s trace.Slope) trace.Float { return s.Dual }), dual.Gradient(formula[dual.Number](e, vars), x), 1e-12)
	optest.Within(t, id+": reverse", floats(back.Gradient, func(s trace.Slope) trace.Float { return s.Reverse }), reverse.Gradient(formula[reverse.Var](e, vars), x), 1e-12)
	optest.Within(t, id+": symbolic", floats(back.Gradient, func(s trace.Slope) trace.Float { return s.Symbolic }), symbolic.Gradient(formula[symbolic.Expr](e, vars), x), 1e-10)
	optest.Within(t, id+": differences", floats(back.Gradient, func(s trace.Slope) trace.Float { return s.Differences }), numeric.Gradient(formula[numeric.Real](e, vars), x), 1e-4)
	adjoints := floats(back.Lines[:n], func(l trace.Line) trace.Float { return l.Adjoint })
	optest.Equal(t, id+": adjoints", adjoints, floats(back.Gradient, func(s trace.Slope) trace.Float { return s.Reverse }), optest.Bits())
	if back.Result >= 0 {
		for i, d := range back.Lines[back.Result].Tangents {
			optest.Within(t, id+": tangent", []float64{float64(d)}, []float64{float64(back.Gradient[i].Dual)}, 1e-14)
		}
	}
	sums := make(map[int]trace.Float)
	for _, c := range back.Contributions {
		sums[c.To] = c.Sum
	}
	for k, l := range back.Lines {
		if k != back.Result && sums[k] != l.Adjoint {
			t.Errorf("%s: the sweep leaves %v in %s, whose adjoint is %v", id, sums[k], l.Name, l.Adjoint)
		}
	}
	for _, p := range back.Paths {
		sum := 0.0
		for _, path := range p.List {
			sum += float64(path.Product)
		}
		if int(p.Count) == len(p.List) {
			optest.Within(t, id+": paths", []float64{1 + sum}, []float64{1 + adjoints[p.Input]}, 1e-9)
		} else if len(p.List) != trace.MostPaths {
			t.Errorf("%s: %d of %v paths are listed", id, len(p.List), p.Count)
		}
	}
	if s := back.Second; s != nil {
		for k, h := range s.Hessian {
			optest.Within(t, id+": Hessian", []float64{1 + float64(h.Reverse)}, []float64{1 + float64(h.Dual)}, 1e-9)
			optest.Equal(t, id+": cross term", s.Crosses[k].Terms[back.Result], h.Dual)
			optest.Within(t, id+": rate", []float64{1 + float64(s.Rates[h.I].Rates[h.J])}, []float64{1 + float64(h.Reverse)}, 1e-12)
		}
	}
	if back.Verdict.Verdict == "disagree" {
		t.Errorf("%s: %s", id, back.Verdict.Text)
	}
}

func formula[T ad.Scalar[T]](e symbolic.Expr, vars []symbolic.Expr) func([]T) T {
	return func(x []T) T { return symbolic.Eval(e, vars, x) }
}

// TestAsWritten: nothing is shared, and constants are folded.
func TestAsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"sin(x)*sin(x)":             "sin sin mul",
		"(x+y)*(x+y)":               "add add mul",
		"x*1 - 2*3":                 "mul sub",
		"2^3*x":                     "mul",
		"norm2(x, y, 2)+sum(x,y,x)": "norm2 sum add",
		"clamp(x, -1, 2)":           "sub ifpos sub ifpos",
		"softmax_1(x, y)":           "",
		"ifpos(x, y, x*y)":          "mul ifpos",
		"ifpos(1, y, x*y)":          "mul",
		"|x| + √y - y":              "abs sqrt add sub",
		"exp(-x)":                   "neg exp",
		"max(x,y,3)":                "max max",
		"pow(x, y)+x^2":             "pow pow add",
		"x":                         "",
	} {
		tr, err := trace.Text(text, []string{"x", "y"}, []float64{0.5, 2}, trace.Options{Second: true})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var ops []string
		for _, l := range tr.Lines[2:] {
			ops = append(ops, l.Op)
		}
		if got := strings.Join(ops, " "); got != want && want != "" {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
		checkTrace(t, text, tr, text, []string{"x", "y"}, []float64{0.5, 2})
	}
}

// TestHostile: what cannot be traced is an error, and hard points are traced.
func TestHostile(t *testing.T) {
	own := ad.NewOp(&ad.Func{Name: "own", Value: math.Sin, Slope: func(x, _ float64) float64 { return math.Cos(x) }})
	kept := trace.Number{}
	for name, f := range map[string]func(x []trace.Number) trace.Number{
		"more than 4096 operations": func(x []trace.Number) trace.Number {
			y := x[0]
			for range 1 << 20 {
				y = y.Add(x[0])
			}
			return y
		},
		"index out of range": func(x []trace.Number) trace.Number { return x[1] },
		"must not keep":      func(x []trace.Number) trace.Number { y := kept; kept = x[0]; return x[0].Add(y) },
	} {
		_, err := trace.Go("f", f, nil, []float64{1}, trace.Options{Second: true})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	tr, err := trace.Go("f", func(x []trace.Number) trace.Number { return x[0].Apply(own) }, nil, []float64{1}, trace.Options{Second: true})
	if err != nil || len(tr.Lacks) != 2 || tr.Second != nil || !math.IsNaN(float64(tr.Gradient[0].Symbolic)) || float64(tr.Gradient[0].Reverse) != math.Cos(1) {
		t.Errorf("a function of one's own without a Text: %v, %+v", err, tr)
	}
	for _, text := range []string{"x", "0*x+3", "√x", "x/x", "log(x)", "x^x", "|x|", "1/x", "exp(1000x)", "ifpos(x,x,-x)", "floor(x)", "3+0x", "ifpos(NaN, x, 1)", "x*NaN", "gamma(x)"} {
		for _, x := range []float64{0, math.Copysign(0, -1), 1e-310, -1e300, math.Inf(1), math.NaN(), -1} {
			tr, err := trace.Text(text, []string{"x"}, []float64{x}, trace.Options{Second: true})
			if err != nil {
				t.Errorf("%s at %v: %v", text, x, err)
				continue
			}
			if _, err := json.Marshal(tr); err != nil {
				t.Errorf("%s at %v: %v", text, x, err)
			}
		}
	}
	for _, c := range []struct {
		text  string
		names []string
		x     []float64
	}{{"x", nil, nil}, {"x", []string{"x"}, nil}, {"x+", []string{"x"}, []float64{1}}, {"x*y", []string{"x"}, []float64{1}},
		{"x", []string{"x", "x"}, []float64{1, 2}}, {"x", []string{"2"}, []float64{1}}, {"x", make([]string, 100), make([]float64, 100)}} {
		if _, err := trace.Text(c.text, c.names, c.x, trace.Options{}); err == nil {
			t.Errorf("no error for %s with %q", c.text, c.names)
		}
	}
}

// TestShort: three decimals, or three digits and a power of ten.
func TestShort(t *testing.T) {
	for x, want := range map[float64]string{0: "0", math.Copysign(0, -1): "0", 1: "1", 5.5: "5.5", 11.65207: "11.652", -0.28366: "-0.284", 0.0001234: "1.23·10⁻⁴", -2e9: "-2·10⁹",
		math.Inf(-1): "-Inf", 999999.9996: "1000000", 0.01: "0.01"} {
		optest.Equal(t, "short", trace.Short(x), want)
	}
}
