package dual

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/quartet-ad/ad"
)

// RootOf returns the root y of f between lo and hi, where f has different signs, with the
// derivatives that the implicit function theorem gives it: if f captures numbers p of type
// T, the derivative of y is that of the solution y(p) of f(y, p) = 0,
//
//	dy/dp = -(∂f/∂p) / (∂f/∂y),
//
// and not that of the iteration which found it. What f captures has to be lifted, as in
// DerivativeOf. Derivatives of y are right up to the order 3, and those of a Jet up to its
// own.
//
//	E, err := dual.RootOf(func(E dual.Of[T]) dual.Of[T] {
//		return E.Sub(lift(e).Mul(ad.Sin(E))).Sub(lift(M)) // Kepler's equation
//	}, 0, 2*math.Pi)
//
// The root is found by Newton's method, to the last bits that f can tell apart. Where a step is not
// less than half of the one before, the root is sought where a geometric series of such steps ends, or
// some steps further; where a step leaves the interval, in its middle. Where ∂f/∂y is 0 or NaN
// at the root, and where f jumps over 0, derivatives with respect to what f is made of
// there are infinite or NaN. A function that reverse.Record records is run at
// every point, since the iteration looks at values (Float).
//
// RootOf returns an error if f(lo) and f(hi) have the same sign, if a value of f on the way is
// NaN, or if f changes its sign at a pole.
//
// Cost: some ten evaluations of f on Of, up to some 140 where f is steep or flat, or the interval far
// greater than the root.
//
// Source: Griewank and Walther, Evaluating Derivatives, 2008, chapter 15.
func RootOf[T ad.Ordered[T]](f func(y Of[T]) Of[T], lo, hi float64) (T, error) {
	return solve("RootOf", func(y T, _ int) []T {
		v, slope := DerivativeOf(f, y)
		return []T{v, slope}
	}, 1, lo, hi)
}

// HalleyOf is RootOf by Halley's method, which knows the curvature of f too: near the root each
// step triples the number of right digits, where one of Newton's doubles it. It takes a function
// over JetOf.
//
// Where to take which: of 24 hard equations RootOf takes 345 evaluations in all and HalleyOf 290. Each
// of HalleyOf's costs up to twice as much, so that RootOf is the first choice. HalleyOf is faster where f
// is strongly curved around the root, as an interest rate's (9 evaluations, not 15) or an arc tangent's
// (9, not 18).
//
// HalleyOf returns an error as RootOf does.
//
// Cost: some eight evaluations of f on JetOf of order 2, up to some 140.
//
// Source: Alefeld, On the convergence of Halley's method, American Mathematical Monthly 88
// (1981).
func HalleyOf[T ad.Ordered[T]](f func(y JetOf[T]) JetOf[T], lo, hi float64) (T, error) {
	return solve("HalleyOf", func(y T, order int) []T { return TaylorOf(f, y, order) }, 2, lo, hi)
}

// Root is RootOf for a function of one number and nothing else: it returns the root y of f
// between lo and hi, where f has different signs.
//
// Root returns an error as RootOf does.
//
// Cost: as RootOf, on Numbers.
func Root(f func(y Number) Number, lo, hi float64) (float64, error) {
	y, _, err := root("Root", func(y float64) (value, step float64) {
		own := newTag()
		z := f(Number{v: y, t: 1, tag: own})
		own.check("Root", z)
		return z.v, z.v / z.t
	}, lo, hi)
	return y, err
}

// A local returns the Taylor coefficients of a function at y, up to an order or beyond.
type local[T any] func(y T, order int) []T

// solve returns the root of f with its derivatives, by steps that know f to an order.
func solve[T ad.Ordered[T]](op string, f local[T], order int, lo, hi float64) (T, error) {
	y, smooth, err := root(op, func(y float64) (value, step float64) {
		c := f(ad.Const[T](y), order)
		v, slope := c[0].Float(), c[1].Float()
		step = v / slope
		if order > 1 {
			if bend := step * c[2].Float() / slope; bend < 0.5 { // or else the step may be any
				step /= 1 - bend
			}
		}
		return v, step
	}, lo, hi)
	switch {
	case err != nil:
		return ad.Const[T](math.NaN()), err
	case !smooth:
		return noDerivative(f, ad.Const[T](y)), nil
	}
	return implicit(f, y), nil
}

// FixedPointOf returns the fixed point y = g(y) that the iteration y ← g(y) reaches from
// start, with the derivatives that the implicit function theorem gives it: if g captures
// numbers p of type T,
//
//	dy/dp = (∂g/∂p) / (1 - ∂g/∂y),
//
// whatever number of iterations it took. See RootOf.
//
// FixedPointOf returns an error if the iteration does not come to rest within 10,000
// evaluations, or leads to NaN or to an infinity.
//
// Cost: one evaluation of g on Of for every iteration, and some more.
//
// Source: Christianson, Reverse accumulation and attractive fixed points, Optimization
// Methods and Software 3 (1994).
func FixedPointOf[T ad.Ordered[T]](g func(y Of[T]) Of[T], start float64) (T, error) {
	const most = 10_000
	y, last := start, math.Inf(1)
	for range most {
		v := g(Of[T]{}.Const(y)).v.Float()
		step := math.Abs(v - y)
		rest := step <= 4*ulp(v) && step >= last && finite(step) // it goes to and fro
		switch {
		case !finite(v):
			return ad.Const[T](math.NaN()), fmt.Errorf("dual.FixedPointOf: g(%v) is %v", y, v)
		case step == 0 || rest:
			return implicit(func(y T, _ int) []T {
				v, slope := DerivativeOf(func(y Of[T]) Of[T] { return y.Sub(g(y)) }, y)
				return []T{v, slope}
			}, v), nil
		}
		y, last = v, step
	}
	return ad.Const[T](math.NaN()), fmt.Errorf("dual.FixedPointOf: no fixed point from %v in %d iterations: the last step is %v, at %v", start, most, last, y)
}

// implicit returns the root y of f with its derivatives: Newton's method from y, in the
// arithmetic of T, doubles in every step how many of them are right.
func implicit[T ad.Ordered[T]](f local[T], y float64) T {
	z := ad.Const[T](y)
	for k, steps := 0, 2; k < steps; k++ {
		c := f(z, 1)
		v, slope := c[0], c[1]
		if v, ok := any(v).(interface{ Order() int }); ok {
			steps = max(steps, bits.Len(uint(v.Order())))
		}
		if s := slope.Float(); s == 0 || s != s {
			return noDerivative(f, z)
		}
		z = z.Sub(v.Sub(ad.Const[T](v.Float())).Div(slope)) // the value stays
	}
	return z
}

// noDerivative returns y with derivatives that are infinite or NaN with respect to what f
// captures.
func noDerivative[T ad.Ordered[T]](f local[T], y T) T {
	v := f(y, 1)[0]
	return y.Sub(ad.Cbrt(v.Sub(ad.Const[T](v.Float())))) // of 0, where its slope is infinite
}
