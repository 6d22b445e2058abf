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
		SlopeY:  func(x, y, _ float64) float64 { return -binEntropy(x*y) / (y * y) },
		CurveXX: func(x, y, _ float64) float64 { return y * sigmoidOfProduct(x, y) * sigmoidOfProduct(-x, y) },
		CurveXY: func(x, y, _ float64) float64 { return x * sigmoidOfProduct(x, y) * sigmoidOfProduct(-x, y) },
		CurveYY: func(x, y, _ float64) float64 {
			s := sigmoidOfProduct(x, y) * sigmoidOfProduct(-x, y)
			return x*(x*s)/y + 2*binEntropy(x*y)/(y*y)/y
		},
		TextX: "sigmoid(y*x)",
		TextY: "-binentropy(y*x)/square(y)",
		Lo:    [2]float64{-20, 0.5}, Hi: [2]float64{20, 3},
	}
	SiLU = &Func{
		Name:  "silu",
		Value: silu,
		Slope: func(x, _ float64) float64 {
			if math.Abs(x) > 800 {
				return step(x)
			}
			return sigmoid(x) * (1 + x*sigmoid(-x))
		},
		Curve: func(x, _ float64) float64 {
			if math.Abs(x) > 800 {
				return 0
			}
			return sigmoid(x) * sigmoid(-x) * (2 - x*math.Tanh(x/2))
		},
		Text: "ifpos(abs(x)-800, step(x), sigmoid(x)*(1+x*sigmoid(-x)))",
		Lo:   -20, Hi: 20,
	}
	GELU = &Func{
		Name:  "gelu_erf",
		Value: gelu,
		Slope: func(x, _ float64) float64 {
			if math.Abs(x) > 40 {
				return step(x)
			}
			return normCDF(x) + x*normPDF(x)
		},
		Curve: func(x, _ float64) float64 {
			if math.Abs(x) > 40 {
				return 0
			}
			return normPDF(x) * (2 - x*x)
		},
		Text: "ifpos(abs(x)-40, step(x), normcdf(x)+x*normpdf(x))",
		Lo:   -8, Hi: 8,
	}
	// GELUTanh is x/2·(1+tanh(u/2)) = x·gate(x), u = 2√(2/π)·(x+0.044715x³).
	GELUTanh = &Func{
		Name:  "gelu_tanh",
		Value: geluTanh,
		Slope: func(x, _ float64) float64 {
			if math.Abs(x) > 40 {
				return step(x)
			}
			return geluGate(x) * (1 + x*geluGateRate(x)*geluGate(-x))
		},
		Curve: func(x, _ float64) float64 {
			if math.Abs(x) > 40 {
				return 0
			}
			u, du := geluGateArg(x), geluGateRate(x)
			return geluGate(x) * geluGate(-x) * (2*du + x*(6*geluCubic*x-du*du*math.Tanh(u/2)))
		},
		Text: "ifpos(abs(x)-40, step(x), gelugate(x)*(1+x*(1.5957691216057308+0.21406444881780073*square(x))*gelugate(-x)))",
		Lo:   -8, Hi: 8,
	}
	Mish = &Func{
		Name:  "mish",
		Value: mish,
		Slope: func(x, _ float64) float64 {
			if math.Abs(x) > 800 {
				return step(x)
			}
			t, dt, _ := tanhSoftplus(x)
			return t + x*dt
		},
		Curve: func(x, _ float64) float64 {
			if math.Abs(x) > 800 {
				return 0
			}
			_, dt, ddt := tanhSoftplus(x)
			return 2*dt + x*ddt
		},
		Text: "ifpos(abs(x)-800, step(x), tanh(softplus(x))+x*square(sech(softplus(x)))*sigmoid(x))",
		Lo:   -20, Hi: 20,
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
	Slope: func(x, _ float64) float64 { return -x * sigmoid(x) * sigmoid(-x) },
	Curve: func(x, _ float64) float64 { return sigmoid(x) * sigmoid(-x) * (x*math.Tanh(x/2) - 1) },
	Text:  "-x*0.25*square(sech(x/2))",
	Lo:    -10, Hi: 10,
}

// GELUGate is the factor sigmoid(u(x)) of GELUTanh, a helper closed under
// differentiation.
var GELUGate = &Func{
	Name:  "gelugate",
	Value: geluGate,
	Slope: func(x, y float64) float64 { return y * geluGate(-x) * geluGateRate(x) },
	Curve: func(x, y float64) float64 {
		du := geluGateRate(x)
		return y * geluGate(-x) * (6*geluCubic*x - du*du*math.Tanh(geluGateArg(x)/2))
	},
	Text: "gelugate(x)*gelugate(-x)*(1.5957691216057308+0.21406444881780073*square(x))",
	Lo:   -5, Hi: 5,
}

func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}

// sigmoidOfProduct returns sigmoid(x·y), with the product's rounding error put
// back: where the sigmoid is small, its relative error would grow with |x·y|.
func sigmoidOfProduct(x, y float64) float64 {
	p := x * y
	s := sigmoid(p)
	if e := math.FMA(x, y, -p); math.Abs(e) < 1 {
		s += s * sigmoid(-p) * e
	}
	return s
}

func softplus(x, y float64) float64 {
	p := x * y
	s := max(p, 0) + math.Log1p(math.Exp(-math.Abs(p)))
	if e := math.FMA(x, y, -p); math.Abs(e) < 1 {
		s += sigmoid(p) * e
	}
	return s / y
}

// binEntropy returns the entropy of an outcome of probability sigmoid(x).
func binEntropy(x float64) float64 {
	return -sigmoid(x)*logSigmoid(x) - sigmoid(-x)*logSigmoid(-x)
}

func logSigmoid(x float64) float64 { return min(x, 0) - math.Log1p(math.Exp(-math.Abs(x))) }

func silu(x float64) float64 {
	if math.IsInf(x, -1) {
		return 0
	}
	return x * sigmoid(x)
}

func gelu(x float64) float64 {
	if math.IsInf(x, -1) {
		return 0
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

// geluGate returns the sigmoid of geluGateArg(x), which is needed to twice the
// precision of a float64 where the sigmoid is small.
func geluGate(x float64) float64 {
	s := x * x
	ds := math.FMA(x, x, -s)
	c := float64(s * geluCubic) // not fused with the sum below
	dc := math.FMA(s, geluCubic, -c) + (s*dgeluCubic + ds*geluCubic)
	w, dw := twoSum(geluLinear, c)
	dw += dgeluLinear + dc
	u := x * w
	du := math.FMA(x, w, -u) + x*dw
	y := sigmoid(u)
	if math.Abs(du) < 1 {
		y += y * sigmoid(-u) * du
	}
	return y
}

func geluTanh(x float64) float64 {
	if math.IsInf(x, -1) {
		return 0
	}
	return x * geluGate(x)
}

func mish(x float64) float64 {
	if math.Abs(x) > 800 {
		return relu(x)
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
