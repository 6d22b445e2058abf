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

// evidence is what every method says of a function at a point.
type evidence struct {
	fn   Func
	x    []float64
	v, w []float64 // the direction of JVP and HVP, the weights of VJP
	*form

	value, jacobian, jvp, vjp, gradient, hessian, hvp table

	operations []reverse.Operation // of the tape, where someone asked
}

// A table holds one operator's results by every method: as many entries each, or none
// by a method that has no answer.
type table struct {
	operator string
	order    int // of the derivatives
	by       [methods][]float64
	estimate []float64 // of the error by differences
	steps    []float64 // the least of the differences
	unasked  []bool    // entries that differences were not asked for; nil if for all
	kinked   bool      // says the result by differences
	limits   []limit
	label    func(i int) string // of an entry

	// entry returns the direction that an entry is a derivative in, and the
	// weights of the results that it is made from: those of the function, or
	// for second derivatives of its gradient.
	entry func(i int) (v, w []float64)
}

// gather asks every exact method for the value and the first derivatives.
func gather(fn Func, x []float64) *evidence {
	form := fn.form(x)
	fn.real = fn.plain()
	e := &evidence{fn: fn, x: x, v: direction(len(x)), form: form}
	v, y := e.v, evaluate(fn.real, x)
	e.w = direction(len(y))
	w := e.w
	m, n := len(w), len(x)

	e.value = table{operator: "value", by: [methods][]float64{Differences: y}, label: result}
	e.value.estimate = make([]float64, m) // differences evaluate exactly
	e.jacobian = table{operator: "Jacobian", order: 1}
	e.jacobian.label = func(i int) string { return fmt.Sprintf("∂y%d/∂x%d", i/n, i%n) }
	e.jacobian.entry = func(i int) (v, w []float64) { return axis(n, i%n), axis(m, i/n) }
	e.jvp = table{operator: "JVP", order: 1, label: result}
	e.jvp.entry = func(k int) ([]float64, []float64) { return v, axis(m, k) }
	e.vjp = table{operator: "VJP", order: 1, label: input}
	e.vjp.entry = func(i int) ([]float64, []float64) { return axis(n, i), w }

	// The To forms return the value as well, so that no way of evaluating the
	// function goes untested.
	var j mat.Dense
	if fn.number != nil {
		e.value.by[Dual] = dual.JacobianTo(&j, fn.number, x)
		e.jacobian.by[Dual] = flat(&j)
		e.jvp.by[Dual] = dual.JVP(fn.number, x, v)
		e.vjp.by[Dual] = dual.VJP(fn.number, x, w)
	}
	if fn.tape != nil {
		j.Reset()
		e.value.by[Reverse] = reverse.JacobianTo(&j, fn.tape, x)
		e.jacobian.by[Reverse] = flat(&j)
		e.jvp.by[Reverse] = reverse.JVP(fn.tape, x, v)
		e.vjp.by[Reverse] = reverse.VJP(fn.tape, x, w)
	}
	if e.paper {
		j.Reset()
		e.value.by[Symbolic] = symbolic.JacobianTo(&j, fn.paper, x)
		e.jacobian.by[Symbolic] = flat(&j)
		e.jvp.by[Symbolic] = symbolic.JVP(fn.paper, x, v)
		e.vjp.by[Symbolic] = symbolic.VJP(fn.paper, x, w)
	}
	return e
}

// measure asks differences for the first derivatives.
func (e *evidence) measure() {
	real, x := e.fn.real, e.x
	for _, row := range numeric.JacobianResult(real, x) {
		e.jacobian.measured(row)
	}
	e.jvp.measured(numeric.JVPResult(real, x, e.v))
	e.vjp.measured(numeric.VJPResult(real, x, e.w))
}

// gatherSecond asks the exact methods for the gradient and the second derivatives of a
// scalar function.
func (e *evidence) gatherSecond() {
	x, v, n := e.x, e.v, len(e.x)
	fn := e.fn
	e.gradient = table{operator: "gradient", order: 1, limits: e.jacobian.limits, label: input}
	if fn.number != nil {
		e.gradient.by[Dual] = dual.Gradient(first(fn.number), x)
	}
	if fn.tape != nil {
		e.gradient.by[Reverse] = reverse.Gradient(first(fn.tape), x)
	}
	e.gradient.entry = func(i int) (v, w []float64) { return axis(n, i), axis(1, 0) }
	if e.paper {
		e.gradient.by[Symbolic] = symbolic.Gradient(first(fn.paper), x)
	}
	if !e.curved {
		return
	}
	e.hessian = table{operator: "Hessian", order: 2}
	if fn.hyper != nil {
		e.hessian.by[Dual] = upper(dual.Hessian(first(fn.hyper), x))
	}
	if fn.tape != nil {
		e.hessian.by[Reverse] = upper(reverse.Hessian(first(fn.tape), x))
	}
	e.hessian.label = func(k int) string {
		i, j := place(k, n)
		return fmt.Sprintf("∂²y/∂x%d∂x%d", i, j)
	}
	e.hessian.entry = func(k int) (v, w []float64) {
		i, j := place(k, n)
		return axis(n, j), axis(n, i)
	}
	if e.paper {
		e.hessian.by[Symbolic] = upper(symbolic.Hessian(first(fn.paper), x))
	}
	e.gatherHVP(first(fn.hyper), first(fn.tape), first(fn.paper), v)
}

// measureSecond asks differences for the gradient and the second derivatives.
func (e *evidence) measureSecond() {
	real, x := first(e.fn.real), e.x
	large := len(x) > entire
	if large { // they would find the same again
		g, j := &e.gradient, &e.jacobian
		g.by[Differences], g.estimate, g.steps, g.kinked = j.by[Differences], j.estimate, j.steps, j.kinked
	} else {
		e.gradient.measured(numeric.GradientResult(real, x))
	}
	if !e.curved {
		return
	}
	if large {
		e.measureLargest()
	} else {
		for i, row := range numeric.HessianResult(real, x) {
			e.hessian.measured(row[i:])
		}
	}
	e.hvp.measured(numeric.HVPResult(real, x, e.v))
}

// gatherHVP asks for the second derivatives of a scalar function in the direction v.
func (e *evidence) gatherHVP(
	hyper func([]dual.Hyper) dual.Hyper,
	tape func([]reverse.Var) reverse.Var,
	paper func([]symbolic.Expr) symbolic.Expr,
	v []float64,
) {
	x, n := e.x, len(e.x)
	e.hvp = table{operator: "HVP", order: 2, label: input}
	if hyper != nil {
		e.hvp.by[Dual] = dual.HVP(hyper, x, v)
	}
	if tape != nil {
		e.hvp.by[Reverse] = reverse.HVP(tape, x, v)
	}
	e.hvp.entry = func(i int) ([]float64, []float64) { return v, axis(n, i) }
	if e.paper {
		e.hvp.by[Symbolic] = symbolic.HVP(paper, x, v)
	}
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

// size returns how many entries there are.
func (t *table) size() int {
	return max(len(t.by[Dual]), len(t.by[Reverse]), len(t.by[Symbolic]))
}

// asked reports whether a method was asked for an entry.
func (t *table) asked(m Method, i int) bool {
	return i < len(t.by[m]) && !(m == Differences && t.unasked != nil && t.unasked[i])
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

// index returns the place of row i and column j in an upper triangle.
func index(i, j, n int) int { return i*n - i*(i-1)/2 + j - i }

func place(k, n int) (i, j int) {
	for i = 0; k >= n-i; i++ {
		k -= n - i
	}
	return i, i + k
}
