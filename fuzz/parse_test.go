package fuzz

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/symbolic"
)

// FuzzParse: Parse returns an expression or an error that says where, never
// panics; what an expression prints is read back as the same expression; and its
// derivative by x, in forward and in reverse order, can be evaluated.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "x", "-x^2", "2*x + 1", "x/y - z", "sin(x)*exp(-x^2/2)", "atan2(y, x)", "leaky_relu(x, 0.01)",
		"ifpos(x, sqrt(x), 0)", "logsumexp(x, y, 0)", "x^y^z", "(x", "x)", "f(x)", "1e309", "NaN", "-Inf", "-0",
		"5e-324", "1.7976931348623157e308", "1e-300*x", "0*Inf", "hardtanh(x, -1, 1)", "((((x))))", "--x", "x\n+\ty",
		"pow(0, y)", "max(x, x)", "abs(-0)", "1..2", "1e+", "é", "\xff", "x,,y", "sum()", "x x",
		"x\x00 + 1)) garbage", "\ufeffx", "x\ufeff", "\x00", "1e999999", "norm2(x, x, x)",
	} {
		f.Add(text)
	}
	x := symbolic.Var("x")
	f.Fuzz(func(t *testing.T, text string) {
		e, err := symbolic.Parse(text)
		if err != nil {
			p, ok := err.(*symbolic.ParseError)
			if !ok || p.Line < 1 || p.Col < 1 || p.Message == "" || len(err.Error()) > 1024 {
				t.Fatalf("Parse(%q): error %#v does not say where, or too much", text, err)
			}
			return
		}
		printed := e.String()
		if back, err := symbolic.Parse(printed); err != nil || back != e {
			if len(printed) < 1<<20 && printed[0] != '<' {
				t.Fatalf("Parse(%q) = %s, which reads back as %v, error %v", text, printed, back, err)
			}
		}
		vars := e.Vars()
		point := make([]ad.Real, len(vars))
		for i := range point {
			point[i] = ad.Real(0.5 + float64(i))
		}
		forward := symbolic.Eval(symbolic.D(e, x), vars, point)
		backward := symbolic.Eval(symbolic.Grad(e, []symbolic.Expr{x})[0], vars, point)
		if moderate(forward) && moderate(backward) && math.Abs(float64(forward-backward)) > 1e-6*(1+math.Abs(float64(forward))) {
			t.Fatalf("derivative of %s by x: %v in forward order, %v in reverse", e, forward, backward)
		}
	})
}

// moderate reports whether a number is far from overflow: elsewhere the order of
// operations decides.
func moderate(x ad.Real) bool { return math.Abs(float64(x)) < 1e100 }
