package rule

import "math"

// This file holds softplus and its derivatives: functions of the product x·y with its rounding
// error put back. Where an exponential is small, its relative error would grow with the
// exponent.

// sigmoidOfProduct returns sigmoid(x·y).
func sigmoidOfProduct(x, y float64) float64 {
	p := float64(x * y)
	s := sigmoid(p)
	if e := lost(x, y, p); e != 0 {
		s += s * sigmoid(-p) * e
	}
	return s
}

// lost returns what the rounding of the product p = x·y lost.
func lost(x, y, p float64) float64 {
	e := math.FMA(x, y, -p)
	if math.Abs(e) < 1 {
		return e
	}
	return 0
}

// beyond bounds the exponents p for which exp(-|p|) times or over three float64 may be
// anything but 0.
const beyond = 3000

// slopeOfProduct returns sigmoid(xy)·sigmoid(-xy), the slope of the sigmoid, and
// entropyOfProduct the entropy of an outcome of that probability, where |xy| is at most farOut.
func slopeOfProduct(x, y float64) float64 {
	p := float64(x * y)
	e := math.Exp(-math.Abs(p))
	return e / sq(1+e) * (1 - math.Copysign((1-e)/(1+e), p)*lost(x, y, p))
}

func entropyOfProduct(x, y float64) float64 {
	p := float64(x * y)
	return binEntropy(p) - slopeOfProduct(x, y)*p*lost(x, y, p)
}

// wideSlope and wideEntropy return the same for all x and y.
func wideSlope(x, y float64) wide {
	p := float64(x * y)
	if !(math.Abs(p) > farOut) {
		return widen(slopeOfProduct(x, y))
	}
	return wideExp(-math.Abs(p), -sign(p)*lost(x, y, p))
}

func wideEntropy(x, y float64) wide {
	if a := math.Abs(x * y); a > farOut {
		return product(wideSlope(x, y), 1+a)
	}
	return widen(entropyOfProduct(x, y))
}

// softplus returns log(1+exp(xy))/y.
func softplus(x, y float64) float64 {
	p := float64(x * y)
	switch e := lost(x, y, p); {
	case p > 40 && !math.IsInf(y, 0):
		return x
	case p < -farOut:
		return wideExp(p, e).div(widen(y)).float()
	case e == 0:
		return (max(p, 0) + math.Log1p(math.Exp(-math.Abs(p)))) / y
	default:
		return (max(p, 0) + math.Log1p(math.Exp(-math.Abs(p))) + sigmoid(p)*e) / y
	}
}

// Derivatives of softplus. That in x and y is the one in x and x, with x and y exchanged.

func softplusXX(x, y float64) float64 {
	switch a := math.Abs(x * y); {
	case a > beyond:
		return flat(x) * flat(y)
	case a > farOut:
		return product(wideSlope(x, y), y).float()
	}
	return y * slopeOfProduct(x, y)
}

func softplusY(x, y float64) float64 {
	switch a, s := math.Abs(x*y), y*y; {
	case a > beyond:
		return flat(x) * flat(y)
	case a <= farOut && ordinary(s):
		return -entropyOfProduct(x, y) / s
	}
	return wideEntropy(x, y).div(widen(y)).div(widen(y)).neg().float()
}

func softplusYY(x, y float64) float64 {
	switch a, s := math.Abs(x*y), y*y; {
	case a > beyond:
		return flat(x) * flat(y)
	case a <= farOut && ordinary(s):
		u, v := x*(x*slopeOfProduct(x, y)), 2*entropyOfProduct(x, y)/s
		if ordinary(v) && (ordinary(u) || x == 0) {
			return (u + v) / y
		}
	}
	w := widen(y)
	a := product(wideSlope(x, y), x, x)
	b := product(wideEntropy(x, y), 2).div(w).div(w)
	return a.add(b).div(w).float()
}

// softplusXXY is the derivative of softplusXX in y.
func softplusXXY(x, y, _ float64) float64 {
	return softplusXX(x, y) * (1/y - x*math.Tanh(x*y/2))
}

// softplusYYY is the derivative of softplusYY in y.
func softplusYYY(x, y, _ float64) float64 {
	return -(x*x*softplusXX(y, x)*math.Tanh(x*y/2) + 3*softplusYY(x, y)) / y
}

// bump returns 1 - 6·sigmoid(p)·sigmoid(-p): the second derivative of the product of the
// two is this times the product.
func bump(p float64) float64 { return 1 - 6*sigmoid(p)*sigmoid(-p) }

// Derivatives of softplus, helpers closed under differentiation. Their own second
// derivatives, and the first of those of second order, are the textbook's.
var (
	// SoftplusX is sigmoid(xy).
	SoftplusX = &Func2{
		Name:    "softplusx",
		Value:   sigmoidOfProduct,
		SlopeX:  func(x, y, _ float64) float64 { return softplusXX(x, y) },
		SlopeY:  func(x, y, _ float64) float64 { return softplusXX(y, x) },
		CurveXX: func(x, y, _ float64) float64 { return -y * softplusXX(x, y) * math.Tanh(x*y/2) },
		CurveXY: softplusXXY,
		CurveYY: func(x, y, _ float64) float64 { return -x * softplusXX(y, x) * math.Tanh(x*y/2) },
		TextX:   "softplusxx(x, y)",
		TextY:   "softplusxx(y, x)",
		Lo:      [2]float64{-20, 0.5}, Hi: [2]float64{20, 3},
	}
	// SoftplusY is minus the entropy of an outcome of probability sigmoid(xy), over y².
	SoftplusY = &Func2{
		Name:    "softplusy",
		Value:   softplusY,
		SlopeX:  func(x, y, _ float64) float64 { return softplusXX(y, x) },
		SlopeY:  func(x, y, _ float64) float64 { return softplusYY(x, y) },
		CurveXX: softplusXXY,
		CurveXY: func(x, y, _ float64) float64 { return -x * softplusXX(y, x) * math.Tanh(x*y/2) },
		CurveYY: softplusYYY,
		TextX:   "softplusxx(y, x)",
		TextY:   "softplusyy(x, y)",
		Lo:      [2]float64{-20, 0.5}, Hi: [2]float64{20, 3},
	}
	// SoftplusXX is y·sigmoid(xy)·sigmoid(-xy).
	SoftplusXX = &Func2{
		Name:    "softplusxx",
		Value:   softplusXX,
		SlopeX:  func(x, y, z float64) float64 { return -y * z * math.Tanh(x*y/2) },
		SlopeY:  softplusXXY,
		CurveXX: func(x, y, z float64) float64 { return y * y * z * bump(x*y) },
		CurveXY: func(x, y, z float64) float64 { return z * (x*y*bump(x*y) - 2*math.Tanh(x*y/2)) },
		CurveYY: func(x, y, _ float64) float64 {
			return softplusXX(y, x) * (x*y*bump(x*y) - 2*math.Tanh(x*y/2))
		},
		TextX: "-y*softplusxx(x, y)*tanh(x*y/2)",
		TextY: "softplusxx(x, y)*(1/y-x*tanh(x*y/2))",
		Lo:    [2]float64{-20, 0.5}, Hi: [2]float64{20, 3},
	}
	// SoftplusYY is the slope of SoftplusY in y.
	SoftplusYY = &Func2{
		Name:   "softplusyy",
		Value:  softplusYY,
		SlopeX: func(x, y, _ float64) float64 { return -x * softplusXX(y, x) * math.Tanh(x*y/2) },
		SlopeY: softplusYYY,
		CurveXX: func(x, y, _ float64) float64 {
			return softplusXX(y, x) * (x*y*bump(x*y) - 2*math.Tanh(x*y/2))
		},
		CurveXY: func(x, y, _ float64) float64 { return x * x * softplusXX(y, x) * bump(x*y) },
		CurveYY: func(x, y, z float64) float64 {
			return (x*x*x*softplusXX(y, x)*bump(x*y) - 4*softplusYYY(x, y, z)) / y
		},
		TextX: "-x*softplusxx(y, x)*tanh(x*y/2)",
		TextY: "-(x*x*softplusxx(y, x)*tanh(x*y/2)+3*softplusyy(x, y))/y",
		Lo:    [2]float64{-20, 0.5}, Hi: [2]float64{20, 3},
	}
)
