package symbolic

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestNorm: the derivatives of a norm, up to the third, are those of the square root of the
// sum of squares, and those of first and second order hold where that does not.
func TestNorm(t *testing.T) {
	x, y, z := Var("x"), Var("y"), Var("z")
	vars := []Expr{x, y, z}
	e, plain := parse1(t, "norm2(x, y, z)"), parse1(t, "sqrt(x^2 + y^2 + z^2)")
	if got := D(e, y).String(); got != "norm2_2(x, y, z)" {
		t.Errorf("derivative %s", got)
	}
	if a, b := D(e, x, z), D(e, z, x); a != b || a.String() != "norm2_1_3(x, y, z)" {
		t.Errorf("mixed derivatives %v and %v", a.String(), b.String())
	}
	at := []float64{0.7, -1.9, 0.4}
	for _, by := range [][]Expr{{x}, {z}, {x, x}, {x, y}, {z, y}, {x, x, x}, {x, y, z}, {y, y, z}, {x, y, y, z}} {
		d, want := D(e, by...), D(plain, by...)
		all := []Expr{d, want, parse1(t, d.Infix()), Simplify(d)}
		v := values(all, vars, at)
		optest.Within(t, "derivative of the norm", []float64{v[0], v[2], v[3]}, []float64{v[1], v[1], v[1]}, 1e-13)
		got := make([]float64, len(all))
		Compile(vars, all...).Eval(got, at)
		optest.Equal(t, "compiled", got, v, optest.Bits())
	}
	for _, test := range []struct{ x, gradient []float64 }{
		{[]float64{0, 0, 0}, []float64{0, 0, 0}},
		{[]float64{inf, 1, 2}, []float64{1, 0, 0}},
		{[]float64{1e300, 1e300, 0}, []float64{math.Sqrt2 / 2, math.Sqrt2 / 2, 0}},
		{[]float64{5e-324, 0, 0}, []float64{1, 0, 0}},
		{[]float64{nan, 1, 0}, []float64{nan, nan, nan}},
	} {
		optest.Equal(t, "gradient", Gradient(ad.Norm2[Expr], test.x), test.gradient, optest.ULP(2))
	}
	// Of an entry much smaller than the others nothing cancels.
	h := Hessian(ad.Norm2[Expr], []float64{3, 0x1p-20, 4})
	if got, want := h.At(0, 2), -12.0/125; math.Abs(got-want) > 1e-13 {
		t.Errorf("second derivative %v, want %v", got, want)
	}
	if got, want := h.At(0, 1), -3*0x1p-20/125; math.Abs(got-want) > 1e-12*-want {
		t.Errorf("second derivative %v, want %v", got, want)
	}
	_, err := Parse("norm2_4(x, y, z)")
	if err == nil || err.Error() != "symbolic: line 1, column 1: norm2_4 takes at least 4 arguments, not 3" {
		t.Error(err)
	}
}
