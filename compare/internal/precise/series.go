package precise

import (
	"math"
	"math/big"
	"sync"
)

var (
	one  = number().SetInt64(1)
	two  = number().SetInt64(2)
	half = number().SetFloat64(0.5)
)

// least is the exponent below which a term adds nothing to a number near 1.
const least = -precision - 8

// exp returns e to the power of x: by a series at x/2ᵏ, squared k times.
func exp(x *big.Float) *big.Float {
	e := x.MantExp(nil)
	if x.Sign() != 0 && e > 20 {
		refuse("an exponent beyond 2²⁰")
	}
	halvings := max(0, e+16)
	small := new(big.Float).SetPrec(precision+64).SetMantExp(x, -halvings)
	sum, term := wide().SetInt64(1), wide().SetInt64(1)
	for n := int64(1); term.Sign() != 0 && term.MantExp(nil) > least-64; n++ {
		term.Mul(term, small)
		term.Quo(term, wide().SetInt64(n))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return number().Set(sum)
}

// wide returns a number with bits to spare for what squaring or reducing loses.
func wide() *big.Float { return new(big.Float).SetPrec(precision + 64) }

// expm1 returns exp x - 1: for small x by its own series, in which nothing cancels.
func expm1(x *big.Float) *big.Float {
	if x.Sign() != 0 && x.MantExp(nil) > -4 {
		return number().Sub(exp(x), one)
	}
	sum, term := number(), number().SetInt64(1)
	for n := int64(1); n < 100; n++ {
		term = div(mul(term, x), number().SetInt64(n))
		sum.Add(sum, term)
	}
	return sum
}

// log returns the logarithm: a float64's, corrected by Halley's method, which triples its
// digits each time.
func log(x *big.Float) *big.Float {
	if x.Sign() <= 0 {
		refuse("the logarithm of a number that is not positive")
	}
	mant := number()
	e := x.MantExp(mant)
	m, _ := mant.Float64()
	if m < math.Sqrt2/2 {
		mant.Mul(mant, two)
		m, e = 2*m, e-1
	}
	y := number().SetFloat64(math.Log(m))
	for range 3 {
		z := exp(y)
		y.Add(y, mul(two, div(number().Sub(mant, z), number().Add(mant, z))))
	}
	if e == 0 {
		return y
	}
	return y.Add(y, mul(number().SetInt64(int64(e)), ln2()))
}

// log1p returns log(1+x): for small x by its series, in which nothing cancels.
func log1p(x *big.Float) *big.Float {
	if x.Sign() == 0 || x.MantExp(nil) > -30 {
		return log(number().Add(x, one))
	}
	sum, power := number(), number().Set(x)
	for n := int64(1); n < 16; n++ {
		sum.Add(sum, div(power, number().SetInt64(n)))
		power = mul(power, number().Neg(x))
	}
	return sum
}

var ln2 = sync.OnceValue(func() *big.Float { // log 2 = 2·artanh(1/3)
	sum, power := wide(), wide().Quo(two, wide().SetInt64(3))
	for n := int64(1); power.MantExp(nil) > least-64; n += 2 {
		sum.Add(sum, wide().Quo(power, wide().SetInt64(n)))
		power.Quo(power, wide().SetInt64(9))
	}
	return sum
})

// hyperbolic returns sinh and cosh.
func hyperbolic(x *big.Float) (sinh, cosh *big.Float) {
	a := expm1(x) // sinh x = (a + a/(a+1))/2
	e := number().Add(a, one)
	sinh = mul(half, number().Add(a, div(a, e)))
	return sinh, mul(half, number().Add(e, div(one, e)))
}

// arctan returns arctan(1/k) by its series.
func arctan(k int64) *big.Float {
	square := wide().SetInt64(-k * k)
	sum, power := wide(), wide().Quo(wide().SetInt64(1), wide().SetInt64(k))
	for n := int64(1); power.MantExp(nil) > least-64; n += 2 {
		sum.Add(sum, wide().Quo(power, wide().SetInt64(n)))
		power.Quo(power, square)
	}
	return sum
}

// pi is by Machin: π/4 = 4·arctan(1/5) - arctan(1/239).
var pi = sync.OnceValue(func() *big.Float {
	q := wide().Mul(wide().SetInt64(4), arctan(5))
	return q.Mul(q.Sub(q, arctan(239)), wide().SetInt64(4))
})

// sinCos returns sine and cosine: of what is left of x by multiples of π/2, by their series.
func sinCos(x *big.Float) (sin, cos *big.Float) {
	if x.Sign() != 0 && x.MantExp(nil) > 60 {
		refuse("an angle beyond 2⁶⁰")
	}
	quarter := wide().Mul(pi(), wide().SetFloat64(0.5))
	turns := wide().Quo(x, quarter)
	n, _ := turns.Add(turns, wide().SetFloat64(math.Copysign(0.5, float64(x.Sign())))).Int64()
	r := wide().Sub(x, quarter.Mul(quarter, wide().SetInt64(n)))
	square := wide().Mul(r, r)
	series := func(term *big.Float, n int64) *big.Float {
		sum := wide().Set(term)
		for size := term.MantExp(nil); term.Sign() != 0 && term.MantExp(nil) > size+least-64; n += 2 {
			term.Mul(term, square)
			term.Quo(term, wide().SetInt64(-(n+1)*(n+2)))
			sum.Add(sum, term)
		}
		return number().Set(sum)
	}
	sin, cos = series(wide().Set(r), 1), series(wide().SetInt64(1), 0)
	for range ((n % 4) + 4) % 4 {
		sin, cos = cos, number().Neg(sin)
	}
	return sin, cos
}

// atan returns the arc tangent: a float64's, corrected by Newton's method, which doubles its
// digits each time.
func atan(x *big.Float) *big.Float {
	f, _ := x.Float64()
	y := number().SetFloat64(math.Atan(f))
	for range 4 {
		s, c := sinCos(y) // Newton's step for tan y = x
		y.Add(y, mul(number().Sub(mul(x, c), s), c))
	}
	return y
}
