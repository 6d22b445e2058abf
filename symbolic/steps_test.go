package symbolic

import (
	"reflect"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/golden"
)

// replay derives the last part of a derivation anew from its steps: each from those
// before it, by the rule that it names.
func replay(t *testing.T, e Expr, list []Step) Expr {
	t.Helper()
	after := make(map[Expr]Expr) // of parts that vary
	for _, s := range list {
		n := s.Part.node()
		d := func(i int) (Expr, bool) { v, ok := after[wrap(n.args[i])]; return v, ok }
		u, hasU := Expr{}, false
		v, hasV := Expr{}, false
		if n.kind != constant && n.kind != variable {
			u, hasU = d(0)
			if len(n.operands()) > 1 {
				v, hasV = d(1)
			}
		}
		x, y := wrap(n.args[0]), wrap(n.args[1])
		plus := func(a Expr, hasA bool, b Expr, hasB bool) Expr {
			switch {
			case !hasA:
				return b
			case !hasB:
				return a
			}
			return a.Add(b)
		}
		var want Expr
		switch rule, function, _ := strings.Cut(s.Rule, ", "); {
		case rule == "constant":
			continue
		case rule == "variable":
			want = number(1)
		case rule == "sum rule" && n.kind == add:
			want = plus(u, hasU, v, hasV)
		case rule == "sum rule":
			want = plus(u, hasU, v.Neg(), hasV)
		case rule == "sign":
			want = u.Neg()
		case rule == "product rule" || rule == "constant factor":
			want = plus(y.Mul(u), hasU, x.Mul(v), hasV)
		case rule == "quotient rule" && !hasU && v.is(1):
			want = s.Part.Div(y).Neg()
		case rule == "quotient rule" && !hasU:
			want = s.Part.Mul(v.Div(y)).Neg()
		case rule == "quotient rule" || rule == "constant divisor":
			want = plus(u, hasU, s.Part.Mul(v).Neg(), hasV).Div(y)
		case n.kind == apply && (function == n.row.Name || rule == "derivative of "+n.row.Name):
			want = slope(n.row, n.args[0]).Mul(u)
		case n.kind == apply2 && (function == n.row2.Name || strings.Contains(s.Rule, "power") || rule == "exponential rule"):
			dx, dy := slopes2(n.row2, n.args[0], n.args[1])
			want = plus(dx.Mul(u), hasU, dy.Mul(v), hasV)
		case len(n.list) > 0 && function == n.label():
			has := false
			for k, a := range n.list {
				w, ok := after[wrap(a)]
				want, has = plus(want, has, n.slopeOfMany(k).Mul(w), ok), has || ok
			}
		default:
			t.Fatalf("%s: no such rule", s)
		}
		if s.After != want {
			t.Fatalf("%s: replayed %v", s, want)
		}
		after[s.Part] = want
		part := e
		for _, k := range s.Place {
			part = wrap(part.node().operands()[k])
		}
		if part != s.Part {
			t.Fatalf("%s: at its place is %v", s, part)
		}
	}
	return after[e]
}

// TestSteps replays the steps of every golden expression, and arrives at D.
func TestSteps(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		e := parse1(t, c.Params["text"].(string))
		for _, x := range e.Vars() {
			list := Steps(e, x, false)
			if last := list[len(list)-1]; last.Part != e || last.After != D(e, x) {
				t.Fatalf("%s: the last step is %v", c.ID, last)
			}
			if got, want := replay(t, e, list), D(e, x); got != want {
				t.Errorf("%s by %v: %v, want %v", c.ID, x, got, want)
			}
			coarse := Steps(e, x, true)
			if len(coarse) > len(list) || !reflect.DeepEqual(coarse[len(coarse)-1], list[len(list)-1]) {
				t.Errorf("%s: %d coarse steps of %d", c.ID, len(coarse), len(list))
			}
		}
	}
}

// TestStepsText: steps as a person reads them.
func TestStepsText(t *testing.T) {
	x := Var("x")
	for text, want := range map[string]string{
		"x^2*sin(3x)": `constant factor: d/dx 3*x = 3
chain rule, sin: d/dx sin(3*x) = 3*cos(3*x)
power rule: d/dx x^2 = 2*x
product rule: d/dx x^2*sin(3*x) = 2*x*sin(3*x) + 3*x^2*cos(3*x)`,
		"log(x)/x": `derivative of log: d/dx log(x) = 1/x
quotient rule: d/dx log(x)/x = (1/x - log(x)/x)/x`,
		"exp(x) + 1": `derivative of exp: d/dx exp(x) = exp(x)
sum rule: d/dx (exp(x) + 1) = exp(x)`,
		"y":   "constant: d/dx y = 0",
		"2^x": "exponential rule: d/dx 2^x = 2^x*log(2)",
		"x^x": "power rule with a variable exponent: d/dx x^x = x*x^(x - 1) + x^x*log(x)",
		"ifpos(x, x^2, 0)": `power rule: d/dx x^2 = 2*x
case by case: d/dx ifpos(x, x^2, 0) = ifpos(x, 2*x, 0)`,
	} {
		var lines []string
		for _, s := range Steps(parse1(t, text), x, true) {
			lines = append(lines, s.String())
		}
		if got := strings.Join(lines, "\n"); got != want {
			t.Errorf("steps of %s:\n%s\nwant\n%s", text, got, want)
		}
	}
	s := Steps(parse1(t, "log(x)/x"), x, true)[0]
	if got, want := s.LaTeX(), `\frac{d}{dx} \ln\left(x\right) = \frac{1}{x}`; got != want {
		t.Errorf("LaTeX %s, want %s", got, want)
	}
	if got := s.MathML(); !strings.HasPrefix(got, "<math ") || strings.Count(got, "<math") != 1 {
		t.Errorf("MathML %s", got)
	}
}
