package dual

import (
	"encoding"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/memtest"
	"github.com/quartet-ad/ad/internal/optest"
	"pgregory.net/rapid"
)

var anyFloat = rapid.Custom(func(t *rapid.T) float64 {
	return rapid.OneOf(
		rapid.Map(rapid.Uint64(), math.Float64frombits),
		rapid.SampledFrom([]float64{0, math.Copysign(0, -1), inf, -inf, nan, 1, -2, 1e+21, 5e-324, -5e-324, 0x1p-1022, math.MaxFloat64}),
	).Draw(t, "part")
})

// anySeries draws a series that may end before its order.
func anySeries[T ad.Scalar[T]](t *rapid.T, each func() T) JetOf[T] {
	c := make([]T, rapid.IntRange(1, 12).Draw(t, "coefficients"))
	for k := range c {
		c[k] = each()
	}
	order := len(c) - 1 + rapid.SampledFrom([]int{0, 1, 5, 100, mostTextOrder - 11}).Draw(t, "missing")
	if order == 0 {
		return JetOf[T]{c0: c[0]}
	}
	return JetOf[T]{c: c, st: store[T]{len: order + 1}, tag: free}
}

func anyOf[T ad.Scalar[T]](t *rapid.T, each func() T) Of[T] {
	if rapid.Bool().Draw(t, "constant") {
		return Of[T]{v: each()}
	}
	return Of[T]{each(), each(), free}
}

// readBack returns what the text of x reads back as, and the text.
func readBack[T encoding.TextMarshaler](t *rapid.T, x T) (y T, text string) {
	b, err := x.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	if err := any(&y).(encoding.TextUnmarshaler).UnmarshalText(b); err != nil {
		t.Fatalf("%s does not read back: %v", b, err)
	}
	return y, string(b)
}

func sameSeries[T ad.Scalar[T]](t *rapid.T, x, y JetOf[T], same func(x, y T)) {
	optest.Equal(t, "order", y.Order(), x.Order())
	optest.Equal(t, "tag", y.tag, x.tag)
	optest.Equal(t, "coefficients", len(y.c), len(x.c))
	same(x.Coef(0), y.Coef(0))
	for k := range x.c {
		same(x.c[k], y.c[k])
	}
}

func sameOf[T ad.Scalar[T]](t *rapid.T, x, y Of[T], same func(x, y T)) {
	optest.Equal(t, "tag", y.tag, x.tag)
	same(x.v, y.v)
	same(x.t, y.t)
}

// TestTextOver: every text reads back with the same bits, order and constants.
func TestTextOver(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		real := func() ad.Real { return ad.Real(anyFloat.Draw(t, "real")) }
		z := func() Complex { return Complex(complex(real(), real())) }
		series := func() JetOf[ad.Real] { return anySeries(t, real) }
		sameReal := func(x, y ad.Real) { optest.Equal(t, "number", float64(y), float64(x), optest.Bits()) }
		sameComplex := func(x, y Complex) {
			optest.Equal(t, "complex number", []float64{realPart(y), imagPart(y)}, []float64{realPart(x), imagPart(x)}, optest.Bits())
		}
		sameDual := func(x, y Of[ad.Real]) { sameOf(t, x, y, sameReal) }

		x := Jet{s: series()}
		y, _ := readBack(t, x)
		sameSeries(t, x.s, y.s, sameReal)
		c := z()
		d, _ := readBack(t, c)
		sameComplex(c, d)
		o := anyOf(t, real)
		p, _ := readBack(t, o)
		sameDual(o, p)
		oz := anyOf(t, z)
		pz, _ := readBack(t, oz)
		sameOf(t, oz, pz, sameComplex)
		deep := anySeries(t, func() Of[ad.Real] { return anyOf(t, real) })
		back, _ := readBack(t, deep)
		sameSeries(t, deep, back, sameDual)
		two := anyOf(t, series)
		again, _ := readBack(t, two)
		sameOf(t, two, again, func(x, y JetOf[ad.Real]) { sameSeries(t, x, y, sameReal) })
	})
}

func realPart(z Complex) float64 { return real(complex128(z)) }
func imagPart(z Complex) float64 { return imag(complex128(z)) }

// TestTextForms: what the texts look like, and what is read besides.
func TestTextForms(t *testing.T) {
	forms := func(text string, got encoding.TextMarshaler) {
		b, err := got.MarshalText()
		if err != nil {
			t.Error(err)
		}
		optest.Equal(t, "text", string(b), text)
	}
	series := func(order int, c ...ad.Real) JetOf[ad.Real] {
		return JetOf[ad.Real]{c: c, st: store[ad.Real]{len: order + 1}, tag: free}
	}
	forms("2", Jet{}.Const(2))
	forms("-0", Jet{}.Const(math.Copysign(0, -1)))
	forms("2+3t-4t²+O(t³)", Jet{s: series(2, 2, 3, -4)})
	forms("NaN+Inft-Inft²+NaNt³+1e-05t⁴+O(t¹¹)", Jet{s: series(10, ad.Real(nan), ad.Real(inf), ad.Real(-inf), ad.Real(nan), 1e-5)})
	forms("(1+2i)", Complex(1+2i))
	forms("(2)", Of[ad.Real]{}.Const(2))
	forms("(-2)+(-3)ε", Of[ad.Real]{-2, -3, free})
	forms("((1+2i))+((0+1i))ε", Of[Complex]{1 + 2i, 1i, free})
	forms("(2+1ε)+(3)t+O(t²)", JetOf[Number]{c: []Number{New(2, 1), {v: 3}}, st: store[Number]{len: 2}, tag: free})
	TaylorTo(make([]float64, 4), func(x Jet) Jet {
		forms("2+1t+O(t⁴)", x)
		return x
	}, 2)

	var x []Jet
	if err := json.Unmarshal([]byte(`["1+2t+3t²", "0x1p-2+1e+2t+O(t⁹)", "+7"]`), &x); err != nil {
		t.Fatal(err)
	}
	optest.Equal(t, "orders", []int{x[0].Order(), x[1].Order(), x[2].Order()}, []int{2, 8, 0})
	y := x[0].Mul(x[0]).Add(x[1]) // series that were read are calculated with
	optest.Equal(t, "a calculation", y.String(), "1.25+104t+10t²")
	optest.Panics(t, confusion("Derivatives"), func() { Derivatives(func(z Jet) Jet { return z.Mul(x[0]) }, 1, 2) })
	var z Complex
	if err := z.UnmarshalText([]byte("-1.5")); err != nil || z != -1.5 {
		t.Errorf("%v, %v", z, err)
	}
}

// TestTextHostile: wrong texts give an error that says what and where, take no memory and
// write nothing.
func TestTextHostile(t *testing.T) {
	check := func(what string, x encoding.TextUnmarshaler, texts map[string]string) {
		for text, why := range texts {
			if err := x.UnmarshalText([]byte(text)); err == nil || !strings.HasSuffix(err.Error(), ": "+why) {
				t.Errorf("%s of %.60q: %v, want %s", what, text, err, why)
			}
		}
	}
	jet, of, z := Jet{}.Const(7), Of[ad.Real]{}.Const(7), Complex(7)
	order := "no order O(t²) to O(t⁶⁵⁵³⁶), at byte "
	check("Jet", &jet, map[string]string{
		"": `"" is no number, at byte 0`, "x": `"x" is no number, at byte 0`, "t": `"" is no number, at byte 0`,
		"2t": "no sign of a further part, at byte 1", "2+3": "no t, at byte 3", "2+3tt": `"+3t" is no number, at byte 1`,
		"2+3t²": "no sign of a further part, at byte 4", "2+3t+4t³": "no t², at byte 6", "2+3t+4t²5t³": "no sign of a further part, at byte 9",
		"2++3t": `"+" is no number, at byte 1`, "2+-3t": `"+" is no number, at byte 1`, "1e999": `"1e999" is no number, at byte 0`,
		"2+3t+O(t": order + "4", "2+O(t)": order + "1", "2+O()": order + "1", "2+O(t¹)": order + "1", "2+O(t⁰²)": order + "1", "2+O(t2)": order + "1",
		"2+O(²)": order + "1", "2+O(t⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹)": order + "1", "2+O(t⁶⁵⁵³⁷)": order + "1", "2+O(t⁻¹)": order + "1", "2+O(t\xff)": order + "1",
		"2+O(t" + strings.Repeat("⁰", 1000) + "²)": order + "1",
		"2+3t+4t²+O(t²)":                           "an order 1 of 3 coefficients, at byte 9", "2+O(t³)+1t": "something after the order, at byte 8",
		"2\xff": "no sign of a further part, at byte 1", "(2)+(3)t": `"(2)" is no number, at byte 0`, " 2": `" 2" is no number, at byte 0`,
	})
	check("Of", &of, map[string]string{
		"": "no number in brackets, at byte 0", "2": "no number in brackets, at byte 0", "(2": "no number in brackets, at byte 0", ")": "no number in brackets, at byte 0",
		"()": `"" is no number, at byte 1`, "(2)3": "no sign of a tangent, at byte 3", "(2)-(3)ε": "no sign of a tangent, at byte 3", "(2)+": "no number in brackets, at byte 4",
		"(2)+(3)": "no unit ε at the end, at byte 7", "(2)+(3)εε": "no unit ε at the end, at byte 7", "(2)+(x)ε": `"x" is no number, at byte 5`, "((2))": `"(2)" is no number, at byte 1`,
		strings.Repeat("(", 1<<16): "no number in brackets, at byte 0", "(++2)": `"++2" is no number, at byte 1`,
	})
	check("Complex", &z, map[string]string{
		"": `"" is no number, at byte 0`, "(": "no i) at the end, at byte 1", "(i)": `"" is no number, at byte 1`, "(1)": "no i) at the end, at byte 3", "(1+2)": "no i) at the end, at byte 5",
		"1+2i": "no brackets around two parts, at byte 1", "(1+xi)": `"+x" is no number, at byte 2`, "(1++2i)": `"++2" is no number, at byte 2`, "(+2i)": `"" is no number, at byte 3`,
		"(1+2i+3i)": `"+2i+3" is no number, at byte 2`, "(1+1e999i)": `"+1e999" is no number, at byte 2`, "i)": `"i)" is no number, at byte 0`,
	})
	check("JetOf[Of]", &JetOf[Of[ad.Real]]{}, map[string]string{
		"((2))+((3)": "no number in brackets, at byte 6", "((2))((3))t": "no sign of a further part, at byte 5", "((2))-((3))t": "no sign of a further part, at byte 5",
		"((2))+((3)t)t": `in the brackets at byte 6: dual: "(3)t" is no number such as (2) or (2)+(3)ε: no sign of a tangent, at byte 3`,
	})
	optest.Equal(t, "what was not written", []float64{jet.Float(), float64(of.v), realPart(z)}, []float64{7, 7, 7})

	bytes := memtest.Allocated(func() {
		for range 100 {
			if err := jet.UnmarshalText([]byte("2+1t+O(t⁶⁵⁵³⁶)")); err != nil {
				t.Fatal(err)
			}
		}
	})
	if bytes > 1<<18 {
		t.Errorf("short texts of long series took %d bytes", bytes)
	}
	if err := jet.UnmarshalText([]byte("2" + strings.Repeat("+1t", 1<<17))); err == nil {
		t.Error("an endless series reads")
	}
}

// TestNoText: what has no text says so.
func TestNoText(t *testing.T) {
	refused := func(why string, err error) {
		if err == nil || err.Error() != why {
			t.Errorf("%v, want %s", err, why)
		}
	}
	mute := Of[untexted]{}.Const(1)
	_, err := mute.MarshalText()
	refused("dual: dual.untexted has no text: it is no encoding.TextMarshaler", err)
	refused("dual: dual.untexted has no text: it is no encoding.TextUnmarshaler", mute.UnmarshalText([]byte("(1)")))
	series := JetOf[untexted]{}.Const(1)
	_, err = series.MarshalText()
	refused("dual: dual.untexted has no text: it is no encoding.TextMarshaler", err)
	refused("dual: dual.untexted has no text: it is no encoding.TextUnmarshaler", series.UnmarshalText([]byte("(1)")))
	_, err = Jet{s: JetOf[ad.Real]{c: []ad.Real{1}, st: store[ad.Real]{len: mostTextOrder + 2}, tag: free}}.MarshalText()
	refused("dual: a series of order 65536 has no text, want 65535 or less", err)
	Partial(func(x []Jet) Jet {
		_, err := x[0].Mul(x[1]).MarshalText()
		refused("dual: a Jet of several variables has no text", err)
		return x[0].Mul(x[1])
	}, []float64{2, 3}, 0, 1)
	_, err = Of[bracket]{}.Const(1).MarshalText()
	refused(`dual: ")(" of a dual.bracket has brackets that do not match`, err)
}

// An untexted number has no text; that of a bracket cannot be told from what follows.
type (
	untexted struct{ ad.Scalar[untexted] }
	bracket  struct{ ad.Scalar[bracket] }
)

func (untexted) Const(float64) untexted { return untexted{} }

func (bracket) Const(float64) bracket        { return bracket{} }
func (bracket) MarshalText() ([]byte, error) { return []byte(")("), nil }
