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
	return exponential(y0, scaleSeries(st, timesSeries(u, u, st), -c), st)
}

// digamma returns the polygamma function of order m of u: its Taylor coefficients are
// those of higher order.
func digamma[T ad.Scalar[T]](m float64, u []T, st store[T]) []T {
	f, factorial := st.list(st.len), 1.0
	for k := range f {
		if k > 0 {
			factorial *= float64(k)
		}
		f[k] = over0(of2(opPolygamma, ad.Const[T](m+float64(k)), u[0]), factorial)
	}
	return compose(f, u, st)
}
