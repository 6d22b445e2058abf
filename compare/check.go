package compare

import (
	"fmt"
	"math"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
	"gonum.org/v1/gonum/mat"
)

// Check differentiates fn at x by every method and compares the results.
//
// Cost: some hundred evaluations of fn, and for a scalar function of n inputs
// some 30n² more for the Hessian by differences.
//
// Check panics if x is empty.
func Check(fn Func, x []float64) Report { return Against(fn, x, Reference{}) }

// A Reference is what a source outside of this module says of a function at a
// point: values that are known to be right. What is empty is not known.
type Reference struct {
	Value    []float64 // of every result
	Jacobian []float64 // row by row: a row for every result
	Hessian  []float64 // of a scalar function, row by row
}

// Against is Check with a referee. An error that all methods share, such as a wrong
// Value that Slope and Text follow, cannot be seen between them; against a
// reference it can, and where the methods disagree the reference says who is
// right.
//
// Against panics if x is empty, or if the reference has other dimensions than the
// function.
func Against(fn Func, x []float64, ref Reference) Report {
	if len(x) == 0 {
		panic(fmt.Sprintf("compare: Check of %s at a point without coordinates", fn.Name))
	}
	c := &checker{fn: fn, x: x, ref: ref, report: Report{Name: fn.Name, X: append([]float64(nil), x...)}}
	c.v = direction(len(x))
	c.firstOrder()
	if fn.scalar && c.report.Class != Undefined {
		c.secondOrder()
		c.hessianTimesVector()
	}
	c.refereed()
	c.report.Culprit = c.culprit()
	return c.report
}

// checker is one Check under way.
type checker struct {
	fn     Func
	x      []float64
	ref    Reference
	v, w   []float64 // the direction of JVP and HVP, the weights of VJP
	report Report
	traced []symbolic.Expr
	ground ground

	unanimous bool // the exact methods, as far as they have been compared

	sums float64 // the relative error that the order of additions may make

	value, jacobian, jvp, vjp, gradient, hessian, hvp table
	sides                                             sides // at a kink
}

// A table holds one operator's results by every method: as many entries each.
type table struct {
	operator string
	order    int // of the derivatives
	by       [methods][]float64
	estimate []float64 // of the error by differences
	steps    []float64 // the least of the differences
	kinked   bool      // says the result by differences
	bounds   []limit
	label    func(i int) string // of an entry

	// entry returns the direction that an entry is a derivative in, and the
	// weights of the results that it is made from: those of the function, or
	// for second derivatives of its gradient.
	entry func(i int) (v, w []float64)
}

// A limit says how far two exact results of an entry may lie apart, and the
// magnitude of the terms that go into it, or of what an error of the arguments
// in the last place would change if that is more.
type limit struct {
	err, magnitude float64
	wild           bool
}

// direction returns n numbers of either sign and about the same size, none of
// them round: fractions of multiples of the golden ratio.
func direction(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		_, frac := math.Modf(float64(i+1) * 0.6180339887498949)
		v[i] = frac + 0.25
		if i%2 == 1 {
			v[i] = -v[i]
		}
	}
	return v
}

func (c *checker) firstOrder() {
	x, v := c.x, c.v

	// The To forms return the value as well, so that no way of evaluating the
	// function goes untested.
	var jd, jr, js mat.Dense
	yd := dual.JacobianTo(&jd, c.fn.number, x)
	yr := reverse.JacobianTo(&jr, c.fn.tape, x)
	ys := symbolic.JacobianTo(&js, c.fn.paper, x)
	yn := evaluate(c.fn.real, x)
	c.w = direction(len(yd))
	w := c.w
	m, n := len(w), len(x)

	limits := c.limits(m)
	c.value = table{operator: "value", by: [methods][]float64{yn, yd, yr, ys}, bounds: limits.value, label: result}
	c.value.estimate = make([]float64, len(yn)) // differences evaluate exactly

	jn := numeric.JacobianResult(c.fn.real, x)
	c.jacobian = table{operator: "Jacobian", order: 1, by: [methods][]float64{nil, flat(&jd), flat(&jr), flat(&js)}, bounds: limits.jacobian}
	for _, row := range jn {
		c.jacobian.measured(row)
	}
	c.jacobian.label = func(i int) string { return fmt.Sprintf("∂y%d/∂x%d", i/n, i%n) }

	c.jacobian.entry = func(i int) (v, w []float64) { return axis(n, i%n), axis(m, i/n) }

	c.jvp = table{operator: "JVP", order: 1, bounds: limits.jvp, label: result}
	c.jvp.by = [methods][]float64{nil, dual.JVP(c.fn.number, x, v), reverse.JVP(c.fn.tape, x, v), symbolic.JVP(c.fn.paper, x, v)}
	c.jvp.measured(numeric.JVPResult(c.fn.real, x, v))
	c.jvp.entry = func(k int) ([]float64, []float64) { return v, axis(m, k) }

	c.vjp = table{operator: "VJP", order: 1, bounds: limits.vjp(w), label: input}
	c.vjp.by = [methods][]float64{nil, dual.VJP(c.fn.number, x, w), reverse.VJP(c.fn.tape, x, w), symbolic.VJP(c.fn.paper, x, w)}
	c.vjp.measured(numeric.VJPResult(c.fn.real, x, w))
	c.vjp.entry = func(i int) ([]float64, []float64) { return axis(n, i), w }

	c.compareExact(&c.value, &c.jacobian, &c.jvp, &c.vjp)
	c.compareValue()
	c.classify()
	c.compareDifferences(&c.jacobian, &c.jvp, &c.vjp)
	c.dotProduct()
}

func (c *checker) secondOrder() {
	x, v, n := c.x, c.v, len(c.x)
	limits := c.limitsSecond()

	c.gradient = table{operator: "gradient", order: 1, bounds: c.jacobian.bounds, label: input}
	c.gradient.by = [methods][]float64{nil, dual.Gradient(first(c.fn.number), x), reverse.Gradient(first(c.fn.tape), x), symbolic.Gradient(first(c.fn.paper), x)}
	c.gradient.measured(numeric.GradientResult(first(c.fn.real), x))
	c.gradient.entry = func(i int) (v, w []float64) { return axis(n, i), axis(1, 0) }

	c.hessian = table{operator: "Hessian", order: 2, bounds: limits.hessian}
	c.hessian.by = [methods][]float64{nil, upper(dual.Hessian(first(c.fn.hyper), x)), upper(reverse.Hessian(first(c.fn.tape), x)), upper(symbolic.Hessian(first(c.fn.paper), x))}
	for i, row := range numeric.HessianResult(first(c.fn.real), x) {
		c.hessian.measured(row[i:])
	}
	c.hessian.label = func(k int) string {
		i, j := place(k, n)
		return fmt.Sprintf("∂²y/∂x%d∂x%d", i, j)
	}

	c.hessian.entry = func(k int) (v, w []float64) {
		i, j := place(k, n)
		return axis(n, j), axis(n, i)
	}

	c.hvp = table{operator: "HVP", order: 2, bounds: limits.hvp, label: input}
	c.hvp.by = [methods][]float64{nil, dual.HVP(first(c.fn.hyper), x, v), reverse.HVP(first(c.fn.tape), x, v), symbolic.HVP(first(c.fn.paper), x, v)}
	c.hvp.measured(numeric.HVPResult(first(c.fn.real), x, v))
	c.hvp.entry = func(i int) ([]float64, []float64) { return v, axis(n, i) }

	c.compareExact(&c.gradient, &c.hessian, &c.hvp)
	c.compareDifferences(&c.gradient, &c.hessian, &c.hvp)
}

// measured appends results by differences.
func (t *table) measured(results []numeric.Result) {
	for _, r := range results {
		t.by[Differences] = append(t.by[Differences], r.Value)
		t.estimate = append(t.estimate, r.Err)
		t.steps = append(t.steps, r.Step)
		t.kinked = t.kinked || r.Status == numeric.Kinked
	}
}

// axis returns the i-th unit vector of n.
func axis(n, i int) []float64 {
	e := make([]float64, n)
	e[i] = 1
	return e
}

func result(i int) string { return fmt.Sprintf("y%d", i) }

func input(i int) string { return fmt.Sprintf("x%d", i) }

// evaluate returns f(x).
func evaluate(f func([]numeric.Real) []numeric.Real, x []float64) []float64 {
	in := make([]numeric.Real, len(x))
	for i, v := range x {
		in[i] = numeric.Real(v)
	}
	y := f(in)
	out := make([]float64, len(y))
	for i, v := range y {
		out[i] = float64(v)
	}
	return out
}

// flat returns the entries of a matrix row by row.
func flat(m *mat.Dense) []float64 {
	r, _ := m.Dims()
	var out []float64
	for i := range r {
		out = append(out, m.RawRowView(i)...)
	}
	return out
}

// upper returns the upper triangle of a matrix row by row, and place the row and
// column of its k-th entry.
func upper(m *mat.SymDense) []float64 {
	n := m.SymmetricDim()
	var out []float64
	for i := range n {
		for j := i; j < n; j++ {
			out = append(out, m.At(i, j))
		}
	}
	return out
}

func place(k, n int) (i, j int) {
	for i = 0; k >= n-i; i++ {
		k -= n - i
	}
	return i, i + k
}
