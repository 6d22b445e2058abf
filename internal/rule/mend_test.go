package rule

import (
	"fmt"
	"math"
	"testing"
)

// Values by mpmath 1.2.1 with 60 digits, rounded.

func TestTrigonometry(t *testing.T) {
	for _, c := range []struct{ x, sin, cos, tan float64 }{
		{1e22, -0.8522008497671888, 0.523214785395139, -1.6287782256068988},
		{1e100, -0.3806377310050287, 0.9247242387519338, -0.4116229628832498},
		{5.319372648326541e+255, 1.0, -4.687165924254628e-19, -2.133485385753704e+18},
		{math.MaxFloat64, 0.004961954789184062, -0.9999876894265599, -0.004962015874444895},
		{1048576.5, 0.7425208640927718, 0.669822936593637, 1.1085330518373078},
		{math.Pi, 1.2246467991473532e-16, -1.0, -1.2246467991473532e-16},
		{1e9, 0.5458434494486996, 0.8378871813639024, 0.6514522021451413},
		{1073741824, -0.6173264150460421, 0.7867071229411882, -0.7846966133192005},
		{123456789012, -0.08152420165661159, -0.9966713623578497, 0.08179647247388327},
	} {
		for _, sign := range []float64{1, -1} {
			x := sign * c.x
			near(t, fmt.Sprintf("sin(%v)", x), sin(x), sign*c.sin, 2)
			near(t, fmt.Sprintf("cos(%v)", x), cos(x), c.cos, 2)
			near(t, fmt.Sprintf("tan(%v)", x), tan(x), sign*c.tan, 2)
		}
	}
}

// TestSinCos: both at once are what each is alone, to the bit.
func TestSinCos(t *testing.T) {
	check := func(x float64) {
		s, c := SinCos(x)
		if math.Float64bits(s) != math.Float64bits(sin(x)) || math.Float64bits(c) != math.Float64bits(cos(x)) {
			t.Errorf("SinCos(%v) = %v, %v, want %v, %v", x, s, c, sin(x), cos(x))
		}
	}
	for _, x := range []float64{0, math.Copysign(0, -1), 5e-324, math.Pi / 4, math.Pi / 2, 1e9, 1e22, math.MaxFloat64} {
		check(x)
		check(-x)
	}
	for x := 1e-9; x < 1e17; x *= 1.0037 {
		check(x)
		check(-x)
	}
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if s, c := SinCos(x); s == s || c == c {
			t.Errorf("SinCos(%v) = %v, %v, want NaN", x, s, c)
		}
	}
}

// TestReduce holds the reduction of large arguments against that of moderate
// ones, where both are good.
func TestReduce(t *testing.T) {
	for x := 1000.0; x < 1<<29; x *= 1.37 {
		n, r, e := reduce(x)
		m, s, f := reduceLarge(x)
		if n%4 != m%4 || math.Abs((r-s)+(e-f)) > 1e-30 {
			t.Errorf("reduce(%v) = %d, %v + %v; reduceLarge: %d, %v + %v", x, n, r, e, m, s, f)
		}
	}
}

func TestExpLarge(t *testing.T) {
	for _, c := range []struct{ x, want float64 }{
		{709.1, 9.082744919406668e+307}, {709.5, 1.3549863193146328e+308}, {709.7, 1.6549840276802644e+308},
		{709.782712893384, 1.7976931348622732e+308}, {709.7827128933841, math.Inf(1)}, {711, math.Inf(1)},
	} {
		near(t, fmt.Sprintf("exp(%v)", c.x), exp(c.x), c.want, 2)
		near(t, fmt.Sprintf("expm1(%v)", c.x), expm1(c.x), c.want, 2)
	}
}

func TestPow(t *testing.T) {
	for _, c := range []struct{ x, y, want float64 }{
		{1.0000000000000002, 1e15, 1.2486270715390861},
		{2.718281828459045, 700, 1.0142320547349667e+304},
		{0.3, -500.25, 3.7161422201802527e+261},
		{1e-300, 0.3333333333333333, 1.0000000000000128e-100},
		{7.1, 333.3, 5.301608184871938e+283},
		{0.9999999999999999, 1e17, 1.5078657172714957e-05},
		{1e300, -0.9, 9.999999999999847e-271},
		{12.3, -0.00123, 0.9969179521980249},
		{2, 1023.9, 1.6773070034857416e308}, {10, 308.2, 1.584893192461072e308},
		{10, 308.2, 1.584893192461072e+308}, {2.718281828459045, 709.6, 1.497491474496873e+308},
		{-2, 3, -8}, {-2, -3, -0.125}, {-1.5, 4, 5.0625}, {2, 1023, 0x1p1023}, {2, -1074, 5e-324},
	} {
		near(t, fmt.Sprintf("pow(%v, %v)", c.x, c.y), pow(c.x, c.y), c.want, 2)
	}
	// The special cases are those of math.Pow.
	special := []float64{
		math.NaN(), math.Inf(1), math.Inf(-1), 0, math.Copysign(0, -1), 1, -1, 2, -2, 3, 0.5, -0.5, 2.5,
		math.MaxFloat64, -math.MaxFloat64, 5e-324, -5e-324, 1e300, 1e-300, 0x1p53, 0x1p53 + 2,
	}
	for _, x := range special {
		for _, y := range special {
			got, want := pow(x, y), math.Pow(x, y)
			if math.IsNaN(want) != math.IsNaN(got) || math.IsInf(want, 0) != math.IsInf(got, 0) ||
				want == 0 && got != 0 || math.Signbit(want) != math.Signbit(got) && want == want {
				t.Errorf("pow(%v, %v) = %v, math.Pow has %v", x, y, got, want)
			}
		}
	}
}

func TestLogarithms(t *testing.T) {
	for e := -1074; e <= 1023; e++ {
		if x := math.Ldexp(1, e); log2(x) != float64(e) {
			t.Errorf("log2(2^%d) = %v", e, log2(x))
		}
	}
	near(t, "log2(1+2⁻⁵²)", log2(1.0000000000000002), 3.203426503814917e-16, 1)
	near(t, "log10(1000)", log10(1000), 3, 1)
	near(t, "log10(1e-310)", log10(1e-310), -310, 1)
	near(t, "log(5e-324)", log(5e-324), -744.4400719213812, 1)
	for _, f := range []func(float64) float64{log, log2, log10} {
		if f(0) != math.Inf(-1) || f(math.Inf(1)) != math.Inf(1) || f(-1) == f(-1) {
			t.Errorf("special cases of a logarithm: %v %v %v", f(0), f(math.Inf(1)), f(-1))
		}
	}
}

// TestExp: the last third of a unit before overflow.
func TestExp(t *testing.T) {
	for _, c := range []struct{ x, want float64 }{
		{709.0, 8.218407461554972e+307},
		{709.4361393, 1.2711610022079779e+308},
		{709.5, 1.3549863193146328e+308},
		{709.7, 1.6549840276802644e+308},
		{709.78, 1.7928227943945155e+308},
		{709.782712893384, 1.7976931348622732e+308},
		{709.7827128933841, math.Inf(1)},
		{math.Inf(1), math.Inf(1)},
	} {
		near(t, fmt.Sprintf("exp(%v)", c.x), exp(c.x), c.want, 2)
	}
}
