package dual

import (
	"math"

	"github.com/quartet-ad/ad"
)

// A series is the coefficients of a truncated power series, from that of t⁰ on. Those
// that are missing at its end are structural zeros: a constant has one coefficient, a
// variable two, and their products as many as a polynomial has. A series has at least
// one.

var negZero = ad.Real(math.Copysign(0, -1))

// convolve returns Σ a[k]·b[n-k] over the k from lo to hi for which both are there.
func convolve[T ad.Scalar[T]](a, b []T, n, lo, hi int) T {
	lo, hi = max(lo, n-len(b)+1), min(hi, len(a)-1)
	if a, ok := any(a).([]ad.Real); ok {
		if lo > hi {
			return any(ad.Real(0)).(T)
		}
		b, sum := any(b).([]ad.Real), negZero // which is no term
		for k := lo; k <= hi; k++ {
			sum += ad.Real(a[k] * b[n-k])
		}
		return any(sum).(T)
	}
	var sum T
	for k := lo; k <= hi; k++ {
		sum = addTo(k > lo, sum, a[k].Mul(b[n-k]))
	}
	return sum
}

// weighted returns Σ k·a[k]·b[n-k] over the k from 1 to hi for which both are there: of
// the product of a series' derivative and another series, n times that coefficient which
// its integral gets.
func weighted[T ad.Scalar[T]](a, b []T, n, hi int) T {
	lo, hi := max(1, n-len(b)+1), min(hi, len(a)-1)
	if a, ok := any(a).([]ad.Real); ok {
		b, sum := any(b).([]ad.Real), ad.Real(0)
		for k := lo; k <= hi; k++ {
			sum += ad.Real(ad.Real(k) * ad.Real(a[k]*b[n-k]))
		}
		return any(sum).(T)
	}
	var sum T
	for k := lo; k <= hi; k++ {
		sum = addTo(k > lo, sum, times0(a[k].Mul(b[n-k]), float64(k)))
	}
	return sum
}

// addTo returns sum + term, or the term alone if it is the first.
func addTo[T ad.Scalar[T]](some bool, sum, term T) T {
	if !some {
		return term
	}
	return sum.Add(term)
}

// times0 returns c·x for a constant c.
func times0[T ad.Scalar[T]](x T, c float64) T {
	if c == 1 {
		return x
	}
	return ad.Scale(x, c)
}

// over0 returns x/c for a constant c.
func over0[T ad.Scalar[T]](x T, c float64) T {
	if c == 1 {
		return x
	}
	return x.Div(x.Const(c))
}

// grow returns a series of n coefficients that begins with y0 and goes on with those
// that next makes of the ones before.
func grow[T ad.Scalar[T]](st store[T], y0 T, next func(y []T, k int) T) []T {
	y := st.one(y0)
	for k := 1; k < st.len; k++ {
		y = append(y, next(y, k))
	}
	return y
}

// each returns f of every coefficient.
func each[T any](st store[T], x []T, f func(T) T) []T {
	y := st.list(len(x))
	for i, v := range x {
		y[i] = f(v)
	}
	return y
}

func plusSeries[T ad.Scalar[T]](st store[T], x, y []T) []T {
	z := st.list(max(len(x), len(y)))
	n := copy(z, x)
	for i, v := range y {
		z[i] = addTo(i < n, z[i], v)
	}
	return z
}

func minusSeries[T ad.Scalar[T]](st store[T], x, y []T) []T {
	z := st.list(max(len(x), len(y)))
	n := copy(z, x)
	for i, v := range y {
		if i < n {
			z[i] = z[i].Sub(v)
		} else {
			z[i] = v.Neg()
		}
	}
	return z
}

// timesSeries returns the product.
func timesSeries[T ad.Scalar[T]](x, y []T, st store[T]) []T {
	return truncated(x, y, st.len, st)
}

// truncated returns the product, truncated to n coefficients.
func truncated[T ad.Scalar[T]](x, y []T, n int, st store[T]) []T {
	z := st.list(min(n, len(x)+len(y)-1))
	for k := range z {
		z[k] = convolve(x, y, k, 0, k)
	}
	return z
}

// overSeries returns the quotient: from x = z·y, each coefficient of z by those before.
func overSeries[T ad.Scalar[T]](x, y []T, st store[T]) []T {
	if len(y) == 1 {
		return each(st, x, func(v T) T { return v.Div(y[0]) })
	}
	if x, ok := any(x).([]ad.Real); ok {
		return any(overReal(x, any(y).([]ad.Real), any(st).(store[ad.Real]))).([]T)
	}
	r := each(st, y, func(v T) T { return v.Div(y[0]) })
	return grow(st, x[0].Div(y[0]), func(z []T, k int) T {
		p := convolve(r, z, k, 1, k)
		if k < len(x) {
			return x[k].Div(y[0]).Sub(p)
		}
		return p.Neg()
	})
}

// overReal takes care that no product on the way loses digits that the quotient has.
func overReal(x, y []ad.Real, st store[ad.Real]) []ad.Real {
	return grow(st, x[0]/y[0], func(z []ad.Real, k int) ad.Real {
		p, v := convolve(y, z, k, 1, k), ad.Real(0)
		if k < len(x) {
			v = x[k]
		}
		if q := (v - p) / y[0]; !lossy(float64(p)) && finite(float64(q)) || !finite(float64(y[0])) || y[0] == 0 {
			return q
		}
		q := v / y[0]
		for j := 1; j <= k && j < len(y); j++ {
			a, b := float64(y[j]), float64(z[k-j])
			if finite(a) && finite(b) {
				q -= ad.Real(ratio{a, b, 1, float64(y[0]), 1}.value())
			} else {
				q -= y[j] * z[k-j] / y[0]
			}
		}
		return q
	})
}

// compose returns Σ f[k]·(u-u[0])^k.
func compose[T ad.Scalar[T]](f, u []T, st store[T]) []T {
	if len(u) == 1 {
		return f[:1]
	}
	y := f[len(f)-1:]
	for k := len(f) - 2; k >= 0; k-- {
		y = append(st.one(f[k]), truncated(y, u[1:], st.len-1-k, st)...)
	}
	return y
}

// integral returns the series y of n coefficients that begins with y0 and has the
// derivative Σ s·u′ over the pairs s, u.
func integral[T ad.Scalar[T]](st store[T], y0 T, pairs ...[]T) []T {
	return grow(st, y0, func(_ []T, k int) T {
		var sum T
		for i := 0; i < len(pairs); i += 2 {
			if u := pairs[i+1]; len(u) > 1 {
				sum = sum.Add(weighted(u, pairs[i], k, k))
			}
		}
		return over0(sum, float64(k))
	})
}

// linear returns the series y0 + Σ s·u[k]·tᵏ for k from 1 on.
func linear[T ad.Scalar[T]](st store[T], y0, s T, u []T) []T {
	y := st.list(len(u))
	y[0] = y0
	for k := 1; k < len(u); k++ {
		y[k] = s.Mul(u[k])
	}
	return y
}
