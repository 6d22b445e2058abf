package compare

import (
	"fmt"

	"github.com/quartet-ad/ad/compare/internal/rounding"
)

// A Rounding says how far apart two computations of one result of a function and of
// its derivatives may lie that both are right: what rounding comes to at the
// point.
type Rounding struct {
	Value  float64 // of the result
	U, V   float64 // of its derivatives in the directions u and v
	Second float64 // of its second derivative, in both

	// Wild says that there is no bound: something on the way came close to
	// an end of the range, and the order of operations decides.
	Wild bool
}

// Roundings returns a Rounding for every result of fn at x: the tolerance of a
// property of derivatives by dual, reverse or symbolic that a test of one's own
// checks. It is the one that Check convicts by: where derivatives cancel exactly it
// allows for products of two errors.
//
// Cost: one evaluation of fn on symbolic expressions, two of its formulas, and for every
// result some thirty times the arithmetic of one derivative.
//
// Roundings panics if u or v is not as long as x.
func Roundings(fn Func, x, u, v []float64) []Rounding {
	if len(u) != len(x) || len(v) != len(x) {
		panic(fmt.Sprintf("compare: Roundings of %s at %d numbers in directions of %d and %d", fn.Name, len(x), len(u), len(v)))
	}
	form := fn.form(x)
	if form.trace == nil {
		panic("compare: Roundings of " + fn.Name + ", which has no formula")
	}
	all := make([]Rounding, len(form.formulas))
	for k, run := range rounding.Run(form.formulas, form.vars, x, u, v) {
		all[k].Wild = run.Wild
	}
	for _, t := range append(form.trace.Guards(), form.trace) {
		du, dv := t.Tangent(u), t.Tangent(v)
		for k := range all {
			b := t.Adjoint(axis(len(all), k))
			value := t.Value(k, b)
			first, other := t.First(b, du, t.Rate(b, du)), t.First(b, dv, t.Rate(b, dv))
			second := t.Seconds(b).Limit(t.Direction(b, u), t.Direction(b, v))
			r := &all[k]
			r.Value, r.U = max(r.Value, value.Err), max(r.U, first.Err)
			r.V, r.Second = max(r.V, other.Err), max(r.Second, second.Err)
			for _, l := range [...]rounding.Limit{value, first, other, second} {
				r.Wild = r.Wild || l.Hazard || !finite(l.Err)
			}
		}
	}
	return all
}
