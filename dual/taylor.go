package dual

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
)

// Taylor returns the n+1 coefficients of the Taylor series of f about x up to order n:
// entry k is the k-th derivative divided by k!. f must not keep a Jet.
//
// Cost: one evaluation of f on Jets, each operation in proportion to n².
//
// Taylor panics if n is negative.
func Taylor(f func(Jet) Jet, x float64, n int) []float64 {
	c := make([]float64, orderOf("Taylor", n)+1)
	series1("Taylor", c, f, x)
	return c
}

// TaylorTo writes the coefficients of the Taylor series of f about x to dst, as many as dst
// is long, and returns f(x). f must not keep a Jet.
//
// Cost: as Taylor, and no allocation in steady state if f does not take some 10⁵
// coefficients and more.
//
// TaylorTo panics if dst is empty.
func TaylorTo(dst []float64, f func(Jet) Jet, x float64) float64 {
	orderOf("TaylorTo", len(dst)-1)
	return series1("TaylorTo", dst, f, x)
}

// Derivatives returns the value of f at x and its derivatives up to order n, n+1 numbers:
// entry k is the derivative of order k. f must not keep a Jet.
//
// Cost: as Taylor.
//
// Derivatives panics if n is negative or above 170: 171! is out of range.
func Derivatives(f func(Jet) Jet, x float64, n int) []float64 {
	c := make([]float64, factorialOrder("Derivatives", n)+1)
	series1("Derivatives", c, f, x)
	scaleToDerivatives(c)
	return c
}

// JetTo writes the Taylor coefficients of f(x + t·v) about t = 0 to dst, as many as dst is
// long, and returns f(x): entry k is the k-th derivative of f in the direction v divided
// by k!. An input whose entry in v is 0 does not move. f must not keep its argument, nor
// another Jet.
//
// Cost: one evaluation of f on Jets, each operation in proportion to the square of the
// length of dst; no allocation in steady state, as TaylorTo.
//
// JetTo panics if x and v differ in length, or dst is empty.
func JetTo(dst []float64, f func([]Jet) Jet, x, v []float64) float64 {
	check.Length("dual.JetTo", "v", len(v), len(x))
	orderOf("JetTo", len(dst)-1)
	return series("JetTo", dst, f, x, v)
}

// DirectionalDerivatives returns f(x) and the derivatives of f in the direction v, up to
// order n, n+1 numbers: entry 2 is vᵀHv. f must not keep its argument, nor another Jet.
//
// Cost: as JetTo.
//
// DirectionalDerivatives panics if x and v differ in length, or n is negative or above 170.
func DirectionalDerivatives(f func([]Jet) Jet, x, v []float64, n int) []float64 {
	check.Length("dual.DirectionalDerivatives", "v", len(v), len(x))
	c := make([]float64, factorialOrder("DirectionalDerivatives", n)+1)
	series("DirectionalDerivatives", c, f, x, v)
	scaleToDerivatives(c)
	return c
}

func orderOf(op string, n int) int {
	if n < 0 {
		panic(fmt.Sprintf("dual.%s: order %d, want 0 or more", op, n))
	}
	return n
}

// mostFactorial is the greatest number whose factorial is a float64.
const mostFactorial = 170

func factorialOrder(op string, n int) int {
	if n > mostFactorial {
		panic(fmt.Sprintf("dual.%s: order %d, want %d or less, whose factorials are in range", op, n, mostFactorial))
	}
	return orderOf(op, n)
}

func scaleToDerivatives(c []float64) {
	for k := range c {
		c[k] *= factorial(k)
	}
}

// series1 is series of a function of one number.
func series1(op string, dst []float64, f func(Jet) Jet, x float64) float64 {
	return series(op, dst, func(x []Jet) Jet { return f(x[0]) }, []float64{x}, []float64{1})
}

func series(op string, dst []float64, f func([]Jet) Jet, x, v []float64) float64 {
	own, st, vars := newTag(), newStore(len(dst)), jets.get(len(x))
	for i := range x {
		(*vars)[i] = Jet{s: variable(ad.Real(x[i]), ad.Real(v[i]), v[i] != 0, st, own)}
	}
	y := f(*vars)
	own.checkTag(op, y.tag())
	for k := range dst {
		dst[k] = y.Coef(k) + 0
	}
	value := y.Float()
	clear(*vars)
	jets.put(vars)
	release(st)
	return value
}

// variable returns x + t·v, or a constant if it does not move.
func variable[T ad.Scalar[T]](x, v T, moves bool, st store[T], own tag) JetOf[T] {
	if !moves || st.len == 1 {
		return JetOf[T]{c0: x}
	}
	return JetOf[T]{c: append(st.one(x), v), st: st, tag: own}
}

// TaylorOf returns the coefficients of the Taylor series of f about x up to order n, as
// numbers of type T: entry k is the k-th derivative divided by k!.
//
// Cost: one evaluation of f on JetOf, each operation n² operations of T.
//
// TaylorOf panics if n is negative.
func TaylorOf[T ad.Scalar[T]](f func(JetOf[T]) JetOf[T], x T, n int) []T {
	return JetAlong(func(x []JetOf[T]) JetOf[T] { return f(x[0]) }, []T{x}, []T{ad.Const[T](1)}, n)
}

// JetAlong returns the Taylor coefficients of f(x + t·v) about t = 0 up to order n, as
// numbers of type T: JetTo over another type. Every input moves.
//
// JetAlong panics if x and v differ in length, or n is negative.
func JetAlong[T ad.Scalar[T]](f func([]JetOf[T]) JetOf[T], x, v []T, n int) []T {
	check.Length("dual.JetAlong", "v", len(v), len(x))
	orderOf("JetAlong", n)
	own, st, vars := newTag(), store[T]{len: n + 1}, make([]JetOf[T], len(x))
	for i := range x {
		vars[i] = variable(x[i], v[i], true, st, own)
	}
	y := f(vars)
	own.checkTag("JetAlong", y.tag)
	c := make([]T, n+1)
	for k := range c {
		c[k] = y.Coef(k)
	}
	return c
}
