package dual

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// pow returns x^y, which begins with z0.
func pow[T ad.Scalar[T]](z0 T, x, y []T, st store[T]) []T {
	if x, ok := any(x).([]Complex); ok {
		return any(complexPow(any(z0).(Complex), x, any(y).([]Complex), any(st).(store[Complex]))).([]T)
	}
	if len(y) == 1 {
		return powConst(z0, x, y[0], st)
	}
	a, b := x[0], y[0]
	if len(x) == 1 {
		if p, ok := any(b).(ad.Real); ok && p > 0 && any(a) == any(ad.Real(0)) { // 0 wherever the exponent moves
			return linear(st, z0, z0, y)
		}
		w := each(st, y, ad.Log(a).Mul)
		return grow(st, z0, func(z []T, k int) T {
			if k == 1 {
				return exponentSlope(z0, a, b).Mul(y[1])
			}
			return over0(weighted(w, z, k, k), float64(k))
		})
	}
	// x^b·exp((y-b)·log x), of which no terms cancel near x = 0, but for the slopes, which have
	// values at x = 0 too.
	less := begin(b.Const(0), st.clone(y, 1))
	e := exponential(b.Const(1), timesSeries(less, logarithmOf(x, st), st), st)
	z := timesSeries(powConst(z0, x, b, st), e, st)
	z[1] = exponentSlope(z0, a, b).Mul(y[1]).Add(of2(opPowSlope, a, b).Mul(x[1]))
	return begin(z0, z)
}

// exponentSlope returns the slope of z = x^y in y.
func exponentSlope[T ad.Scalar[T]](z, x, y T) T {
	away := of2(opXLogY, z, x)
	atZero := y.Neg().IfPos(ad.Log(x), y.Const(0))
	return x.IfPos(away, x.Neg().IfPos(away, atZero))
}

// complexPow is pow of complex numbers: exp(y·log x), and a product for whole powers.
func complexPow(z0 Complex, x, y []Complex, st store[Complex]) []Complex {
	if p := real(y[0]); len(y) == 1 && imag(y[0]) == 0 && p >= 0 && p <= 64 && p == math.Trunc(p) {
		return begin(z0, wholePower(x, int(p), st))
	}
	return exponential(z0, timesSeries(y, logarithm(ad.Log(x[0]), 1/x[0], x, st), st), st)
}

// powConst returns x^p for a constant p. Whole powers are products, so that they are
// right at 0 and of negative numbers. For others x·z′ = p·x′·z, and at 0 the Taylor
// coefficients of the power, as far as they go.
func powConst[T ad.Scalar[T]](z0 T, x []T, p T, st store[T]) []T {
	slope := of2(opPowSlope, x[0], p)
	if p, ok := any(p).(ad.Real); ok && p >= 0 && p <= 64 && p == ad.Real(int(p)) {
		z := begin(z0, wholePower(x, int(p), st))
		if len(z) > 1 {
			z[1] = slope.Mul(x[1])
		}
		return z
	}
	inv := ad.Reciprocal(x[0])
	real, ok := any(x[0]).(ad.Real)
	var away []T
	known := 0 // of away
	if ok {
		switch exponent := any(p).(ad.Real); {
		case any(z0) != any(z0): // of a negative number, and so is every coefficient
			return each(st, st.list(st.len), func(T) T { return z0 })
		case real != 0 && float64(exponent)*math.Log(math.Abs(float64(real))) < -1e6: // no factor makes up for that
			return linear(st, z0, slope, x)
		case math.Abs(float64(exponent)) >= 1<<53 && math.Signbit(float64(real)): // it is even, and p-1 not odd
			return powConst(z0, each(st, x, T.Neg), p, st)
		case ordinary(real) && ordinary(any(inv).(ad.Real)) && ordinary(any(z0).(ad.Real)):
			away = power(st, z0, x, p, inv)
			away[1] = slope.Mul(x[1])
			for known < len(away) && finite(float64(any(away[known]).(ad.Real))) { // from where one overflows on they are NaN
				known++
			}
			if known == len(away) {
				return away
			}
		}
	}
	// The k-th coefficient is p·(p-1)…(p-k+1)/k!·x^(p-k), of which the factors but the
	// first are those of a slope.
	f, factor := st.one(z0), ad.Const[T](1)
	for k := 1; k < st.len; k++ {
		less := ad.Shift(p, 1-float64(k))
		factor = over0(factor, float64(k))
		f = append(f, ad.Abs(factor).IfPos(factor.Mul(of2(opPowSlope, x[0], less)), factor))
		factor = factor.Mul(less)
	}
	if f, ok := any(f).([]ad.Real); ok && len(f) > 2 { // p-1 may be rounded
		f[2] = ad.Real(rule.Pow.CurveXX(float64(real), float64(any(p).(ad.Real)), float64(f[0])) / 2)
	}
	z := compose(f, x, st)
	if !ok {
		z = choose(st, ad.Abs(x[0]), power(st, z0, x, p, inv), z)
	}
	z[1] = slope.Mul(x[1])
	copy(z, away[:known])
	return z
}

// ordinary reports whether x is neither 0 nor infinite nor NaN nor subnormal.
func ordinary(x ad.Real) bool {
	return x != 0 && finite(float64(x)) && math.Abs(float64(x)) >= 0x1p-1022
}

// wholePower returns x^p by squaring.
func wholePower[T ad.Scalar[T]](x []T, p int, st store[T]) []T {
	z := st.one(ad.Const[T](1))
	for ; p > 0; p >>= 1 {
		if p&1 == 1 {
			z = timesSeries(z, x, st)
		}
		if p > 1 {
			x = timesSeries(x, x, st)
		}
	}
	return z
}

func factorial(k int) float64 {
	f := 1.0
	for ; k > 1; k-- {
		f *= float64(k)
	}
	return f
}
