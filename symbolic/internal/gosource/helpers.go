//lint:file-ignore U1000 generated code has these functions, this package only their text

package gosource

// This file is text as well: the functions that generated code needs beside package math,
// each after those that it calls. They compute what the rows of the same name do.

import "math"

func ifpos(c, a, b float64) float64 {
	switch {
	case c > 0:
		return a
	case c <= 0:
		return b
	}
	return math.NaN()
}

func flat(x float64) float64 {
	if x != x {
		return x
	}
	return 0
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return flat(x)
}

func step(x float64) float64 {
	if x > 0 {
		return 1
	}
	return flat(x)
}

func above(x, y float64) float64 {
	switch {
	case x > y:
		return 1
	case x < y:
		return 0
	case x == y:
		return 0.5
	}
	return math.NaN()
}

func larger(x, y float64) float64 {
	if x != x || y != y {
		return math.NaN()
	}
	return max(x, y)
}

func smaller(x, y float64) float64 { return -larger(-x, -y) }

func pivot(x, y float64) float64 { return max(x, y, -math.MaxFloat64) }

func relu(x float64) float64 {
	if x < 0 {
		return 0
	}
	return x
}

func cube(x float64) float64 { return x * x * x }

func invpos(x float64) float64 {
	if x < 0 {
		return math.NaN()
	}
	return 1 / math.Abs(x)
}

func rsqrt(x float64) float64 { return 1 / math.Abs(math.Sqrt(x)) }

func rcbrt(x float64) float64 { return 1 / math.Cbrt(x) }

func rcircle(x float64) float64 { return 1 / math.Sqrt(math.FMA(-x, x, 1)) }

func hyperbola(x float64) float64 { return math.Sqrt(x-1) * math.Sqrt(x+1) }

func lorentzian(x float64) float64 {
	if math.Abs(x) > 1e8 {
		return (1 / x) * (1 / x)
	}
	return 1 / (1 + float64(x*x))
}

func hypot(x, y float64) float64 {
	switch s := math.FMA(x, x, y*y); {
	case 0x1p-900 < s && s < 0x1p1000:
		return math.Sqrt(s)
	case s >= 0x1p1000 && math.Abs(x) <= math.MaxFloat64 && math.Abs(y) <= math.MaxFloat64:
		return 0x1p600 * math.Sqrt(math.FMA(0x1p-600*x, 0x1p-600*x, (0x1p-600*y)*(0x1p-600*y)))
	case s <= 0x1p-900:
		return 0x1p-600 * math.Sqrt(math.FMA(0x1p600*x, 0x1p600*x, (0x1p600*y)*(0x1p600*y)))
	}
	return larger(math.Abs(x), math.Abs(y))
}

func unit(x, y float64) float64 {
	if x == 0 && y == y {
		return x
	}
	if a := math.Abs(x) + math.Abs(y); a < 0x1p-1000 {
		x, y = x*0x1p+100, y*0x1p+100
	} else if math.IsInf(x, 0) && !math.IsInf(y, 0) {
		return sign(x) + flat(y)
	}
	return x / hypot(x, y)
}

func dipole(x, y float64) float64 {
	if s := math.FMA(x, x, y*y); 0x1p-900 < s && s < 0x1p1000 {
		return x / s
	}
	return unit(x, y) / hypot(x, y)
}

func unitslope(x, y float64) float64 {
	if s := math.FMA(x, x, y*y); 0x1p-300 < s && s < 0x1p300 {
		h := math.Sqrt(s)
		c := y / h
		return c * (c / h)
	}
	c := unit(y, x)
	return c * (c / hypot(x, y))
}

func unitcross(x, y float64) float64 {
	if s := math.FMA(x, x, y*y); 0x1p-300 < s && s < 0x1p300 {
		return x / math.Sqrt(s) * (y / s)
	}
	return unit(x, y) * (unit(y, x) / hypot(x, y))
}

func quadrupole(x, y float64) float64 {
	if s := math.FMA(x, x, y*y); 0x1p-300 < s && s < 0x1p300 {
		return (x - y) / s * ((x + y) / s)
	}
	h := hypot(x, y)
	if math.IsInf(h, 0) {
		return flat(unit(x, y))
	}
	return (x - y) / h / h * ((x + y) / h / h)
}

func crosspole(x, y float64) float64 {
	if s := math.FMA(x, x, y*y); 0x1p-300 < s && s < 0x1p300 {
		return 2 * (x / s) * (y / s)
	}
	h := hypot(x, y)
	return 2 * (unit(x, y) / h) * (unit(y, x) / h)
}

func powslope(x, y float64) float64 {
	if y == 0 {
		return flat(x) * flat(y)
	}
	z := y * math.Pow(x, y-1)
	if a := math.Abs(y); x < 0 && a >= 1<<53 && a <= math.MaxFloat64 { // y is even
		z = -math.Copysign(z, y)
	}
	return z
}

func sec(x float64) float64 { return 1 / math.Cos(x) }

func sech(x float64) float64 {
	if math.Abs(x) > 22 {
		return 2 * math.Exp(-math.Abs(x))
	}
	return 1 / math.Cosh(x)
}

// tanhslope is the slope of tanh at x, where it is y: y is read where 1-|y| does not cancel.
func tanhslope(x, y float64) float64 {
	if math.Abs(y) < 0.9 {
		return (1 - y) * (1 + y)
	}
	s := sech(x)
	return s * s
}

func gauss(x float64) float64 {
	s := x * x
	if s > 800 {
		return 0
	}
	return math.Exp(-s) * (1 - math.FMA(x, x, -s))
}

func xlogy(x, y float64) float64 {
	if x == 0 && y >= 0 {
		return 0
	}
	return x * math.Log(y)
}

func powlog(x, y float64) float64 {
	switch {
	case x == 0:
		return ifpos(-y, math.Inf(-1), 0)
	case math.IsInf(x, 0):
		return xlogy(math.Pow(x, y), x)
	}
	return math.Pow(x, y) * math.Log(x)
}

func xdivy(x, y float64) float64 {
	switch {
	case y < 0:
		return math.NaN()
	case x == 0 && y >= 0:
		return 0
	}
	return x / math.Abs(y)
}

func xdivsquare(x, y float64) float64 {
	if y < 0 {
		return math.NaN()
	}
	if s := y * y; 0x1p-900 < s && s < 0x1p900 {
		return x / s
	}
	return x / math.Abs(y) / math.Abs(y)
}

func powcurve(x, y float64) float64 {
	if y == 0 || y == 1 {
		return flat(x)
	}
	return y * (y - 1) * math.Pow(x, y-2)
}

func powmix(x, y float64) float64 {
	switch {
	case x == 0:
		return ifpos(-y, math.Inf(1), 0)
	case math.IsInf(x, 0):
		return powslope(x, y)*math.Log(x) + xdivy(math.Pow(x, y), x)
	}
	return math.FMA(y, math.Log(x), 1) * math.Pow(x, y-1)
}

func powlog2(x, y float64) float64 {
	switch {
	case x == 0:
		return flat(y)
	case math.IsInf(x, 0):
		return math.Log(x) * xlogy(math.Pow(x, y), x)
	}
	return math.Log(x) * math.Log(x) * math.Pow(x, y)
}

func expdiff(x, y float64) float64 {
	d := x - y
	b := d - x
	e := (x - (d - b)) - (y + b)
	z := math.Exp(d)
	if math.Abs(e) < 1 && z <= math.MaxFloat64 {
		z += float64(z * e)
	}
	return z
}
