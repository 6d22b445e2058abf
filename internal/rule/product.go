package rule

import "math"

// This file holds functions of the product x·y with its rounding error put back, and of the
// quotient x/y likewise: where an exponential is small, its relative error would grow
// with its argument.

// sigmoidOfProduct returns sigmoid(x·y).
func sigmoidOfProduct(x, y float64) float64 {
	p := x * y
	s := sigmoid(p)
	if e := math.FMA(x, y, -p); math.Abs(e) < 1 {
		s += s * sigmoid(-p) * e
	}
	return s
}

// widePairOfProduct returns sigmoid(x·y)·sigmoid(-x·y).
func widePairOfProduct(x, y float64) wide {
	p := x * y
	if !(math.Abs(p) > farOut) {
		return widen(sigmoidOfProduct(x, y) * sigmoidOfProduct(-x, y))
	}
	return wideExp(-math.Abs(p), -sign(p)*lost(x, y, p))
}

// lost returns what the rounding of the product p = x·y lost.
func lost(x, y, p float64) float64 {
	e := math.FMA(x, y, -p)
	if math.Abs(e) < 1 {
		return e
	}
	return 0
}

// wideEntropyOfProduct returns the entropy of an outcome of probability sigmoid(x·y).
func wideEntropyOfProduct(x, y float64) wide {
	p := x * y
	if a := math.Abs(p); a > farOut {
		return product(widePairOfProduct(x, y), min(1+a, math.MaxFloat64))
	}
	w := widen(binEntropy(p))
	return w.add(product(widePairOfProduct(x, y), -p, lost(x, y, p)))
}

// softplus returns log(1+exp(xy))/y.
func softplus(x, y float64) float64 {
	p := x * y
	switch e := lost(x, y, p); {
	case p > 40 && !math.IsInf(y, 0):
		return x
	case p < -farOut:
		return wideExp(p, e).div(widen(y)).float()
	default:
		return (max(p, 0) + math.Log1p(math.Exp(-math.Abs(p))) + sigmoid(p)*e) / y
	}
}

func softplusSlopeY(x, y float64) float64 {
	return wideEntropyOfProduct(x, y).div(widen(y)).div(widen(y)).neg().float()
}

func softplusCurveYY(x, y float64) float64 {
	w := widen(y)
	a := product(widePairOfProduct(x, y), x, x)
	b := product(wideEntropyOfProduct(x, y), 2).div(w).div(w)
	return a.add(b).div(w).float()
}

// quotientTwice returns x/y, and what its rounding lost as far as it matters to an exponential.
func quotientTwice(x, y float64) (q, e float64) {
	q = x / y
	e = math.FMA(-q, y, x) / y
	if !(math.Abs(e) < 1) {
		e = 0
	}
	return q, e
}

// celu returns y·(exp(x/y)-1), for x < 0.
func celu(x, y float64) float64 {
	switch q, e := quotientTwice(x, y); {
	case math.Abs(q) < 0x1p-60:
		return x
	case q > farOut:
		return product(wideExp(q, e), y).float()
	default:
		return y * (math.Expm1(q) + exp(q)*e)
	}
}

// celuSlopeX returns exp(x/y).
func celuSlopeX(x, y float64) float64 {
	q, e := quotientTwice(x, y)
	if math.Abs(q) > farOut {
		return wideExp(q, e).float()
	}
	return exp(q) * (1 + e)
}

// celuSlopeY returns expgap(x/y).
func celuSlopeY(x, y float64) float64 {
	q, e := quotientTwice(x, y)
	if q > farOut {
		return product(wideExp(q, e), 1-q).float()
	}
	return expGap(q) + expTimes(-q, q)*e
}

// celuCurve returns c·(x/y)^n·exp(x/y)/y: the second derivatives.
func celuCurve(c, x, y float64, n int) float64 {
	q, e := quotientTwice(x, y)
	z := product(wideExp(q, e), c)
	for range n {
		z = z.mul(widen(x).div(widen(y)))
	}
	return z.div(widen(y)).float()
}
