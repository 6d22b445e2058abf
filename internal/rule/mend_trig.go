package rule

import (
	"math"
	"math/bits"
)

// sin, cos and tan mend package math's reduction of the argument: it keeps
// too few bits of x near a multiple of π/2, and far from 0.

func sin(x float64) float64 {
	if inFirstOctant(x) {
		return math.Sin(x)
	}
	n, r, e := reduce(x)
	switch n % 4 {
	case 0:
		return sinSum(r, e)
	case 1:
		return cosSum(r, e)
	case 2:
		return -sinSum(r, e)
	}
	return -cosSum(r, e)
}

func cos(x float64) float64 {
	if inFirstOctant(x) {
		return math.Cos(x)
	}
	n, r, e := reduce(x)
	switch n % 4 {
	case 0:
		return cosSum(r, e)
	case 1:
		return -sinSum(r, e)
	case 2:
		return -cosSum(r, e)
	}
	return sinSum(r, e)
}

// SinCos returns sin x and cos x, those of the rows to the bit, for less than both cost.
func SinCos(x float64) (s, c float64) {
	if inFirstOctant(x) {
		return math.Sincos(x)
	}
	n, r, e := reduce(x)
	s, c = math.Sincos(r)
	s, c = turnedSin(s, c, e), turnedCos(s, c, e)
	switch n % 4 {
	case 1:
		return c, -s
	case 2:
		return -s, -c
	case 3:
		return -c, s
	}
	return s, c
}

func tan(x float64) float64 {
	if inFirstOctant(x) {
		return tanReduced(x)
	}
	n, r, e := reduce(x)
	t := tanReduced(r)
	dt := (1 + t*t) * e
	if n%2 == 0 {
		return t + dt
	}
	// -1/(t+dt), with the rounding error of the quotient put back.
	q := -1 / t
	return q + q*(math.FMA(q, t, 1)+q*dt)
}

// tanReduced mends tiny arguments, where package math leaves the cube out too soon.
func tanReduced(x float64) float64 {
	if math.Abs(x) < 0x1p-20 {
		return x + x*x*x/3
	}
	return math.Tan(x)
}

// inFirstOctant reports whether x needs no reduction, or cannot have one.
func inFirstOctant(x float64) bool { return !(math.Abs(x) > math.Pi/4) || math.IsInf(x, 0) }

// sinSum and cosSum return sin(r+e) and cos(r+e) for a small e.
func sinSum(r, e float64) float64 { return turnedSin(math.Sin(r), math.Cos(r), e) }
func cosSum(r, e float64) float64 { return turnedCos(math.Sin(r), math.Cos(r), e) }

// turnedSin and turnedCos return them from s = sin(r) and c = cos(r).
func turnedSin(s, c, e float64) float64 { return s + c*e }
func turnedCos(s, c, e float64) float64 { return c - s*e }

// π/2 in three parts of 53 bits.
const (
	halfPi1 = 0x1.921fb54442d18p+0
	halfPi2 = 0x1.1a62633145c07p-54
	halfPi3 = -0x1.f1976b7ed8fbcp-110
)

// reduce returns n and r+e = x - n·π/2 with |r+e| <= π/4, to twice the
// precision of a float64; n is counted modulo 4 for large x.
func reduce(x float64) (n uint64, r, e float64) {
	if math.Abs(x) >= 1<<30 {
		return reduceLarge(x)
	}
	k := math.RoundToEven(x * (2 / math.Pi))
	p := float64(k * halfPi1) // the conversion keeps the product out of a fused x-p
	d := x - p                // exact
	d, e1 := twoDiff(d, math.FMA(k, halfPi1, -p))
	q := float64(k * halfPi2)
	d, e2 := twoDiff(d, q)
	e = e1 + e2 - math.FMA(k, halfPi2, -q) - k*halfPi3
	r = d + e
	return uint64(int64(k)), r, e - (r - d)
}

// reduceLarge reduces by the method of Payne and Hanek (ACM SIGNUM Newsletter
// 18, 1983): of the product x·2/π only the bits around the binary point matter,
// so a window of 192 bits of 2/π is enough.
func reduceLarge(x float64) (n uint64, r, e float64) {
	frac, exponent := math.Frexp(math.Abs(x))
	m := uint64(math.Ldexp(frac, 53)) // x = m·2^(exponent-53)

	// Bit i of 2/π (from 1 after the point) weighs 2^-i. Those that turn m
	// into a multiple of 4 are dropped, and so is a word of zeros in front.
	skip := uint(exponent - 53 - 2 + 64)
	word, shift := skip/64, skip%64
	var w [3]uint64
	for i := range w {
		w[i] = twoOverPi[word+uint(i)]<<shift | twoOverPi[word+uint(i)+1]>>(64-shift)
	}

	// The low 192 bits of m·w, in units of 2^-190.
	hi2, lo2 := bits.Mul64(m, w[2])
	hi1, lo1 := bits.Mul64(m, w[1])
	mid, carry := bits.Add64(lo1, hi2, 0)
	top := m*w[0] + hi1 + carry
	n = top >> 62

	// The fraction left of it, made signed by rounding n to nearest.
	top, mid, lo2 = top<<2|mid>>62, mid<<2|lo2>>62, lo2<<2
	negative := top>>63 == 1
	if negative {
		n++
		var borrow uint64
		lo2, borrow = bits.Sub64(0, lo2, 0)
		mid, borrow = bits.Sub64(0, mid, borrow)
		top, _ = bits.Sub64(0, top, borrow)
	}

	// As two floats, from the first bit set on.
	scale := -64
	if top == 0 {
		top, mid, lo2 = mid, lo2, 0
		scale -= 64
	}
	s := uint(bits.LeadingZeros64(top))
	top, mid = top<<s|mid>>(64-s), mid<<s|lo2>>(64-s)
	hi := math.Ldexp(float64(top>>11), scale-int(s)+11)
	lo := math.Ldexp(float64(top<<53|mid>>11), scale-int(s)-53)

	// Times π/2.
	r = hi * halfPi1
	e = math.FMA(hi, halfPi1, -r) + (hi*halfPi2 + lo*halfPi1)
	if negative {
		r, e = -r, -e
	}
	if x < 0 {
		n, r, e = -n, -r, -e
	}
	return n, r, e
}

// twoOverPi holds a word of zeros and the bits of 2/π after the point.
var twoOverPi = [...]uint64{
	0,
	0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
	0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
	0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
	0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
	0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
}

// atan2 mends the branch below the negative axis, which package math takes for the one
// above where the quotient vanishes.
func atan2(x, y float64) float64 { return math.Copysign(math.Atan2(x, y), x) }

// asin and acos mend arguments near ±1, where package math takes the
// difference 1-x² from a rounded square.

func asin(x float64) float64 { return math.Atan2(x, circle(x)) }

func acos(x float64) float64 { return math.Atan2(circle(x), x) }
