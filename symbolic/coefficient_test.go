package symbolic

import (
	"math"
	"regexp"
	"testing"
)

// TestExactNumbers: derivatives of the functions show no digits that say nothing, up to the
// second order, but those of the definition of selu; what is printed reads back as a formula
// of the same value.
func TestExactNumbers(t *testing.T) {
	x, y := Var("x"), Var("y")
	long := regexp.MustCompile(`\d\.\d{7,}`)
	compared := 0
	for name, f := range known {
		args := []Expr{x, y, number(2)}[:f.least]
		if name == "clamp" {
			args = []Expr{x, number(0), number(2)}
		}
		e := f.must(args...)
		for _, d := range []Expr{e, D(e, x), D(e, x, x), Simplify(D(e, x)), Simplify(D(e, x, x)), D(e, y), D(e, y, y)} {
			text := d.Infix()
			if long.MatchString(text) && name != "selu" {
				t.Errorf("derivative of %s: %s", e.String(), text)
			}
			for _, text := range []string{text, d.Unicode()} {
				back, err := Parse(text)
				if err != nil {
					t.Errorf("%s: %v", text, err)
					continue
				}
				for _, at := range [][]float64{{0.3, 0.7}, {1.7, 2.2}, {-0.4, 1.1}} {
					v := values([]Expr{d, back}, []Expr{x, y}, at)
					if v[0]-v[0] != 0 || v[1]-v[1] != 0 {
						continue
					}
					if compared++; !(math.Abs(v[1]-v[0]) <= 1e-12*(1+math.Abs(v[0]))) {
						t.Errorf("%s at %v is %v, printed as %s %v", d.String(), at, v[0], text, v[1])
					}
				}
			}
		}
	}
	if compared < 3000 {
		t.Errorf("%d values compared", compared)
	}
}

// TestCoefficients: numbers as a person writes them, in every notation.
func TestCoefficients(t *testing.T) {
	x := Var("x")
	d2 := func(text string) Expr { return D(mustParse(text), x, x) }
	for _, test := range []struct {
		e    Expr
		want string
	}{
		{d2("erf(x)"), "-4*x*exp(-x^2)/sqrt(pi)"},
		{Simplify(d2("erf(x)")), "-4*x*exp(-x^2)/sqrt(pi)"},
		{d2("erfc(x)"), "4*x*exp(-x^2)/sqrt(pi)"},
		{Simplify(d2("exp2(x)")), "log(2)^2*exp2(x/2)*exp2(x/4)^2"},
		{D(d2("log2(x)"), x), "2/(x^3*log(2))"},
		{D(mustParse("gauss(x)"), x), "-2*x*exp(-x^2)"},
		{d2("erf(2*x)"), "-32*x*exp(-4*x^2)/sqrt(pi)"},
		{mustParse("7.0898154036220641"), "4*sqrt(pi)"},
		{mustParse("-0.9609060278364028"), "-2*log(2)^2"},
		{mustParse("x/7.0898154036220641"), "x/(4*sqrt(pi))"},
		{mustParse("1/7.0898154036220641"), "1/(4*sqrt(pi))"},
		// Numbers that are none of these, and what people type, stay.
		{mustParse("0.1234567890123456*x"), "0.1234567890123456*x"},
		{mustParse("2.718281828459045*x"), "2.718281828459045*x"},
		{mustParse("sqrt(2)*x*log(3)"), "sqrt(2)*x*log(3)"},
		{mustParse("4*pi*r^2/(3*pi)"), "4*pi*r^2/(3*pi)"},
		{mustParse("exp(x)*exp(2*x)"), "exp(x)*exp(2*x)"},
		{mustParse("exp(-x^2)*exp(-y^2)"), "exp(-x^2)*exp(-y^2)"},
		{mustParse("Inf*x - NaN"), "Inf*x - NaN"},
	} {
		if got := test.e.Infix(); got != test.want {
			t.Errorf("%s: %s, want %s", test.e.String(), got, test.want)
		}
	}
	e := d2("erf(x)")
	for got, want := range map[string]string{
		e.LaTeX():   `-\frac{4 \, x \, e^{-x^{2}}}{\sqrt{\pi}}`,
		e.Unicode(): "−4·x·exp(−x²)/√π",
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
