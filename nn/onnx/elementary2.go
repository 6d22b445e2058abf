package onnx

import (
	"math"

	"github.com/quartet-ad/ad"
)

// elementary2 holds the functions of two variables, as elementary those of one.
var elementary2 map[string]func(x, y number) number

func init() {
	elementary2 = map[string]func(x, y number) number{
		"hypot":     hypot,
		"pow":       func(x, y number) number { return do("Pow", x, y) },
		"atan2":     atan2,
		"logaddexp": logaddexp,
		"xlogy":     func(x, y number) number { return where(nothingOf(x, y), c(0), x.Mul(y.log())) },
		"max":       larger,
		"min":       smaller,
		"copysign":  copysign,
		"mod":       mod,

		"softplus": func(x, y number) number { // x itself far out, where the product may overflow
			p := x.Mul(y)
			return where(do("Greater", p, c(40)), x.Add(y.scale(0)), softplus(p).Div(y))
		},
		"leaky_relu": func(x, y number) number { return x.IfPos(x, x.Mul(y)) },
		"elu":        func(x, y number) number { return x.IfPos(x, expm1(x).Mul(y)) },
		"celu":       func(x, y number) number { return x.IfPos(x, expm1(x.Div(y)).Mul(y)) },
		"hardshrink": func(x, y number) number { return x.abs().Sub(y).IfPos(x, c(0)) },
		"softshrink": func(x, y number) number {
			return x.abs().Sub(y).IfPos(x.Sub(x.IfPos(y, x.Neg().IfPos(y.Neg(), c(0)))), c(0))
		},

		// Helper rows.
		"softplusx": func(x, y number) number { return ad.Sigmoid(x.Mul(y)) },
		"softplusy": func(x, y number) number {
			a := x.Mul(y).abs()
			return log1p(a.Neg().exp()).Add(a.Mul(a.Neg().sigmoid())).Div(y.square()).Neg()
		},
		"celux": func(x, y number) number { return x.Div(y).exp() },
		"celuy": func(x, y number) number {
			q := x.Div(y)
			far := c(1).Sub(q).Mul(q.exp()).shift(-1)
			return where(do("Greater", q, c(1)), far, expm1(q).Sub(q.Mul(q.exp())))
		},
		"powslope": func(x, y number) number {
			flat := x.IfPos(c(0), c(0)) // NaN to the power 0 is 1, and its slope NaN
			// Of a negative x, y-1 must not have lost the parity of y.
			less := y.shift(-1)
			kept := do("And", do("Equal", less.shift(1), y), do("Less", y.abs(), c(1<<53)))
			kept = do("Or", kept, do("Equal", y.abs(), c(math.Inf(1))))
			quotient := ifNegative(x, do("Pow", x, y).Div(x), do("Pow", x, less))
			slope := y.Mul(where(kept, do("Pow", x, less), quotient))
			return flat.Add(where(do("Equal", y, c(0)), c(0), slope))
		},
		"powlog": func(x, y number) number {
			at0 := y.Neg().IfPos(c(math.Inf(-1)), c(0))
			return where(do("Equal", x, c(0)), at0, do("Pow", x, y).Mul(x.log()))
		},
		"unit": func(x, y number) number {
			none := do("And", do("Equal", x, c(0)), do("Equal", y, y))
			return where(none, x, x.Div(hypot(x, y)))
		},
		"dipole":   func(x, y number) number { h := hypot(x, y); return x.Div(h).Div(h) },
		"expdiff":  func(x, y number) number { return x.Sub(y).exp() },
		"share":    share,
		"logplus":  func(x, y number) number { return x.exp().Add(y).log() },
		"logpart":  func(x, y number) number { return log1p(y.Div(x.exp())).Neg() },
		"fraction": func(x, y number) number { return x.Div(x.Add(y)) },
		"xdivy": func(x, y number) number {
			return where(nothingOf(x, y), c(0), x.Mul(ifNegative(y, c(math.NaN()), y.abs().reciprocal())))
		},
		"above": func(x, y number) number {
			equal := where(do("Equal", x, y), c(0.5), c(math.NaN()))
			return where(do("Greater", x, y), c(1), where(do("Less", x, y), c(0), equal))
		},
		"quotient": func(x, y number) number { return do("Round", x.Sub(mod(x, y)).Div(y)) },
		"pivot":    func(x, y number) number { return larger(larger(x, y), c(-math.MaxFloat64)) },
	}
}

// nothingOf is where x is 0 and y has a logarithm or is 0.
func nothingOf(x, y number) number {
	return do("And", do("Equal", x, c(0)), do("GreaterOrEqual", y, c(0)))
}

// ifNegative returns a where x < 0, else b.
func ifNegative(x, a, b number) number { return where(do("Less", x, c(0)), a, b) }

// larger returns NaN beside NaN, which not every engine's Max does.
func larger(x, y number) number {
	return where(do("Greater", x, y), x, where(do("LessOrEqual", x, y), y, c(math.NaN())))
}

func smaller(x, y number) number { return larger(x.Neg(), y.Neg()).Neg() }

// copysign returns |x| with the sign of y, which a zero has too.
func copysign(x, y number) number {
	a := x.abs()
	sign := where(do("Equal", y, c(0)), y.reciprocal(), y)
	return sign.IfPos(a, a.Neg())
}

func mod(x, y number) number {
	return number{g: x.g, name: x.g.node("Mod", []string{x.name, y.name}, attribute{"fmod", 1})}
}

// hypot takes the larger number first, so that no square overflows.
func hypot(x, y number) number {
	a, b := x.abs(), y.abs()
	m := larger(a, b)
	q := smaller(a, b).Div(m)
	special := do("Or", do("Equal", m, c(0)), do("Equal", m, c(math.Inf(1))))
	return where(special, m, m.Mul(q.square().shift(1).sqrt()))
}

// atan2 returns the angle of the point with the coordinates x and y, in this order y first.
func atan2(y, x number) number {
	a, b := y.abs(), x.abs()
	m := larger(a, b)
	equal := where(do("Equal", m, c(0)), c(0), c(math.Pi/4))
	octant := where(do("Equal", a, b), equal, arctan(smaller(a, b).Div(m)))
	quadrant := where(do("Greater", a, b), c(math.Pi/2).Sub(octant), octant)
	left := copysign(c(1).on(x.g), x)
	return copysign(where(do("Less", left, c(0)), c(math.Pi).Sub(quadrant), quadrant), y)
}

// arctan returns the arc tangent of x from 0 to 1. Engines have it in float32: the rest is small,
// and the tangent of the difference is the difference itself.
func arctan(x number) number {
	if x.g.native {
		return do("Atan", x)
	}
	cast := func(x number, p Precision) number {
		return number{g: x.g, name: x.g.node("Cast", []string{x.name}, attribute{"to", int(p)})}
	}
	first := cast(do("Atan", cast(x, Float32)), Float64)
	t := do("Sin", first).Div(do("Cos", first))
	return first.Add(x.Sub(t).Div(x.Mul(t).shift(1)))
}

func logaddexp(x, y number) number {
	distinct := larger(x, y).Add(log1p(x.Sub(y).abs().Neg().exp()))
	return where(do("Equal", x, y), x.shift(math.Ln2), distinct)
}

// share returns eˣ/(eˣ+eʸ).
func share(x, y number) number {
	none := do("And", do("Equal", x, y), do("Equal", x, c(math.Inf(-1))))
	return where(none, c(0), x.Sub(y).sigmoid())
}
