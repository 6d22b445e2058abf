package dual

import (
	"math"
	"strings"
	"testing"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/golden"
	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/symbolic"
)

// TestTaylorKnown: series whose coefficients are known, to order 40.
func TestTaylorKnown(t *testing.T) {
	const order = 40
	bernoulli := func(k int) float64 { // B_2m by zeta(2m): (-1)^(m+1)·2·(2m)!/(2π)^2m·ζ(2m)
		zeta := 0.0
		for j := 2000; j > 0; j-- {
			zeta += math.Pow(float64(j), -float64(k))
		}
		if k == 2 {
			zeta = math.Pi * math.Pi / 6
		}
		if k == 4 {
			zeta = math.Pow(math.Pi, 4) / 90
		}
		return -math.Pow(-1, float64(k/2)) * 2 * factorial(k) / math.Pow(2*math.Pi, float64(k)) * zeta
	}
	odd := func(f func(k int) float64) func(k int) float64 {
		return func(k int) float64 {
			if k%2 == 0 {
				return 0
			}
			return f(k)
		}
	}
	binomial := func(p float64) func(k int) float64 {
		return func(k int) float64 {
			c := 1.0
			for j := range k {
				c *= (p - float64(j)) / float64(j+1)
			}
			return c
		}
	}
	alternate := func(k int) float64 { return math.Pow(-1, float64(k/2)) }
	for name, c := range map[string]struct {
		f    func(Jet) Jet
		x    float64
		want func(k int) float64
	}{
		"exp at 0":   {ad.Exp[Jet], 0, func(k int) float64 { return 1 / factorial(k) }},
		"1/x at 1":   {ad.Reciprocal[Jet], 1, func(k int) float64 { return math.Pow(-1, float64(k)) }},
		"1/x as 1÷x": {func(x Jet) Jet { return x.Const(1).Div(x) }, 2, func(k int) float64 { return math.Pow(-0.5, float64(k)) / 2 }},
		"sqrt at 1":  {ad.Sqrt[Jet], 1, binomial(0.5)},
		"cbrt at 1":  {ad.Cbrt[Jet], 1, binomial(1.0 / 3)},
		"rsqrt at 1": {ad.Rsqrt[Jet], 1, binomial(-0.5)},
		"power 2.7":  {func(x Jet) Jet { return ad.PowReal(x, 2.7) }, 1, binomial(2.7)},
		"power 40":   {func(x Jet) Jet { return ad.PowReal(x, 40) }, 1, binomial(40)},
		"x⁵ at 0":    {func(x Jet) Jet { return ad.PowReal(x, 5) }, 0, func(k int) float64 { return map[bool]float64{true: 1}[k == 5] }},
		"log1p at 0": {ad.Log1p[Jet], 0, func(k int) float64 {
			return -math.Pow(-1, float64(k)) / max(1, float64(k)) * map[bool]float64{true: 1}[k > 0]
		}},
		"sin at 0":   {ad.Sin[Jet], 0, odd(func(k int) float64 { return alternate(k) / factorial(k) })},
		"atan at 0":  {ad.Atan[Jet], 0, odd(func(k int) float64 { return alternate(k) / float64(k) })},
		"atanh at 0": {ad.Atanh[Jet], 0, odd(func(k int) float64 { return 1 / float64(k) })},
		"asin at 0":  {ad.Asin[Jet], 0, odd(func(k int) float64 { return binomial(-0.5)(k/2) * alternate(k) / float64(k) })},
		"asinh at 0": {ad.Asinh[Jet], 0, odd(func(k int) float64 { return binomial(-0.5)(k/2) / float64(k) })},
		"erf at 0":   {ad.Erf[Jet], 0, odd(func(k int) float64 { return 2 / math.Sqrt(math.Pi) * alternate(k) / factorial(k/2) / float64(k) })},
		"tanh at 0": {ad.Tanh[Jet], 0, odd(func(k int) float64 {
			p := math.Pow(2, float64(k+1))
			return p * (p - 1) * bernoulli(k+1) / factorial(k+1)
		})},
		"tan at 0": {ad.Tan[Jet], 0, odd(func(k int) float64 {
			p := math.Pow(2, float64(k+1))
			return alternate(k) * p * (p - 1) * bernoulli(k+1) / factorial(k+1)
		})},
		"exp(x²) at 0": {func(x Jet) Jet { return ad.Exp(x.Mul(x)) }, 0, func(k int) float64 { return float64(1-k%2) / factorial(k/2) }},
		"gauss, twice": {func(x Jet) Jet { return ad.Erfc(x).Add(ad.Erf(x)) }, 0.7, func(k int) float64 { return map[bool]float64{true: 1}[k == 0] }},
	} {
		got, want := Taylor(c.f, c.x, order), make([]float64, order+1)
		for k := range want {
			want[k] = c.want(k)
		}
		for k := range want {
			if d := math.Abs(got[k] - want[k]); d > 1e-13*math.Abs(want[k]) && d > 1e-17 {
				t.Errorf("%s: coefficient %d = %v, want %v", name, k, got[k], want[k])
				break
			}
		}
	}
	// Γ and its logarithm at 1: coefficients of lgamma are ζ(k)/k, of alternating sign.
	got := Taylor(ad.Lgamma[Jet], 1, order)
	for k := 6; k <= order; k++ {
		zeta := 0.0
		for j := 3000; j > 0; j-- {
			zeta += math.Pow(float64(j), -float64(k))
		}
		optest.Equal(t, "lgamma at 1", got[k], math.Pow(-1, float64(k))*zeta/float64(k), optest.ULP(64))
	}
}

// TestJetToGolden: third derivatives of the golden expressions in a direction.
func TestJetToGolden(t *testing.T) {
	cases, err := golden.Load("expressions")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		e, err := symbolic.Parse(c.Params["text"].(string))
		if err != nil {
			t.Fatal(err)
		}
		x := c.Inputs["x"]
		vars := make([]symbolic.Expr, len(x.Data))
		for i := range vars {
			vars[i] = symbolic.Var("x" + string(rune('0'+i)))
		}
		f := func(x []Jet) Jet { return symbolic.Eval(e, vars, x) }
		got := DirectionalDerivatives(f, x.Floats(), c.Direction.Floats(), 3)
		want := c.Third.Float()
		if math.Abs(want) < 1e-100 { // the reference is a difference in 60-digit arithmetic
			want = 0
		}
		optest.Within(t, c.ID+": value", got[:1], c.Value.Floats(), 1e-13)
		optest.Within(t, c.ID+": third derivative", got[3:], []float64{want}, 1e-10)
	}
	if len(cases) != 150 {
		t.Errorf("%d cases", len(cases))
	}
}

// TestJetStructure: what is not there is not 0, and what is 0 follows IEEE 754.
func TestJetStructure(t *testing.T) {
	zero := Jet{}
	for _, c := range []struct {
		name string
		f    func(Jet) Jet
		x    float64
		want []float64 // derivatives
	}{
		{"infinite constant", func(x Jet) Jet { return x.Mul(x.Const(inf)) }, 1, []float64{inf, inf, 0, 0}},
		{"√x at 0", ad.Sqrt[Jet], 0, []float64{0, inf, -inf, inf}},
		{"√x at -0", ad.Sqrt[Jet], math.Copysign(0, -1), []float64{0, inf, -inf, inf}},
		{"√(x·x) at 0", func(x Jet) Jet { return ad.Sqrt(x.Mul(x)) }, 0, []float64{0, nan, nan, nan}},
		{"√0 + x", func(x Jet) Jet { return ad.Sqrt(zero).Add(x) }, 1, []float64{1, 1, 0, 0}},
		{"branch not taken", func(x Jet) Jet { return x.IfPos(ad.Sqrt(x), x.Const(0)) }, 0, []float64{0, 0, 0, 0}},
		{"NaN condition", func(x Jet) Jet { return x.Const(nan).IfPos(x, x) }, 1, []float64{nan, nan, 0, 0}},
		{"log x below 0", ad.Log[Jet], -1, []float64{nan, nan, nan, nan}},
		{"|x| at 0", ad.Abs[Jet], 0, []float64{0, 0, 0, 0}},
		{"x² at 0", func(x Jet) Jet { return ad.PowReal(x, 2) }, 0, []float64{0, 0, 2, 0}},
		{"x² at 1e-200", func(x Jet) Jet { return ad.PowReal(x, 2) }, 1e-200, []float64{0, 2e-200, 2, 0}},
		{"x³ at -2", func(x Jet) Jet { return ad.PowReal(x, 3) }, -2, []float64{-8, 12, -12, 6}},
		{"x^2.5 at 0", func(x Jet) Jet { return ad.PowReal(x, 2.5) }, 0, []float64{0, 0, 0, inf}},
		{"x^0.3 at -1", func(x Jet) Jet { return ad.PowReal(x, 0.3) }, -1, []float64{nan, nan, nan, nan}},
		{"x^1e-30 at -1", func(x Jet) Jet { return ad.PowReal(x, 1e-30) }, -1, []float64{nan, nan, nan, nan}},
		{"x^1e-100 at 1e-100", func(x Jet) Jet { return ad.PowReal(x, 1e-100) }, 1e-100, []float64{1, 1, -1e100, 2e200}},
		{"x^1e160 at -1", func(x Jet) Jet { return ad.PowReal(x, 1e160) }, -1, []float64{1, -1e160, inf, -inf}},
		{"x^1e200 at 1/2", func(x Jet) Jet { return ad.PowReal(x, 1e200) }, 0.5, []float64{0, 0, 0, 0}},
		{"0^x at 2", func(x Jet) Jet { return ad.Pow(zero, x) }, 2, []float64{0, 0, 0, 0}},
		{"∛x at 0", ad.Cbrt[Jet], 0, []float64{0, inf, -inf, inf}},
		{"∛x at -0", ad.Cbrt[Jet], math.Copysign(0, -1), []float64{0, inf, inf, inf}},
		{"∛x at -∞", ad.Cbrt[Jet], -inf, []float64{-inf, 0, 0, 0}},
		{"erf at ∞", ad.Erf[Jet], inf, []float64{1, 0, 0, 0}},
		{"1/(x·0) of a product that is -0", func(x Jet) Jet { return x.Const(1).Div(x.Sub(x).Mul(x)) }, -1, []float64{-inf, nan, nan, nan}},
		{"1/(1e-200·x)", func(x Jet) Jet { return x.Const(1).Div(ad.Scale(x, 1e-200)) }, 1, []float64{1e200, -1e200, 2e200, -6e200}},
		{"quotient in no range", func(x Jet) Jet {
			return x.Const(1e-280).Div(ad.Shift(ad.Scale(x, 1e-175), 1e-140))
		}, 0, []float64{1e-140, -1e-175, 2e-210, -6e-245}},
		{"sigmoid at 40", ad.Sigmoid[Jet], 40, []float64{1, 4.248354255291589e-18, -4.248354255291589e-18, 4.248354255291589e-18}},
		{"constant", func(x Jet) Jet { return x.Const(3) }, 1, []float64{3, 0, 0, 0}},
	} {
		optest.Equal(t, c.name, Derivatives(c.f, c.x, 3), c.want, optest.ULP(8))
	}
	dst := make([]float64, 3)
	value := JetTo(dst, func(x []Jet) Jet { return ad.Sqrt(x[0]).Add(ad.Exp(x[1])) }, []float64{0, 0}, []float64{0, 2})
	optest.Equal(t, "an input that does not move", append(dst, value), []float64{1, 2, 2, 1})
	if s := squareString(); s != "1+2t+1t²" {
		t.Errorf("String() = %s", s)
	}
	for want, f := range map[string]func(){
		"dual.Taylor: order -1, want 0 or more":                 func() { Taylor(ad.Exp[Jet], 1, -1) },
		"dual.JetTo: order -1, want 0 or more":                  func() { JetTo(nil, ad.Sum[Jet], []float64{1}, []float64{1}) },
		"dual.JetTo: v has length 2, want 1":                    func() { JetTo(dst, ad.Sum[Jet], []float64{1}, []float64{1, 2}) },
		"dual.DirectionalDerivatives: order -2, want 0 or more": func() { DirectionalDerivatives(ad.Sum[Jet], nil, nil, -2) },
	} {
		optest.Panics(t, want, f)
	}
	defer func() {
		if s, _ := recover().(string); !strings.Contains(s, "perturbation confusion") {
			t.Errorf("panic %q", s)
		}
	}()
	Taylor(func(x Jet) Jet { return x.Const(Taylor(func(y Jet) Jet { return y.Mul(x) }, 1, 2)[1]) }, 1, 2)
}

func squareString() string {
	var s string
	Taylor(func(x Jet) Jet { s = x.Mul(x).String(); return x }, 1, 3)
	return s
}

// TestHighDerivatives: of the orders whose factorials are in range; above, it panics.
func TestHighDerivatives(t *testing.T) {
	for k, d := range Derivatives(ad.Exp[Jet], 0, 170) {
		optest.Within(t, "derivative of exp", []float64{d}, []float64{1}, 1e-13)
		if math.IsNaN(d) {
			t.Fatal(k)
		}
	}
	for want, f := range map[string]func(){
		"dual.Derivatives: order 171, want 170 or less, whose factorials are in range":            func() { Derivatives(ad.Exp[Jet], 0, 171) },
		"dual.DirectionalDerivatives: order 171, want 170 or less, whose factorials are in range": func() { DirectionalDerivatives(mixed[Jet], spread(2), spread(2), 171) },
		"dual.Partial: order 171, want 170 or less, whose factorials are in range":                func() { Partial(mixed[Jet], spread(2), make([]int, 171)...) },
		"dual.Jet.Derivative: order 200, want 170 or less, whose factorials are in range":         func() { Jet{}.Const(1).Derivative(200) },
		"dual.Jet.Coef: order -1, want 0 or more":                                                 func() { Jet{}.Const(1).Coef(-1) },
		"dual.JetOf.Coef: order -2, want 0 or more":                                               func() { JetOf[Number]{}.Const(1).Coef(-2) },
		"dual.JetOf.Derivative: order -1, want 0 or more":                                         func() { JetOf[Number]{}.Const(1).Derivative(-1) },
	} {
		optest.Panics(t, want, f)
	}
	optest.Equal(t, "beyond the order", Jet{}.Const(1).Derivative(150), 0)
}
