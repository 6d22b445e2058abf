package symbolic

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
)

// TestParseSpellings: what students and engineers type is read as the formula that
// they mean.
func TestParseSpellings(t *testing.T) {
	for text, want := range map[string]string{
		"ln(x)":             "log(x)",
		"log10(x)":          "log10(x)",
		"arcsin(x)":         "asin(x)",
		"arccos(x)":         "acos(x)",
		"arctan(x)":         "atan(x)",
		"arsinh(x)":         "asinh(x)",
		"arctan2(y, x)":     "atan2(y, x)",
		"x**2":              "x^2",
		"x**y**2":           "x^y^2",
		"-x**2":             "-x^2",
		"2x":                "2*x",
		"2 x":               "2*x",
		"2x^2":              "2*x^2",
		"-2x":               "-2*x",
		"2^3x":              "2^3*x",
		"1/2x":              "0.5*x",
		"3(x+1)":            "3*(x + 1)",
		"(x+1)(x-1)":        "(x + 1)*(x - 1)",
		"(x+1)x":            "(x + 1)*x",
		"2sin(x)":           "2*sin(x)",
		"2exp(x)":           "2*exp(x)",
		"2e5":               "200000",
		"2e + 1":            "",
		"sin(x)cos(x)":      "sin(x)*cos(x)",
		"2 pi x":            "",
		"2pi*x":             "6.283185307179586*x",
		"2π*x":              "6.283185307179586*x",
		"|x|":               "abs(x)",
		"|x - |y||":         "abs(x - abs(y))",
		"||x||":             "abs(abs(x))",
		"2|x|":              "2*abs(x)",
		"|x|^2":             "abs(x)^2",
		"|x| + |y|":         "abs(x) + abs(y)",
		"sum(|x|, |y|)":     "abs(x) + abs(y)",
		"|sin(x)|":          "abs(sin(x))",
		"sin^2(x)":          "sin(x)^2",
		"sin²(x)":           "sin(x)^2",
		"sin**2(x)":         "sin(x)^2",
		"sin^2(x) + 1":      "sin(x)^2 + 1",
		"2sin^2(3x)":        "2*sin(3*x)^2",
		"-sin²(x)":          "-sin(x)^2",
		"log^0.5(x)":        "log(x)^0.5",
		"x²":                "x^2",
		"x³y":               "x^3*y",
		"x⁻¹":               "x^-1",
		"x¹⁰":               "x^10",
		"2x²":               "2*x^2",
		"x^y²":              "x^y^2",
		"(x+1)²":            "(x + 1)^2",
		"-x²":               "-x^2",
		"θ + φ_2":           "θ + φ_2",
		"x₁*x₁₂":            "x_1*x_12",
		"x_1 - x₁":          "x_1 - x_1",
		"pi":                "3.141592653589793",
		"π":                 "3.141592653589793",
		"pi_1":              "pi_1",
		"max(a, b, c)":      "max(max(a, b), c)",
		"max(a)":            "a",
		"min(a, b, c, d)":   "min(min(min(a, b), c), d)",
		"x·y × z ÷ 2 − 1":   "x*y*z/2 - 1",
		"√x":                "sqrt(x)",
		"√(x+1)":            "sqrt(x + 1)",
		"2√x²":              "2*sqrt(x)^2",
		"∛x":                "cbrt(x)",
		"cot(x)":            "cos(x)/sin(x)",
		"coth(x) + csc(x)":  "1/tanh(x) + 1/sin(x)",
		"a∙b - c•d":         "a*b - c*d",
		"a⁄b — c":           "a/b - c",
		"2\u2062x":          "2*x",
		"sin^2*x":           "sin^2*x",
		"gamma^2 - 1":       "gamma^2 - 1",
		"softmax_2(a, b)":   "softmax_2(a, b)",
		"softmax_1_2(a, b)": "softmax_1_2(a, b)",
		"sgn(x)":            "sign(x)",
	} {
		if want == "" {
			if e, err := Parse(text); err == nil {
				t.Errorf("Parse(%q) = %v", text, e)
			}
			continue
		}
		e, err := Parse(text)
		if err != nil || e.String() != want {
			t.Errorf("Parse(%q) = %v, %v; want %s", text, e.String(), err, want)
			continue
		}
		if back, err := Parse(e.String()); err != nil || back != e {
			t.Errorf("%s reads back as %v, %v", e.String(), back.String(), err)
		}
	}
	// A variable with the name of a constant must be asked for.
	pi := Var("pi")
	if e, err := Parse("2*pi", pi); err != nil || e != number(2).Mul(pi) {
		t.Errorf("2*pi with the variable pi: %v, %v", e, err)
	}
	if e, err := Parse("2*π", pi); err != nil || e != number(2*math.Pi) {
		t.Errorf("2*π with the variable pi: %v, %v", e, err)
	}
}

// TestParseHints: what is refused names the column of the culprit and what to write
// instead.
func TestParseHints(t *testing.T) {
	for text, want := range map[string]string{
		"lg(x)":           "column 1: there is no function lg; did you mean log10?",
		"1 + Sin(x)":      "column 5: there is no function Sin; did you mean sin?",
		"sni(x)":          "column 1: there is no function sni; did you mean sin?",
		"tg(x)":           "column 1: there is no function tg; did you mean tan?",
		"arcsine(x)":      "column 1: there is no function arcsine; did you mean arcsin?",
		"sqr(x)":          "column 1: there is no function sqr; did you mean square?",
		"logistic(x)":     "column 1: there is no function logistic; did you mean sigmoid?",
		"x(x + 1)":        "column 1: there is no function x; write x*(...) for a product",
		"foo(x, y)":       "column 1: there is no function foo",
		"softmax(x, y)":   "column 1: there is no function softmax; an expression is one number; write softmax_1(x, y) for the first entry",
		"softmax_3(x, y)": "column 1: softmax_3 takes at least 3 arguments, not 2",
		"softmax_0(x)":    "column 1: there is no function softmax_0; write softmax_0*(...) for a product",
		"sin x":           `column 5: unexpected "x" after an operand; write sin(x)`,
		"x y":             `column 3: unexpected "y" after an operand; write x*y for a product`,
		"x 2":             `column 3: unexpected "2" after an operand; write * for a product`,
		"2 3":             `column 3: unexpected "3" after an operand; write * for a product`,
		"x!":              `column 2: unexpected "!" after an operand; write gamma(x+1) for a factorial`,
		"2*[x + 1]":       `column 3: unexpected "[" where an operand should follow; write ( for a parenthesis`,
		"0,5*x":           "column 2: a comma outside of a call; write . in a decimal number",
		"1 + sin(x":       "column 8: this parenthesis is not closed",
		"1 + sin^2(x":     "column 10: this parenthesis is not closed",
		"2*(x + sin(x)":   "column 3: this parenthesis is not closed",
		"1 + |x":          "column 5: this bar is not closed",
		"(|x)":            "column 2: this bar is not closed before the parenthesis is",
		"x|":              `column 2: unexpected "|" after an operand`,
		"1 + |":           "column 5: a bar that opens, and nothing behind it",
		"sin^-1(x)":       "column 4: a negative power of sin may mean its inverse or 1 divided by it; write asin(...) or 1/sin(...)",
		"sin⁻¹(x)":        "column 4: a negative power of sin may mean its inverse or 1 divided by it; write asin(...) or 1/sin(...)",
		"clamp(x, 1, y)":  "column 13: clamp: the bounds must be numbers",
		"x⁻":              "column 2: an exponent that is no number; write ^ before it",
		"1 + 1e999":       "column 5: number 1e999 is out of range",
		"x**":             "column 4: the text ends where an operand should follow",
		"x***2":           `column 4: unexpected "*" where an operand should follow`,

		// The power of a function is no factor.
		"sin^2 x":      `column 7: unexpected "x" after a power of the function sin; write sin(x)^2, or * for a product`,
		"2 - sin² x":   `column 10: unexpected "x" after a power of the function sin; write sin(x)², or * for a product`,
		"2sin**2 x":    `column 9: unexpected "x" after a power of the function sin; write sin(x)**2, or * for a product`,
		"cos^(2)(x+1)": `column 8: unexpected "(" after a power of the function cos; write cos(...)^(2), or * for a product`,
		"2^ln^2 x":     `column 8: unexpected "x" after a power of the function ln; write ln(x)^2, or * for a product`,
		"(sin)(x)":     `column 6: unexpected "(" after the function sin; write sin(...), or * for a product`,
		"tan^n(x)":     "column 5: there is no function n; write tan(...)^n for a power of tan, or n*(...) for a product",
		"sin^2 |x|":    `column 7: unexpected "|" after a power of the function sin; write sin(...)^2, or * for a product`,

		"sin 2x + 1":   `column 5: unexpected "2" after an operand; write sin(2x)`,
		"ln|x+1|":      `column 3: unexpected "|" after an operand; write ln(|x+1|)`,
		"sin√x":        `column 4: unexpected "√" after an operand; write sin(√x)`,
		"|x||y|":       `column 4: unexpected "|" after an operand; write * for a product`,
		"a|x|":         `column 2: unexpected "|" after an operand; write * for a product`,
		"a√x":          `column 2: unexpected "√" after an operand; write * for a product`,
		"1_000":        `column 2: unexpected "_000" after an operand; write digits alone in a number`,
		"0x1F":         `column 2: unexpected "x1F" after an operand; write a number in decimal digits`,
		"1.000.000":    `column 6: unexpected ".000" after an operand; write one point at most in a number`,
		"x_{1}":        `column 3: unexpected "{" after an operand; write x_1 for a subscript`,
		"x≤1":          `column 2: unexpected "≤" after an operand; write ifpos(b-a, u, v) for a choice`,
		"½x":           `column 1: unexpected "½" where an operand should follow; write (1/2)`,
		"2∞":           `column 2: unexpected "∞" after an operand; write Inf`,
		"⌊x⌋":          `column 1: unexpected "⌊" where an operand should follow; write floor(x)`,
		"90°":          `column 3: unexpected "°" after an operand; write *pi/180 for degrees`,
		"x\u00a0+ 1":   `column 2: unexpected "\u00a0" after an operand; write a plain space`,
		"x'":           `column 2: unexpected "'" after an operand; derivatives are taken of a formula, not within it`,
		`\frac{1}{x}`:  `column 1: unexpected "\\" where an operand should follow; LaTeX is not read; write a/b, sqrt(x), sin(x)`,
		"x ? 1 : 2":    `column 3: unexpected "?" after an operand; write ifpos(c, a, b) for a choice`,
		"Γ(x)":         "column 1: there is no function Γ; did you mean gamma?",
		"cosec(x)":     "column 1: there is no function cosec; did you mean csc?",
		"sinus(x)":     "column 1: there is no function sinus; did you mean sin?",
		"log₂(x)":      "column 1: there is no function log₂; did you mean log2?",
		"arccot(x)":    "column 1: there is no function arccot; write atan(1/x)",
		"acsc(x)":      "column 1: there is no function acsc; write asin(1/x)",
		"sinc(x)":      "column 1: there is no function sinc; write sin(x)/x",
		"logit(x)":     "column 1: there is no function logit; write log(x/(1-x))",
		"root(x, 3)":   "column 1: there is no function root; write x^(1/n)",
		"log(x, 2)":    "column 1: log takes 1 argument, not 2; write log(x)/log(b) for another base",
		"arctan(y, x)": "column 1: arctan takes 1 argument, not 2; write atan2(y, x)",
	} {
		_, err := Parse(text)
		if err == nil || err.Error() != "symbolic: line 1, "+want {
			t.Errorf("Parse(%q): %v, want %s", text, err, want)
		}
	}
}

// TestSoftmax: log-sum-exp derives to a softmax, and that to products of its entries.
func TestSoftmax(t *testing.T) {
	a, b := Var("a"), Var("b")
	e := parse1(t, "logsumexp(a, b)")
	if d := D(e, a); d.String() != "softmax_1(a, b)" {
		t.Errorf("derivative %s", d.String())
	}
	if d := D(D(e, a), b); d.String() != "softmax_1_2(a, b)" {
		t.Errorf("mixed second derivative %s", d.String())
	}
	for _, x := range [][]float64{{0, 0}, {1, 3}, {40, 0}, {-1000, 1000}, {-inf, -inf}, {-inf, 2}, {inf, 0}, {nan, 1}, {1e300, 1e300}} {
		got := Gradient(ad.LogSumExp[Expr], x)
		var want [2]float64
		ad.OpLogSumExp.Func().Value(x, nil, want[:], nil)
		for i := range want {
			if !same(got[i], want[i]) && math.Abs(got[i]-want[i]) > 1e-15*want[i] {
				t.Errorf("gradient at %v: %v, want %v", x, got, want)
			}
		}
	}
	h := Hessian(ad.LogSumExp[Expr], []float64{40, 0})
	if got, want := h.At(0, 0), 4.248354255291589e-18; math.Abs(got-want) > 1e-30 {
		t.Errorf("second derivative at (40, 0): %v, want %v", got, want)
	}
}
