package dual

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

func TestFormat(t *testing.T) {
	x, c := New(2, -1.25), Number{v: 1.0 / 3}
	h := Hyper{1, 2, math.Copysign(0, -1), -4}
	for want, got := range map[string]string{
		"2-1.25ε":                  fmt.Sprintf("%v", x),
		"2.000-1.250ε":             fmt.Sprintf("%.3f", x),
		"+2-1.25ε":                 fmt.Sprintf("%+g", x),
		"     2-1.25ε":             fmt.Sprintf("%12v", x),
		"2-1.25ε     |":            fmt.Sprintf("%-12v|", x),
		"2.0e+00-1.2e+00ε":         fmt.Sprintf("%.1e", x),
		"0.33":                     fmt.Sprintf("%.2f", c),
		"1.0+2.0ε₁+0.0ε₂-4.0ε₁ε₂":  fmt.Sprintf("%.1f", h),
		"[2-1.25ε]":                fmt.Sprint([]Number{x}),
		"%!d(dual.Number=2-1.25ε)": fmt.Sprintf("%d", x),
		"%!q(dual.Number=2-1.25ε)": fmt.Sprintf("%q", x),
		"%!t(dual.Hyper=0)":        fmt.Sprintf("%t", Hyper{}),
		" 2-1.25ε":                 fmt.Sprintf("% v", x),
		"0002.0-1.2ε":              fmt.Sprintf("%011.1f", x),
		"-002.0+1.2ε":              fmt.Sprintf("%011.1f", x.Neg()),
		"+02-1.25ε":                fmt.Sprintf("%+09v", x),
		" 002-1.25ε":               fmt.Sprintf("% 010s", x),
		"2-1.25ε  ":                fmt.Sprintf("%-09v", x),
		"   NaN+1ε":                fmt.Sprintf("%09v", New(nan, 1)),
		"  -Inf+1ε":                fmt.Sprintf("%09v", New(-inf, 1)),
		"2-1.25ε  |":               fmt.Sprintf("%#-09v|", x),
		"2-1.2ε":                   fmt.Sprintf("%#.2v", x),
		"2.0-1.2ε":                 fmt.Sprintf("%#.2g", x),
		"00x1p+01-0x1.4p+00ε":      fmt.Sprintf("%019x", x),
		"0x1.p+01-0x1.p+00ε":       fmt.Sprintf("%#.0x", x),
		"001+2ε₁+0ε₂-4ε₁ε₂":        fmt.Sprintf("%017v", h),
		"1.+2.ε₁+0.ε₂-4.ε₁ε₂":      fmt.Sprintf("%#.0f", h),
		"0001.2e+04":               fmt.Sprintf("%010.2v", Jet{}.Const(12345)),
		"+12345":                   fmt.Sprintf("%+#.6v", Jet{}.Const(12345)),
		"(01.2e+04)":               fmt.Sprintf("%010.2v", Of[ad.Real]{}.Const(12345)),
		"(12345)|":                 fmt.Sprintf("%#v|", Of[ad.Real]{}.Const(12345)),
		"(1.2e+04+0i)":             fmt.Sprintf("%.2v", Complex(12345)),
		"(0001.0-2.0i)":            fmt.Sprintf("%013.1f", Complex(1-2i)),
		"((001-2i))":               fmt.Sprintf("%010v", Of[Complex]{}.Lift(1-2i)),
		"    (1-2i)|(1-2i)    |":   fmt.Sprintf("%10v|%#-10s|", Complex(1-2i), Complex(1-2i)),
		"%!d(dual.Complex=(1-2i))": fmt.Sprintf("%d", Complex(1-2i)),
		"(+1.00-2.00i)":            fmt.Sprintf("%+#.3g", Complex(1-2i)),
		"+2-1.25ε|":                fmt.Sprintf("%+v|", x),
		"2-1.25ε ":                 fmt.Sprintf("%-8s", x),
		"NaN+Infε":                 fmt.Sprintf("%.2f", New(nan, inf)),
		"-0+0ε":                    fmt.Sprint(New(math.Copysign(0, -1), 0)),
		"2e+00-1e+00ε":             fmt.Sprintf("%.0e", x),
		"%!d(dual.Jet=2)":          fmt.Sprintf("%d", Jet{}.Const(2)),
		"2.00":                     fmt.Sprintf("%.2f", Jet{}.Const(2)),
		"(2.00)":                   fmt.Sprintf("%.2f", Of[ad.Real]{}.Const(2)),
		"(2.0-1.2ε)":               fmt.Sprintf("%.1f", Of[Number]{}.Lift(x)),
		" 2.0-1.2ε":                fmt.Sprintf("%9.1f", JetOf[Number]{}.Lift(x)),
	} {
		optest.Equal(t, "format", got, want)
	}
	TaylorTo(make([]float64, 3), func(x Jet) Jet {
		y := x.Const(1).Div(x)
		optest.Equal(t, "a Jet", fmt.Sprintf("%.3f|%v|%+.1e", y, y, y), "0.500-0.250t+0.125t²|0.5-0.25t+0.125t²|+5.0e-01-2.5e-01t+1.2e-01t²")
		return y
	}, 2)
	DerivativeOf(func(x Of[ad.Real]) Of[ad.Real] {
		optest.Equal(t, "an Of", fmt.Sprintf("%.2f|%v", x, x), "(2.00)+(1.00)ε|(2)+(1)ε")
		return x
	}, 2)
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
	for bad, why := range map[string]string{
		"": `"" is no number, at byte 0`, "ε": "the value has a unit, at byte 0", "2ε": "the value has a unit, at byte 1",
		"+3ε": "the value has a unit, at byte 2", "2+ε": `"+" is no number, at byte 1`, "x": `"x" is no number, at byte 0`,
		"2+3": "no unit, at byte 3", "2+3i": `"+3i" is no number, at byte 1`, "2++3ε": `"+" is no number, at byte 1`,
		"1e+5ε": "the value has a unit, at byte 4", "2+3εε": "no sign of a further part, at byte 5", "2 +3ε": `"2 " is no number, at byte 0`,
		"1e999": `"1e999" is no number, at byte 0`, "2+3ε+4ε": "no sign of a further part, at byte 5", "2+3δ": "no unit, at byte 3",
		"2+++3ε": `"+" is no number, at byte 1`, "2\xff": "no sign of a further part, at byte 1",
	} {
		x, y := New(7, 8), Hyper{v: 7}
		if err := x.UnmarshalText([]byte(bad)); err == nil || !strings.HasSuffix(err.Error(), ": "+why) {
			t.Errorf("%q: %v, want %s", bad, err, why)
		}
		if err := y.UnmarshalText([]byte(strings.ReplaceAll(bad, "ε", "ε₁"))); err == nil {
			t.Errorf("%q reads as %v", bad, y)
		}
		optest.Equal(t, "what was not written", []float64{x.v, x.t, y.v}, []float64{7, 8, 7})
	}
	var hex Number
	if err := hex.UnmarshalText([]byte("0x1p-2-0x1p+3ε")); err != nil || hex != New(0.25, -8) {
		t.Errorf("%v, %v", hex, err)
	}
}

func TestHyperText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func() float64 {
			return rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, math.Copysign(0, -1), inf, -inf, nan, 5e-324, -math.MaxFloat64})).Draw(t, "part")
		}
		x := Hyper{draw(), draw(), draw(), draw()}
		text, err := x.MarshalText()
		var y Hyper
		if err != nil || y.UnmarshalText(text) != nil {
			t.Fatalf("%s does not read back: %v", text, y.UnmarshalText(text))
		}
		optest.Equal(t, "parts", []float64{y.v, y.e1, y.e2, y.e12}, []float64{x.v, x.e1, x.e2, x.e12}, optest.Bits())
	})
	for text, want := range map[string]Hyper{
		"2": {v: 2}, "2+3ε₁ε₂": {2, 0, 0, 3}, "2+3ε₁+0ε₂": {2, 3, math.Copysign(0, -1), 0}, "-1-1ε₁-1ε₂-1ε₁ε₂": {-1, -1, -1, -1},
	} {
		b, err := want.MarshalText()
		optest.Equal(t, "text", string(b), text)
		var back Hyper
		if err != nil || json.Unmarshal([]byte(`"`+text+`"`), &back) != nil || back != want {
			t.Errorf("%s reads as %v", text, back)
		}
	}
	for _, bad := range []string{"2+3ε₂+4ε₁", "2+3ε₁+4ε₁", "2+3ε₁ε₂+1ε₂", "2+3ε", "2+3ε₁ε", "2+3ε₃"} {
		var x Hyper
		if err := x.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q reads as %v", bad, x)
		}
	}
}
