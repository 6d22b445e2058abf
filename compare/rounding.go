package compare

import (
	"fmt"
	"math"
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
// checks. It is the one that Check works with.
//
// Cost: one evaluation of fn on symbolic expressions, two of its formulas.
//
// Roundings panics if u or v is not as long as x.
func Roundings(fn Func, x, u, v []float64) []Rounding {
	if len(u) != len(x) || len(v) != len(x) {
		panic(fmt.Sprintf("compare: Roundings of %s at %d numbers in directions of %d and %d", fn.Name, len(x), len(u), len(v)))
	}
	c := &checker{fn: fn, x: x}
	sums := c.reordering()
	var all []Rounding
	for _, y := range c.bounds(func(i int, b *bound) { b.e1, b.e2 = math.Abs(u[i]), math.Abs(v[i]) }) {
		all = append(all, Rounding{y.dv, y.d1 + sums*y.e1, y.d2 + sums*y.e2, y.d12 + 2*sums*y.e12, y.wild})
	}
	return all
}
