package gosource

import (
	"math"
	"strings"
	"testing"
)

// functions are all helpers, as code.
var functions = map[string]any{
	"ifpos":          ifpos,
	"flat":           flat,
	"sign":           sign,
	"step":           step,
	"above":          above,
	"larger":         larger,
	"smaller":        smaller,
	"pivot":          pivot,
	"relu":           relu,
	"cube":           cube,
	"invpos":         invpos,
	"rsqrt":          rsqrt,
	"rcbrt":          rcbrt,
	"rcircle":        rcircle,
	"hyperbola":      hyperbola,
	"lorentzian":     lorentzian,
	"hypot":          hypot,
	"unit":           unit,
	"dipole":         dipole,
	"powslope":       powslope,
	"powlog":         powlog,
	"sec":            sec,
	"sech":           sech,
	"tanhslope":      tanhslope,
	"gauss":          gauss,
	"xlogy":          xlogy,
	"xdivy":          xdivy,
	"expdiff":        expdiff,
	"sigmoid":        sigmoid,
	"logsigmoid":     logsigmoid,
	"share":          share,
	"logaddexp":      logaddexp,
	"logplus":        logplus,
	"logpart":        logpart,
	"fraction":       fraction,
	"softplus":       softplus,
	"silu":           silu,
	"softsign":       softsign,
	"normpdf":        normpdf,
	"normcdf":        normcdf,
	"gelu":           gelu,
	"orelse":         orelse,
	"leaky":          leaky,
	"elu":            elu,
	"copysign":       copysign,
	"quotient":       quotient,
	"lgamma":         lgamma,
	"digamma":        digamma,
	"unitslope":      unitslope,
	"unitcross":      unitcross,
	"quadrupole":     quadrupole,
	"crosspole":      crosspole,
	"xdivsquare":     xdivsquare,
	"powcurve":       powcurve,
	"powmix":         powmix,
	"powlog2":        powlog2,
	"softplusx":      softplusx,
	"softplusxx":     softplusxx,
	"relu6":          relu6,
	"hardsigmoid":    hardsigmoid,
	"hardswish":      hardswish,
	"exptimes":       exptimes,
	"selu":           selu,
	"hardshrink":     hardshrink,
	"softshrink":     softshrink,
	"tanhshrink":     tanhshrink,
	"expgap":         expgap,
	"mish":           mish,
	"gelucubic":      gelucubic,
	"gelurest":       gelurest,
	"gelugate":       gelugate,
	"gelusech":       gelusech,
	"gelutanh":       gelutanh,
	"quotientrest":   quotientrest,
	"celux":          celux,
	"celuy":          celuy,
	"celucurve":      celucurve,
	"celuxx":         celuxx,
	"celuxy":         celuxy,
	"celuyy":         celuyy,
	"celu":           celu,
	"binentropy":     binentropy,
	"productrest":    productrest,
	"productslope":   productslope,
	"productentropy": productentropy,
	"softplusy":      softplusy,
	"softplusyy":     softplusyy,
	"polepart":       polepart,
	"cotangents":     cotangents,
	"polygamma":      polygamma,
}

// TestHelpers: every function is there as text, after those that it calls.
func TestHelpers(t *testing.T) {
	seen := make(map[string]bool)
	for _, h := range Helpers() {
		if functions[h.Name] == nil || !strings.HasPrefix(h.Literal, "func(") || !strings.HasSuffix(h.Literal, "}") {
			t.Errorf("%s: %.60s", h.Name, h.Literal)
		}
		for _, c := range h.Calls {
			if !seen[c] {
				t.Errorf("%s calls %s, which comes later", h.Name, c)
			}
		}
		seen[h.Name] = true
	}
	if len(seen) != len(functions) {
		t.Errorf("%d helpers as text, %d as code", len(seen), len(functions))
	}
	if list := Needed(map[string]bool{"unit": true}); len(list) != 5 || list[len(list)-1].Name != "unit" {
		t.Errorf("unit needs %v", list)
	}
}

// TestPowSlopeHuge: beyond 2⁵³ every exponent is even, and the one below it is odd, though
// it may be no float64.
func TestPowSlopeHuge(t *testing.T) {
	for _, c := range [][3]float64{
		{-1, 1e200, -1e200}, {-1, -1e200, 1e200}, {-1, 1 << 53, -1 << 53}, {-1, -1 << 53, 1 << 53},
		{-1, 1<<53 - 1, 1<<53 - 1}, {-1, 3, 3}, {-2, 3, 12}, {-2, 4, -32}, {1, 1e200, 1e200},
	} {
		if got := powslope(c[0], c[1]); got != c[2] {
			t.Errorf("powslope(%v, %v) = %v, want %v", c[0], c[1], got, c[2])
		}
	}
}

// TestTanhSlope: where tanh is saturated its slope has as many digits as elsewhere.
func TestTanhSlope(t *testing.T) {
	for x := -30.0; x <= 30; x += 0.01 {
		want := 1 / (math.Cosh(x) * math.Cosh(x))
		if got := tanhslope(x, math.Tanh(x)); math.Abs(got-want) > 1e-14*want {
			t.Errorf("tanhslope(%v) = %v, want %v", x, got, want)
		}
	}
	for _, c := range [][2]float64{{0, 1}, {math.Copysign(0, -1), 1}, {math.Inf(1), 0}, {math.Inf(-1), 0}} {
		if got := tanhslope(c[0], math.Tanh(c[0])); got != c[1] {
			t.Errorf("tanhslope(%v) = %v, want %v", c[0], got, c[1])
		}
	}
	if got := tanhslope(math.NaN(), math.NaN()); got == got {
		t.Errorf("tanhslope(NaN) = %v", got)
	}
}
