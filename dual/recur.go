package dual

import (
	"math"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/rule"
)

// recur returns n coefficients of the function of one variable that op is, of the
// series u; ok is false if its row is none of the table. The first coefficient is the
// row's value. For the others each function has a differential equation, which says what
// its next coefficient is (Griewank and Walther, Evaluating Derivatives, chapter 13).
// Coefficients that are of the series alone, and not of u's value, do not cancel where
// the slopes of the rows do not.
//
// Over ad.Real the coefficient 1 has the row's own slope, and the coefficient 2 its curve
// where the recurrence finds no number: only they know all corners.
func recur[T ad.Scalar[T]](op ad.Op, u []T, st store[T]) (y []T, ok bool) {
	if y, ok = recurRow(op, u, st); !ok {
		return nil, false
	}
	v, real := any(y).([]ad.Real)
	if !real {
		return y, true
	}
	v, w := any(st).(store[ad.Real]).clone(v, 2), any(u).([]ad.Real)
	f := op.Func()
	slope := ad.Real(f.Slope(float64(w[0]), float64(v[0])))
	v[1] = slope * at(w, 1)
	if len(v) > 2 && v[2] != v[2] && f.Curve != nil {
		v[2] = ad.Real(f.Curve(float64(w[0]), float64(v[0]))) / 2 * (w[1] * w[1])
		if len(w) > 2 {
			v[2] += slope * w[2]
		}
	}
	return any(v).([]T), true
}

func recurRow[T ad.Scalar[T]](op ad.Op, u []T, st store[T]) (y []T, ok bool) {
	x, row := u[0], (*rule.Func)(op.Func())
	y0 := of(op, x)
	one := ad.Const[T](1)
	switch row {
	case rule.Square:
		return begin(y0, timesSeries(u, u, st)), true
	case rule.Cube:
		return begin(y0, timesSeries(timesSeries(u, u, st), u, st)), true
	case rule.Reciprocal, rule.InvPos:
		return reciprocal(y0, u, st), true
	case rule.Sqrt, rule.Hyperbola:
		square := u
		if row == rule.Hyperbola {
			square = timesSeries(u, u, st)
		}
		return rootOf(y0, square, st), true
	case rule.Rsqrt:
		return power(st, y0, u, ad.Const[T](-0.5), one.Div(x.Add(ad.Const[T](0)))), true
	case rule.Cbrt:
		return cubeRoot(y0, u, st), true
	case rule.Rcbrt:
		return power(st, y0, u, ad.Const[T](-1.0/3), one.Div(x)), true

	case rule.Exp:
		return exponential(y0, u, st), true
	case rule.Exp2:
		return exponential(y0, each(st, u, func(v T) T { return ad.Scale(v, math.Ln2) }), st), true
	case rule.Expm1:
		return begin(y0, exponential(ad.Exp(x), u, st)), true
	case rule.Log:
		return logarithm(y0, of(opInvPos, x), u, st), true
	case rule.Log2:
		return begin(y0, scaleSeries(st, logarithm(y0, of(opInvPos, x), u, st), math.Log2E)), true
	case rule.Log10:
		return begin(y0, scaleSeries(st, logarithm(y0, of(opInvPos, x), u, st), math.Log10E)), true
	case rule.Log1p:
		return logarithm(y0, of(opInvPos, ad.Shift(x, 1)), u, st), true

	case rule.Sin, rule.Cos:
		s, c := rotation(ad.Sin(x), ad.Cos(x), -1, u, st)
		return pick(row == rule.Sin, s, c), true
	case rule.Sinh, rule.Cosh:
		s, c := rotation(ad.Sinh(x), ad.Cosh(x), 1, u, st)
		return pick(row == rule.Sinh, s, c), true
	case rule.Tan:
		s0 := ad.Shift(y0.Mul(y0), 1)
		if z, ok := any(x).(Complex); ok { // y0² is near -1 far from the real axis
			s0 = any(ad.Square(z.Apply(opSec))).(T)
		}
		y, _ := tangents(y0, 1, s0, u, st)
		return y, true
	case rule.Sec:
		t, _ := tangents(ad.Tan(x), 1, y0.Mul(y0), u, st)
		return exponential(y0, integral(st, x, t, u), st), true
	case rule.Tanh:
		y, _ := tangents(y0, -1, ad.Square(of(opSech, x)), u, st)
		return y, true
	case rule.Sech:
		t, _ := tangents(ad.Tanh(x), -1, y0.Mul(y0), u, st)
		return exponential(y0, scaleSeries(st, integral(st, x, t, u), -1), st), true
	case rule.TanhShrink:
		t, _ := tangents(ad.Tanh(x), -1, ad.Square(of(opSech, x)), u, st)
		return integral(st, y0, timesSeries(t, t, st), u), true

	case rule.Asin:
		return integral(st, y0, rcircle(u, st), u), true
	case rule.Acos:
		return integral(st, y0, scaleSeries(st, rcircle(u, st), -1), u), true
	case rule.Rcircle:
		return rcircle(u, st), true
	case rule.Atan:
		return integral(st, y0, lorentzian(u, st), u), true
	case rule.Lorentzian:
		return lorentzian(u, st), true
	case rule.Asinh:
		if z, ok := any(u).([]Complex); ok { // -i·asin(i·u), which has a side of the cut
			i := each(any(st).(store[Complex]), z, func(z Complex) Complex { return Complex(turned(complex128(z))) })
			return integral(st, y0, rcircle(any(i).([]T), st), u), true
		}
		_, _, h, _ := polar(st.one(one), u, st)
		return integral(st, y0, reciprocal(one.Div(h[0]), h, st), u), true
	case rule.Acosh:
		h := rootOf(of(opHyperbola, x), timesSeries(u, u, st), st)
		return integral(st, y0, reciprocal(one.Div(h[0]), h, st), u), true
	case rule.Atanh:
		r := rcircle(u, st)
		return integral(st, y0, timesSeries(r, r, st), u), true
	}
	if y, ok := recurSpecial(row, y0, u, st); ok {
		return y, true
	}
	if y, ok := recurActivation(row, y0, u, st); ok {
		return y, true
	}
	if y, ok := recurHelper(row, y0, u, st); ok {
		return y, true
	}
	return recurPiecewise(row, y0, u, st)
}

// of returns an operation's function of x.
func of[T ad.Scalar[T]](op ad.Op, x T) T { return x.Apply(op) }

func of2[T ad.Scalar[T]](op ad.Op2, x, y T) T { return x.Apply2(op, y) }

// begin returns y with y0 in the place of its first coefficient.
func begin[T any](y0 T, y []T) []T {
	y[0] = y0
	return y
}

func pick[T any](first bool, a, b T) T {
	if first {
		return a
	}
	return b
}

func scaleSeries[T ad.Scalar[T]](st store[T], x []T, c float64) []T {
	return each(st, x, func(v T) T { return ad.Scale(v, c) })
}

// reciprocal returns 1/u, which begins with y0.
func reciprocal[T ad.Scalar[T]](y0 T, u []T, st store[T]) []T {
	if len(u) == 1 {
		return st.one(y0)
	}
	return grow(st, y0, func(y []T, k int) T { return y0.Mul(convolve(u, y, k, 1, k)).Neg() })
}

// rootOf returns y with y² = u but for the first coefficients: 2·y0·y[k] is what u[k] has
// over the products of coefficients in between.
func rootOf[T ad.Scalar[T]](y0 T, u []T, st store[T]) []T {
	twice := ad.Scale(y0.Add(ad.Const[T](0)), 2) // of -0 it is 0
	return grow(st, y0, func(y []T, k int) T { return rest(u, convolve(y, y, k, 1, k-1), k, k > 1).Div(twice) })
}

// rest returns u[k] - p, if there is a p.
func rest[T ad.Scalar[T]](u []T, p T, k int, some bool) T {
	switch {
	case k >= len(u):
		return p.Neg()
	case !some:
		return u[k]
	}
	return u[k].Sub(p)
}

// cubeRoot returns y with y³ = u.
func cubeRoot[T ad.Scalar[T]](y0 T, u []T, st store[T]) []T {
	slope := ad.Scale(y0.Mul(y0), 3)
	if s, ok := any(slope).(ad.Real); ok && !ordinary(s) { // of 0 or of infinity
		f := grow(st, y0, func(f []T, k int) T {
			if k == 1 {
				return ad.Const[T](1).Div(slope)
			}
			return ad.Scale(f[k-1], (4.0/3-float64(k))/float64(k)).Div(u[0])
		})
		return compose(f, u, st)
	}
	square := st.one(y0.Mul(y0))
	return grow(st, y0, func(y []T, k int) T {
		// Without y[k], of y² and then of y³.
		next := convolve(y, y, k, 1, k-1)
		p := convolve(y, square, k, 1, k-1)
		if k > 1 {
			p = p.Add(y0.Mul(next))
		}
		z := rest(u, p, k, k > 1).Div(slope)
		square = append(square, next.Add(ad.Scale(y0.Mul(z), 2)))
		return z
	})
}

// power returns u^p, which begins with y0, from u·y′ = p·u′·y; inv is 1/u[0].
func power[T ad.Scalar[T]](st store[T], y0 T, u []T, p, inv T) []T {
	return grow(st, y0, func(y []T, k int) T {
		z := p.Mul(weighted(u, y, k, k))
		if k > 1 {
			z = z.Sub(weighted(y, u, k, k-1))
		}
		return over0(z.Mul(inv), float64(k))
	})
}

// exponential returns y with y′ = y·u′.
func exponential[T ad.Scalar[T]](y0 T, u []T, st store[T]) []T {
	return grow(st, y0, func(y []T, k int) T { return over0(weighted(u, y, k, k), float64(k)) })
}

// logarithm returns y with y′ = u′/u, where inv is 1/u[0].
func logarithm[T ad.Scalar[T]](y0, inv T, u []T, st store[T]) []T {
	return grow(st, y0, func(y []T, k int) T {
		return rest(u, over0(weighted(y, u, k, k-1), float64(k)), k, k > 1).Mul(inv)
	})
}

// rotation returns s and c with s′ = c·u′ and c′ = sign·s·u′.
func rotation[T ad.Scalar[T]](s0, c0 T, sign float64, u []T, st store[T]) (s, c []T) {
	s, c = st.one(s0), st.one(c0)
	for k := 1; k < st.len; k++ {
		sk, ck := weighted(u, c, k, k), weighted(u, s, k, k)
		s, c = append(s, over0(sk, float64(k))), append(c, over0(ck, sign*float64(k)))
	}
	return s, c
}

// tangents returns y and s with y′ = s·u′ and s = 1 + sign·y², which begin with y0 and s0.
func tangents[T ad.Scalar[T]](y0 T, sign float64, s0 T, u []T, st store[T]) (y, s []T) {
	s = st.one(s0)
	y = grow(st, y0, func(y []T, k int) T {
		z := over0(weighted(u, s, k, k), float64(k))
		square := ad.Scale(y[0].Mul(z), 2)
		if k > 1 {
			square = square.Add(convolve(y, y, k, 1, k-1))
		}
		s = append(s, times0(square, sign))
		return z
	})
	return y, s
}

// rcircle returns 1/√(1-u²).
func rcircle[T ad.Scalar[T]](u []T, st store[T]) []T {
	y0 := of(opRcircle, u[0])
	return power(st, y0, scaleSeries(st, timesSeries(u, u, st), -1), ad.Const[T](-0.5), y0.Mul(y0))
}

// lorentzian returns 1/(1+u²).
func lorentzian[T ad.Scalar[T]](u []T, st store[T]) []T {
	return reciprocal(of(opLorentzian, u[0]), timesSeries(u, u, st), st)
}
