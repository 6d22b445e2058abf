package rule

import "math"

// Smooth activations. Far from 0 their slopes are 0 or 1 to the last bit, and
// the text says so before a product of 0 and an infinity can make a NaN.
var (
	Sigmoid = &Func{
		Name:  "sigmoid",
		Value: sigmoid,
		Slope: func(x, y float64) float64 { return y * sigmoid(-x) },
		Curve: func(x, y float64) float64 { return -y * sigmoid(-x) * math.Tanh(x/2) },
		Text:  "0.25*square(sech(x/2))",
		Lo:    -20, Hi: 20,
	}
	LogSigmoid = &Func{
		Name:  "logsigmoid",
		Value: logSigmoid,
		Slope: func(x, _ float64) float64 { return sigmoid(-x) },
		Curve: func(x, _ float64) float64 { return -sigmoid(x) * sigmoid(-x) },
		Text:  "sigmoid(-x)",
		Lo:    -20, Hi: 20,
	}
	// Softplus is log(1+exp(yx))/y.
	Softplus = &Func2{
		Name:    "softplus",
		Value:   softplus,
		SlopeX:  func(x, y, _ float64) float64 { return sigmoidOfProduct(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return softplusY(x, y) },
		CurveXX: func(x, y, _ float64) float64 { return softplusXX(x, y) },
		CurveXY: func(x, y, _ float64) float64 { return softplusXX(y, x) },
		CurveYY: func(x, y, _ float64) float64 { return softplusYY(x, y) },
		TextX:   "softplusx(x, y)",
		TextY:   "softplusy(x, y)",
		Lo:      [2]float64{-20, 0.5}, Hi: [2]float64{20, 3},
	}
	SiLU = &Func{
		Name:  "silu",
		Value: silu,
		Slope: func(x, _ float64) float64 {
			if a := math.Abs(x); a > farOut {
				return step(x) + sign(x)*expTimes(a-1, -a)
			}
			return sigmoid(x) * (1 + x*sigmoid(-x))
		},
		Curve: func(x, _ float64) float64 {
			if a := math.Abs(x); a > farOut {
				return expTimes(2-a, -a)
			}
			return sigmoid(x) * sigmoid(-x) * (2 - x*math.Tanh(x/2))
		},
		Text: "ifpos(above(abs(x), 800), step(x), ifpos(above(abs(x), 40), " +
			"step(x)+sign(x)*((abs(x)-1)*exp(-abs(x)/2))*exp(-abs(x)/2), sigmoid(x)*(1+x*sigmoid(-x))))",
		Lo: -20, Hi: 20,
	}
	GELU = &Func{
		Name:  "gelu_erf",
		Value: gelu,
		Slope: func(x, _ float64) float64 {
			if math.Abs(x) > 40 {
				return step(x)
			}
			return normCDF(x) + normPDFTimes(x, x)
		},
		Curve: func(x, _ float64) float64 { return normPDFTimes(math.FMA(-x, x, 2), x) },
		Text:  "ifpos(above(abs(x), 40), step(x), normcdf(x)+0.3989422804014327*(x*gauss(x/2))*gauss(x/2))",
		Lo:    -8, Hi: 8,
	}
	// GELUTanh is x/2·(1+tanh(u/2)) = x·gate(x), u = 2√(2/π)·(x+0.044715x³).
	GELUTanh = &Func{
		Name:  "gelu_tanh",
		Value: geluTanh,
		Slope: func(x, _ float64) float64 {
			if math.Abs(x) > 20 {
				return step(x) + sign(x)*geluGatesTimes(math.Abs(x)*geluGateRate(x)-1, x)
			}
			return geluGate(x) * (1 + x*geluGateRate(x)*geluGate(-x))
		},
		Curve: func(x, _ float64) float64 {
			u, du := geluGateArg(x), geluGateRate(x)
			return geluGatesTimes(2*du+x*(6*geluCubic*x-du*du*math.Tanh(u/2)), x)
		},
		Text: "ifpos(above(abs(x), 40), step(x), ifpos(above(abs(x), 10), " +
			"step(x)+sign(x)*((abs(x)*(1.5957691216057308+0.21406444881780073*square(x))-1)*gelusech(x))*gelusech(x), " +
			"gelugate(x)*(1+x*(1.5957691216057308+0.21406444881780073*square(x))*gelugate(-x))))",
		Lo: -8, Hi: 8,
	}
	Mish = &Func{
		Name:  "mish",
		Value: mish,
		Slope: func(x, _ float64) float64 {
			switch {
			case x > farOut:
				return 1
			case x < -farOut:
				return expTimes(1+x, x)
			}
			t, dt, _ := tanhSoftplus(x)
			return t + x*dt
		},
		Curve: func(x, _ float64) float64 {
			switch {
			case x > farOut/2:
				return expTimes(8*(1-x), -2*x)
			case x < -farOut:
				return expTimes(2+x, x)
			}
			_, dt, ddt := tanhSoftplus(x)
			return 2*dt + x*ddt
		},
		Text: "ifpos(above(abs(x), 800), step(x), ifpos(above(x, 40), 1+((4*x-2)*exp(-x))*exp(-x), ifpos(above(-x, 40), ((1+x)*exp(x/2))*exp(x/2), " +
			"tanh(softplus(x))+x*square(sech(softplus(x)))*sigmoid(x))))",
		Lo: -20, Hi: 20,
	}
	TanhShrink = &Func{
		Name:  "tanhshrink",
		Value: tanhShrink,
		Slope: func(x, _ float64) float64 { return sq(math.Tanh(x)) },
		Curve: func(x, _ float64) float64 { return 2 * math.Tanh(x) * sq(sech(x)) },
		Text:  "square(tanh(x))",
		Lo:    -10, Hi: 10,
	}
	Softsign = &Func{
		Name:  "softsign",
		Value: softsign,
		Slope: func(x, _ float64) float64 { return sq(1 / (1 + math.Abs(x))) },
		Curve: func(x, _ float64) float64 { r := 1 / (1 + math.Abs(x)); return -2 * sign(x) * r * r * r },
		Text:  "square(1/(1+abs(x)))",
		Lo:    -10, Hi: 10,
	}
)

// BinEntropy is the entropy of an outcome of probability sigmoid(x), a helper
// closed under differentiation: softplus changes with its parameter by it.
var BinEntropy = &Func{
	Name:  "binentropy",
	Value: binEntropy,
	Slope: func(x, _ float64) float64 {
		if a := math.Abs(x); a > farOut {
			return expTimes(-x, -a)
		}
		return -x * sigmoid(x) * sigmoid(-x)
	},
	Curve: func(x, _ float64) float64 {
		if a := math.Abs(x); a > farOut {
			return expTimes(a-1, -a)
		}
		return sigmoid(x) * sigmoid(-x) * (x*math.Tanh(x/2) - 1)
	},
	Text: "ifpos(above(abs(x), 1500), 0, -0.25*(x*sech(x/2))*sech(x/2))",
	Lo:   -10, Hi: 10,
}

// The factors of GELUTanh, helpers closed under differentiation.
var (
	// GELUGate is sigmoid(u(x)).
	GELUGate = &Func{
		Name:  "gelugate",
		Value: geluGate,
		Slope: func(x, _ float64) float64 { return geluGatesTimes(geluGateRate(x), x) },
		Curve: func(x, _ float64) float64 {
			du := geluGateRate(x)
			return geluGatesTimes(6*geluCubic*x-du*du*math.Tanh(geluGateArg(x)/2), x)
		},
		Text: "ifpos(above(abs(x), 40), 0, gelusech(x)*((1.5957691216057308+0.21406444881780073*square(x))*gelusech(x)))",
		Lo:   -5, Hi: 5,
	}
	// GELUSech is sech(u(x)/2)/2, whose square is the slope of the sigmoid at u(x).
	GELUSech = &Func{
		Name:  "gelusech",
		Value: geluSech,
		Slope: func(x, y float64) float64 {
			if math.Abs(x) > 40 {
				return 0
			}
			return -y * (math.Tanh(geluGateArg(x)/2) / 2 * geluGateRate(x))
		},
		Curve: func(x, y float64) float64 {
			if math.Abs(x) > 40 {
				return 0
			}
			t, du := math.Tanh(geluGateArg(x)/2), geluGateRate(x)
			return y * (du*du*(2*t*t-1)/4 - 3*geluCubic*x*t)
		},
		Text: "ifpos(above(abs(x), 40), 0, -0.5*tanh(x*(0.7978845608028654+0.035677408136300125*square(x)))*(1.5957691216057308+0.21406444881780073*square(x))*gelusech(x))",
		Lo:   -5, Hi: 5,
	}
)

// farOut is where exp(-x) begins to come close to the end of the range, so that it is
// multiplied with care.
const farOut = 690

func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}

// binEntropy returns the entropy of an outcome of probability sigmoid(x).
func binEntropy(x float64) float64 {
	a := math.Abs(x)
	if a > farOut {
		return expTimes(1+a, -a)
	}
	e := math.Exp(-a)
	return math.Log1p(e) + a*(e/(1+e))
}

func logSigmoid(x float64) float64 { return min(x, 0) - math.Log1p(math.Exp(-math.Abs(x))) }

func silu(x float64) float64 {
	if x < -farOut {
		return expTimes(x, x)
	}
	return x * sigmoid(x)
}

func gelu(x float64) float64 {
	if x < -37 { // x·Φ(x) is -φ(x)·(1 - 1/x² + 3/x⁴ - 15/x⁶ + …), Φ(x) has lost digits
		r := 1 / (x * x)
		return -normPDFTimes(1-r*(1-3*r*(1-5*r*(1-7*r*(1-9*r*(1-11*r))))), x)
	}
	return x * normCDF(x)
}

// 2√(2/π) and 0.044715 times that, each as a sum of two float64.
const (
	geluLinear, dgeluLinear = 1.5957691216057308, -9.96930880911092e-17
	geluCubic, dgeluCubic   = 0.07135481627260025, -6.175149918155315e-19
)

// geluGateArg returns u, twice the argument of the hyperbolic tangent in the
// approximate GELU, and geluGateRate its derivative.
func geluGateArg(x float64) float64 { return x * (geluLinear + geluCubic*x*x) }

func geluGateRate(x float64) float64 { return geluLinear + 3*geluCubic*x*x }

// geluGate returns the sigmoid of geluGateArg(x).
func geluGate(x float64) float64 {
	u, du := geluGateArgTwice(x)
	y := sigmoid(u)
	if math.Abs(du) < 1 {
		y += y * sigmoid(-u) * du
	}
	return y
}

// geluSech returns the root of geluGate(x)·geluGate(-x).
func geluSech(x float64) float64 {
	u, du := geluGateArgTwice(x)
	y := sech(u/2) / 2
	if math.Abs(du) < 1 {
		y -= y * math.Tanh(u/2) * du / 2
	}
	return y
}

// geluGatesTimes returns c·geluGate(x)·geluGate(-x).
func geluGatesTimes(c, x float64) float64 {
	switch {
	case math.Abs(x) < 20:
		return c * geluGate(x) * geluGate(-x)
	case math.Abs(x) > 40:
		return 0
	}
	s := geluSech(x)
	return c * s * s
}

// geluGateArgTwice returns geluGateArg(x) to twice the precision of a float64, which
// is needed where the sigmoid is small.
func geluGateArgTwice(x float64) (u, du float64) {
	s := x * x
	ds := math.FMA(x, x, -s)
	c := float64(s * geluCubic) // not fused with the sum below
	dc := math.FMA(s, geluCubic, -c) + (s*dgeluCubic + ds*geluCubic)
	w, dw := TwoSum(geluLinear, c)
	dw += dgeluLinear + dc
	u = x * w
	return u, math.FMA(x, w, -u) + x*dw
}

func geluTanh(x float64) float64 {
	if x < -20 {
		return geluGatesTimes(x, x)
	}
	return x * geluGate(x)
}

func mish(x float64) float64 {
	switch {
	case x > farOut:
		return x
	case x < -farOut:
		return expTimes(x, x)
	}
	t, _, _ := tanhSoftplus(x)
	return x * t
}

// tanhSoftplus returns tanh(softplus(x)) and its first two derivatives: with
// e = exp(x) it is n/(n+2), n = e(e+2), and with f = exp(-x) it is
// (1+2f)/(1+2f+2f²). Each form is used where it cannot overflow.
func tanhSoftplus(x float64) (t, dt, ddt float64) {
	if x > 0 {
		f := math.Exp(-x)
		m := 1 + 2*f*(1+f)
		t = (1 + 2*f) / m
		dt = 4 * f * f * (1 + f) / (m * m)
		return t, dt, dt * ((2+f)/(1+f) - 4*(1+f)/m)
	}
	e := math.Exp(x)
	n := e * (e + 2)
	t = n / (n + 2)
	dt = 4 * e * (1 + e) / sq(n+2)
	return t, dt, dt * ((1+2*e)/(1+e) - 4*e*(1+e)/(n+2))
}

// tanhShrink returns x - tanh x = (x·cosh x - sinh x)/cosh x. Near 0 the
// numerator is summed from its series Σ 2k·x^(2k+1)/(2k+1)!, whose terms all
// have the sign of x.
func tanhShrink(x float64) float64 {
	if !(math.Abs(x) <= 1) {
		return x - math.Tanh(x)
	}
	x2 := x * x
	term, sum := x, 0.0
	for k := 1.0; ; k++ {
		term *= x2 / (2 * k * (2*k + 1))
		next := sum + 2*k*term
		if next == sum {
			return sum * sech(x)
		}
		sum = next
	}
}

func softsign(x float64) float64 {
	if math.IsInf(x, 0) {
		return sign(x)
	}
	return x / (1 + math.Abs(x))
}
