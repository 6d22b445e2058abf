package symbolic

import (
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestD: derivatives in forward and in reverse order, as text.
func TestD(t *testing.T) {
	x := Var("x")
	for text, want := range map[string]string{
		"x":              "1",
		"y":              "0",
		"7":              "0",
		"x^3":            "3*x^2",
		"x^2":            "2*x",
		"x*x":            "x + x",
		"y*x":            "y",
		"x/y":            "1/y",
		"y/x":            "-(y/x/x)",
		"sin(x)":         "cos(x)",
		"exp(2*x)":       "exp(2*x)*2",
		"tanh(x)":        "square(sech(x))",
		"ifpos(x, x, 0)": "ifpos(x, 1, 0)",
		"ifpos(x, 1, 2)": "0",
		"relu(x)":        "step(x)",
		"2^x":            "powlog(2, x)",
	} {
		e := parse1(t, text)
		if got := D(e, x).String(); got != want {
			t.Errorf("D(%s) = %s, want %s", text, got, want)
		}
	}
}

// TestNested: derivatives within derivatives are right on paper, where a
// variable is known by name.
func TestNested(t *testing.T) {
	x, y := Var("x"), Var("y")
	inner := map[string]Expr{
		"siskind_pearlmutter": x.Mul(Subst(D(x.Add(y), y), y, number(1))),
		"jrevels_norm":        x.Div(Subst(D(ad.PowInt(y, 3), y), y, x)),
		"sum_inner":           Subst(D(x.Mul(ad.Square(y)), y), y, x),
		"shadow_escape":       Subst(D(x.Mul(y), y), y, number(5)).Mul(x),
		"sin_mix":             ad.Sin(x).Mul(Subst(D(ad.Cos(x.Mul(y)), y), y, number(1))),
		"rev_over_fwd":        D(ad.PowInt(x, 4), x),
		"loop_accumulate":     ad.Prod(slicesRepeat(x, 50)),
	}
	add := func(a, b Expr) Expr { return a.Add(b) }
	inner["tag_wars"] = x.Mul(Subst(D(add(x, y), y), y, number(1)))
	inner["second_of_inner"] = D(Subst(D(ad.Square(x).Mul(ad.Square(y)), y), y, x), x)
	cases, err := golden.Load("nested")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		e, ok := inner[strings.TrimPrefix(c.ID, "nested/")]
		if !ok {
			t.Errorf("%s is not tried", c.ID)
			continue
		}
		point := []ad.Real{ad.Real(c.Inputs["x"].Float())}
		for order, d := range map[string]Expr{"forward": D(e, x), "reverse": Grad(e, []Expr{x})[0]} {
			got := float64(Eval(d, []Expr{x}, point))
			if math.Abs(got-c.Value.Float()) > 1e-14*math.Abs(c.Value.Float()) {
				t.Errorf("%s (%s) in %s order = %v, want %v", c.ID, c.Params["text"], order, got, c.Value.Float())
			}
		}
	}
}

func slicesRepeat(x Expr, n int) []Expr {
	s := make([]Expr, n)
	for i := range s {
		s[i] = x
	}
	return s
}

// TestSwell: the derivative of a nested product of a hundred levels is small as
// a graph and beyond measure as a tree.
func TestSwell(t *testing.T) {
	x := Var("x")
	e := x
	for range 100 {
		e = e.Mul(ad.Sin(e))
	}
	d := D(e, x)
	if n := len(d.compile().steps); n > 1000 {
		t.Errorf("the derivative has %d nodes", n)
	}
	if s := d.String(); !strings.HasPrefix(s, "<expression of ") || d.node().size < 1e20 {
		t.Errorf("%s", s)
	}
	if v := float64(Eval(d, []Expr{x}, []ad.Real{1})); v != v {
		t.Errorf("value %v", v)
	}
}

// TestDeep: nothing recurses, so that a chain of 200000 operations is built,
// differentiated and evaluated.
func TestDeep(t *testing.T) {
	x := Var("x")
	e := x
	const n = 200_000
	for range n {
		e = e.Add(x)
	}
	for order, d := range map[string]Expr{"forward": D(e, x), "reverse": Grad(e, []Expr{x})[0]} {
		if v := Eval(d, []Expr{x}, []ad.Real{1}); v != n+1 {
			t.Errorf("derivative in %s order %v", order, v)
		}
	}
}

// TestSmallQuotient: the derivative of a quotient keeps its digits where the quotient
// times the tangent is subnormal.
func TestSmallQuotient(t *testing.T) {
	q := func(x []Expr) []Expr { return []Expr{number(1e-300).Div(x[0])} }
	optest.Equal(t, "derivative of 1e-300/x along 3e-26", JVP(q, []float64{1e-10}, []float64{3e-26})[0], -3e-306, optest.ULP(2))
}
