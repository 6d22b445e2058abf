package dual

import (
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/internal/rule"
)

// corners are arguments at which formulas meet ends of the range, kinks, poles and zeros.
var corners = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -2, 3, inf, -inf, nan, 5e-324, -1e-310, 1e-200, -1e-160, 1e160, -1e200, 1e308}

// TestJetCorners: where the second derivative of a row is finite, that of a Jet is the same,
// whatever products of zeros and infinities its recurrence meets.
func TestJetCorners(t *testing.T) {
	checks := 0
	same := func(name string, got []float64, want Hyper) {
		checks++
		for k, w := range []float64{want.v, want.e1, want.e12} {
			near := math.Abs(got[k]-w) <= 1e-12*max(math.Abs(w), math.Abs(want.e1)*0x1p-20, math.Abs(want.v)*0x1p-40)+0x1p-1033 || got[k] == w
			if finite(w) && !near || !finite(w) && got[k] != w && got[k] == got[k] && w == w {
				t.Errorf("%s: derivative %d is %v by Jet, %v by Hyper", name, k, got[k], w+0)
			}
		}
	}
	variable := func(x float64) Hyper { return Hyper{x, 1, 1, 0} }
	for _, row := range rule.Functions {
		op := ad.NewOp((*ad.Func)(row))
		for _, x := range corners {
			got := Derivatives(func(x Jet) Jet { return x.Apply(op) }, x, 4)
			same(fmt.Sprintf("%s at %v", row.Name, x), got, variable(x).Apply(op))
		}
	}
	for _, row := range rule.Functions2 {
		op := ad.NewOp2((*ad.Func2)(row))
		for _, x := range corners {
			for _, y := range corners {
				name := fmt.Sprintf("%s at %v, %v: ", row.Name, x, y)
				if row != rule.Polygamma {
					same(name+"first", Derivatives(func(x Jet) Jet { return x.Apply2(op, x.Const(y)) }, x, 4), variable(x).Apply2(op, Hyper{v: y}))
				}
				same(name+"second", Derivatives(func(y Jet) Jet { return y.Const(x).Apply2(op, y) }, y, 4), Hyper{v: x}.Apply2(op, variable(y)))
			}
		}
	}
	if checks < 9000 {
		t.Errorf("%d checks", checks)
	}
}

// TestJetPowerRange: coefficients of a power that are in range, where the power itself or
// the reciprocal of its base is not, are what they are alone.
func TestJetPowerRange(t *testing.T) {
	for _, x := range []float64{1e-310, 5e-324, 1e-200, 1e-150, 1e150, 1e300, inf} {
		for _, p := range []float64{0.5, 2.5, 3.5, -0.5, -2.5, 7.25} {
			got := Taylor(func(x Jet) Jet { return ad.PowReal(x, p) }, x, 6)
			factor := 1.0
			for k, c := range got {
				want := factor * float64(ad.Pow(ad.Real(x), ad.Real(p-float64(k))))
				optest.Equal(t, fmt.Sprintf("%v^%v: coefficient %d", x, p, k), c, want, optest.ULP(64))
				factor *= (p - float64(k)) / float64(k+1)
			}
		}
	}
	whole := Taylor(func(x Jet) Jet { return ad.PowReal(x, 200) }, 0, 300)
	for k, c := range whole {
		optest.Equal(t, fmt.Sprint("x^200 at 0: ", k), c, map[bool]float64{true: 1}[k == 200], optest.ULP(64))
	}
	for k, c := range Taylor(func(x Jet) Jet { return ad.PowReal(x, 2.5) }, 0, 300)[3:] {
		if !math.IsInf(c, 0) {
			t.Errorf("x^2.5 at 0: coefficient %d is %v", k+3, c)
		}
	}
}

// TestJetPowerOfBoth: base and exponent move, and the base is close to 0: (x+t)^(y-t/2). The
// references are mpmath's, with 200 digits.
func TestJetPowerOfBoth(t *testing.T) {
	for _, c := range []struct {
		x, y float64
		want []float64
	}{
		{1e-20, 1, []float64{1e-20, 1, 22.525850929940457, -2.5e19, 8.333333333333334e38}},
		{1e-100, 1, []float64{1e-100, 1, 114.62925464970229, -2.5e99}},
		{1e-20, 2, []float64{1e-40, 2e-20, 1, 22.275850929940457, -1.6666666666666668e19}},
		{3e-5, 2.5, []float64{4.929503017546495e-12, 4.1081758682298875e-07, 0.010271854919511538, 57.10243743545985, -237517.08516716358}},
		{0.5, -1, []float64{2, -3.3068528194400546, 4.733818892359659, -8.146908938113059, 15.2013874027783}},
	} {
		got := make([]float64, len(c.want))
		JetTo(got, func(x []Jet) Jet { return ad.Pow(x[0], x[1]) }, []float64{c.x, c.y}, []float64{1, -0.5})
		optest.Equal(t, fmt.Sprint(c.x, "^", c.y), got, c.want, optest.ULP(16))
	}
}

// TestJetGammaOrders: coefficients of lgamma and digamma at 1 are zeta(k)/k and zeta(k+1), of
// alternating sign, beyond the order whose factorial is a float64 too.
func TestJetGammaOrders(t *testing.T) {
	const order = 300
	for k, c := range Taylor(ad.Digamma[Jet], 1, order) {
		if want := math.Pow(-1, float64(k+1)); k > 60 && !(math.Abs(c-want) <= 1e-14) {
			t.Errorf("digamma: coefficient %d is %v, want %v", k, c, want)
		}
	}
	for k, c := range Taylor(ad.Lgamma[Jet], 1, order) {
		if want := math.Pow(-1, float64(k)) / float64(k); k > 60 && !(math.Abs(c-want) <= 1e-14*math.Abs(want)) {
			t.Errorf("lgamma: coefficient %d is %v, want %v", k, c, want)
		}
	}
	// At -1.25 the nearest pole dominates: -1/(x+1)^(k+1), of sign (-1)^(k+1)·(-1)^(k+1).
	for k, c := range Taylor(ad.Digamma[Jet], -1.25, order) {
		if want := math.Pow(4, float64(k+1)); k > 60 && !(math.Abs(c-want) <= 1e-13*want) {
			t.Errorf("digamma at -1.25: coefficient %d is %v, want %v", k, c, want)
		}
	}
	// At 50 beside the Euler–Maclaurin sum from another point: ψ(x+1) = ψ(x) + 1/x.
	a, b := Taylor(ad.Digamma[Jet], 50, order), Taylor(ad.Digamma[Jet], 51, order)
	for k := range a {
		if want := b[k] - math.Pow(-1, float64(k))*math.Pow(50, -float64(k+1)); k > 60 && !(math.Abs(a[k]-want) <= 1e-11*math.Abs(want)) {
			t.Errorf("digamma at 50: coefficient %d is %v, want %v", k, a[k], want)
		}
	}
}
