package dual

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	gonum "gonum.org/v1/gonum/num/dual"
	"gonum.org/v1/gonum/num/hyperdual"
	"pgregory.net/rapid"
)

func TestFormat(t *testing.T) {
	x, c := New(2, -1.25), Number{v: 1.0 / 3}
	h := Hyper{1, 2, math.Copysign(0, -1), -4}
	for want, got := range map[string]string{
		"2-1.25ε":                           fmt.Sprintf("%v", x),
		"2.000-1.250ε":                      fmt.Sprintf("%.3f", x),
		"+2-1.25ε":                          fmt.Sprintf("%+g", x),
		"     2-1.25ε":                      fmt.Sprintf("%12v", x),
		"2-1.25ε     |":                     fmt.Sprintf("%-12v|", x),
		"2.0e+00-1.2e+00ε":                  fmt.Sprintf("%.1e", x),
		"0.33":                              fmt.Sprintf("%.2f", c),
		"1.0+2.0ε₁+0.0ε₂-4.0ε₁ε₂":           fmt.Sprintf("%.1f", h),
		"[2-1.25ε]":                         fmt.Sprint([]Number{x}),
		"%!d(float64=2)%!d(float64=-1.25)ε": fmt.Sprintf("%d", x),
	} {
		optest.Equal(t, "format", got, want)
	}
}

func TestText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.Uint64()
		x := New(math.Float64frombits(bits.Draw(t, "v")), math.Float64frombits(bits.Draw(t, "t")))
		if rapid.Bool().Draw(t, "constant") {
			x = Number{v: x.v}
		}
		text, err := x.MarshalText()
		var y Number
		if err != nil || y.UnmarshalText(text) != nil {
			t.Fatalf("%s does not read back: %v", text, y.UnmarshalText(text))
		}
		optest.Equal(t, "value", y.v, x.v, optest.Bits())
		optest.Equal(t, "tangent", y.t, x.t, optest.Bits())
		optest.Equal(t, "constant", y.IsConst(), x.IsConst())
	})
	for _, c := range []Number{New(1, inf), New(-inf, -inf), New(nan, nan), New(0, math.Copysign(0, -1)), New(1e-5, 2e-7), New(1e+300, -5e-324)} {
		b, err := json.Marshal([]Number{c})
		var back []Number
		if err != nil || json.Unmarshal(b, &back) != nil {
			t.Fatalf("%s does not read back", b)
		}
		optest.Equal(t, "number", []float64{back[0].v, back[0].t}, []float64{c.v, c.t}, optest.Bits())
	}
	for _, bad := range []string{"", "ε", "2ε", "+3ε", "2+ε", "x", "2+3", "2+3i", "2++3ε", "1e+5ε", "2+3εε"} {
		var x Number
		if err := x.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q reads as %v", bad, x)
		}
	}
}

func TestGonum(t *testing.T) {
	x := gonum.Number{Real: 2, Emag: 3}
	optest.Equal(t, "dual", FromGonum(x).Mul(FromGonum(x)).Gonum(), gonum.Mul(x, x))
	h := hyperdual.Number{Real: 2, E1mag: 3, E2mag: 0, E1E2mag: -1}
	optest.Equal(t, "hyperdual", HyperFromGonum(h).Mul(HyperFromGonum(h)).Gonum(), hyperdual.Mul(h, h))
	if !HyperFromGonum(hyperdual.Number{Real: 2}).IsConst() || FromGonum(gonum.Number{Real: 2}).IsConst() {
		t.Error("what is constant")
	}
}
