package symbolic

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestParseSExpr: what SExpr writes for the formulas of the printers, and their
// derivatives, is read back to the node.
func TestParseSExpr(t *testing.T) {
	for _, line := range shown {
		e := shownExpr(line)
		for _, e := range []Expr{e, D(e, Var("x")), D(e, Var("x"), Var("y"))} {
			if back, err := ParseSExpr(e.SExpr(), e.Vars()...); err != nil || back != e {
				t.Errorf("%s reads back as %s, %v", e.SExpr(), back.String(), err)
			}
		}
	}
	for text, want := range map[string]string{
		"(+ x 1 (* 2 y z) (- w))": "x + 1 + 2*y*z - w",
		" ( sin\n( neg\tx ) ) ":   "sin(-x)",
		"(- -2 x)":                "-2 - x",
		"(/ -Inf (max x y z))":    "-Inf/max(max(x, y), z)",
		"(ln θ)":                  "log(θ)",
		"pi":                      "3.141592653589793",
	} {
		if e, err := ParseSExpr(text); err != nil || e != parse1(t, want) {
			t.Errorf("%s is %s, %v; want %s", text, e.String(), err, want)
		}
	}
	if e, err := ParseSExpr("(* 2 pi)", Var("pi")); err != nil || e != number(2).Mul(Var("pi")) {
		t.Errorf("a variable pi: %s, %v", e.String(), err)
	}
}

// TestParseSExprErrors: what is refused, and where.
func TestParseSExprErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                 "symbolic: line 1, column 1: no expression",
		"(":                "symbolic: line 1, column 1: a list that is not closed",
		"(+ 1\n(sin x)":    "symbolic: line 1, column 1: a list that is not closed",
		"(sin (* x y)":     "symbolic: line 1, column 1: a list that is not closed",
		")":                "symbolic: line 1, column 1: a parenthesis that closes, and none that opens",
		"x y":              "symbolic: line 1, column 3: text after the expression",
		"()":               "symbolic: line 1, column 2: a list begins with + - * / or the name of a function",
		"(2 x)":            "symbolic: line 1, column 2: a list begins with + - * / or the name of a function",
		"(+ x)":            "symbolic: line 1, column 1: + takes 2 operands, not 1",
		"(- x y z)":        "symbolic: line 1, column 1: - takes 2 operands, not 3",
		"(/)":              "symbolic: line 1, column 1: / takes 2 operands, not 0",
		"(sin x y)":        "symbolic: line 1, column 2: sin takes 1 argument, not 2",
		"(+ 1\n  (snh x))": `symbolic: line 2, column 4: there is no function snh; did you mean sinh?`,
		"(+ - x)":          "symbolic: line 1, column 4: a sign without a number; write (- x) for a negative",
		"(+ x*y 1)":        "symbolic: line 1, column 5: operands are set apart by spaces",
		"(+ 1e999 1)":      "symbolic: line 1, column 4: number 1e999 is out of range",
		"(+ ^ 1)":          "symbolic: line 1, column 4: ^ where an operand should be",
	} {
		_, err := ParseSExpr(text)
		if err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
		if failed := (*ParseError)(nil); !errors.As(err, &failed) {
			t.Errorf("%q: %T is no *ParseError", text, err)
		}
	}
	for _, text := range []string{strings.Repeat("(", 1<<20), strings.Repeat("(sin ", 100_000), strings.Repeat("9", 1<<20), strings.Repeat("(- ", 1<<18) + "x", strings.Repeat("x", 2<<20)} {
		begin := time.Now()
		if _, err := ParseSExpr(text); err == nil || len(err.Error()) > 1024 {
			t.Errorf("%.20s...: %.100v", text, err)
		}
		if d := time.Since(begin); d > 2*time.Second {
			t.Errorf("%.20s...: %v", text, d)
		}
	}
}
