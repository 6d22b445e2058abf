package rule

import "math"

// Piecewise activations.
var (
	ReLU = &Func{
		Name:  "relu",
		Value: relu,
		Slope: func(x, _ float64) float64 { return step(x) },
		Curve: zero,
		Text:  "step(x)",
		Lo:    -10, Hi: 10,
		Kinks: []Kink{{At: 0, Slope: 0}},
	}
	ReLU6 = &Func{
		Name:  "relu6",
		Value: func(x float64) float64 { return min(relu(x), 6) },
		Slope: func(x, _ float64) float64 { return step(x) * step(6-x) },
		Curve: zero,
		Text:  "step(x)*step(6-x)",
		Lo:    -10, Hi: 10,
		Kinks: []Kink{{At: 0, Slope: 0}, {At: 6, Slope: 0}},
	}
	HardSigmoid = &Func{
		Name:  "hardsigmoid",
		Value: func(x float64) float64 { return min(relu(x+3), 6) / 6 },
		Slope: func(x, _ float64) float64 { return step(x+3) * step(3-x) / 6 },
		Curve: zero,
		Text:  "step(x+3)*step(3-x)/6",
		Lo:    -5, Hi: 5,
		Kinks: []Kink{{At: -3, Slope: 0}, {At: 3, Slope: 0}},
	}
	HardSwish = &Func{
		Name: "hardswish",
		Value: func(x float64) float64 {
			switch {
			case x < -3:
				return 0
			case x > 3:
				return x
			}
			return x * (x + 3) / 6
		},
		Slope: func(x, _ float64) float64 {
			switch {
			case x < -3:
				return 0
			case x > 3:
				return 1
			}
			return (2*x + 3) / 6
		},
		Curve: func(x, _ float64) float64 {
			if math.Abs(x) > 3 {
				return 0
			}
			return 1.0/3 + flat(x)
		},
		Text: "ifpos(x-3, 1, ifpos(-3-x, 0, (2*x+3)/6))",
		Lo:   -5, Hi: 5,
		Kinks: []Kink{{At: -3, Slope: -0.5}, {At: 3, Slope: 1.5}},
	}
	SELU = &Func{
		Name: "selu",
		Value: func(x float64) float64 {
			if x > 0 {
				return seluScale * x
			}
			return seluAlpha * math.Expm1(x)
		},
		Slope: func(x, _ float64) float64 {
			if x > 0 {
				return seluScale
			}
			return seluAlpha * exp(x)
		},
		Curve: func(x, _ float64) float64 {
			if x > 0 {
				return 0
			}
			return seluAlpha * exp(x)
		},
		Text: "ifpos(x, 1.0507009873554805, 1.7580993408473768*exp(x))",
		Lo:   -10, Hi: 10,
		Kinks: []Kink{{At: 0, Slope: seluAlpha}},
	}
)

// The scale of selu, and its alpha times the scale.
const (
	seluScale = 1.0507009873554804934193349852946
	seluAlpha = seluScale * 1.6732632423543772848170429916717
)

// Activations with a parameter y. The kinks are at x = 0 (leaky_relu, elu with
// y other than 1) and at |x| = y (hardshrink, softshrink).
var (
	LeakyReLU = &Func2{
		Name:    "leaky_relu",
		Value:   func(x, y float64) float64 { return x * orElse(x, 1, y) },
		SlopeX:  func(x, y, _ float64) float64 { return orElse(x, 1, y) },
		SlopeY:  func(x, _, _ float64) float64 { return orElse(x, 0, x) },
		CurveXX: none,
		CurveXY: func(x, _, _ float64) float64 { return orElse(x, 0, 1) },
		CurveYY: none,
		TextX:   "ifpos(x, 1, y)",
		TextY:   "ifpos(x, 0, x)",
		Lo:      [2]float64{-10, 0.01}, Hi: [2]float64{-0.1, 0.5},
	}
	ELU = &Func2{
		Name:    "elu",
		Value:   func(x, y float64) float64 { return orElse(x, x, y*math.Expm1(min(x, 0))) },
		SlopeX:  func(x, y, _ float64) float64 { return orElse(x, 1, eluSlope(min(x, 0), y)) },
		SlopeY:  func(x, y, _ float64) float64 { return orElse(x, 0, math.Expm1(min(x, 0))) },
		CurveXX: func(x, y, _ float64) float64 { return orElse(x, 0, eluSlope(min(x, 0), y)) },
		CurveXY: func(x, y, _ float64) float64 { return orElse(x, 0, exp(min(x, 0))) },
		CurveYY: none,
		TextX:   "ifpos(x, 1, (y*exp(x/2))*exp(x/2))",
		TextY:   "ifpos(x, 0, expm1(x))",
		Lo:      [2]float64{-10, 0.1}, Hi: [2]float64{-0.1, 2},
	}
	CELU = &Func2{
		Name:    "celu",
		Value:   func(x, y float64) float64 { return orElse(x, x, celu(min(x, 0), y)) },
		SlopeX:  func(x, y, _ float64) float64 { return orElse(x, 1, celuX(min(x, 0), y)) },
		SlopeY:  func(x, y, _ float64) float64 { return orElse(x, 0, celuY(min(x, 0), y)) },
		CurveXX: func(x, y, _ float64) float64 { return orElse(x, 0, celuXX(min(x, 0), y)) },
		CurveXY: func(x, y, _ float64) float64 { return orElse(x, 0, celuXY(min(x, 0), y)) },
		CurveYY: func(x, y, _ float64) float64 { return orElse(x, 0, celuYY(min(x, 0), y)) },
		TextX:   "ifpos(x, 1, celux(x, y))",
		TextY:   "ifpos(x, 0, celuy(x, y))",
		Lo:      [2]float64{-10, 0.5}, Hi: [2]float64{-0.1, 2},
	}
	HardShrink = &Func2{
		Name:    "hardshrink",
		Value:   func(x, y float64) float64 { return orElse(math.Abs(x)-y, x, 0) },
		SlopeX:  func(x, y, _ float64) float64 { return step(math.Abs(x) - y) },
		SlopeY:  zero2,
		CurveXX: zero2,
		CurveXY: zero2,
		CurveYY: zero2,
		TextX:   "step(abs(x)-y)",
		TextY:   "flat(x)*flat(y)",
		Lo:      [2]float64{1, 0.1}, Hi: [2]float64{10, 0.9},
	}
	SoftShrink = &Func2{
		Name:    "softshrink",
		Value:   func(x, y float64) float64 { return orElse(math.Abs(x)-y, x-orElse(x, y, orElse(-x, -y, 0)), 0) },
		SlopeX:  func(x, y, _ float64) float64 { return step(math.Abs(x) - y) },
		SlopeY:  func(x, y, _ float64) float64 { return -sign(x) * step(math.Abs(x)-y) },
		CurveXX: zero2,
		CurveXY: zero2,
		CurveYY: zero2,
		TextX:   "step(abs(x)-y)",
		TextY:   "-sign(x)*step(abs(x)-y)",
		Lo:      [2]float64{1, 0.1}, Hi: [2]float64{10, 0.9},
	}
)

// eluSlope returns y·exp(x).
func eluSlope(x, y float64) float64 {
	if x > -farOut || math.IsInf(y, 0) {
		return y * exp(x)
	}
	return expTimes(y, x)
}

// ExpGap is expm1(x) - x·exp(x), a helper closed under differentiation: celu
// changes with its parameter by it.
var ExpGap = &Func{
	Name:  "expgap",
	Value: expGap,
	Slope: func(x, _ float64) float64 { return expTimes(-x, x) },
	Curve: func(x, _ float64) float64 { return expTimes(-(1 + x), x) },
	Text:  "ifpos(above(-x, 1500), 0, -(x*exp(x/2))*exp(x/2))",
	Lo:    -10, Hi: 3,
}

// expGap sums its series -Σ (k-1)·x^k/k! near 0, where the difference cancels.
func expGap(x float64) float64 {
	if !(math.Abs(x) < 0.5) {
		if math.IsInf(x, -1) {
			return -1
		}
		if x > 1 {
			return expTimes(1-x, x) - 1
		}
		return math.Expm1(x) - x*exp(x)
	}
	sum, term := 0.0, x
	for k := 2.0; ; k++ {
		term *= x / k
		next := sum - (k-1)*term
		if next == sum {
			return sum
		}
		sum = next
	}
}

// orElse returns a where x > 0, b where it is not, and NaN where it is NaN.
func orElse(x, a, b float64) float64 {
	switch {
	case x > 0:
		return a
	case x <= 0:
		return b
	}
	return math.NaN()
}

func relu(x float64) float64 {
	if x < 0 {
		return 0
	}
	return x
}
