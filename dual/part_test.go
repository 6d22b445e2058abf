package dual

import (
	"testing"

	"github.com/quartet-ad/ad"
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
