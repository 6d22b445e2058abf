package dual

import (
	"math"
	"math/big"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

// exactly returns the sum of a·b·c/y^k over its terms, from 400 bits.
func exactly(terms ...ratio) float64 {
	real := func(x float64) *big.Float { return new(big.Float).SetPrec(400).SetFloat64(x) }
	sum := real(0)
	for _, r := range terms {
		z := real(r.a)
		z.Mul(z, real(r.b)).Mul(z, real(r.c))
		for range r.k {
			z.Quo(z, real(r.y))
		}
		sum.Add(sum, z)
	}
	f, _ := sum.Float64()
	return f
}

// TestQuotientInRange: no product on the way to the slope of a quotient loses digits
// because it is subnormal, or overflows, where the slope itself does not.
func TestQuotientInRange(t *testing.T) {
	for _, c := range []struct{ x, dx, y, dy float64 }{
		{1e-280, 0, 1e-140, 1e-175}, // q·ẏ is subnormal
		{1e-280, 0, -1e-140, 1e-175},
		{1e-300, 0, 1e-140, 1e-175},   // and 0
		{1, 0, 1e-200, 1e-200},        // the slope 1/y² would overflow
		{1e300, 0, 1e100, 1e150},      // q·ẏ overflows
		{1e-300, 0, 1e20, 1e200},      // q is subnormal
		{1e-300, 0, 1e30, 1e200},      // q is 0
		{1.5e308, 1.5e308, 100, -100}, // the numerator overflows
		{3, 1e-310, 7e-310, 1e-310},   // y is subnormal
		{2, 5, 3, -7},
	} {
		z := Number{c.x, c.dx, newTag()}.Div(Number{c.y, c.dy, newTag()})
		want := exactly(ratio{c.dx, 1, 1, c.y, 1}, ratio{-c.x, c.dy, 1, c.y, 2})
		optest.Equal(t, "Number", z.t, want, optest.ULP(4))
		h := Hyper{v: c.x, e1: c.dx}.Div(Hyper{v: c.y, e1: c.dy})
		optest.Equal(t, "Hyper", h.e1, want, optest.ULP(4))
		h = Hyper{v: c.x, e2: c.dx}.Div(Hyper{v: c.y, e2: c.dy})
		optest.Equal(t, "Hyper", h.e2, want, optest.ULP(4))
	}
	// What is not finite follows IEEE 754 as before.
	own := newTag()
	for _, c := range []struct {
		x, y Number
		want float64
	}{
		{Number{v: 1}, Number{0, 1, own}, -inf},
		{Number{0, 1, own}, Number{v: 0}, inf},
		{Number{v: inf}, Number{2, 1, own}, -inf},
		{Number{2, 1, own}, Number{v: inf}, 0},
		{Number{v: 2}, Number{inf, 1, own}, 0},
		{Number{v: 0}, Number{0, 1, own}, nan},
		{Number{v: 0}, Number{2, 1, own}, 0},
	} {
		optest.Equal(t, c.x.String()+"/"+c.y.String(), c.x.Div(c.y).t, c.want)
	}
}

// TestQuotientProperty: at first and second order, for operands of any sizes.
func TestQuotientProperty(t *testing.T) {
	checks := 0
	rapid.Check(t, func(t *rapid.T) {
		size := func(name string) float64 {
			e := rapid.IntRange(-300, 300).Draw(t, name)
			return rapid.SampledFrom([]float64{-1, 1}).Draw(t, name+" sign") * rapid.Float64Range(1, 10).Draw(t, name+" digits") * math.Pow(10, float64(e))
		}
		x := Hyper{size("x"), size("x1"), size("x2"), size("x12")}
		y := Hyper{size("y"), size("y1"), size("y2"), size("y12")}
		z := x.Div(y)
		if !finite(z.v) { // then so is no part
			return
		}
		checks += within(t, "e1", z.e1, ratio{x.e1, 1, 1, y.v, 1}, ratio{-x.v, y.e1, 1, y.v, 2})
		checks += within(t, "e2", z.e2, ratio{x.e2, 1, 1, y.v, 1}, ratio{-x.v, y.e2, 1, y.v, 2})
		checks += within(t, "e12", z.e12, ratio{x.e12, 1, 1, y.v, 1}, ratio{-x.v, y.e12, 1, y.v, 2},
			ratio{-x.e1, y.e2, 1, y.v, 2}, ratio{-x.e2, y.e1, 1, y.v, 2}, ratio{2 * x.v, y.e1, y.e2, y.v, 3})
		n := Number{x.v, x.e1, newTag()}.Div(Number{y.v, y.e1, newTag()})
		checks += within(t, "t", n.t, ratio{x.e1, 1, 1, y.v, 1}, ratio{-x.v, y.e1, 1, y.v, 2})
	})
	if checks < 20 {
		t.Errorf("%d checks", checks)
	}
}

// within compares a part with the sum of its terms, if all of them are normal
// numbers, and returns 1 if it did.
func within(t *rapid.T, what string, got float64, terms ...ratio) int {
	scale := 0.0
	for _, r := range terms {
		one := math.Abs(exactly(r))
		if one > 1e307 || 0 < one && one < 1e-300 {
			return 0
		}
		scale += one
	}
	if want := exactly(terms...); math.Abs(got-want) > 1e-14*scale {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
	return 1
}
