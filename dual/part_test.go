package dual

import (
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
)

// TestHyperParts: arithmetic tells absent parts from parts that are 0.
func TestHyperParts(t *testing.T) {
	x := Hyper{v: 2, e1: 1}
	c := Hyper{v: 3}
	for name, z := range map[string]Hyper{
		"c+c": c.Add(c), "c-c": c.Sub(c), "c*c": c.Mul(c), "c/c": c.Div(c), "-c": c.Neg(),
		"exp c": ad.Exp(c), "hypot(c, c)": ad.Hypot(c, c), "c > 0 ? c : x": c.IfPos(c, x),
	} {
		if !z.IsConst() {
			t.Errorf("%s = %v is not a constant", name, z)
		}
	}
	for name, z := range map[string]Hyper{
		"x-x": x.Sub(x), "x·0": x.Mul(Hyper{}), "-(x-x)": x.Sub(x).Neg(), "sign x": ad.Sign(x),
		"x/Inf": x.Div(Hyper{v: inf}), "cos(x-x)": ad.Cos(x.Sub(x)), "(x-x)-(x-x)": x.Sub(x).Sub(x.Sub(x)),
	} {
		if absent(z.e1) || z.e1 != 0 {
			t.Errorf("%s = %#v: its first tangent should be 0 and present", name, z)
		}
		if !absent(z.e2) || !absent(z.e12) {
			t.Errorf("%s = %#v: its other parts should be absent", name, z)
		}
	}
}

// TestCross: the order of the factors decides nothing.
func TestCross(t *testing.T) {
	for _, c := range [][3]float64{{1e-200, 1e-200, 1e200}, {1e200, 1e200, 1e-200}, {1e-160, 1e-155, 1e100}, {2, 3, 5}} {
		want := exactly(ratio{c[0], c[1], c[2], 1, 0})
		optest.Equal(t, "cross", cross(c[0], c[1], c[2]), want, optest.ULP(1))
	}
	optest.Equal(t, "cross of an infinity", cross(inf, 1, 2), inf)
	optest.Equal(t, "cross of 0", cross(0, 1, inf), nan)
}
