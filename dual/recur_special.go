package dual

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// recurSpecial is recur of error and gamma functions.
func recurSpecial[T ad.Scalar[T]](row *rule.Func, y0 T, u []T, st store[T]) (y []T, ok bool) {
	x := u[0]
	switch row {
	case rule.Gauss:
		return bell(y0, 1, u, st), true
	case rule.NormPDF:
		return bell(y0, 0.5, u, st), true
	case rule.Erf, rule.Erfc:
		c := 2 / math.Sqrt(math.Pi)
		if row == rule.Erfc {
			c = -c
		}
		return integral(st, y0, scaleSeries(st, bell(of(opGauss, x), 1, u, st), c), u), true
	case rule.NormCDF:
		return integral(st, y0, bell(of(opNormPDF, x), 0.5, u, st), u), true
	case rule.Digamma:
		return digamma(0, u, st), true
	case rule.Lgamma:
		return integral(st, y0, digamma(0, u, st), u), true
	case rule.Gamma:
		return exponential(y0, integral(st, x, digamma(0, u, st), u), st), true
	}
	return nil, false
}

// bell returns a multiple of exp(-c·u²), which begins with y0.
func bell[T ad.Scalar[T]](y0 T, c float64, u []T, st store[T]) []T {
	if any(y0) == any(ad.Real(0)) { // far out, where u² may be infinite
		return linear(st, y0, y0, u)
	}
	return exponential(y0, scaleSeries(st, timesSeries(u, u, st), -c), st)
}

// digamma returns the polygamma function of order m of u: its Taylor coefficients are
// those of higher order.
func digamma[T ad.Scalar[T]](m float64, u []T, st store[T]) []T {
	return compose(polygammas(ad.Const[T](m), u[0], st), u, st)
}

// polygammas returns the Taylor coefficients of the polygamma function of order m at x.
func polygammas[T ad.Scalar[T]](m, x T, st store[T]) []T {
	f, factorial := st.list(st.len), 1.0
	for k := range f {
		factorial *= max(1, float64(k))
		f[k] = over0(of2(opPolygamma, ad.Shift(m, float64(k)), x), factorial)
	}
	real, ok := any(f).([]ad.Real)
	if !ok {
		return f
	}
	order, at := float64(any(m).(ad.Real)), float64(any(x).(ad.Real))
	if !(order >= 0 && order <= mostPolygamma && order == math.Trunc(order)) {
		return f // as the row says: of a huge order the sums would have no end
	}
	for k := range real {
		if order+float64(k) > mostPolygamma {
			real[k] = ad.Real(farPolygamma(order, float64(k), at))
		}
	}
	return f
}

// mostPolygamma is the greatest order of a polygamma function that its row has.
const mostPolygamma = 100

// farPolygamma returns the polygamma function of order n = m+k at x over k!, for a large n:
//
//	(-1)^(n+1)·n!/k!·ζ(n+1, x),  ζ(s, x) = Σ (x+j)^-s over j from 0 on.
//
// Beyond 2s the sum is that of Euler and Maclaurin.
func farPolygamma(m, k, x float64) float64 {
	n := m + k
	s, sum := n+1, 0.0
	if x < 0 && x == math.Trunc(x) && math.Mod(n, 2) == 0 {
		return math.NaN()
	}
	if math.IsInf(x, 1) {
		return (2*math.Mod(n, 2) - 1) * 0
	}
	if x < -4 {
		x -= math.Floor(x) + 4 // the terms before are nothing beside those near 0
	}
	factor := 2*math.Mod(n, 2) - 1
	for j := k + 1; j <= n; j++ {
		factor *= j
	}
	for ; x < 2*s; x++ {
		term := math.Pow(x, -s)
		if sum += term; x > 0 && math.Abs(term) <= 0x1p-70*math.Abs(sum) {
			return factor * sum
		}
	}
	tail, term := x/(s-1)+0.5, s/x
	for i, b := range [...]float64{1. / 12, -1. / 720, 1. / 30240, -1. / 1209600, 1. / 47900160, -691. / 1307674368000} {
		tail += b * term
		term *= (s + 2*float64(i) + 1) / x * (s + 2*float64(i) + 2) / x
	}
	return factor * (sum + math.Pow(x, -s)*tail)
}
