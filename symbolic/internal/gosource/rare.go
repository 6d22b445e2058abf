//lint:file-ignore U1000 generated code has these functions, this package only their text

package gosource

// This file goes on where activations.go ends, and is text as well: functions of quotients
// and products whose rounding errors are put back, and derivatives of digamma.

import "math"

// exptimes returns c·exp(x), which may be an ordinary number where exp(x) is none.
func exptimes(c, x float64) float64 {
	switch {
	case math.Abs(x) < 690 || c == 0:
		return c * math.Exp(x)
	case x < -3000:
		return flat(c)
	}
	half := math.Exp(x / 2)
	return c * half * half
}

func selu(x float64) float64 {
	const scale = 1.0507009873554804934193349852946
	return orelse(x, scale*x, scale*1.6732632423543772848170429916717*math.Expm1(min(x, 0)))
}

func hardshrink(x, y float64) float64 { return orelse(math.Abs(x)-y, x, 0) }

func softshrink(x, y float64) float64 {
	return orelse(math.Abs(x)-y, x-orelse(x, y, orelse(-x, -y, 0)), 0)
}

func tanhshrink(x float64) float64 {
	if !(math.Abs(x) <= 1) {
		return x - math.Tanh(x)
	}
	sum := 0.0 // of the series of x·cosh x - sinh x
	for k, term := 1.0, x; ; k++ {
		term *= x * x / (2 * k * (2*k + 1))
		next := sum + float64(2*k*term)
		if next == sum {
			return sum * sech(x)
		}
		sum = next
	}
}

func expgap(x float64) float64 {
	switch {
	case math.IsInf(x, -1):
		return -1
	case x > 1:
		return exptimes(1-x, x) - 1
	case !(math.Abs(x) < 0.5):
		return math.Expm1(x) - float64(x*math.Exp(x))
	}
	sum := 0.0
	for k, term := 2.0, x; ; k++ {
		term *= x / k
		next := sum - float64((k-1)*term)
		if next == sum {
			return sum
		}
		sum = next
	}
}

func mish(x float64) float64 {
	switch {
	case x > 690:
		return x
	case x < -690:
		return exptimes(x, x)
	case x > 0:
		f := math.Exp(-x)
		return x * ((1 + 2*f) / (1 + float64(2*f*(1+f))))
	}
	e := math.Exp(x)
	n := e * (e + 2)
	return x * (n / (n + 2))
}

// gelucubic returns w and gelurest what its rounding lost: x·w is twice the argument of the
// hyperbolic tangent in the approximate GELU.
func gelucubic(x float64) float64 { return 1.5957691216057308 + float64(x*x*0.07135481627260025) }

func gelurest(x float64) float64 {
	const linear, cubic = 1.5957691216057308, 0.07135481627260025
	s := x * x
	c := float64(s * cubic)
	d := math.FMA(s, cubic, -c) + (float64(s*-6.175149918155315e-19) + float64(math.FMA(x, x, -s)*cubic))
	w := linear + c
	b := w - linear
	w2 := (linear - (w - b)) + (c - b) + (d - 9.96930880911092e-17)
	u := x * w
	return math.FMA(x, w, -u) + float64(x*w2)
}

func gelugate(x float64) float64 {
	u := x * gelucubic(x)
	y := sigmoid(u)
	if d := gelurest(x); math.Abs(d) < 1 {
		y += float64(y * sigmoid(-u) * d)
	}
	return y
}

func gelusech(x float64) float64 {
	u := x * gelucubic(x)
	y := sech(u/2) / 2
	if d := gelurest(x); math.Abs(d) < 1 {
		y -= float64(y * math.Tanh(u/2) * d / 2)
	}
	return y
}

func gelutanh(x float64) float64 {
	switch {
	case x < -40:
		return 0
	case x < -20:
		s := gelusech(x)
		return x * s * s
	}
	return x * gelugate(x)
}

// quotientrest returns what the rounding of q = x/y lost where that matters to exp(q).
func quotientrest(x, y float64) float64 {
	q := x / y
	if e := math.FMA(-q, y, x) / y; math.Abs(q) >= 4 && math.Abs(e) < 1 {
		return e
	}
	return 0
}

func celux(x, y float64) float64 { return exptimes(1+quotientrest(x, y), x/y) }

func celuy(x, y float64) float64 {
	q, e := x/y, quotientrest(x, y)
	switch {
	case q > 3000:
		return math.Inf(-1)
	case q > 690:
		return exptimes((1-q)*(1+e), q)
	case e == 0:
		return expgap(q)
	}
	return expgap(q) + exptimes(-float64(q*e), q)
}

// celucurve returns exp(x/y)/y times a power of -x/y, up to the second.
func celucurve(x, y, n float64) float64 {
	q := x / y
	if q < -3000 {
		return flat(y)
	}
	first, second := 1+quotientrest(x, y), 1.0
	if n > 0 {
		first *= -q
	}
	if n > 1 {
		second *= -q
	}
	if math.Abs(q) < 690 {
		if z := math.Exp(q) * first * second; math.Abs(z) > 0x1p-960 || x == 0 {
			return z / y
		}
	}
	half := math.Exp(q / 2)
	return first * half / y * (second * half)
}

func celuxx(x, y float64) float64 { return celucurve(x, y, 0) }

func celuxy(x, y float64) float64 { return celucurve(x, y, 1) }

func celuyy(x, y float64) float64 { return celucurve(x, y, 2) }

func celu(x, y float64) float64 {
	q := min(x, 0) / y
	switch e := quotientrest(min(x, 0), y); {
	case x > 0 || math.Abs(q) < 0x1p-60:
		return x
	case q > 690:
		half := math.Exp(q / 2)
		return half * y * (1 + e) * half
	case q > 4:
		return y * (math.Expm1(q) + float64(math.Exp(q)*e))
	}
	return y * math.Expm1(q)
}

func binentropy(x float64) float64 {
	a := math.Abs(x)
	if a > 690 {
		return exptimes(1+a, -a)
	}
	e := math.Exp(-a)
	return math.Log1p(e) + float64(a*(e/(1+e)))
}

// productrest returns what the rounding of x·y lost, if that is small.
func productrest(x, y float64) float64 {
	p := x * y
	if e := math.FMA(x, y, -p); math.Abs(e) < 1 {
		return e
	}
	return 0
}

// productslope returns c times the slope of the sigmoid at x·y.
func productslope(c, x, y float64) float64 {
	p := x * y
	a := math.Abs(p)
	if a > 690 {
		return exptimes(c*(1-sign(p)*productrest(x, y)), -a)
	}
	e := math.Exp(-a)
	return c * (e / (1 + e) / (1 + e) * (1 - math.Copysign((1-e)/(1+e), p)*productrest(x, y)))
}

// productentropy returns the entropy of an outcome of probability sigmoid(x·y).
func productentropy(x, y float64) float64 {
	p := x * y
	if math.Abs(p) > 690 {
		return productslope(1+math.Abs(p), x, y)
	}
	return binentropy(p) - productslope(float64(p*productrest(x, y)), x, y)
}

func softplusy(x, y float64) float64 {
	if math.Abs(x*y) > 3000 {
		return flat(x) * flat(y)
	}
	if s := y * y; math.Abs(s) > 0x1p-960 && s <= math.MaxFloat64 {
		return -productentropy(x, y) / s
	}
	return -productentropy(x, y) / y / y
}

func softplusyy(x, y float64) float64 {
	if math.Abs(x*y) > 3000 {
		return flat(x) * flat(y)
	}
	if a := math.Abs(x * y); a > 690 {
		if c := (x*x + 2*(1+a)/y/y) / y; math.Abs(c) <= math.MaxFloat64 {
			return exptimes(c*(1-sign(x*y)*productrest(x, y)), -a)
		}
	}
	v := 2 * productentropy(x, y) / y / y
	u := productslope(x, x, y) * x
	return (u + v) / y
}

// polepart returns the n-th derivative of 1/x.
func polepart(n, x float64) float64 {
	y := 1 / x
	for k := 1.0; k <= n; k++ {
		y *= -k / x
	}
	return y
}

// cotangents returns the n-th derivative of cot πx: a polynomial in the cotangent c, each
// derivative -π(1+c²) times the one before.
func cotangents(n, x float64) float64 {
	r := x - math.RoundToEven(x)
	c := 1 / math.Tan(math.Pi*r)
	if a := math.Abs(r); a > 0.25 {
		c = math.Copysign(math.Tan(math.Pi*(0.5-a)), r)
	}
	var p [104]float64
	p[1] = 1
	for k := 1; k <= int(n); k++ {
		var q [104]float64
		for i := 1; i <= k; i++ {
			q[i-1] -= math.Pi * float64(i) * p[i]
			q[i+1] -= math.Pi * float64(i) * p[i]
		}
		p = q
	}
	y := 0.0
	for i := int(n) + 1; i >= 0; i-- {
		y = float64(y*c) + p[i]
	}
	return y
}

func polygamma(n, x float64) float64 {
	parity := 1 - 2*math.Mod(n, 2) // (-1)^n
	sum, turned := 0.0, 1.0
	switch {
	case n == 0:
		return digamma(x)
	case !(n > 0) || n != math.Trunc(n) || n > 100 || x != x || math.IsInf(x, -1):
		return math.NaN()
	case x < 0 && x == math.Trunc(x):
		return ifpos(-parity, math.Inf(1), math.NaN())
	case -1 < x && x < 0:
		sum = -polepart(n, x)
		x++
	case x < 0: // ψ(x) = ψ(1-x) - π·cot(πx)
		sum, turned = -math.Pi*cotangents(n, x), parity
		x = 1 - x
	}
	if math.IsInf(x, 1) {
		return -parity * 0
	}
	rest := 0.0
	for ; x < n+15; x++ {
		rest -= polepart(n, x)
	}
	// (-1)^(n+1)·[(n-1)!/x^n + n!/(2x^(n+1)) + Σ B·(2k+n-1)!/(2k)!/x^(2k+n)], B = 1/6, -1/30, …
	term := math.Gamma(n) * math.Pow(x, -n)
	tail := term * (1 + n/(2*x))
	term *= n * (n + 1) / (2 * x * x)
	for k, b := range [...]float64{1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798, -174611.0 / 330} {
		tail += float64(b * term)
		m := 2*float64(k) + 3
		term *= (m + n - 1) * (m + n) / (m * (m + 1) * x * x)
	}
	return sum + float64(turned*(rest-float64(parity*tail)))
}
