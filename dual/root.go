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
// The root is found by Newton's method, which a bisection takes over from where it leaves
// the interval or is slow: to the last bits that f can tell apart. Where ∂f/∂y is 0 or NaN
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
	at := func(y float64) (value, slope float64) {
		v, d := DerivativeOf(f, ad.Const[T](y))
		return v.Float(), d.Float()
	}
	y, smooth, err := root(at, lo, hi)
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
			return implicit(func(y Of[T]) Of[T] { return y.Sub(g(y)) }, v), nil
		}
		y, last = v, step
	}
	return ad.Const[T](math.NaN()), fmt.Errorf("dual.FixedPointOf: no fixed point from %v in %d iterations: the last step is %v, at %v", start, most, last, y)
}

// implicit returns the root y of f with its derivatives: Newton's method from y, in the
// arithmetic of T, doubles in every step how many of them are right.
func implicit[T ad.Ordered[T]](f func(y Of[T]) Of[T], y float64) T {
	z := ad.Const[T](y)
	for k, steps := 0, 2; k < steps; k++ {
		v, slope := DerivativeOf(f, z)
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
func noDerivative[T ad.Ordered[T]](f func(y Of[T]) Of[T], y T) T {
	v := f(Of[T]{}.Lift(y)).v
	return y.Sub(ad.Cbrt(v.Sub(ad.Const[T](v.Float())))) // of 0, where its slope is infinite
}

// root returns where f, whose slope comes along, changes its sign between lo and hi, and
// whether it is smooth there: whether the slope is one that leads over 0.
func root(f func(y float64) (value, slope float64), lo, hi float64) (y float64, smooth bool, err error) {
	if !(lo <= hi) || math.IsInf(lo, 0) || math.IsInf(hi, 0) {
		return 0, false, fmt.Errorf("dual.RootOf: no interval from %v to %v", lo, hi)
	}
	low, _ := f(lo)
	high, _ := f(hi)
	switch {
	case low == 0:
		return lo, true, nil
	case high == 0:
		return hi, true, nil
	case !(math.Signbit(low) != math.Signbit(high)) || low != low || high != high:
		return 0, false, fmt.Errorf("dual.RootOf: f is %v at %v and %v at %v: no change of sign", low, lo, high, hi)
	}
	// A jump is a slope that would lead far away: a 256th of the root, which noise of f does
	// not make, or beside a root at 0 a small part of the interval.
	least := math.Ldexp(hi/2-lo/2, -39)
	y, last := lo/2+hi/2, hi-lo
	for evaluations := 3; ; evaluations++ {
		v, slope := f(y)
		switch {
		case v != v:
			return 0, false, fmt.Errorf("dual.RootOf: f(%v) is NaN", y)
		case v == 0:
			return y, true, nil
		case math.Signbit(v) == math.Signbit(low):
			lo = y
		default:
			hi = y
		}
		next := y - v/slope
		if !(lo < next && next < hi) || math.Abs(next-y) > last/2 {
			next = lo/2 + hi/2 // of subnormal numbers it may be an end
			if evaluations > patience {
				next = between(lo, hi)
			}
		}
		if next == y || next == lo || next == hi {
			if size := math.Abs(v); size > math.Abs(low) && size > math.Abs(high) {
				return 0, false, fmt.Errorf("dual.RootOf: f grows to %v at %v: a pole and no root", v, y)
			}
			return y, math.Abs(v/slope) <= max(math.Abs(y), least)/256, nil
		}
		y, last = next, math.Abs(next-y)
	}
}

// patience is after how many evaluations magnitudes are halved and not intervals: the root is
// far smaller than the interval was.
const patience = 64

// between returns the number with as many others between it and lo as between it and hi.
func between(lo, hi float64) float64 {
	a, b := rank(lo), rank(hi)
	return math.Float64frombits(uint64(mirrored(a/2 + b/2 + (a%2+b%2)/2)))
}

// rank returns where x stands among the numbers in their order, from 0.
func rank(x float64) int64 { return mirrored(int64(math.Float64bits(x))) }

func mirrored(i int64) int64 {
	if i < 0 {
		return math.MinInt64 - i
	}
	return i
}

// ulp returns the distance from x to the next number of greater size.
func ulp(x float64) float64 {
	x = math.Abs(x)
	return math.Nextafter(x, math.Inf(1)) - x
}
