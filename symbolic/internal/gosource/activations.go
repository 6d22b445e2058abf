//lint:file-ignore U1000 generated code has these functions, this package only their text

package gosource

// This file goes on where helpers.go ends, and is text as well.

import "math"

func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}

func logsigmoid(x float64) float64 { return min(x, 0) - math.Log1p(math.Exp(-math.Abs(x))) }

func share(x, y float64) float64 {
	if math.IsInf(x, -1) && math.IsInf(y, -1) {
		return 0
	}
	d := x - y
	b := d - x
	e := (x - (d - b)) - (y + b)
	s := sigmoid(d)
	if math.Abs(e) < 1 {
		s += float64(s * sigmoid(-d) * e)
	}
	return s
}

func logaddexp(x, y float64) float64 {
	if x == y {
		return x + math.Ln2
	}
	return larger(x, y) + math.Log1p(math.Exp(-math.Abs(x-y)))
}

func logplus(x, y float64) float64 {
	e := math.Exp(x)
	if y > e {
		return math.Log(y) + math.Log1p(e/y)
	}
	return x + math.Log1p(y/e)
}

func logpart(x, y float64) float64 { return -math.Log1p(y * math.Exp(-x)) }

func fraction(x, y float64) float64 { return x / (x + y) }

func softplus(x, y float64) float64 {
	p := x * y
	s := max(p, 0) + math.Log1p(math.Exp(-math.Abs(p)))
	if e := math.FMA(x, y, -p); math.Abs(e) < 1 {
		s += float64(sigmoid(p) * e)
	}
	return s / y
}

func softplusx(x, y float64) float64 {
	p := x * y
	s := sigmoid(p)
	if e := math.FMA(x, y, -p); math.Abs(e) < 1 {
		s += float64(s * sigmoid(-p) * e)
	}
	return s
}

func softplusxx(x, y float64) float64 {
	p := x * y
	s := y * sigmoid(p) * sigmoid(-p)
	if e := math.FMA(x, y, -p); math.Abs(e) < 1 {
		s -= float64(s * math.Tanh(p/2) * e)
	}
	return s
}

func relu6(x float64) float64 { return min(relu(x), 6) }

func hardsigmoid(x float64) float64 { return min(relu(x+3), 6) / 6 }

func hardswish(x float64) float64 {
	switch {
	case x < -3:
		return 0
	case x > 3:
		return x
	}
	return x * (x + 3) / 6
}

func silu(x float64) float64 {
	if math.IsInf(x, -1) {
		return 0
	}
	return x * sigmoid(x)
}

func softsign(x float64) float64 {
	if math.IsInf(x, 0) {
		return sign(x)
	}
	return x / (1 + math.Abs(x))
}

func normpdf(x float64) float64 {
	const invSqrt2Pi = 0.39894228040143267793994605993438
	s := x * x
	if s > 1600 {
		return 0
	}
	return invSqrt2Pi * math.Exp(-s/2) * (1 - math.FMA(x, x, -s)/2)
}

func normcdf(x float64) float64 {
	const hi, lo = 0.70710678118654757, -4.8336466567264567e-17
	t := -x * hi
	dt := math.FMA(-x, hi, -t) - float64(x*lo)
	if math.Abs(x) > 40 {
		dt = 0
	}
	return (math.Erfc(t) - float64(1.12837916709551257389615890312154517*gauss(t)*dt)) / 2
}

func gelu(x float64) float64 {
	if math.IsInf(x, -1) {
		return 0
	}
	return x * normcdf(x)
}

func orelse(x, a, b float64) float64 { return ifpos(x, a, b) }

func leaky(x, y float64) float64 { return x * orelse(x, 1, y) }

func elu(x, y float64) float64 { return orelse(x, x, y*math.Expm1(min(x, 0))) }

func copysign(x, y float64) float64 {
	if x != x || y != y {
		return math.NaN()
	}
	return math.Copysign(x, y)
}

func quotient(x, y float64) float64 { return math.RoundToEven((x - math.Mod(x, y)) / y) }

func lgamma(x float64) float64 {
	y, _ := math.Lgamma(x)
	return y
}

// digamma is without recursion: in generated code it is a function literal.
func digamma(x float64) float64 {
	sum := 0.0
	switch {
	case x == 0:
		return -1 / x
	case x < 0 && x == math.Trunc(x):
		return math.NaN()
	case x < -1e-8: // ψ(x) = ψ(1-x) - π·cot(πx)
		switch r := x - math.RoundToEven(x); {
		case r > 0.25:
			sum = -math.Pi * math.Tan(math.Pi*(0.5-r))
		case r < -0.25:
			sum = math.Pi * math.Tan(math.Pi*(0.5+r))
		default:
			sum = -math.Pi / math.Tan(math.Pi*r)
		}
		x = 1 - x
	case x < 1:
		sum = -1 / x
		x++
	}
	if x >= 12 {
		r := 1 / (x * x)
		tail := -174611.0 / 6600 * r
		tail = (tail + 43867.0/14364) * r
		tail = (tail - 3617.0/8160) * r
		tail = (tail + 1.0/12) * r
		tail = (tail - 691.0/32760) * r
		tail = (tail + 1.0/132) * r
		tail = (tail - 1.0/240) * r
		tail = (tail + 1.0/252) * r
		tail = (tail - 1.0/120) * r
		tail = (tail + 1.0/12) * r
		return sum + (math.Log(x) - 0.5/x - tail)
	}
	for x > 2 {
		x--
		sum += 1 / x
	}
	u := x - 1.5 // ψ(x)/(x-x0) is a polynomial on [1, 2], x0 its zero
	p := -0.00017312261802727394
	p = float64(p*u) + 0.00025968482126430747
	p = float64(p*u) - 0.00015148586836773365
	p = float64(p*u) + 0.0002272331660987376
	p = float64(p*u) - 0.0004821990530566789
	p = float64(p*u) + 0.0007233266279287554
	p = float64(p*u) - 0.0010376374098418604
	p = float64(p*u) + 0.0015566317474486838
	p = float64(p*u) - 0.002345267632540769
	p = float64(p*u) + 0.003519006401502276
	p = float64(p*u) - 0.005279964873257405
	p = float64(p*u) + 0.007926944646403797
	p = float64(p*u) - 0.011908218001568644
	p = float64(p*u) + 0.0179072524394512
	p = float64(p*u) - 0.02697579675613825
	p = float64(p*u) + 0.04076083381242074
	p = float64(p*u) - 0.061922133273064534
	p = float64(p*u) + 0.09498872445494122
	p = float64(p*u) - 0.14840492305390884
	p = float64(p*u) + 0.2405424842407742
	p = float64(p*u) - 0.4236274212814605
	p = float64(p*u) + 0.951055876031833
	return sum + float64((x-1.4616321449683622-9.549995429965697e-17)*p)
}
