package dual

import (
	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
)

// Of is a dual number over numbers of type T: a value and a tangent that can themselves be
// differentiated, by whatever means T has. Its zero value is the constant 0. So
// derivatives stand inside of a function that is differentiated:
//
//	func loss(t reverse.Array) reverse.Array {
//		u, du := dual.DerivativeOf(network, t)  // network is over Of[reverse.Array]
//		return ad.Square(du.Add(u))             // of u′ = -u
//	}
//
// A number of type T that the function captures has to be lifted (Lift); it is then a
// constant of the inner derivative and a variable of the outer one, as it should be.
// Derivatives of the same type that meet are told apart by tags, as those of Number. Slopes
// are made of operations of T, by the rules of JetOf. A slope of a user's own function
// (an ad.Func) can be differentiated once, as there is a Curve.
type Of[T ad.Scalar[T]] struct {
	v, t T
	tag  tag
}

// Value returns the value.
func (x Of[T]) Value() T { return x.v }

// Tangent returns the tangent, which is 0 for a constant.
func (x Of[T]) Tangent() T { return x.t }

// IsConst reports whether x is a constant: whether nothing that is being differentiated
// went into it.
func (x Of[T]) IsConst() bool { return x.tag == 0 }

// String returns "(value)" for a constant and "(value)+(tangent)ε" otherwise.
func (x Of[T]) String() string { return x.text("%v") }

// text returns value and tangent, each under a directive of fmt.
func (x Of[T]) text(each string) string {
	if x.IsConst() {
		return "(" + writeOne(each, x.v) + ")"
	}
	return "(" + writeOne(each, x.v) + ")+(" + writeOne(each, x.t) + ")ε"
}

// Lift returns c as a constant. The receiver is not read.
func (Of[T]) Lift(c T) Of[T] { return Of[T]{v: c} }

// Const returns the constant c. The receiver is not read.
func (Of[T]) Const(c float64) Of[T] { return Of[T]{v: ad.Const[T](c)} }

// Add returns x + y.
func (x Of[T]) Add(y Of[T]) Of[T] {
	return Of[T]{x.v.Add(y.v), partOf(x, y, x.t, y.t, T.Add), x.tag | y.tag}
}

// Sub returns x - y.
func (x Of[T]) Sub(y Of[T]) Of[T] {
	if x.IsConst() {
		return Of[T]{x.v.Sub(y.v), negOf(y), y.tag}
	}
	return Of[T]{x.v.Sub(y.v), partOf(x, y, x.t, y.t, T.Sub), x.tag | y.tag}
}

func negOf[T ad.Scalar[T]](y Of[T]) T {
	if y.IsConst() {
		return y.t
	}
	return y.t.Neg()
}

// partOf returns a tangent made of those of x and of y, without the part of a constant.
func partOf[T ad.Scalar[T]](x, y Of[T], dx, dy T, both func(dx, dy T) T) T {
	switch {
	case y.IsConst():
		return dx
	case x.IsConst():
		return dy
	}
	return both(dx, dy)
}

// Neg returns -x.
func (x Of[T]) Neg() Of[T] { return Of[T]{x.v.Neg(), negOf(x), x.tag} }

// Mul returns x * y.
func (x Of[T]) Mul(y Of[T]) Of[T] {
	z := Of[T]{v: x.v.Mul(y.v), tag: x.tag | y.tag}
	if !x.IsConst() {
		z.t = x.t.Mul(y.v)
	}
	if !y.IsConst() {
		z.t = addTo(!x.IsConst(), z.t, x.v.Mul(y.t))
	}
	return z
}

// Div returns x / y.
func (x Of[T]) Div(y Of[T]) Of[T] {
	if x, ok := any(x).(Of[ad.Real]); ok {
		return any(ofNumber(number(x).Div(number(any(y).(Of[ad.Real]))))).(Of[T])
	}
	return ofJet(JetOf[T].Div(x.jet(), y.jet()))
}

// IfPos returns a where the value of x is positive, b where it is zero or negative, and
// NaN where it is NaN.
func (x Of[T]) IfPos(a, b Of[T]) Of[T] {
	z := Of[T]{v: x.v.IfPos(a.v, b.v), tag: a.tag | b.tag}
	if !z.IsConst() {
		z.t = x.v.IfPos(a.t, b.t)
	}
	return z
}

// Apply returns the elementary function op of x.
func (x Of[T]) Apply(op ad.Op) Of[T] {
	if x, ok := any(x).(Of[ad.Real]); ok {
		return any(ofNumber(number(x).Apply(op))).(Of[T])
	}
	return ofJet(x.jet().Apply(op))
}

// Apply2 returns the elementary function op of x and y.
func (x Of[T]) Apply2(op ad.Op2, y Of[T]) Of[T] {
	if x, ok := any(x).(Of[ad.Real]); ok {
		return any(ofNumber(number(x).Apply2(op, number(any(y).(Of[ad.Real]))))).(Of[T])
	}
	return ofJet(x.jet().Apply2(op, y.jet()))
}

// ApplyN returns the sum-like function op of x and y.
func (Of[T]) ApplyN(op ad.OpN, x, y []Of[T]) Of[T] { return ad.FoldN(op, x, y) }

// Linear returns f(x) for a linear function f of T that is none of Scalar's, such as a
// product with a matrix: it is applied to the value and to the tangent.
func (x Of[T]) Linear(f func(T) T) Of[T] {
	z := Of[T]{v: f(x.v), tag: x.tag}
	if !x.IsConst() {
		z.t = f(x.t)
	}
	return z
}

// number returns a dual number over float64 as what it is: a Number, which needs no storage.
func number(x Of[ad.Real]) Number { return Number{float64(x.v), float64(x.t), x.tag} }

func ofNumber(x Number) Of[ad.Real] { return Of[ad.Real]{ad.Real(x.v), ad.Real(x.t), x.tag} }

// jet returns x as a series of order 1: their slopes are the same.
func (x Of[T]) jet() JetOf[T] {
	if x.IsConst() {
		return JetOf[T]{c0: x.v}
	}
	return JetOf[T]{c: []T{x.v, x.t}, st: store[T]{len: 2}, tag: x.tag}
}

func ofJet[T ad.Scalar[T]](y JetOf[T]) Of[T] { return Of[T]{y.Coef(0), y.Coef(1), y.tag} }

// DerivativeOf returns the value of f at x and its derivative, both of type T.
//
// Cost: one evaluation of f on Of.
func DerivativeOf[T ad.Scalar[T]](f func(Of[T]) Of[T], x T) (y, derivative T) {
	own := newTag()
	z := f(Of[T]{x, ad.Const[T](1), own})
	own.checkTag("DerivativeOf", z.tag)
	return z.v, z.t
}

// GradientOf returns the value of f at x and its gradient, all of type T.
//
// Cost: one evaluation of f on Of for every input.
//
// GradientOf panics if f has no inputs.
func GradientOf[T ad.Scalar[T]](f func([]Of[T]) Of[T], x []T) (y T, gradient []T) {
	if len(x) == 0 {
		panic("dual.GradientOf: x has length 0, want 1 or more")
	}
	own, gradient := newTag(), make([]T, len(x))
	vars := make([]Of[T], len(x))
	for i := range x {
		for j, v := range x {
			vars[j] = Of[T]{v: v}
		}
		vars[i].t, vars[i].tag = ad.Const[T](1), own
		z := f(vars)
		own.checkTag("GradientOf", z.tag)
		y, gradient[i] = z.v, z.t
	}
	return y, gradient
}

// JVPOf returns f(x) and the derivative of f in the direction v, all of type T. Every
// input moves.
//
// Cost: one evaluation of f on Of.
//
// JVPOf panics if x and v differ in length.
func JVPOf[T ad.Scalar[T]](f func([]Of[T]) []Of[T], x, v []T) (y, tangents []T) {
	check.Length("dual.JVPOf", "v", len(v), len(x))
	own, vars := newTag(), make([]Of[T], len(x))
	for i := range x {
		vars[i] = Of[T]{x[i], v[i], own}
	}
	z := f(vars)
	y, tangents = make([]T, len(z)), make([]T, len(z))
	for k, zk := range z {
		own.checkTag("JVPOf", zk.tag)
		y[k], tangents[k] = zk.v, zk.t
	}
	return y, tangents
}
