package numeric

import (
	"fmt"
	"math"
	"math/cmplx"
)

// Limit returns the limit of f at x with an estimate of its error. f is not evaluated at
// x. If the limits from the left and from the right differ, the status is
// Kinked, as in Result; if f is finite on one side only, the limit is that of this side,
// and DomainLimited.
//
//	numeric.Limit(func(x float64) float64 { return math.Sin(x) / x }, 0) // 1
//
// The values of f at x±h are extrapolated to h = 0, as the quotients of Derivative are.
//
// Cost: 24 to 72 evaluations of f.
func Limit(f func(float64) float64, x float64) Result {
	right, left := LimitFrom(f, x, 1), LimitFrom(f, x, -1)
	r := Result{
		Value: left.Value + (right.Value-left.Value)/2, Err: max(right.Err, left.Err),
		Step: min(right.Step, left.Step), Evals: right.Evals + left.Evals,
	}
	switch jump := math.Abs(right.Value-left.Value) / 2; {
	case right.Status == Diverged && left.Status == Diverged:
		r.Value, r.Err, r.Status = math.NaN(), math.Inf(1), Diverged
	case right.Status == Diverged || left.Status == Diverged:
		one, other, side := right, left, -1.0
		if one.Status == Diverged {
			one, other, side = left, right, 1
		}
		one.Evals += other.Evals
		if y := f(x + side*one.Step); !math.IsNaN(y) {
			return Result{Value: math.NaN(), Err: math.Inf(1), Evals: one.Evals + 1, Status: Diverged}
		}
		one.Evals++
		one.Status = DomainLimited
		return one
	case jump > right.Err+left.Err:
		r.Err += jump
		r.Status = Kinked
	case right.Err+left.Err > 0: // both say the same
		r.Err = min(right.Err, left.Err)
		r.Value = right.Value
		if left.Err < right.Err {
			r.Value = left.Value
		}
		r.Status = right.Status
		if left.Status.gravity() > right.Status.gravity() {
			r.Status = left.Status
		}
	}
	return r
}

// LimitFrom returns the limit of f at x from the right where sign is positive, else from
// the left.
//
// Cost: 12 to 36 evaluations of f.
func LimitFrom(f func(float64) float64, x, sign float64) Result {
	p := &probe{op: "numeric.LimitFrom", f: fromNumber(f), x: []float64{x}, y: []float64{1}, next: []float64{x}, desk: new(desk)}
	d := direction{i: 0}
	if !d.movable(p.x) {
		return diverged()
	}
	sign = math.Copysign(1, sign)
	pl := plan{
		u: d, good: 0x1p-40, grain: steps{h: max(d.grain(p.x), 0x1p-508)},
	}
	pl.use(p)
	pl.offer(choice{stencil: newBeside, u: d, usign: sign, room: steps{h: math.Inf(1)}})
	lengths := d.lengths(p.x)
	for _, l := range lengths.all() {
		pl.try(steps{h: l / 4}, true)
	}
	r := p.follow(pl)[0]
	r.Evals--
	return r
}

// beside is the stencil f(x+h) of a limit, where h has the given sign.
type beside struct {
	p    *probe
	dir  direction
	sign float64
	y    [1]float64
}

func newBeside(_ *bench, p *probe, c *choice) stencil { return &beside{p: p, dir: c.u, sign: c.usign} }

// Near x the values of f may be wrong by a unit in the last place over h or h², as those of
// (1-cos x)/x² are: as if they were second derivatives.
func (st *beside) series() (order, power int) { return 2, 1 }

func (st *beside) sample(rows []row, s steps) {
	st.p.move(st.dir, st.sign*s.h).eval(st.y[:])
	y := st.y[0]
	rows[0] = row{h: s.h, d: y, noise: ulp*math.Abs(y) + smallest, gain: 1 / s.h / s.h, change: math.Inf(1)}
}

// Residue returns the residue of f at z, the coefficient of 1/(w-z) in its Laurent series,
// and an estimate of the error. The singularity may be a pole of any order or
// essential, and may be none. f must be analytic around it as far as the radius.
//
// It is the mean of f(w)·(w-z) on a circle of the radius, by the trapezoidal rule, which
// converges geometrically there: the number of points is doubled until the mean
// settles.
//
// Cost: 16 to 4096 evaluations of f.
//
// Residue panics if radius is not a positive number.
func Residue(f func(complex128) complex128, z complex128, radius float64) (residue complex128, err float64) {
	if !(radius > 0) || !finite(radius) {
		panic(fmt.Sprintf("numeric.Residue: the radius is %v, want a positive number", radius))
	}
	sum, size := complex(0, 0), 0.0
	mean := cmplx.NaN()
	moved := math.Inf(1)
	for n, stride, first := 8, 1, 0; n <= 4096; n, stride, first = 2*n, 2, 1 {
		for j := first; j < n; j += stride {
			w := cmplx.Rect(radius, 2*math.Pi*float64(j)/float64(n))
			v := f(z+w) * w
			sum += v
			size = max(size, cmplx.Abs(v))
		}
		before := mean
		mean = sum / complex(float64(n), 0)
		last := moved
		moved = cmplx.Abs(mean - before)
		if rounding := 8 * ulp * size * (1 + cmplx.Abs(z)/radius); moved <= rounding && last <= 16*rounding {
			return mean, moved + rounding
		}
	}
	if !(moved <= cmplx.Abs(mean)/2) {
		return cmplx.NaN(), math.Inf(1)
	}
	return mean, 2 * moved
}
