package compare

import (
	"math"

	"github.com/quartet-ad/ad/compare/internal/rounding"
	"github.com/quartet-ad/ad/symbolic"
)

// A limit says how far two exact results of an entry may lie apart, and the size of the
// terms that go into it.
type limit struct {
	rounding.Limit

	// running is asked where a result is not finite.
	running func() rounding.Running

	lost bool // a NaN was on the way that the result does not show
}

// nothing is the limit of a function that there is no formula of.
var nothing = limit{Limit: rounding.Limit{Err: math.NaN()}}

// unknown reports whether two results, of which one at least is not finite, may differ:
// where an infinite slope met a 0 or another infinite one, a sum may be infinite or NaN
// as the order of additions has it.
func (l limit) unknown(x, y float64) bool {
	if l.running == nil || l.lost {
		return true
	}
	r := l.running()
	return r.Wild || !finite(x) && !finite(y) && r.First != r.First
}

// limits sets the limits of values and first derivatives.
func (e *evidence) limits() {
	m, n := len(e.w), len(e.x)
	e.value.limits, e.jvp.limits = fill(m), fill(m)
	e.jacobian.limits, e.vjp.limits = fill(m*n), fill(n)
	t := e.trace
	if t == nil {
		return
	}
	axes := make([][]float64, n)
	for i := range axes {
		axes[i] = t.Tangent(axis(n, i))
	}
	along := t.Tangent(e.v)
	for k := range m {
		b, result := t.Adjoint(axis(m, k)), e.formulas[k:k+1]
		e.value.limits[k] = limit{t.Value(k, b), e.running(result, e.v, e.v, 1), t.Lost}
		e.jvp.limits[k] = limit{t.First(b, along, t.Rate(b, along)), e.running(result, e.v, e.v, 1), t.Lost}
		for i, d := range axes {
			e.jacobian.limits[k*n+i] = limit{t.First(b, d, t.Rate(b, d)), e.running(result, axis(n, i), axis(n, i), 1), t.Lost}
		}
	}
	b := t.Adjoint(e.w)
	for i, d := range axes {
		var l rounding.Limit
		if m == 1 {
			l = e.jacobian.limits[i].Limit.Times(e.w[0])
		} else {
			l = t.First(b, d, t.Rate(b, d))
		}
		for k, w := range e.w { // the weighted sum of rows
			row := e.jacobian.limits[k*n+i]
			l.Err += math.Abs(w) * 4 * rounding.Unit * row.Size
			l.Hazard = l.Hazard || row.Hazard
		}
		e.vjp.limits[i] = limit{l, e.running(e.formulas, axis(n, i), axis(n, i), 1), t.Lost}
	}
}

// fill returns n limits of which nothing is known.
func fill(n int) []limit {
	l := make([]limit, n)
	for i := range l {
		l[i] = nothing
	}
	return l
}

// running returns a function that runs the running analysis of the sum of results.
func (e *evidence) running(results []symbolic.Expr, u, v []float64, order int) func() rounding.Running {
	return func() rounding.Running {
		var sum rounding.Running
		for _, r := range rounding.Run(results, e.vars, e.x, u, v) {
			if order == 2 {
				r.First = r.Second
			}
			sum.First += r.First
			sum.Wild = sum.Wild || r.Wild
		}
		return sum
	}
}

// limitsSecond sets the limits of second derivatives of the first result.
func (e *evidence) limitsSecond() {
	n := len(e.x)
	e.hessian.limits = fill(n * (n + 1) / 2)
	e.hvp.limits = fill(n)
	t := e.trace
	if t == nil {
		return
	}
	b := t.Adjoint(axis(1, 0))
	units, axes := make([][]float64, n), make([]rounding.Direction, n)
	for i := range n {
		units[i] = axis(n, i)
		axes[i] = t.Direction(b, units[i])
	}
	s := t.Seconds(b)
	k := 0
	for i, u := range axes {
		for j := i; j < n; j++ {
			e.hessian.limits[k] = limit{s.Limit(u, axes[j]), e.running(e.formulas[:1], units[i], units[j], 2), t.Lost || t.Lost2}
			k++
		}
	}
	d := t.Direction(b, e.v)
	for i, u := range axes {
		e.hvp.limits[i] = limit{s.Limit(u, d), e.running(e.formulas[:1], units[i], e.v, 2), t.Lost || t.Lost2}
	}
}

// limitsWeighted returns the limits of second derivatives of the weighted sum of all
// results in the direction v.
func (e *evidence) limitsWeighted() []limit {
	n := len(e.x)
	limits := fill(n)
	t := e.trace
	if t == nil {
		return limits
	}
	b := t.Adjoint(e.w)
	d := t.Direction(b, e.v)
	s := t.Seconds(b)
	for i := range limits {
		limits[i] = limit{s.Limit(t.Direction(b, axis(n, i)), d), e.running(e.formulas, axis(n, i), e.v, 2), t.Lost || t.Lost2}
	}
	return limits
}
