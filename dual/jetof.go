package dual

import (
	"strings"

	"github.com/quartet-ad/ad"
)

// JetOf is a truncated Taylor series whose coefficients are numbers of type T: a function
// of t, of which coefficient k is the k-th derivative at t = 0 divided by k!. Its zero
// value is the constant 0.
//
// A derivative that a JetOf carries is a number of type T, and can be differentiated by
// whatever means T has: over reverse.Array, networks are trained on derivatives of
// themselves; over symbolic.Expr a Taylor series is a formula; over JetOf it is of two
// variables. A captured number of type T has to be lifted, so that two derivatives
// cannot be confused; of one type they are told apart by tags, as those of Number.
//
// Each operation costs in proportion to the square of the order, for an elementary
// function too: its coefficients come from a recurrence (Griewank and Walther, Evaluating
// Derivatives, chapter 13) and not from derivatives of derivatives. Only digamma, lgamma,
// gamma and powers that are not whole at 0 cost its cube. A user's own function (an
// ad.Func) goes to order 2, as its Slope and Curve do, and panics above.
type JetOf[T ad.Scalar[T]] struct {
	c   []T
	c0  T        // of a constant, which has no c
	st  store[T] // empty for a constant
	tag tag
}

// Lift returns c as a constant. The receiver is not read.
func (JetOf[T]) Lift(c T) JetOf[T] { return JetOf[T]{c0: c} }

// Const returns the constant c. The receiver is not read.
func (JetOf[T]) Const(c float64) JetOf[T] { return JetOf[T]{c0: ad.Const[T](c)} }

// Coef returns the coefficient of tᵏ, which is 0 beyond the order.
//
// Coef panics if k is negative.
func (x JetOf[T]) Coef(k int) T {
	if k < 0 {
		orderOf("JetOf.Coef", k)
	}
	if k == 0 && x.st.len == 0 {
		return x.c0
	}
	return at(x.c, k)
}

// Derivative returns the k-th derivative at t = 0: coefficient k times k!, and 0 beyond the
// order.
//
// Derivative panics if k is negative or above 170.
func (x JetOf[T]) Derivative(k int) T {
	return times0(x.Coef(factorialOrder("JetOf.Derivative", k)), factorial(k))
}

// Order returns the order that x is truncated at, 0 for a constant.
func (x JetOf[T]) Order() int {
	if x.st.len == 0 {
		return 0
	}
	return x.st.len - 1
}

// IsConst reports whether x is a constant: whether nothing that is being differentiated
// went into it.
func (x JetOf[T]) IsConst() bool { return x.tag == 0 }

// String returns the coefficients as "1+2t+3t²".
func (x JetOf[T]) String() string { return x.text("%v") }

// text returns the coefficients, each under a directive of fmt.
func (x JetOf[T]) text(each string) string {
	var b strings.Builder
	coefficients := x.c
	if x.st.len == 0 {
		coefficients = []T{x.c0}
	}
	for k, c := range coefficients {
		s := writeOne(each, c)
		if k > 0 && !strings.HasPrefix(s, "-") && !strings.HasPrefix(s, "+") {
			s = "+" + strings.TrimPrefix(s, " ")
		}
		b.WriteString(s + tPower(k))
	}
	return b.String()
}

// series returns the coefficients, of which there is at least one.
func (x JetOf[T]) series(st store[T]) []T {
	switch {
	case x.st.len > 0:
		return x.c
	case st.from == nil:
		return []T{x.c0}
	}
	return st.one(x.c0)
}

// with returns an empty result of an operation on x and y, which is a constant if both
// are.
func (x JetOf[T]) with(y JetOf[T]) JetOf[T] {
	z := JetOf[T]{st: x.st, tag: x.tag | y.tag}
	if y.Order() > x.Order() {
		z.st = y.st
	}
	return z
}

// Add returns x + y.
func (x JetOf[T]) Add(y JetOf[T]) JetOf[T] {
	z := x.with(y)
	if z.st.len == 0 {
		z.c0 = x.c0.Add(y.c0)
		return z
	}
	z.c = plusSeries(z.st, x.series(z.st), y.series(z.st))
	return z
}

// Sub returns x - y.
func (x JetOf[T]) Sub(y JetOf[T]) JetOf[T] {
	z := x.with(y)
	if z.st.len == 0 {
		z.c0 = x.c0.Sub(y.c0)
		return z
	}
	z.c = minusSeries(z.st, x.series(z.st), y.series(z.st))
	return z
}

// Neg returns -x.
func (x JetOf[T]) Neg() JetOf[T] { return x.Linear(T.Neg) }

// Mul returns x * y.
func (x JetOf[T]) Mul(y JetOf[T]) JetOf[T] {
	z := x.with(y)
	if z.st.len == 0 {
		z.c0 = x.c0.Mul(y.c0)
		return z
	}
	z.c = timesSeries(x.series(z.st), y.series(z.st), z.st)
	return z
}

// Div returns x / y.
func (x JetOf[T]) Div(y JetOf[T]) JetOf[T] {
	z := x.with(y)
	if z.st.len == 0 {
		z.c0 = x.c0.Div(y.c0)
		return z
	}
	z.c = overSeries(x.series(z.st), y.series(z.st), z.st)
	return z
}

// IfPos returns a where the value of x is positive, b where it is zero or negative, and
// NaN where it is NaN.
func (x JetOf[T]) IfPos(a, b JetOf[T]) JetOf[T] {
	z, c := a.with(b), x.Coef(0)
	if v, ok := any(c).(ad.Real); ok && v == v {
		return pick(v > 0, a, b)
	}
	if z.st.len == 0 {
		z.c0 = c.IfPos(a.c0, b.c0)
		return z
	}
	z.c = choose(z.st, c, a.series(z.st), b.series(z.st))
	return z
}

// Apply returns the elementary function op of x. It panics if op is a user's own and x of
// an order above 2.
func (x JetOf[T]) Apply(op ad.Op) JetOf[T] {
	if x.st.len == 0 {
		x.c0 = x.c0.Apply(op)
		return x
	}
	u := x.c
	if len(u) == 1 {
		x.c = x.st.one(u[0].Apply(op))
		return x
	}
	y, ok := recur(op, u, x.st)
	if !ok {
		y = ownRecur(op, u, x.st)
	}
	x.c = y
	return x
}

// Apply2 returns the elementary function op of x and y. It panics if op is a user's own
// and x or y of an order above 2.
func (x JetOf[T]) Apply2(op ad.Op2, y JetOf[T]) JetOf[T] {
	z := x.with(y)
	if z.st.len == 0 {
		z.c0 = x.c0.Apply2(op, y.c0)
		return z
	}
	u, v := x.series(z.st), y.series(z.st)
	if len(u) == 1 && len(v) == 1 {
		z.c = z.st.one(u[0].Apply2(op, v[0]))
		return z
	}
	c, ok := recur2(op, u, v, z.st)
	if !ok {
		c = ownRecur2(op, u, v, z.st)
	}
	z.c = c
	return z
}

// Linear returns f(x) for a linear function f of T that is none of Scalar's, such as a
// product with a matrix: it is applied to every coefficient.
func (x JetOf[T]) Linear(f func(T) T) JetOf[T] {
	if x.st.len == 0 {
		x.c0 = f(x.c0)
		return x
	}
	x.c = each(x.st, x.c, f)
	return x
}

// ApplyN returns the sum-like function op of x and y.
func (JetOf[T]) ApplyN(op ad.OpN, x, y []JetOf[T]) JetOf[T] { return ad.FoldN(op, x, y) }
