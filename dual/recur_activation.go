package dual

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// recurActivation is recur of smooth activations. Far out, where a row's slopes are 0 or
// 1 to the last bit, so are the coefficients, before 0 meets an infinity.
func recurActivation[T ad.Scalar[T]](row *rule.Func, y0 T, u []T, st store[T]) (y []T, ok bool) {
	x := u[0]
	switch row {
	case rule.Sigmoid:
		y, _ := shares(y0, ad.Sigmoid(x.Neg()), u, st)
		return y, true
	case rule.LogSigmoid:
		_, z := shares(ad.Sigmoid(x), ad.Sigmoid(x.Neg()), u, st)
		return integral(st, y0, z, u), true
	case rule.BinEntropy:
		return binEntropy(y0, u, st), true
	case rule.SiLU:
		s, _ := shares(ad.Sigmoid(x), ad.Sigmoid(x.Neg()), u, st)
		return far(st, 800, y0, timesSeries(u, s, st), u), true
	case rule.GELU:
		cdf := integral(st, of(opNormCDF, x), bell(of(opNormPDF, x), 0.5, u, st), u)
		return far(st, 40, y0, timesSeries(u, cdf, st), u), true
	case rule.GELUTanh:
		return far(st, 40, y0, timesSeries(u, geluGate(of(opGELUGate, x), u, st), st), u), true
	case rule.GELUGate:
		return geluGate(y0, u, st), true
	case rule.Mish:
		one := ad.Const[T](1)
		s, _ := shares(ad.Sigmoid(x), ad.Sigmoid(x.Neg()), u, st)
		plus := integral(st, of2(opSoftplus, x, one), s, u)
		t, _ := tangents(ad.Tanh(plus[0]), -1, ad.Square(of(opSech, plus[0])), plus, st)
		return far(st, 800, y0, timesSeries(u, t, st), u), true
	case rule.Softsign:
		a := linear(st, ad.Abs(x), ad.Sign(x), u)
		r := reciprocal(ad.Reciprocal(ad.Shift(a[0], 1)), a, st)
		return integral(st, y0, timesSeries(r, r, st), u), true
	case rule.ExpGap:
		e := exponential(ad.Exp(x), u, st)
		return integral(st, y0, scaleSeries(st, timesSeries(u, e, st), -1), u), true
	case rule.SELU:
		const scale = 1.0507009873554804934193349852946
		const alpha = scale * 1.6732632423543772848170429916717
		e := exponential(ad.Exp(x), u, st)
		return begin(y0, choose(st, x, scaleSeries(st, u, scale), scaleSeries(st, e, alpha))), true
	}
	return nil, false
}

// shares returns y and z with y′ = y·z·u′ and z = 1 - y, which begin with y0 and z0.
func shares[T ad.Scalar[T]](y0, z0 T, u []T, st store[T]) (y, z []T) {
	z = st.one(z0)
	s := st.list(0)
	y = grow(st, y0, func(y []T, k int) T {
		s = append(s, convolve(y, z, k-1, 0, k-1))
		v := over0(weighted(u, s, k, k), float64(k))
		z = append(z, v.Neg())
		return v
	})
	return y, z
}

// binEntropy returns the entropy of an outcome of probability sigmoid(u): its derivative
// is -u·u′ times the derivative of the sigmoid.
func binEntropy[T ad.Scalar[T]](y0 T, u []T, st store[T]) []T {
	s, c := shares(ad.Sigmoid(u[0]), ad.Sigmoid(u[0].Neg()), u, st)
	return integral(st, y0, scaleSeries(st, timesSeries(u, timesSeries(s, c, st), st), -1), u)
}

// geluGate returns the gate of the approximate GELU: a sigmoid of a cubic polynomial.
func geluGate[T ad.Scalar[T]](y0 T, u []T, st store[T]) []T {
	const line, cubic = 1.5957691216057308, 0.07135481627260025 // 2√(2/π), times 0.044715
	cube := timesSeries(timesSeries(u, u, st), u, st)
	y, _ := shares(y0, of(opGELUGate, u[0].Neg()), plusSeries(st, scaleSeries(st, u, line), scaleSeries(st, cube, cubic)), st)
	return y
}

// far returns y, which begins with y0, but step(u[0])·u further out than limit.
func far[T ad.Scalar[T]](st store[T], limit float64, y0 T, y, u []T) []T {
	x := u[0]
	return begin(y0, choose(st, ad.Shift(ad.Abs(x), -limit), linear(st, y0, of(opStep, x), u), y))
}

// choose returns the coefficients of a where c is positive, those of b elsewhere.
func choose[T ad.Scalar[T]](st store[T], c T, a, b []T) []T {
	if c, ok := any(c).(ad.Real); ok && c == c {
		return pick(c > 0, a, b)
	}
	y := st.list(max(len(a), len(b)))
	for k := range y {
		y[k] = c.IfPos(at(a, k), at(b, k))
	}
	return y
}

// at returns a coefficient, 0 where there is none.
func at[T any](x []T, k int) T {
	if k < len(x) {
		return x[k]
	}
	var zero T
	return zero
}
