package numeric

import (
	"fmt"
	"math"
)

const maxOrder = 10 // of a derivative

// DerivativeN returns the derivative of order n of f at x, by Richardson. Order 0 is f
// itself.
//
// It extrapolates symmetric quotients of n+1 points. Every order costs digits, since rounding in
// f is divided by the n-th power of the step: of a smooth function whose scale is that
// of x or 1 some 11 remain at order 2, 8 at 4 and 5 at 10. Taylor keeps nearly all, for
// functions over complex128.
//
// Cost: some 15·n evaluations of f where it is smooth, and more where |x| is far from 1.
//
// DerivativeN panics if n is negative or above 10.
func DerivativeN[F ~float64](f func(F) F, x float64, n int) float64 {
	return derivativeN(Richardson, "numeric.DerivativeN", fromNumber(f), x, n, false).Value
}

// DerivativeNResult returns the derivative of order n of f at x with an estimate of its
// error.
//
// Cost: as DerivativeN.
//
// DerivativeNResult panics as DerivativeN does.
func DerivativeNResult[F ~float64](f func(F) F, x float64, n int) Result {
	return derivativeN(Richardson, "numeric.DerivativeNResult", fromNumber(f), x, n, true)
}

// DerivativeN returns the derivative of order n of f at x. The quotients of Forward,
// Backward and Central are of n+1 points, or n+2 for symmetry.
//
// Cost: one quotient of s.
//
// DerivativeN panics if n is negative or above 10, or not below the number of
// points of a Stencil.
func (s Scheme) DerivativeN(f func(float64) float64, x float64, n int) float64 {
	return derivativeN(s, "numeric.DerivativeN", fromNumber(f), x, n, false).Value
}

// DerivativeNResult returns the derivative of order n of f at x with an estimate of its
// error.
//
// Cost: one quotient of s with an estimate.
//
// DerivativeNResult panics as DerivativeN does.
func (s Scheme) DerivativeNResult(f func(float64) float64, x float64, n int) Result {
	return derivativeN(s, "numeric.DerivativeNResult", fromNumber(f), x, n, true)
}

func derivativeN(s Scheme, op string, f function, x float64, n int, estimate bool) Result {
	if n < 0 || n > maxOrder {
		panic(fmt.Sprintf("%s: the order is %d, want 0 to %d", op, n, maxOrder))
	}
	p := newSlopeProbe(s, op, f, []float64{x}, n != 1 || estimate)
	defer p.release()
	p.estimate = estimate
	d := direction{i: 0}
	switch n {
	case 0:
		y := p.y[0]
		if !finite(y) {
			return Result{Value: y, Err: math.Inf(1), Evals: 1, Status: Diverged}
		}
		return Result{Value: y, Err: ulp*math.Abs(y) + p.noise, Evals: 1}
	case 1:
		return p.first(d)[0]
	case 2:
		return p.second(d, d)
	}
	return p.nth(d, n)
}

// nth returns the derivative of an order above 2.
func (p *probe) nth(d direction, n int) Result {
	s := p.scheme
	if results := p.unmoved(d); results != nil {
		return results[0]
	}
	f := s.formula
	if f == nil {
		f, s.formula = s.simplest(n), s.simplest(n)
	}
	pl := plan{
		u: d, good: s.good(0x1p-38), fixed: s.step > 0,
		grain: steps{h: d.grain(p.x)},
		ratio: min(ratio, math.Pow(20, 1/float64(n))),
	}
	pl.use(p)
	s.shifted(&pl, p, d, n)
	if s.side != 0 {
		pl.choices = pl.choices[:1]
	}
	lengths, natural := s.lengths(p, d, n)
	for i, l := range lengths.all() {
		if s.plain || s.step > 0 {
			pl.try(steps{h: s.start(p, l, n, f.accuracy(n))}, i < natural)
			continue
		}
		pl.try(steps{h: l / 2 / f.farthest()}, i < natural)
		pl.try(steps{h: 2 * l / f.farthest()}, false)
	}
	return p.inUnits(pl, n)
}

// simplest returns the formula of the least points for a derivative of order n.
func (s Scheme) simplest(n int) *formula {
	if s.side == 0 {
		return centered((n + 1) / 2)
	}
	var points []float64
	for i := range n + 1 {
		points = append(points, float64(s.side*i))
	}
	return newFormula(points)
}
