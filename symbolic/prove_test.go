package symbolic

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// assumed returns the assumption of that name about x, y and z.
func assumed(name string) (list []Assumption) {
	switch name {
	case "regular":
		return []Assumption{Regular()}
	case "positive":
		for _, v := range []string{"x", "y", "z"} {
			list = append(list, Positive(Var(v)))
		}
	}
	return list
}

// TestCourse: what a calculus course states is decided. Lines of testdata/identities.txt are
// two formulas and what is assumed; under "unknown" stand those that have a value at other
// points, or are beyond the proofs.
func TestCourse(t *testing.T) {
	text, err := os.ReadFile("testdata/identities.txt")
	if err != nil {
		t.Fatal(err)
	}
	want, checked := Yes, map[Verdict]int{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case line == "unknown":
			want = Unknown
			continue
		}
		f := strings.Split(line, " | ")
		assume := ""
		if len(f) == 3 {
			assume = f[2]
		}
		a, b := mustParse(f[0]), mustParse(f[1])
		if got := Equal(a, b, assumed(assume)...); got != want {
			t.Errorf("%s: %v, want %v", line, got, want)
		}
		if got := Equal(b, a, assumed(assume)...); got != want {
			t.Errorf("%s, the other way round: %v, want %v", line, got, want)
		}
		checked[want]++
	}
	if checked[Yes] < 100 || checked[Unknown] < 20 {
		t.Errorf("%v lines", checked)
	}
}

// TestEqualSound: expressions that are said to be equal have the same value, or none, at
// each of many points, of which some are at the ends of domains.
func TestEqualSound(t *testing.T) {
	vars := []Expr{Var("x"), Var("y")}
	outer := []string{
		"exp(%s)", "log(%s)", "sqrt(%s)", "abs(%s)", "sin(%s)", "cos(%s)", "tan(%s)", "tanh(%s)", "sinh(%s)", "cosh(%s)", "asin(%s)", "acos(%s)", "atan(%s)", "sigmoid(%s)",
		"(%s)^2", "(%s)^3", "1/(%s)", "(%s)^0.5", "(%s)^1.5", "cbrt(%s)", "log1p(%s)", "expm1(%s)", "relu(%s)", "1 - (%s)", "(%s)/(%[1]s)", "x*(%s)", "(%s)/x", "log(abs(%s))", "2*(%s)", "acosh(%s)", "atanh(%s)", "asinh(%s)",
	}
	inner := []string{"x", "-x", "2*x", "x/2", "x^2", "1/x", "x + y", "x*y", "exp(x)", "log(x)", "sqrt(x)", "abs(x)", "sin(x)", "cos(x)", "tanh(x)", "asin(x)", "atan(x)", "1 - x^2", "1 + x", "x^2 + 1", "pi - x", "x + pi/2", "sqrt(x)^2", "x/x"}
	if testing.Short() {
		outer = outer[:16]
	}
	points := [][]float64{{0.37, 0.81}, {-0.37, 0.81}, {0.37, -0.81}, {-0.6, -0.2}, {1.7, 0.4}, {-1.7, 2.2}, {2.6, -1.3}, {-3.9, -0.7}, {0, 1}, {1, 0}, {-1, 1}, {4.2, 3}}
	groups := make(map[string][]Expr)
	at := make(map[Expr][]float64)
	for _, f := range outer {
		for _, g := range inner {
			e := mustParse(fmt.Sprintf(f, g))
			if at[e] != nil {
				continue
			}
			for _, p := range points {
				at[e] = append(at[e], values([]Expr{e}, vars, p)[0])
			}
			v := at[e][0]
			if v != v { // no value there, but at x > 1
				v = at[e][6]
			}
			groups[fmt.Sprintf("%.9g", v)] = append(groups[fmt.Sprintf("%.9g", v)], e)
		}
	}
	yes, pairs := 0, 0
	for _, group := range groups {
		for i, a := range group {
			for _, b := range group[:i] {
				pairs++
				if Equal(a, b) != Yes {
					continue
				}
				yes++
				for k, p := range points {
					v, w := at[a][k], at[b][k]
					pole := func(v float64) bool { return v-v != 0 || math.Abs(v) > 1e12 }
					if pole(v) != pole(w) || !pole(v) && math.Abs(v-w) > 1e-9*(1+math.Abs(v)) {
						t.Errorf("%s and %s are said to be equal; at %v they are %v and %v", a.String(), b.String(), p, v, w)
						break
					}
				}
			}
		}
	}
	if yes < 30 || pairs < 200 {
		t.Errorf("%d of %d pairs are equal", yes, pairs)
	}
}
