package dual

import (
	"fmt"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/internal/check"
)

// Taylor returns the coefficients of the Taylor series of f about x up to order n: entry
// k is the k-th derivative divided by k!.
//
// Cost: one evaluation of f on Jets, each operation in proportion to n².
//
// Taylor panics if n is negative.
func Taylor(f func(Jet) Jet, x float64, n int) []float64 {
	c := make([]float64, orderOf("Taylor", n)+1)
	series("Taylor", c, func(x []Jet) Jet { return f(x[0]) }, []float64{x}, []float64{1})
	return c
}

// Derivatives returns the value of f at x and its derivatives up to order n.
//
// Cost: as Taylor.
//
// Derivatives panics if n is negative.
func Derivatives(f func(Jet) Jet, x float64, n int) []float64 {
	c := make([]float64, orderOf("Derivatives", n)+1)
	series("Derivatives", c, func(x []Jet) Jet { return f(x[0]) }, []float64{x}, []float64{1})
	scaleToDerivatives(c)
	return c
}

// JetTo writes the Taylor coefficients of f(x + t·v) about t = 0 to dst, as many as dst is
// long, and returns f(x): entry k is the k-th derivative of f in the direction v divided
// by k!. An input whose entry in v is 0 does not move. f must not keep its argument.
//
// Cost: one evaluation of f on Jets, each operation in proportion to the square of the
// length of dst.
//
// JetTo panics if x and v differ in length, or dst is empty.
func JetTo(dst []float64, f func([]Jet) Jet, x, v []float64) float64 {
	check.Length("dual.JetTo", "v", len(v), len(x))
	orderOf("JetTo", len(dst)-1)
	return series("JetTo", dst, f, x, v)
}

// DirectionalDerivatives returns f(x) and the derivatives of f in the direction v, up to
// order n: entry 2 is vᵀHv.
//
// Cost: as JetTo.
//
// DirectionalDerivatives panics if x and v differ in length, or n is negative.
func DirectionalDerivatives(f func([]Jet) Jet, x, v []float64, n int) []float64 {
	check.Length("dual.DirectionalDerivatives", "v", len(v), len(x))
	c := make([]float64, orderOf("DirectionalDerivatives", n)+1)
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

func scaleToDerivatives(c []float64) {
	for k := range c {
		c[k] *= factorial(k)
	}
}

func series(op string, dst []float64, f func([]Jet) Jet, x, v []float64) float64 {
	own, vars := newTag(), make([]Jet, len(x))
	for i := range x {
		vars[i] = Jet{s: variable(ad.Real(x[i]), ad.Real(v[i]), v[i] != 0, len(dst)-1, own)}
	}
	y := f(vars)
	own.checkTag(op, y.tag())
	for k := range dst {
		dst[k] = y.Coef(k)
	}
	return y.Float()
}

// variable returns x + t·v, or a constant if it does not move.
func variable[T ad.Scalar[T]](x, v T, moves bool, order int, own tag) JetOf[T] {
	if !moves || order == 0 {
		return JetOf[T]{c: []T{x}}
	}
	return JetOf[T]{[]T{x, v}, order, own}
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
	own, vars := newTag(), make([]JetOf[T], len(x))
	for i := range x {
		vars[i] = variable(x[i], v[i], true, n, own)
	}
	y := f(vars)
	own.checkTag("JetAlong", y.tag)
	c := make([]T, n+1)
	copy(c, y.c)
	return c
}
