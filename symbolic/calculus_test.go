package symbolic

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
)

// TestTaylor: polynomials as they are printed, also where a coefficient is not defined.
func TestTaylor(t *testing.T) {
	x := Var("x")
	for _, test := range []struct {
		text string
		at   float64
		n    int
		want string
	}{
		{"sin(x)", 0, 5, "x - x^3/6 + x^5/120"},
		{"exp(x)", 0, 3, "1 + x + x^2/2 + x^3/6"},
		{"log(1 + x)", 0, 4, "x - x^2/2 + x^3/3 - x^4/4"},
		{"1/(1 - x)", 0, 3, "1 + x + x^2 + x^3"},
		{"tan(x)", 0, 5, "x + x^3/3 + 2*x^5/15"},
		{"sqrt(1 + x)", 0, 3, "1 + x/2 - x^2/8 + x^3/16"},
		{"x^3", 2, 5, "8 + 12*(x - 2) + 6*(x - 2)^2 + (x - 2)^3"},
		{"log(x)", 1, 3, "x - 1 - (x - 1)^2/2 + (x - 1)^3/3"},
		{"y*x", 0, 2, "x*y"},
		{"y*exp(x) + z", 0, 2, "y + z + x*y + x^2*y/2"},
		{"ifpos(x, x^2, -x)", 1, 2, "1 + 2*(x - 1) + (x - 1)^2"},
		{"5", 0, 3, "5"},
		{"x^2", 0, 0, "0"},
		{"1/x", 0, 1, "Inf - Inf*x"},
		{"sqrt(x)", 0, 1, "Inf*x"},
		{"sin(x)/x", 0, 1, "NaN + NaN*x"},
		{"abs(x)", 0, 2, "0"}, // the agreed slope
	} {
		if got := Taylor(parse1(t, test.text), x, number(test.at), test.n).Infix(); got != test.want {
			t.Errorf("Taylor of %s at %v: %s, want %s", test.text, test.at, got, test.want)
		}
	}
	if got, want := Taylor(parse1(t, "1/x"), x, Var("a"), 2).Infix(), "1/a - (x - a)/a^2 + (x - a)^2/a^3"; got != want {
		t.Errorf("at a: %s, want %s", got, want)
	}
	optest.Panics(t, "symbolic: Taylor of a negative order", func() { Taylor(x, x, x, -1) })
}

// TestDerivativesOfMany: Jac in both orders, Hess and Directional are made of D.
func TestDerivativesOfMany(t *testing.T) {
	vars := []Expr{Var("x"), Var("y"), Var("z")}
	at := []float64{0.7, 1.3, -0.4}
	e := []Expr{
		parse1(t, "x^2*y^3 + sin(x*y)"), parse1(t, "x/y"), parse1(t, "7"), parse1(t, "exp(x*z)*ifpos(z, x, y)"), parse1(t, "norm2(x, y, z)"),
	}
	for n := range len(e) + 1 {
		j := Jac(e[:n], vars)
		if len(j) != n {
			t.Fatalf("%d rows of %d", len(j), n)
		}
		for i, row := range j {
			for k, v := range vars {
				if got, want := values([]Expr{row[k]}, vars, at)[0], values([]Expr{D(e[i], v)}, vars, at)[0]; math.Abs(got-want) > 1e-14 {
					t.Errorf("entry %d, %d of the Jacobian of %d: %v, want %v", i, k, n, got, want)
				}
			}
		}
	}
	direction := []Expr{number(3), vars[1], {}}
	for _, f := range e {
		h := Hess(f, vars)
		for i, v := range vars {
			for k, w := range vars {
				if h[i][k] != h[k][i] {
					t.Errorf("entries %d, %d of the Hessian of %v differ", i, k, f)
				}
				got := values([]Expr{h[i][k], D(f, w, v)}, vars, at)
				if math.Abs(got[0]-got[1]) > 1e-14 {
					t.Errorf("entry %d, %d of the Hessian of %v: %v, want %v", i, k, f, got[0], got[1])
				}
			}
		}
		g := values(append(Grad(f, vars), Directional(f, vars, direction)), vars, at)
		if want := 3*g[0] + at[1]*g[1]; math.Abs(g[3]-want) > 1e-14 {
			t.Errorf("directional derivative of %v: %v, want %v", f, g[3], want)
		}
	}
	if n := len(Jac(nil, vars)) + len(Hess(e[0], nil)) + len(Grad(e[0], nil)); n != 0 {
		t.Errorf("%d derivatives of nothing", n)
	}
	optest.Panics(t, "symbolic.Directional: v has length 0, want 3", func() { Directional(e[0], vars, nil) })
	optest.Panics(t, "symbolic: derivative with respect to 2*x, which is not a variable", func() { D(e[0], number(2).Mul(vars[0])) })
}
