package compare

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
)

// CheckCustom checks a user's array operation at the values of the operands x, which
// may be constants of any tape: that Value repeats itself, JVP and VJP against
// differences of Value and against each other (the dot-product test
// wᵀ(Jv) = (Jᵀw)ᵀv), that VJP adds, each operand as the only one that moves, and Curve,
// if there is one, against differences of VJP. It returns nil, or an error that says
// which function is wrong and where. Of a product that the operation does not have itself
// nothing is said where that which it is made from is wrong.
//
// A difference may be off by ten times its own error estimate. The two sides of the
// dot-product test may differ by 1e-10 of the sum of the magnitudes of all terms.
//
// Cost: some hundred calls of every function.
//
// CheckCustom panics if x has no elements, and where reverse.Custom.Of does.
func CheckCustom(op *reverse.Custom, x ...reverse.Array) error {
	c := &customCheck{name: op.Name, given: given{op.JVP != nil, op.VJP != nil}, of: func(x []reverse.Array) reverse.Array { return op.Of(x...) }, curved: op.Curve != nil}
	for _, x := range x {
		c.operand(x.Values(), x.Shape())
	}
	if len(c.x) == 0 {
		panic(fmt.Sprintf("compare: CheckCustom of %s without elements", op.Name))
	}
	return c.run()
}

// operand appends an operand.
func (c *customCheck) operand(value []float64, shape []int) {
	c.shapes = append(c.shapes, slices.Clone(shape))
	c.lengths = append(c.lengths, len(value))
	c.x = append(c.x, value...)
}

func (c *customCheck) run() error {
	c.y = c.value(c.x)
	c.v, c.w = direction(len(c.x)), direction(len(c.y))
	slices.Reverse(c.w)
	if again := c.value(c.x); !slices.EqualFunc(c.y, again, same) {
		c.wrong("Value does not repeat itself: %v, then %v", c.y, again)
	}
	c.firstOrder()
	if c.curved && len(c.errs) == 0 {
		c.secondOrder()
	}
	return errors.Join(c.errs...)
}

// customCheck is one CheckCustom under way. Operands, directions and gradients are
// laid end to end.
type customCheck struct {
	name       string
	of         func(x []reverse.Array) reverse.Array
	given      given
	curved     bool // there are second derivatives
	shapes     [][]int
	lengths    []int
	x, y, v, w []float64
	errs       []error
}

func (c *customCheck) wrong(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("compare: "+c.name+": "+format, args...))
}

// given says which products the operation has itself: the other is made from it.
type given struct{ jvp, vjp bool }

// record returns the operation of x on a new tape, and its operands. All are
// parameters, or operand only alone if it is not negative.
func (c *customCheck) record(x []float64, only int) (y reverse.Array, operands []reverse.Array) {
	tape, x := reverse.NewTape(), slices.Clone(x)
	for k, v := range c.cut(x) {
		if only < 0 || k == only {
			operands = append(operands, tape.Param(v, nil, c.shapes[k]...))
		} else {
			operands = append(operands, tape.Const(v, c.shapes[k]...))
		}
	}
	before := slices.Clone(x)
	y = c.of(operands)
	if !slices.EqualFunc(x, before, same) {
		c.wrong("Value writes to its operands")
	}
	return y, operands
}

// cut returns the parts of x that belong to each operand.
func (c *customCheck) cut(x []float64) [][]float64 {
	var parts [][]float64
	for _, n := range c.lengths {
		parts, x = append(parts, x[:n:n]), x[n:]
	}
	return parts
}

func (c *customCheck) value(x []float64) []float64 {
	y, _ := c.record(x, -1)
	return slices.Clone(y.Values())
}

func (c *customCheck) jvp(v []float64) []float64 {
	y, x := c.record(c.x, -1)
	return y.JVP(x, c.cut(v))
}

// vjp returns the product of w with the Jacobian at x.
func (c *customCheck) vjp(x, w []float64) []float64 {
	y, operands := c.record(x, -1)
	y.BackwardFrom(w)
	return gradients(operands)
}

func gradients(operands []reverse.Array) []float64 {
	var g []float64
	for _, x := range operands {
		g = append(g, x.Grad()...)
	}
	return g
}

// plain is the operation as a function for differences.
func (c *customCheck) plain(x []numeric.Real) []numeric.Real { return reals(c.value(floats(x))) }

func (c *customCheck) firstOrder() {
	jv, wj := c.jvp(c.v), c.vjp(c.x, c.w)
	measureJVP := func() bool { return c.measure("JVP", jv, numeric.JVPResult(c.plain, c.x, c.v), result) }
	measureVJP := func() bool { return c.measure("VJP", wj, numeric.VJPResult(c.plain, c.x, c.w), c.place) }
	var jvp, vjp bool // what is made from a product that is wrong is wrong too, and not asked
	switch c.given {
	case given{jvp: true}:
		jvp = measureJVP()
		vjp = jvp && measureVJP()
	case given{vjp: true}:
		vjp = measureVJP()
		jvp = vjp && measureJVP()
	default:
		jvp, vjp = measureJVP(), measureVJP()
	}
	if jvp && vjp && !balanced(jv, c.w, wj, c.v) {
		c.wrong("JVP and VJP do not belong together: wᵀ(Jv) is %v, (Jᵀw)ᵀv is %v", dot(jv, c.w), dot(wj, c.v))
	}
	c.adds(wj)
	c.alone(jv, wj)
}

// adds looks whether VJP adds to what is there: here, 3 of a sum of all operands.
func (c *customCheck) adds(wj []float64) {
	y, x := c.record(c.x, -1)
	weights := slices.Clone(c.w)
	flat := y.Vars()
	for _, x := range x {
		flat = append(flat, x.Vars()...)
		for range x.Size() {
			weights = append(weights, 3)
		}
	}
	reverse.Stack(flat...).BackwardFrom(weights)
	for i, g := range gradients(x) {
		if want := wj[i] + 3; !same(g, want) && !(math.Abs(g-want) <= 1e-12*(math.Abs(wj[i])+3)) {
			c.wrong("VJP does not add to what is there: %s gets %v instead of %v", c.place(i), g, want)
			return
		}
	}
}

// alone moves one operand after the other, while the rest are constants.
func (c *customCheck) alone(jv, wj []float64) {
	sum := make([]float64, len(jv))
	size := make([]float64, len(jv))
	at := 0
	for k, n := range c.lengths {
		y, x := c.record(c.x, k)
		part := y.JVP(x[k:k+1], [][]float64{c.v[at:][:n]})
		for i, d := range part {
			sum[i] += d
			size[i] += math.Abs(d)
		}
		y.BackwardFrom(c.w)
		for i, g := range x[k].Grad() {
			if want := wj[at+i]; !same(g, want) && !(math.Abs(g-want) <= 1e-12*math.Abs(want)) {
				c.wrong("VJP depends on which operands are constant: %s gets %v, and %v alone", c.place(at+i), want, g)
				return
			}
		}
		at += n
	}
	for i, want := range jv {
		if !same(sum[i], want) && !(math.Abs(sum[i]-want) <= 1e-12*(size[i]+math.Abs(want))) {
			c.wrong("JVP depends on which operands are constant: y%d moves by %v, and by %v one after the other", i, want, sum[i])
			return
		}
	}
}

func (c *customCheck) secondOrder() {
	y, x := c.record(c.x, -1)
	var rate []float64
	for _, r := range y.HVP(c.w, x, c.cut(c.v)) {
		rate = append(rate, r...)
	}
	slope := func(x []numeric.Real) []numeric.Real { return reals(c.vjp(floats(x), c.w)) }
	c.measure("Curve", rate, numeric.JVPResult(slope, c.x, c.v), c.place)
}

// measure compares the results of a function with differences.
func (c *customCheck) measure(name string, got []float64, want []numeric.Result, label func(i int) string) bool {
	for i, r := range want {
		if r.Status == numeric.Kinked || r.Status == numeric.Diverged {
			c.wrong("%s cannot be checked at a kink or a jump: at %s differences %v", name, label(i), r.Status)
			return false
		}
	}
	for i, r := range want {
		if !(math.Abs(got[i]-r.Value) <= trust*r.Err+1e-14*math.Abs(r.Value)) {
			c.wrong("%s is wrong at %s: %v, by differences %v ± %.1g", name, label(i), got[i], r.Value, r.Err)
			return false
		}
	}
	return true
}

// place names an element of the operands.
func (c *customCheck) place(i int) string {
	for k, n := range c.lengths {
		if i < n {
			return fmt.Sprintf("element %d of operand %d", i, k)
		}
		i -= n
	}
	panic("compare: no such element")
}

// balanced reports whether two dot products agree.
func balanced(a, w, b, v []float64) bool {
	size := 0.0
	for i := range a {
		size += math.Abs(a[i] * w[i])
	}
	for i := range b {
		size += math.Abs(b[i] * v[i])
	}
	return math.Abs(dot(a, w)-dot(b, v)) <= 1e-10*size
}

func reals(x []float64) []numeric.Real {
	out := make([]numeric.Real, len(x))
	for i, v := range x {
		out[i] = numeric.Real(v)
	}
	return out
}

func floats(x []numeric.Real) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}
