package symbolic

import (
	"math"
	"math/big"
	"testing"
)

func TestEqual(t *testing.T) {
	x := Var("x")
	for _, test := range []struct {
		a, b   string
		assume []Assumption
		want   Verdict
	}{
		{"x", "x", nil, Yes},
		{"(x + 1)^2", "x^2 + 2*x + 1", nil, Yes},
		{"(x + y)*(x - y)", "x^2 - y^2", nil, Yes},
		{"sin(x)^2 + cos(x)^2", "1", nil, Yes},
		{"x/2 + x/3", "5*x/6", nil, Yes},
		{"exp(log(x))", "x", []Assumption{Positive(x)}, Yes},
		{"sqrt(x^2)", "x", []Assumption{Positive(x)}, Yes},
		{"sqrt(x^2)", "x", nil, No},
		{"sqrt(x^2)", "abs(x)", nil, Yes},
		{"x^2", "x^3", nil, No},
		{"sin(x)", "cos(x)", nil, No},
		{"sin(2*x)", "2*sin(x)*cos(x)", nil, Yes},
		{"x + 1e-9", "x", nil, Unknown},
		{"1/x - 1/(x + 1)", "1/(x*(x + 1))", nil, Yes},
	} {
		if got := Equal(mustParse(test.a), mustParse(test.b), test.assume...); got != test.want {
			t.Errorf("Equal(%s, %s) = %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

// TestStable: the stable forms are found, and are at least as accurate.
func TestStable(t *testing.T) {
	for text, want := range map[string]string{
		"log(1 + x)":                        "log1p(x)",
		"log(1 - x)":                        "log1p(-x)",
		"log(x + 1 + y)":                    "log1p(x + y)",
		"exp(x) - 1":                        "expm1(x)",
		"2*(exp(x^2) - 1)":                  "2*expm1(x^2)",
		"log(exp(x) + exp(y))":              "logsumexp(x, y)",
		"log(exp(x) + exp(y) + exp(z) + 1)": "logsumexp(x, y, z, 0)",
		"log(1 + exp(x))":                   "softplus(x, 1)",
		"1/(1 + exp(-x))":                   "sigmoid(x)",
		"exp(x)/(1 + exp(x))":               "sigmoid(x)",
		"exp(a)/(exp(a) + exp(b))":          "softmax_1(a, b)",
		"sqrt(x^2 + y^2)":                   "hypot(x, y)",
		"1 - cos(x)":                        "2*sin(x/2)^2",
		"log(1/(1 + exp(-x)))":              "logsigmoid(x)",
		"1 - 1/(1 + exp(-x))":               "sigmoid(-x)",
		"sqrt(x + 1) - sqrt(x)":             "1/(sqrt(x + 1) + sqrt(x))",
		"1 - tanh(x)^2":                     "square(sech(x))",
		"sin(x) + log(x)":                   "sin(x) + log(x)",
		"1/(1 + exp(-2x))":                  "sigmoid(2*x)",
		"2*exp(x)/(exp(x) + 1)":             "2*sigmoid(x)",
		"3/(1 + exp(x))":                    "3*sigmoid(-x)",
		"y*exp(-x)/(1 + exp(-x))":           "y*sigmoid(-x)",
		"exp(a)/(exp(a) + exp(b) + exp(c))": "softmax_1(a, b, c)",
		"y*exp(b)/(exp(a) + exp(b) + 1)":    "y*softmax_2(a, b, 0)",
		"1/(1 + exp(a) + exp(b))":           "softmax_1(0, a, b)",
		"exp(z)/(exp(x) + exp(y))":          "exp(z)/(exp(x) + exp(y))",
		"exp(x)/(exp(x) - exp(y))":          "exp(x)/(exp(x) - exp(y))",
		"sqrt(x^2 + y*y + z^2)":             "norm2(x, y, z)",
		"sqrt(1 + x^2 + y^2)":               "norm2(1, x, y)",
		"sqrt(x^2 - y^2 + z^2)":             "sqrt((x - y)*(x + y) + z^2)",
	} {
		if got := Stable(mustParse(text)); got.String() != want {
			t.Errorf("Stable(%s) = %s, want %s", text, got.String(), want)
		}
	}
	// The forms are equal as mathematics: at moderate arguments both have the same value.
	for _, f := range stableForms {
		from, to := mustParse(f.From), mustParse(f.To)
		for _, p := range [][]float64{{0.3, 0.7}, {1.5, -0.4}, {2, 3}} {
			got, want := values([]Expr{to}, textVars, p)[0], values([]Expr{from}, textVars, p)[0]
			if !(math.Abs(got-want) <= 1e-14*(1+math.Abs(want))) {
				t.Errorf("%s at %v is %v, %s %v", f.To, p, got, f.From, want)
			}
		}
	}
	// exp(x) - 1 at 1e-10, from its series.
	x := big.NewFloat(1e-10).SetPrec(200)
	series := new(big.Float).SetPrec(200).Mul(x, x)
	series.Add(x, series.Quo(series, big.NewFloat(2)))
	exact, _ := series.Float64()
	if got := values([]Expr{Stable(mustParse("exp(x) - 1"))}, textVars, []float64{1e-10, 0})[0]; math.Abs(got-exact) > 1e-25 {
		t.Errorf("exp(x) - 1 at 1e-10: %v, want %v", got, exact)
	}
}
