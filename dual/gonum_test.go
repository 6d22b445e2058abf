package dual

import (
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	gonum "gonum.org/v1/gonum/num/dual"
	"gonum.org/v1/gonum/num/hyperdual"
	"pgregory.net/rapid"
)

func TestGonum(t *testing.T) {
	x := gonum.Number{Real: 2, Emag: 3}
	optest.Equal(t, "dual", FromGonum(x).Mul(FromGonum(x)).Gonum(), gonum.Mul(x, x))
	h := hyperdual.Number{Real: 2, E1mag: 3, E2mag: 0, E1E2mag: -1}
	optest.Equal(t, "hyperdual", HyperFromGonum(h).Mul(HyperFromGonum(h)).Gonum(), hyperdual.Mul(h, h))
	if !HyperFromGonum(hyperdual.Number{Real: 2}).IsConst() || FromGonum(gonum.Number{Real: 2}).IsConst() {
		t.Error("what is constant")
	}
}

// TestGonumRoundTrip: bits survive, and what gonum has no room for does not.
func TestGonumRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) float64 { return math.Float64frombits(rapid.Uint64().Draw(t, name)) }
		x := New(draw("v"), rapid.OneOf(rapid.SampledFrom([]float64{0, math.Copysign(0, -1), inf, nan}), rapid.Float64()).Draw(t, "t"))
		y := FromGonum(x.Gonum())
		optest.Equal(t, "dual", []float64{y.v, y.t}, []float64{x.v, x.t}, optest.Bits())
		optest.Equal(t, "tag", y.tag, free)
		h := Hyper{draw("v"), present(draw("e1")), present(draw("e2")), present(draw("e12"))}
		if h.e1 == 0 && h.e2 == 0 && h.e12 == 0 {
			h = Hyper{v: h.v}
		}
		k := HyperFromGonum(h.Gonum())
		optest.Equal(t, "hyperdual", []float64{k.v, k.e1, k.e2, k.e12}, []float64{h.v, h.e1, h.e2, h.e12}, optest.Bits())
	})
	if FromGonum(Number{v: 2}.Gonum()).IsConst() {
		t.Error("a constant should come back as New(2, 0)")
	}
	zero := math.Copysign(0, -1)
	parts := func(x Hyper) []float64 {
		x = HyperFromGonum(x.Gonum())
		return []float64{x.v, x.e1, x.e2, x.e12}
	}
	optest.Equal(t, "absent parts", parts(Hyper{v: 1, e1: 2}), []float64{1, 2, zero, zero}, optest.Bits())
	optest.Equal(t, "present parts 0", parts(Hyper{1, zero, zero, zero}), []float64{1, 0, 0, 0}, optest.Bits())
	optest.Panics(t, confusion("Derivative"), func() {
		Derivative(func(x Number) Number { return FromGonum(x.Gonum()).Mul(x) }, 2)
	})
}
