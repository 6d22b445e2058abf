package dual

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// recur2 is recur of a function of two variables. One of x and y may be a constant, a
// series of one coefficient.
func recur2[T ad.Scalar[T]](op ad.Op2, x, y []T, st store[T]) (z []T, ok bool) {
	if z, ok = recurRow2(op, x, y, st); !ok {
		return nil, false
	}
	return withSlopes(st, z, (*rule.Func2)(op.Func()), x, y), true
}

func recurRow2[T ad.Scalar[T]](op ad.Op2, x, y []T, st store[T]) (z []T, ok bool) {
	a, b, row := x[0], y[0], (*rule.Func2)(op.Func())
	z0 := of2(op, a, b)
	switch row {
	case rule.Hypot:
		_, _, h, _ := polar(x, y, st)
		return begin(z0, h), true
	case rule.Unit:
		c, _, _, _ := polar(x, y, st)
		return begin(z0, c), true
	case rule.Atan2: // the ordinate comes first
		_, _, _, angle := polar(y, x, st)
		return begin(z0, angle), true
	case rule.Pow:
		return pow(z0, x, y, st), true
	case rule.PowSlope:
		if noneLess(b) && any(a) != any(ad.Real(0)) {
			return begin(z0, timesSeries(y, overSeries(pow(of2(opPow, a, b), x, y, st), x, st), st)), true
		}
		less := begin(ad.Shift(b, -1), st.clone(y, 1))
		return begin(z0, timesSeries(y, pow(of2(opPow, a, less[0]), x, less, st), st)), true

	case rule.LogAddExp:
		s, r := shares(of2(opShare, a, b), of2(opShare, b, a), minusSeries(st, x, y), st)
		return integral(st, z0, s, x, r, y), true
	case rule.Share:
		s, _ := shares(z0, of2(opShare, b, a), minusSeries(st, x, y), st)
		return s, true
	case rule.ExpDiff:
		return exponential(z0, minusSeries(st, x, y), st), true
	case rule.XLogY:
		return xLogY(z0, x, y, st), true
	case rule.XDivY:
		if len(y) == 1 {
			return linear(st, z0, of(opInvPos, b), x), true
		}
		return xDivY(z0, x, y, st), true

	case rule.Fraction:
		f, _, _ := fractions(x, y, st)
		return begin(z0, f), true
	case rule.LogPlus:
		e := exponentialOf(x, st)
		f, _, r := fractions(e, y, st)
		return integral(st, z0, f, x, r, y), true
	case rule.LogPart:
		e := exponentialOf(x, st)
		_, g, r := fractions(e, y, st)
		return integral(st, z0, g, x, scaleSeries(st, r, -1), y), true

	case rule.Polygamma:
		if len(x) > 1 {
			return linear(st, z0, ad.Const[T](math.NaN()), x), true
		}
		return compose(polygammas(a, b, st), y, st), true

	case rule.Softplus:
		p := timesSeries(y, x, st)
		s, _ := shares(sigmoidOfProduct(a, b), sigmoidOfProduct(a.Neg(), b), p, st)
		if len(y) == 1 {
			return integral(st, z0, s, x), true
		}
		h := binEntropy(of(opBinEntropy, p[0]), p, st)
		return integral(st, z0, s, x, scaleSeries(st, overSeries(overSeries(h, y, st), y, st), -1), y), true
	case rule.ELU, rule.CELU:
		return recurELU(row, z0, x, y, st), true
	}
	if z, ok := recurHelper2(row, z0, x, y, st); ok {
		return z, true
	}
	return recurPiecewise2(row, z0, x, y, st)
}

// noneLess reports whether b is a whole number whose b-1, odd, is no float64.
func noneLess(b any) bool {
	v, ok := b.(ad.Real)
	return ok && math.Abs(float64(v)) >= 1<<53
}

// sigmoidOfProduct returns the slope of the softplus function, the sigmoid of x·y.
func sigmoidOfProduct[T ad.Scalar[T]](x, y T) T {
	return of2(opShare, x.Mul(y), ad.Const[T](0))
}

// withSlopes returns z with its coefficient 1 from the slopes of the row, over ad.Real, and
// its coefficient 2 from their curves where it is NaN: there are corner cases which only
// they know.
func withSlopes[T ad.Scalar[T]](st store[T], z []T, row *rule.Func2, x, y []T) []T {
	v, ok := any(z).([]ad.Real)
	if !ok {
		return z
	}
	a, b := any(x).([]ad.Real), any(y).([]ad.Real)
	slope := func(f func(x, y, z float64) float64, du ad.Real) ad.Real {
		return ad.Real(f(float64(a[0]), float64(b[0]), float64(v[0]))) * du
	}
	v = any(st).(store[ad.Real]).clone(v, 2) // z may be x or y
	v[1] = 0
	if len(a) > 1 {
		v[1] = slope(row.SlopeX, a[1])
	}
	if len(b) > 1 {
		v[1] += slope(row.SlopeY, b[1])
	}
	if len(v) < 3 || v[2] == v[2] || row.CurveXX == nil || row.CurveXY == nil || row.CurveYY == nil {
		return any(v).([]T)
	}
	v[2] = 0
	if len(a) > 1 {
		v[2] += slope(row.CurveXX, a[1]) * a[1] / 2
	}
	if len(b) > 1 {
		v[2] += slope(row.CurveYY, b[1]) * b[1] / 2
	}
	if len(a) > 1 && len(b) > 1 {
		v[2] += slope(row.CurveXY, a[1]) * b[1]
	}
	if len(a) > 2 {
		v[2] += slope(row.SlopeX, a[2])
	}
	if len(b) > 2 {
		v[2] += slope(row.SlopeY, b[2])
	}
	return any(v).([]T)
}

// polar returns the direction c = x/h, s = y/h and the length h = √(x²+y²) of the vector
// (x, y), and its angle without the first coefficient: the angle's derivative is
// (c·y′ - s·x′)/h, that of the length c·x′ + s·y′.
func polar[T ad.Scalar[T]](x, y []T, st store[T]) (c, s, h, angle []T) {
	a, b := x[0], y[0]
	c, s = st.one(of2(opUnit, a, b)), st.one(of2(opUnit, b, a))
	h, angle = st.one(ad.Hypot(a, b)), st.list(1)
	cr, sr := st.list(0), st.list(0) // c/h and -s/h
	for k := 1; k < st.len; k++ {
		cr = append(cr, rest(c, convolve(h, cr, k-1, 1, k-1), k-1, k > 1).Div(h[0]))
		sr = append(sr, rest(s, convolve(h, sr, k-1, 1, k-1).Neg(), k-1, k > 1).Div(h[0].Neg()))
		h = append(h, over0(bothWeighted(x, c, y, s, k), float64(k)))
		angle = append(angle, over0(bothWeighted(y, cr, x, sr, k), float64(k)))
		ck, sk := weighted(angle, s, k, k), weighted(angle, c, k, k)
		c, s = append(c, over0(ck, -float64(k))), append(s, over0(sk, float64(k)))
	}
	return c, s, h, angle
}

// bothWeighted returns the coefficient k of u′·a + v′·b, of which u or v may be a constant.
func bothWeighted[T ad.Scalar[T]](u, a, v, b []T, k int) T {
	switch {
	case len(u) == 1:
		return weighted(v, b, k, k)
	case len(v) == 1:
		return weighted(u, a, k, k)
	}
	return weighted(u, a, k, k).Add(weighted(v, b, k, k))
}

// fractions returns f = x/(x+y), g = y/(x+y) and r = 1/(x+y): the derivative of f is
// g·r·x′ - f·r·y′, and that of g its negative.
func fractions[T ad.Scalar[T]](x, y []T, st store[T]) (f, g, r []T) {
	sum := plusSeries(st, x, y)
	f, g = st.one(of2(opFraction, x[0], y[0])), st.one(of2(opFraction, y[0], x[0]))
	r = reciprocal(ad.Reciprocal(sum[0]), sum, st)
	gr, fr := st.list(0), st.list(0)
	for k := 1; k < st.len; k++ {
		gr, fr = append(gr, convolve(g, r, k-1, 0, k-1)), append(fr, convolve(f, r, k-1, 0, k-1).Neg())
		v := over0(bothWeighted(x, gr, y, fr, k), float64(k))
		f, g = append(f, v), append(g, v.Neg())
	}
	return f, g, r
}

// exponentialOf returns exp(x), of a constant too.
func exponentialOf[T ad.Scalar[T]](x []T, st store[T]) []T {
	if len(x) == 1 {
		return st.one(ad.Exp(x[0]))
	}
	return exponential(ad.Exp(x[0]), x, st)
}

// logarithmOf returns log(x), of a constant too.
func logarithmOf[T ad.Scalar[T]](x []T, st store[T]) []T {
	if len(x) == 1 {
		return st.one(ad.Log(x[0]))
	}
	return logarithm(ad.Log(x[0]), of(opInvPos, x[0]), x, st)
}

// xDivY returns x/y, which begins with q0, where the logarithm of y has a value.
func xDivY[T ad.Scalar[T]](q0 T, x, y []T, st store[T]) []T {
	inv := of(opInvPos, y[0])
	return grow(st, q0, func(q []T, k int) T { return rest(x, convolve(y, q, k, 1, k), k, true).Mul(inv) })
}

func xLogY[T ad.Scalar[T]](z0 T, x, y []T, st store[T]) []T {
	log := logarithmOf(y, st)
	if len(y) == 1 {
		return linear(st, z0, log[0], x)
	}
	q := xDivY(of2(opXDivY, x[0], y[0]), x, y, st)
	return integral(st, z0, log, x, q, y)
}

// recurELU is recur2 of the exponential linear units: x above 0, an exponential of
// parameter y below.
func recurELU[T ad.Scalar[T]](row *rule.Func2, z0 T, x, y []T, st store[T]) []T {
	a := x[0]
	below := func() []T {
		if row == rule.ELU {
			return timesSeries(y, begin(ad.Expm1(a), exponentialOf(x, st)), st)
		}
		q := overSeries(x, y, st)
		e := exponentialOf(q, st)
		gap := integral(st, of(opExpGap, q[0]), scaleSeries(st, timesSeries(q, e, st), -1), q)
		return integral(st, z0, e, x, gap, y)
	}
	if a, ok := any(a).(ad.Real); ok && a > 0 {
		return begin(z0, st.clone(x, 1))
	}
	return begin(z0, choose(st, a, x, below()))
}
