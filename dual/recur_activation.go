package dual

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// recurActivation is recur of smooth activations. Far out, where a row's slopes are 0 or
// 1 to the last bit, so are the coefficients, before 0 meets an infinity.
func recurActivation[T ad.Scalar[T]](row *rule.Func, y0 T, u []T, n int) (y []T, ok bool) {
	x := u[0]
	switch row {
	case rule.Sigmoid:
		y, _ := shares(y0, ad.Sigmoid(x.Neg()), u, n)
		return y, true
	case rule.LogSigmoid:
		_, z := shares(ad.Sigmoid(x), ad.Sigmoid(x.Neg()), u, n)
		return integral(n, y0, z, u), true
	case rule.BinEntropy:
		return binEntropy(y0, u, n), true
	case rule.SiLU:
		s, _ := shares(ad.Sigmoid(x), ad.Sigmoid(x.Neg()), u, n)
		return far(800, y0, timesSeries(u, s, n), u), true
	case rule.GELU:
		cdf := integral(n, of(opNormCDF, x), bell(of(opNormPDF, x), 0.5, u, n), u)
		return far(40, y0, timesSeries(u, cdf, n), u), true
	case rule.GELUTanh:
		return far(40, y0, timesSeries(u, geluGate(of(opGELUGate, x), u, n), n), u), true
	case rule.GELUGate:
		return geluGate(y0, u, n), true
	case rule.Mish:
		one := ad.Const[T](1)
		s, _ := shares(ad.Sigmoid(x), ad.Sigmoid(x.Neg()), u, n)
		plus := integral(n, of2(opSoftplus, x, one), s, u)
		t, _ := tangents(ad.Tanh(plus[0]), -1, ad.Square(of(opSech, plus[0])), plus, n)
		return far(800, y0, timesSeries(u, t, n), u), true
	case rule.Softsign:
		a := linear(ad.Abs(x), ad.Sign(x), u)
		r := reciprocal(ad.Reciprocal(ad.Shift(a[0], 1)), a, n)
		return integral(n, y0, timesSeries(r, r, n), u), true
	case rule.ExpGap:
		e := exponential(ad.Exp(x), u, n)
		return integral(n, y0, scaleSeries(timesSeries(u, e, n), -1), u), true
	case rule.SELU:
		const scale = 1.0507009873554804934193349852946
		const alpha = scale * 1.6732632423543772848170429916717
		e := exponential(ad.Exp(x), u, n)
		return begin(y0, choose(x, scaleSeries(u, scale), scaleSeries(e, alpha))), true
	}
	return nil, false
}

// shares returns y and z with y′ = y·z·u′ and z = 1 - y, which begin with y0 and z0.
func shares[T ad.Scalar[T]](y0, z0 T, u []T, n int) (y, z []T) {
	z = []T{z0}
	var s []T
	y = grow(n, y0, func(y []T, k int) T {
		s = append(s, convolve(y, z, k-1, 0, k-1))
		v := over0(weighted(u, s, k, k), float64(k))
		z = append(z, v.Neg())
		return v
	})
	return y, z
}

// binEntropy returns the entropy of an outcome of probability sigmoid(u): its derivative
// is -u·u′ times the derivative of the sigmoid.
func binEntropy[T ad.Scalar[T]](y0 T, u []T, n int) []T {
	s, c := shares(ad.Sigmoid(u[0]), ad.Sigmoid(u[0].Neg()), u, n)
	return integral(n, y0, scaleSeries(timesSeries(u, timesSeries(s, c, n), n), -1), u)
}

// geluGate returns the gate of the approximate GELU: a sigmoid of a cubic polynomial.
func geluGate[T ad.Scalar[T]](y0 T, u []T, n int) []T {
	const line, cubic = 1.5957691216057308, 0.07135481627260025 // 2√(2/π), times 0.044715
	cube := timesSeries(timesSeries(u, u, n), u, n)
	y, _ := shares(y0, of(opGELUGate, u[0].Neg()), plusSeries(scaleSeries(u, line), scaleSeries(cube, cubic)), n)
	return y
}

// far returns y, which begins with y0, but step(u[0])·u further out than limit.
func far[T ad.Scalar[T]](limit float64, y0 T, y, u []T) []T {
	x := u[0]
	return begin(y0, choose(ad.Shift(ad.Abs(x), -limit), linear(y0, of(opStep, x), u), y))
}

// choose returns the coefficients of a where c is positive, those of b elsewhere.
func choose[T ad.Scalar[T]](c T, a, b []T) []T {
	if c, ok := any(c).(ad.Real); ok && c == c {
		return pick(c > 0, a, b)
	}
	y := make([]T, max(len(a), len(b)))
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
