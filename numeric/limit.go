package numeric

import (
	"fmt"
	"math"
	"math/cmplx"
)

// Limit returns the limit of f at x with an estimate of its error. f is not evaluated at
// x. If the limits from the left and from the right differ, the status is
// Kinked, as in Result; if f is finite on one side only, the limit is that of this side,
// and DomainLimited. x may be infinite, and has one side then. Where f grows without bound or
// oscillates there is no limit, and the status is Diverged.
//
//	numeric.Limit(func(x float64) float64 { return math.Sin(x) / x }, 0) // 1
//	numeric.Limit(math.Atan, math.Inf(1))                                // π/2
//
// The values of f at x±h, or at ±1/h for an infinite x, are extrapolated to h = 0, as the
// quotients of Derivative are.
//
// Cost: 24 to 72 evaluations of f.
func Limit(f func(float64) float64, x float64) Result { return Richardson.Limit(f, x) }

// LimitFrom returns the limit of f at x from the right where sign is positive, else from
// the left. It makes no difference at an infinite x.
//
// Cost: 12 to 36 evaluations of f.
func LimitFrom(f func(float64) float64, x, sign float64) Result {
	return Richardson.LimitFrom(f, x, sign)
}

// Limit returns the limit of f at x as the package's function does, with the settings of s.
// MaxEvals is for each side.
//
// Cost: 24 to 72 evaluations of f.
func (s Scheme) Limit(f func(float64) float64, x float64) Result {
	p := newLimit(s, "numeric.Limit", f, x)
	defer p.release()
	right := p.limit(x, 1)
	if math.IsInf(x, 0) {
		return right
	}
	left := p.limit(x, -1)
	r := Result{
		Value: left.Value + (right.Value-left.Value)/2, Err: max(right.Err, left.Err),
		Step: min(right.Step, left.Step), Evals: right.Evals + left.Evals,
	}
	switch jump := math.Abs(right.Value-left.Value) / 2; {
	case right.Status == Diverged && left.Status == Diverged:
		return nowhere(r.Evals)
	case right.Status == Diverged || left.Status == Diverged:
		one, side := right, -1.0
		if one.Status == Diverged {
			one, side = left, 1
		}
		if !p.undefined(side * one.Step) {
			return nowhere(r.Evals + 1)
		}
		one.Evals = r.Evals + p.evals - 1
		one.Status = DomainLimited
		if p.stopped {
			one.Status = Stopped
		}
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

// LimitFrom returns the limit of f at x from one side as the package's function does, with
// the settings of s.
//
// Cost: 12 to 36 evaluations of f.
func (s Scheme) LimitFrom(f func(float64) float64, x, sign float64) Result {
	p := newLimit(s, "numeric.LimitFrom", f, x)
	defer p.release()
	return p.limit(x, sign)
}

// nowhere returns the Result where there is no limit.
func nowhere(evals int) Result {
	r := diverged()
	r.Evals = evals
	return r
}

// newLimit returns a probe for the limits of f at x, where it does not evaluate f. The
// probe of an infinite x is at the reciprocal, 0.
func newLimit(s Scheme, op string, f func(float64) float64, x float64) *probe {
	p := newSilentProbe(Richardson.under(s), op, fromNumber(f), []float64{x})
	if math.IsInf(x, 0) {
		p.x[0], p.next[0] = 0, 0
	}
	p.y = append(p.y[:0], 1)
	if p.budget > 0 {
		p.budget++ // there is no evaluation at x
	}
	return p
}

// limit returns the limit of f at x, which is where the probe is.
func (p *probe) limit(x, sign float64) Result {
	d := direction{i: 0}
	if !d.movable(p.x) {
		return diverged()
	}
	side, room := -1.0, math.Inf(1)
	if sign > 0 {
		side = 1
	}
	if math.IsInf(x, 0) {
		side = math.Copysign(1, x)
	} else {
		room = p.box.room(p.x, d, side)
	}
	pl := plan{
		u: d, good: 0x1p-40, grain: steps{h: max(d.grain(p.x), 0x1p-508)}, fixed: p.scheme.step > 0,
	}
	pl.use(p)
	c := choice{stencil: newBeside, u: d, usign: side, room: steps{h: room}}
	if math.IsInf(x, 0) {
		c.stencil = newFarOut
	}
	pl.offer(c)
	lengths := d.lengths(p.x)
	for _, l := range lengths.all() {
		pl.try(steps{h: p.scheme.start(p, l, 0, 1)}, true)
	}
	p.evals = 1
	r := p.follow(pl)[0]
	r.Evals--
	return r
}

// undefined reports whether f is NaN, or not to be evaluated, at a distance from x.
func (p *probe) undefined(far float64) bool {
	var y [1]float64
	p.evals = 1
	p.begin()
	p.move(direction{i: 0}, far).eval(y[:])
	return math.IsNaN(y[0])
}

// beside is the stencil of a limit: f(x+h), or f(1/h) if it is far out. h has the given sign.
type beside struct {
	p      *probe
	dir    direction
	sign   float64
	size   float64 // of x, 1 at least
	farOut bool
	y      [1]float64
}

func newBeside(_ *bench, p *probe, c *choice) stencil {
	return &beside{p: p, dir: c.u, sign: c.usign, size: max(1, math.Abs(p.x[0]))}
}

func newFarOut(_ *bench, p *probe, c *choice) stencil {
	return &beside{p: p, dir: c.u, sign: c.usign, size: 1, farOut: true}
}

// Near x the values of f may be wrong by a unit in the last place over h or h², as those of
// (1-cos x)/x² are: as if they were second derivatives.
func (st *beside) series() (order, power int) { return 2, 1 }

func (st *beside) sample(rows []row, s steps) {
	h := s.h
	if st.farOut {
		h = 1 / h
	}
	st.p.move(st.dir, st.sign*h).eval(st.y[:])
	y, near := st.y[0], st.size/s.h
	rows[0] = row{h: s.h, d: y, noise: ulp*math.Abs(y) + smallest, gain: near * near, change: math.Inf(1)}
}

// Residue returns the residue of f at z, the coefficient of 1/(w-z) in its Laurent series,
// and an estimate of the error. The singularity may be a pole of any order or
// essential, and may be none. f must be analytic around it as far as the radius.
//
// It is the mean of f(w)·(w-z) on a circle of the radius, by the trapezoidal rule, which
// converges geometrically there: the number of points is doubled until the mean
// settles.
//
// Where the mean does not settle, as with a singularity on the circle, or a radius below the
// last place of z, the residue is NaN ± Inf or has a large error. A function that is not
// analytic, as with a branch cut through the circle, has none, which may not show.
//
// Cost: 16 to 4096 evaluations of f.
//
// Residue panics if radius is not a positive number.
func Residue(f func(complex128) complex128, z complex128, radius float64) (residue complex128, err float64) {
	const op = "numeric.Residue"
	if !(radius > 0) || !finite(radius) {
		panic(fmt.Sprintf("%s: the radius is %v, want a positive number", op, radius))
	}
	sum, size := complex(0, 0), 0.0
	mean := cmplx.NaN()
	moved := math.Inf(1)
	for n, stride, first := 8, 1, 0; n <= 4096; n, stride, first = 2*n, 2, 1 {
		for j := first; j < n; j += stride {
			w := cmplx.Rect(radius, 2*math.Pi*float64(j)/float64(n))
			v := guarded(op, f, z+w, parts) * w
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
