package symbolic

import (
	"math"
	"strings"
	"testing"
)

// formulas are seeds of the targets below.
var formulas = []string{
	"x", "2x + 3(x+1)", "x^2*sin(x)", "(x+1)/(x-1)", "sqrt(x^2)", "x/x", "exp(log(x))", "log(x)/x^2", "x^y*y^x", "|x-y|", "max(x, y, 1)",
	"logsumexp(x, y)", "ifpos(x, y, x)", "1/(1+exp(-x))", "atan2(y, x)", "sin^2(x)+cos²(x)", "x*0 - Inf", "x^0.5*x^-0.5", "1e300*x*1e300", "-0*x", "pi*x/3",
	"mod(x, y)", "(x^2)^0.5", "x**-1", "√x*∛y", "hypot(x, y)", "x - x + y", "0.1*x + 0.2*x", "cosh(x)^2 - sinh(x)^2", "square(x)*cube(y)",
}

// target parses the text of a fuzz input, if it is short and in x and y alone.
func target(text string) (Expr, bool) {
	e, err := Parse(text)
	if err != nil || len(text) > 500 || e.node().size > 2000 {
		return Expr{}, false
	}
	for _, v := range e.Vars() {
		if v != Var("x") && v != Var("y") {
			return Expr{}, false
		}
	}
	return e, true
}

// TestSeeds: the seeds are what the targets look at: they do not pass most of them over.
func TestSeeds(t *testing.T) {
	vars := []Expr{Var("x"), Var("y")}
	tame, derived := 0, 0
	for _, text := range formulas {
		e, ok := target(text)
		if !ok {
			t.Errorf("%s is passed over", text)
			continue
		}
		if _, ok := tameAt(e, vars, []float64{0.7, 1.3}); ok {
			tame++
		}
		if _, ok := tameAt(D(e, vars[0]), vars, []float64{0.7, 1.3}); ok {
			derived++
		}
	}
	if tame < len(formulas)*3/4 || derived < len(formulas)/2 {
		t.Errorf("of %d formulas %d are compared, and %d derivatives", len(formulas), tame, derived)
	}
}

// FuzzSimplify: Simplify keeps the value and the derivative wherever the expression is
// tame, and takes no more operations.
func FuzzSimplify(f *testing.F) {
	for _, text := range formulas {
		f.Add(text, 0.7, 1.3)
		f.Add(text, -0.7, 0.4)
	}
	vars := []Expr{Var("x"), Var("y")}
	f.Fuzz(func(t *testing.T, text string, x, y float64) {
		e, ok := target(text)
		if !ok {
			return
		}
		s := Simplify(e)
		for what, g := range map[string]func() Expr{
			"Simplify": func() Expr { return s }, "Factor": func() Expr { return Factor(e) }, "Expand": func() Expr { return Expand(e) },
			"Stable": func() Expr { return Stable(e) }, "Collect": func() Expr { return Collect(e, vars[0]) },
		} {
			z := g()
			largest, ok := tameAt(e, vars, []float64{x, y})
			if !ok {
				continue
			}
			if what == "Factor" || what == "Expand" || what == "Collect" {
				if more, ok := tameAt(z, vars, []float64{x, y}); !ok {
					continue // terms that cancel may be large
				} else {
					largest = max(largest, more)
				}
			}
			v := values([]Expr{e, z}, vars, []float64{x, y})
			if !(math.Abs(v[1]-v[0]) <= 1e-5*(1+largest*largest)) {
				t.Fatalf("%s of %s at (%v, %v): %v, want %v: %s", what, text, x, y, v[1], v[0], z.String())
			}
		}
		d := D(e, vars[0])
		if largest, ok := tameAt(d, vars, []float64{x, y}); ok {
			v := values([]Expr{d, D(s, vars[0])}, vars, []float64{x, y})
			if v[1] == v[1] && !(math.Abs(v[1]-v[0]) <= 1e-5*(1+largest*largest)) {
				t.Fatalf("derivative of Simplify of %s at (%v, %v): %v, want %v: %s", text, x, y, v[1], v[0], s.String())
			}
		}
	})
}

// FuzzPrint: every printer prints, what String prints is the same expression, and what is
// printed for people has the same value.
func FuzzPrint(f *testing.F) {
	for _, text := range formulas {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e, err := Parse(text)
		if err != nil || len(text) > 2000 {
			return
		}
		for _, e := range []Expr{e, D(e, Var("x"))} {
			if e.node().size > 5000 {
				continue
			}
			if back, err := Parse(e.String(), e.Vars()...); err != nil || back != e {
				t.Fatalf("%s reads back as %s, %v", e.String(), back.String(), err)
			}
			at := make([]float64, len(e.Vars()))
			for i := range at {
				at[i] = 0.7 + 0.6*float64(i)
			}
			largest, tame := tameAt(e, e.Vars(), at)
			for _, print := range []string{e.Infix(), e.Unicode()} {
				back, err := Parse(print, e.Vars()...)
				if err != nil {
					t.Fatalf("%s prints as %s: %v", e.String(), print, err)
				}
				v := values([]Expr{e, back}, e.Vars(), at)
				if tame && v[1] == v[1] && !(math.Abs(v[1]-v[0]) <= 1e-5*(1+largest*largest)) { // NaN is 0*log(0), on paper
					t.Fatalf("%s at %v is %v, printed as %s %v", e.String(), at, v[0], print, v[1])
				}
			}
			if tex := e.LaTeX(); strings.Count(tex, "{") != strings.Count(tex, "}") {
				t.Fatalf("%s", tex)
			}
			e.MathML()
			DOT(e)
			if back, err := ParseSExpr(e.SExpr(), e.Vars()...); err != nil || back != e {
				t.Fatalf("%s reads back as %s, %v", e.SExpr(), back.String(), err)
			}
		}
	})
}

// FuzzCompile: a program computes what Eval does, to the bit, and EvalBatch nearly so.
func FuzzCompile(f *testing.F) {
	for _, text := range formulas {
		f.Add(text, 0.7, 1.3)
		f.Add(text, math.Inf(-1), 0.0)
	}
	vars := []Expr{Var("x"), Var("y")}
	f.Fuzz(func(t *testing.T, text string, x, y float64) {
		e, ok := target(text)
		if !ok {
			return
		}
		all := append([]Expr{e}, Grad(e, vars)...)
		p := Compile(vars, all...)
		want, got, batch := values(all, vars, []float64{x, y}), make([]float64, len(all)), make([]float64, len(all))
		p.Eval(got, []float64{x, y})
		p.EvalBatch(batch, []float64{x, y})
		for i := range all {
			if !same(got[i], want[i]) {
				t.Fatalf("%s at (%v, %v): %v, want %v", all[i].String(), x, y, got[i], want[i])
			}
			if largest, ok := tameAt(all[i], vars, []float64{x, y}); ok && !(math.Abs(batch[i]-want[i]) <= 1e-7*(1+largest*largest)) {
				t.Fatalf("%s at (%v, %v) in a batch: %v, want %v", all[i].String(), x, y, batch[i], want[i])
			}
		}
	})
}
