package symbolic

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/rule"
	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	x, y := Var("x"), Var("y")
	two, three := number(2), number(3)
	for text, want := range map[string]Expr{
		"x":                       x,
		" ( x ) ":                 x,
		"2":                       two,
		".5":                      number(0.5),
		"1e-3":                    number(1e-3),
		"1.5E+2":                  number(150),
		"x + y*2":                 x.Add(y.Mul(two)),
		"(x + y)*2":               x.Add(y).Mul(two),
		"x - y - 2":               x.Sub(y).Sub(two),
		"x/y/2":                   x.Div(y).Div(two),
		"x^y^2":                   ad.Pow(x, ad.Pow(y, two)),
		"-x^2":                    ad.Pow(x, two).Neg(),
		"(-x)^2":                  ad.Pow(x.Neg(), two),
		"2^-x":                    ad.Pow(two, x.Neg()),
		"-x*y":                    x.Mul(y).Neg(),
		"--x":                     x,
		"+x":                      x,
		"x--y":                    x.Add(y),
		"2*3+x":                   number(6).Add(x),
		"-2":                      number(-2),
		"-0":                      number(math.Copysign(0, -1)),
		"NaN":                     number(math.NaN()),
		"-Inf":                    number(math.Inf(-1)),
		"x^1":                     x,
		"sin(x)":                  ad.Sin(x),
		"atan2(y, x)":             ad.Atan2(y, x),
		"leaky_relu(x)":           ad.LeakyReLU(x, 0.01),
		"leaky_relu(x, 0.2)":      ad.LeakyReLU(x, 0.2),
		"softplus(x)":             ad.Softplus(x),
		"softplus(x, 3)":          ad.Softplus(x, 3),
		"hardtanh(x)":             ad.HardTanh(x),
		"hardtanh(x, -2, 3)":      ad.HardTanh(x, -2, 3),
		"clamp(x, 2, 3)":          ad.Clamp(x, 2, 3),
		"clamp(x, 0, Inf)":        ad.Clamp(x, 0, math.Inf(1)),
		"var(x, y)":               ad.Variance([]Expr{x, y}, 1),
		"prelu(x, y)":             ad.PReLU(x, y),
		"gelu_erf(x)":             ad.GELU(x),
		"logsumexp(x, y, 2)":      ad.LogSumExp([]Expr{x, y, two}),
		"norm2(x, y)":             ad.Norm2([]Expr{x, y}),
		"ifpos(x, y, 2)":          x.IfPos(y, two),
		"ifpos(3, y, 2)":          y,
		"add(x, mul(y, 3))":       x.Add(y.Mul(three)),
		"neg(sub(x, div(y, 2)))":  x.Sub(y.Div(two)).Neg(),
		"pow(x, y)":               ad.Pow(x, y),
		"größe_1":                 Var("größe_1"),
		"sin":                     Var("sin"),
		"x\n\t+\r\ny":             x.Add(y),
		"sum(x, y) - mean(x)":     ad.Sum([]Expr{x, y}).Sub(ad.Mean([]Expr{x})),
		"prod(x, 2) + sumsq(x,y)": ad.Prod([]Expr{x, two}).Add(ad.SumSq([]Expr{x, y})),
	} {
		got, err := Parse(text)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                           "line 1, column 1: the text ends where an operand should follow",
		"x +":                        "line 1, column 4: the text ends where an operand should follow",
		"x y":                        `line 1, column 3: unexpected "y" after an operand; write x*y for a product`,
		"x +\n  * y":                 `line 2, column 3: unexpected "*" where an operand should follow`,
		"(x":                         "line 1, column 1: this parenthesis is not closed",
		"sin(x":                      "line 1, column 4: this parenthesis is not closed",
		"x)":                         "line 1, column 2: unexpected ')': no parenthesis is open",
		"(x, y)":                     "line 1, column 3: a comma outside of a call",
		"x, y":                       "line 1, column 2: a comma outside of a call",
		"foo(x)":                     "line 1, column 1: there is no function foo; write foo*(...) for a product",
		"1 + sin(x, y)":              "line 1, column 5: sin takes 1 argument, not 2",
		"atan2(x)":                   "line 1, column 1: atan2 takes 2 arguments, not 1",
		"softplus(x, 1, 2)":          "line 1, column 1: softplus takes 1 to 2 arguments, not 3",
		"sin()":                      `line 1, column 5: unexpected ")" where an operand should follow`,
		"hardtanh(x, 1)":             "line 1, column 1: hardtanh: there must be two bounds or none",
		"hardtanh(x, y, 1)":          "line 1, column 13: hardtanh: the bounds must be numbers",
		"clamp(x, y, 1)":             "line 1, column 10: clamp: the bounds must be numbers",
		"clamp(x, 2, 1)":             "line 1, column 1: clamp: the bounds 2 and 1 are not in order",
		"hardtanh(x, 1, NaN)":        "line 1, column 1: hardtanh: the bounds 1 and NaN are not in order",
		"2e":                         `line 1, column 2: unexpected "e" after an operand; write 2*e for a product`,
		"1e999":                      "line 1, column 1: number 1e999 is out of range",
		"é + \xff":                   "line 1, column 5: text that is not UTF-8",
		"x $ y":                      `line 1, column 3: unexpected "$" after an operand`,
		"x = 2":                      `line 1, column 3: unexpected "=" after an operand; an expression is one side of an equation`,
		strings.Repeat("x", 1<<20+1): "line 1, column 1: a text of 1048577 bytes; the limit is 1048576",
		strings.Repeat("(", 10002):   "line 1, column 10002: nested deeper than 10000 levels",
	} {
		_, err := Parse(text)
		var p *ParseError
		if !errors.As(err, &p) || err.Error() != "symbolic: "+want {
			t.Errorf("Parse(%.20q): error %v, want %s", text, err, want)
		}
	}
}

// TestParseDeep: text nested a million deep is refused at once.
func TestParseDeep(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("(", 1_000_000), strings.Repeat("sin(", 250_000), strings.Repeat("-", 1_000_000), strings.Repeat("x^", 500_000),
	} {
		start := time.Now()
		if _, err := Parse(text); err == nil {
			t.Errorf("Parse(%.8q…) returned no error", text)
		}
		if d := time.Since(start); d > time.Second { // 10 ms on an idle machine
			t.Errorf("Parse(%.8q…) took %v", text, d)
		}
	}
	// What is long but not deep is read.
	if _, err := Parse("0" + strings.Repeat("+x", 100_000)); err != nil {
		t.Errorf("a sum of 100000 terms: %v", err)
	}
}

// expression draws a random expression in x, y and numbers: up to ten operations
// on earlier results.
func expression() *rapid.Generator[Expr] {
	return rapid.Custom(func(t *rapid.T) Expr {
		pool := []Expr{
			Var("x"), Var("y"), number(float64(rapid.IntRange(-3, 3).Draw(t, "n"))),
			number(math.Float64frombits(rapid.Uint64().Draw(t, "bits"))),
		}
		any := func() Expr { return rapid.SampledFrom(pool).Draw(t, "operand") }
		for range rapid.IntRange(0, 10).Draw(t, "operations") {
			var e Expr
			switch rapid.IntRange(0, 7).Draw(t, "kind") {
			case 0:
				e = any().Add(any())
			case 1:
				e = any().Sub(any())
			case 2:
				e = any().Mul(any())
			case 3:
				e = any().Div(any())
			case 4:
				e = any().Neg()
			case 5:
				e = any().IfPos(any(), any())
			case 6:
				e = any().Apply(ad.NewOp((*ad.Func)(rapid.SampledFrom(rule.Functions).Draw(t, "f"))))
			case 7:
				e = any().Apply2(ad.NewOp2((*ad.Func2)(rapid.SampledFrom(rule.Functions2).Draw(t, "f"))), any())
			}
			pool = append(pool, e)
		}
		return pool[len(pool)-1]
	})
}

// TestRoundTrip: what String prints, Parse reads back as the same expression.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := expression().Draw(t, "e")
		text := e.String()
		if back, err := Parse(text); err != nil || back != e {
			t.Fatalf("%s reads back as %v, error %v", text, back, err)
		}
	})
}

// hostile returns texts of a mebibyte that cost as much as one can.
func hostile() map[string]string {
	fill := func(before, unit, after string) string {
		return before + strings.Repeat(unit, (1<<20-len(before)-len(after))/len(unit)) + after
	}
	texts := map[string]string{
		"sum by +":      fill("x", "+x", ""),
		"chain of -":    fill("x", "-x*y", ""),
		"chain of /":    fill("x", "/x", ""),
		"powers":        fill("x", "^x", ""),
		"signs":         fill("", "-", "x"),
		"signs in sums": fill("x", "+-x", ""),
		"hardtanh":      fill("x", "+hardtanh(x+y)", ""),
		"clamp":         fill("x", "*clamp(x,0,1)", ""),
		"branches":      fill("x", "+ifpos(x,x,y)", ""),
		"constants":     fill("1", "+1", ""),
		"a number":      fill("1", "1", ""),
		"digits":        fill("0.", "0", "1"),
		"a name":        fill("x", "x", ""),
		"parentheses":   fill("", "((x))+", "x"),
		"spaces":        fill("", " ", "x"),
		"variables":     "x",
	}
	for i := 0; len(texts["variables"]) < 1<<20-16; i += 1000 {
		var b strings.Builder
		for k := range 1000 {
			fmt.Fprintf(&b, "+x%d", i+k)
		}
		texts["variables"] += b.String()
	}
	texts["variables"] = texts["variables"][:1<<20]
	for name, f := range known {
		switch {
		case f.most < 0:
			texts[name] = fill(name+"(x", ",x", ")")
			texts[name+" nested"] = fill("", name+"(x,y,", "x") // never closed
		case f.each > 1 || name == "mish" || name == "leaky_relu":
			texts["chain of "+name] = fill("x", "+"+name+"(x)", "")
		}
	}
	return texts
}

// TestParseCost: a text of a mebibyte is refused, or read in memory of a small
// multiple of its length, and so are the things that are done with it.
func TestParseCost(t *testing.T) {
	texts := hostile()
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range texts {
			if !yield(name) {
				return
			}
		}
	}) {
		text := texts[name]
		var e Expr
		var err error
		if n := memtest.Allocated(func() { e, err = Parse(text) }); n > 128<<20 {
			t.Errorf("%s: Parse allocates %d MiB", name, n>>20)
		}
		if err != nil {
			if p := err.(*ParseError); p.Line != 1 || p.Col < 1 {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if n := len(e.compile().steps); n > 2*maxOperations+1 {
			t.Errorf("%s: %d nodes", name, n)
		}
		if testing.Short() {
			continue
		}
		for what, f := range map[string]func(){
			"String": func() { _ = e.String() },
			"Eval":   func() { Eval(e, e.Vars(), make([]ad.Real, len(e.Vars()))) },
			"D":      func() { D(e, Var("x")) },
			"Grad":   func() { Grad(e, []Expr{Var("x"), Var("y")}) },
		} {
			if n := memtest.Allocated(f); n > 512<<20 {
				t.Errorf("%s: %s allocates %d MiB", name, what, n>>20)
			}
		}
	}
}

// TestParseAtTheLimit: as many operations as Parse allows are read, and one more is
// refused where it stands.
func TestParseAtTheLimit(t *testing.T) {
	if _, err := Parse("0" + strings.Repeat("+x", maxOperations)); err != nil {
		t.Error(err)
	}
	_, err := Parse("0" + strings.Repeat("+x", maxOperations+1))
	if want := fmt.Sprintf("symbolic: line 1, column %d: more than %d operations", 2*maxOperations+2, maxOperations); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	_, err = Parse("1 +\n norm2(x" + strings.Repeat(",x", maxOperations) + ")")
	if want := fmt.Sprintf("symbolic: line 2, column 2: more than %d operations", maxOperations); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}
