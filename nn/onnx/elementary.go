package onnx

import (
	"math"

	"github.com/quartet-ad/ad"
)

// c returns a constant.
func c(x float64) number { return number{c: x} }

// scale returns a·x.
func (x number) scale(a float64) number { return x.Mul(c(a)) }

// shift returns x+a.
func (x number) shift(a float64) number { return x.Add(c(a)) }

func (x number) square() number     { return x.Mul(x) }
func (x number) reciprocal() number { return do("Reciprocal", x) }
func (x number) abs() number        { return do("Abs", x) }
func (x number) sqrt() number       { return do("Sqrt", x) }
func (x number) exp() number        { return do("Exp", x) }
func (x number) log() number        { return do("Log", x) }
func (x number) tanh() number       { return do("Tanh", x) }
func (x number) sigmoid() number    { return x.Neg().exp().shift(1).reciprocal() }

// elementary holds the functions of package ad of one variable, and of the helper rows those that
// first derivatives mention.
var elementary map[string]func(x number) number

// natives holds operators that engines have in float32, and onnxruntime in float64 not, or with
// another treatment of NaN.
var natives = map[string]string{
	"relu": "Relu", "sigmoid": "Sigmoid", "erf": "Erf", "softsign": "Softsign", "hardswish": "HardSwish",
	"tan": "Tan", "asin": "Asin", "acos": "Acos", "atan": "Atan", "sinh": "Sinh", "cosh": "Cosh",
	"asinh": "Asinh", "acosh": "Acosh", "atanh": "Atanh",
}

// either returns a native operator where the graph has it, else f.
func either(op string, f func(x number) number) func(x number) number {
	return func(x number) number {
		if x.g.native {
			return do(op, x)
		}
		return f(x)
	}
}

func init() {
	elementary = map[string]func(x number) number{
		"square":     number.square,
		"cube":       func(x number) number { return x.Mul(x).Mul(x) },
		"reciprocal": number.reciprocal,
		"sqrt":       number.sqrt,
		"rsqrt":      func(x number) number { return x.sqrt().abs().reciprocal() },
		"cbrt":       cbrt,
		"exp":        number.exp,
		"exp2":       func(x number) number { return do("Pow", c(2), x) },
		"expm1":      expm1,
		"log":        number.log,
		"log2":       func(x number) number { return x.log().scale(math.Log2E) },
		"log10":      func(x number) number { return x.log().scale(math.Log10E) },
		"log1p":      log1p,

		"sin":   func(x number) number { return do("Sin", x) },
		"cos":   func(x number) number { return do("Cos", x) },
		"tan":   func(x number) number { return do("Sin", x).Div(do("Cos", x)) },
		"asin":  func(x number) number { return atan2(x, rootOfCircle(x)) },
		"acos":  func(x number) number { return atan2(rootOfCircle(x), x) },
		"atan":  func(x number) number { return atan2(x, c(1).on(x.g)) },
		"sinh":  sinh,
		"cosh":  cosh,
		"tanh":  number.tanh,
		"asinh": asinh,
		"acosh": acosh,
		"atanh": func(x number) number { a := x.abs(); return copysign(log1p(a.scale(2).Div(c(1).Sub(a))).scale(0.5), x) },

		"abs":   number.abs,
		"sign":  func(x number) number { return x.IfPos(c(1), x.Neg().IfPos(c(-1), c(0))) },
		"floor": func(x number) number { return do("Floor", x) },
		"ceil":  func(x number) number { return do("Ceil", x) },
		"trunc": trunc,
		"round": func(x number) number { // halves away from 0
			t := trunc(x)
			return where(do("GreaterOrEqual", x.Sub(t).abs(), c(0.5)), t.Add(copysign(c(1).on(x.g), x)), t)
		},
		"roundtoeven": func(x number) number { return do("Round", x) },

		"erf":  erf,
		"erfc": erfc,

		"sigmoid":    number.sigmoid,
		"logsigmoid": func(x number) number { return softplus(x.Neg()).Neg() },
		"softsign": func(x number) number {
			return where(do("Equal", x.abs(), c(math.Inf(1))), copysign(c(1).on(x.g), x), x.Div(x.abs().shift(1)))
		},
		"silu":        func(x number) number { return gated(x, ad.Sigmoid(x)) },
		"gelu_erf":    func(x number) number { return gated(x, normcdf(x)) },
		"gelu_tanh":   func(x number) number { return gated(x, ad.Sigmoid(geluArgument(x))) },
		"mish":        func(x number) number { return gated(x, softplus(x).tanh()) },
		"tanhshrink":  func(x number) number { return x.Sub(x.tanh()) },
		"relu":        func(x number) number { return x.IfPos(x, c(0)) },
		"relu6":       func(x number) number { return smaller(ad.ReLU(x), c(6)) },
		"hardsigmoid": func(x number) number { return smaller(ad.ReLU(x.shift(3)), c(6)).Div(c(6)) },
		"hardswish": func(x number) number {
			return x.shift(-3).IfPos(x, x.shift(3).Neg().IfPos(c(0), x.Mul(x.shift(3)).Div(c(6))))
		},
		"selu": func(x number) number { return x.IfPos(x.scale(seluScale), expm1(x).scale(seluAlpha)) },

		// Helper rows.
		"invpos":     func(x number) number { return x.Neg().IfPos(c(math.NaN()), x.abs().reciprocal()) },
		"gauss":      gauss,
		"sec":        func(x number) number { return do("Cos", x).reciprocal() },
		"sech":       sech,
		"rcbrt":      func(x number) number { return cbrt(x).reciprocal() },
		"rcircle":    func(x number) number { return rootOfCircle(x).reciprocal() },
		"hyperbola":  func(x number) number { return x.shift(-1).sqrt().Mul(x.shift(1).sqrt()) },
		"lorentzian": func(x number) number { return x.square().shift(1).reciprocal() },
		"normpdf":    func(x number) number { return gauss(x.scale(math.Sqrt2 / 2)).scale(1 / math.Sqrt(2*math.Pi)) },
		"normcdf":    normcdf,
		"gelugate":   func(x number) number { return geluArgument(x).sigmoid() },
		"gelusech":   func(x number) number { return sech(geluArgument(x).scale(0.5)).scale(0.5) },
		"step":       func(x number) number { return x.IfPos(c(1), c(0)) },
		"flat":       func(x number) number { return x.IfPos(c(0), c(0)) },
	}
	for name, op := range natives {
		elementary[name] = either(op, elementary[name])
	}
}

// The constants of SELU (Klambauer et al. 2017), the second times the first.
const (
	seluScale = 1.0507009873554804934193349852946
	seluAlpha = seluScale * 1.6732632423543772848170429916717
)

func cbrt(x number) number {
	return copysign(do("Pow", x.abs(), c(1.0/3)), x)
}

// expm1 returns 2t/(1-t) near 0, for t = tanh x/2, where exp(x)-1 would cancel.
func expm1(x number) number {
	t := x.scale(0.5).tanh()
	return where(do("Less", x.abs(), c(1)), t.scale(2).Div(c(1).Sub(t)), x.exp().shift(-1))
}

// log1p corrects log(1+x) for the rounding of the sum (Kahan).
func log1p(x number) number {
	u := x.shift(1)
	d := u.shift(-1)
	corrected := where(do("Equal", d, c(0)), x, u.log().Mul(x.Div(d)))
	return where(do("Greater", x.abs(), c(1e10)), u.log(), corrected)
}

// rootOfCircle returns √(1-x²).
func rootOfCircle(x number) number { return c(1).Sub(x).Mul(x.shift(1)).sqrt() }

// far is where e⁻ˣ no longer counts beside eˣ.
const far = 22.0

// halfExp returns eˣ/2, which does not overflow before the result does.
func halfExp(x number) number { h := x.scale(0.5).exp(); return h.Mul(h.scale(0.5)) }

func sinh(x number) number {
	a := x.abs()
	e := expm1(a)
	return copysign(a.shift(-far).IfPos(halfExp(a), e.Add(e.Div(e.shift(1))).scale(0.5)), x)
}

func cosh(x number) number {
	a := x.abs()
	return a.shift(-far).IfPos(halfExp(a), a.exp().Add(a.Neg().exp()).scale(0.5))
}

func sech(x number) number {
	a := x.abs()
	return c(2).Div(a.exp().Add(a.Neg().exp()))
}

// large is where x² may overflow, and 1 no longer counts beside it.
const large = 1e150

func asinh(x number) number {
	a := x.abs()
	s := a.square()
	near := log1p(a.Add(s.Div(s.shift(1).sqrt().shift(1))))
	return copysign(where(do("Greater", a, c(large)), a.log().shift(math.Ln2), near), x)
}

func acosh(x number) number {
	t := x.shift(-1)
	near := log1p(t.Add(t.sqrt().Mul(t.shift(2).sqrt())))
	return where(do("Greater", x, c(large)), x.log().shift(math.Ln2), near)
}

func trunc(x number) number { return copysign(do("Floor", x.abs()), x) }

// gated returns x times a gate that is closed at -Inf. Networks in float32 have the plain product,
// which engines know.
func gated(x, gate number) number {
	if x.g.native {
		return x.Mul(gate)
	}
	return where(do("Equal", x, c(math.Inf(-1))), c(0), x.Mul(gate))
}

// softplus returns log(1+eˣ).
func softplus(x number) number {
	return x.IfPos(x, c(0)).Add(log1p(x.abs().Neg().exp()))
}

// geluArgument returns what the approximation of GELU takes the sigmoid of.
func geluArgument(x number) number {
	return x.Mul(x.square().scale(2 * gelu * 0.044715).shift(2 * gelu))
}

const gelu = 0.79788456080286535587989211986876 // √(2/π)
