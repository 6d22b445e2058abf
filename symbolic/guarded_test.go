package symbolic

import (
	"fmt"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"gonum.org/v1/gonum/mat"
)

// TestStructuralZero: what is not there contributes nothing, not even against
// an infinite slope; what happens to be 0 follows IEEE 754. In forward order and
// in reverse.
func TestStructuralZero(t *testing.T) {
	x := Var("x")
	for _, test := range []struct {
		text     string
		at, want float64
	}{
		{"sqrt(x*x)", 0, nan},
		{"exp(log(x))", 0, nan},
		{"log(relu(x))", -1, nan},
		{"x + sqrt(0)", 1, 1},
		{"x - exp(log(0))", 1, 1},
		{"ifpos(x, sqrt(x), 0)", 0, 0},
		{"ifpos(x, sqrt(x), x)", 0, 1},
		{"ifpos(x, sqrt(x), 0) + ifpos(x, 2*sqrt(x), 0)", 0, 0},
		{"ifpos(x, sqrt(x), 0) + ifpos(x+1, 2*x, sqrt(x))", 0, 2},
		{"ifpos(x, ifpos(x+1, sqrt(x), 3), 0) + 2*x", 0, 2},
		{"0*sqrt(x)", 0, nan},
		{"Inf*x", 1, inf},
		{"x + Inf", 1, 1},
		{"x/0", 1, inf},
		{"ifpos(NaN, x, 2*x)", 1, nan},
		{"ifpos(NaN, 1, 2)*x", 1, nan},
		{"x + ifpos(NaN, 1, 2)", 1, 1},
		{"ifpos(x, ifpos(log(x), x, 2*x), 3*x)", -1, 3},
		{"ifpos(x, ifpos(ifpos(log(x), x, 2), x, 2*x), 3*x)", -1, 3},
		{"ifpos(x, ifpos(log(-x), x, 2*x), 3*x)", 1, nan},
		{"1/x", 0, -inf},
		{"ifpos(NaN*x, x, x)", 1, nan},
	} {
		e := parse1(t, test.text)
		for order, d := range map[string]Expr{"forward": D(e, x), "reverse": Grad(e, []Expr{x})[0]} {
			got := float64(Eval(d, []Expr{x}, []ad.Real{ad.Real(test.at)}))
			optest.Equal(t, fmt.Sprintf("derivative of %s at %v in %s order, %v", test.text, test.at, order, d), got, test.want)
		}
	}
	// Inputs that do not move, and results that are left out.
	roots := func(x []Expr) []Expr { return []Expr{ad.Sqrt(x[0]), x[1]} }
	optest.Equal(t, "JVP beside an infinite slope", JVP(roots, []float64{0, 1}, []float64{0, 1}), []float64{0, 1})
	optest.Equal(t, "VJP beside an infinite slope", VJP(roots, []float64{0, 1}, []float64{0, 1}), []float64{0, 1})
	h := Hessian(func(x []Expr) Expr { return ad.Sqrt(x[0]).Add(x[1].Mul(x[1])) }, []float64{0, 3})
	if h.At(0, 0) != -inf || h.At(0, 1) != 0 || h.At(1, 1) != 2 {
		t.Errorf("Hessian of √x + y² at (0, 3): %v", mat.Formatted(h))
	}
}
