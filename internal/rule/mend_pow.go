package rule

import "math"

// pow mends package math's power, whose error grows with the exponent: it is
// exp(y·log x) with the logarithm to twice the precision of a float64.
func pow(x, y float64) float64 {
	switch {
	case y == 2:
		return x * x
	case y == 3:
		return x * x * x
	case y == 0 || y == 1 || y == -1 || y == 0.5 || x == 0 || x == 1 ||
		math.IsInf(x, 0) || math.IsInf(y, 0) || x != x || y != y || math.Abs(y) > 0x1p64:
		return math.Pow(x, y)
	}
	sign := 1.0
	if x < 0 {
		if y != math.Trunc(y) {
			return math.NaN()
		}
		if math.Mod(y, 2) != 0 {
			sign = -1
		}
		x = -x
	}
	l, dl := logTwice(x)
	p := y * l
	if p > 710 || p < -746 {
		return sign * math.Exp(p)
	}
	dp := math.FMA(y, l, -p) + y*dl
	return sign * (exp(p) * (1 + dp))
}

// logTwice returns the logarithm of a positive finite x as a sum of two
// float64, good to about 2^-100 times |e|+1 for x = m·2^e.
func logTwice(x float64) (l, dl float64) {
	m, exponent := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		exponent--
	}
	// log m = 2·atanh(s), s = (m-1)/(m+1), a sum of s^(2k+1)/(2k+1): the
	// first two terms to twice the precision, the rest are small.
	n, d := m-1, m+1 // n is exact
	s := n / d
	ds := (math.FMA(-s, d, n) - s*(m-(d-1))) / d
	s2 := s * s
	ds2 := math.FMA(s, s, -s2) + 2*s*ds
	const third, dthird = 0x1.5555555555555p-2, 0x1.5555555555555p-56
	t := s2 * third
	dt := math.FMA(s2, third, -t) + (s2*dthird + ds2*third)
	c := s * t
	dc := math.FMA(s, t, -c) + (s*dt + ds*t)
	rest := 0.0
	for k := 25.0; k >= 5; k -= 2 {
		rest = rest*s2 + 1/k
	}
	rest *= s2 * s2 * s

	// e·log 2 + 2·(s + c + rest), largest terms first.
	const ln2, dln2 = 0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56
	e := float64(exponent)
	l = float64(e * ln2) // not fused with the sum below
	dl = math.FMA(e, ln2, -l) + e*dln2
	l, err := TwoSum(l, 2*s)
	dl += err
	l, err = TwoSum(l, 2*c)
	dl += err + 2*(ds+dc+rest)
	return TwoSum(l, dl)
}

// TwoSum returns x+y rounded, and what the rounding lost (Knuth). The conversions
// round an argument that is a product: fused with the sum, it would be another
// number there than in the lines below.
func TwoSum(x, y float64) (s, e float64) {
	x, y = float64(x), float64(y)
	s = x + y
	b := s - x
	return s, (x - (s - b)) + (y - b)
}
