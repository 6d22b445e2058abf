package compare

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/dual"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
	"github.com/quartet-ad/ad/symbolic"
)

// ArrayFunc is a function of arrays on the tape, and the same over scalars, stated
// without a thought for speed: from the elements of all operands in a row to those of
// the result. NewVector makes it.
type ArrayFunc struct {
	Func
	Shapes [][]int // of the operands
	Array  func(x []reverse.Array) reverse.Array
}

// CheckArray is Check for the function over scalars, with the arrays as one more
// form: value, VJP and JVP, and the HVP of the results, weighted, must be those of
// every method. Arrays may add terms in another order and by other formulas, so that
// they may be off by four times what the methods among themselves may be, and by 64
// roundings of the largest terms.
//
// If only the arrays disagree, the culprit is "arrays".
//
// Cost: that of Check for a vector function, and some hundred evaluations more for every
// input.
//
// CheckArray panics if x is empty, or has not as many coordinates as the operands have
// elements.
func CheckArray(fn ArrayFunc, x []float64) Report {
	size := 0
	for _, s := range fn.Shapes {
		size += sizeOf(s)
	}
	if len(x) == 0 || len(x) != size {
		panic(fmt.Sprintf("compare: CheckArray of %s, whose operands have %d elements, at %d coordinates", fn.Name, size, len(x)))
	}
	c := &checker{fn: fn.Func, x: x, report: Report{Name: fn.Name, X: slices.Clone(x)}, v: direction(len(x))}
	c.firstOrder()
	second := c.weighted()
	c.report.Culprit = c.culprit()
	a := arrayForm{fn, c}
	value, jvp, vjp, hvp := a.derive()
	a.compare(&c.value, value)
	a.compare(&c.jvp, jvp)
	a.compare(&c.vjp, vjp)
	if second != nil {
		a.compare(second, hvp)
	}
	if c.report.Culprit == "" && !c.report.OK() {
		c.report.Culprit = Arrays.String()
	}
	return c.report
}

// weighted compares the HVP of the results weighted with w by every method, and
// returns the table, nil where there is no derivative.
func (c *checker) weighted() *table {
	if c.report.Class == Undefined {
		return nil
	}
	w := c.w
	number, tape := weightedSum(c.fn.number, w), weightedSum(c.fn.tape, w)
	hyper, paper, plain := weightedSum(c.fn.hyper, w), weightedSum(c.fn.paper, w), weightedSum(c.fn.real, w)
	s := *c
	s.fn = New(c.fn.Name, plain, number, hyper, tape, paper)
	s.traced = nil
	c.hvp = table{operator: "HVP", bounds: s.limitsHVP(), label: input}
	c.hvp.by = [methods][]float64{nil, dual.HVP(hyper, c.x, c.v), reverse.HVP(tape, c.x, c.v), symbolic.HVP(paper, c.x, c.v)}
	c.hvp.measured(numeric.HVPResult(plain, c.x, c.v))
	c.compareExact(&c.hvp)
	c.compareDifferences(&c.hvp)
	return &c.hvp
}

// arrayForm is the array form in a CheckArray under way.
type arrayForm struct {
	fn ArrayFunc
	c  *checker
}

// derive returns what the arrays say, by a second step on the same tape, so that
// storage which is used again is seen as well.
func (a arrayForm) derive() (value, jvp, vjp, hvp []float64) {
	tape := reverse.NewTape()
	for range 2 {
		tape.Reset()
		value, jvp, vjp, hvp = a.step(tape)
	}
	return value, jvp, vjp, hvp
}

func (a arrayForm) step(tape *reverse.Tape) (value, jvp, vjp, hvp []float64) {
	var params []reverse.Array
	var v, grads [][]float64
	at := 0
	for _, s := range a.fn.Shapes {
		n := sizeOf(s)
		grads = append(grads, make([]float64, n))
		params = append(params, tape.Param(a.c.x[at:][:n:n], grads[len(grads)-1], s...))
		v = append(v, a.c.v[at:][:n:n])
		at += n
	}
	y := a.fn.Array(params)
	value = slices.Clone(y.Values())
	if len(value) != len(a.c.w) {
		panic(fmt.Sprintf("compare: CheckArray of %s: arrays give %d results, scalars %d", a.fn.Name, len(value), len(a.c.w)))
	}
	y.BackwardFrom(a.c.w)
	jvp = y.JVP(params, v)
	return value, jvp, slices.Concat(grads...), slices.Concat(y.HVP(a.c.w, params, v)...)
}

// compare compares the arrays' results with those of every method.
func (a arrayForm) compare(t *table, got []float64) {
	for i, x := range got {
		l := t.bounds[i]
		for m := range Method(methods) {
			if len(t.by[m]) == 0 {
				continue
			}
			y := t.by[m][i]
			tolerance := 4*l.err + 64*unit*max(l.magnitude, math.Abs(y)) + 0x1p-1050
			if m == Differences && t != &a.c.value {
				if a.c.report.Class != Smooth || !finite(t.estimate[i]) || !finite(x) {
					a.c.report.Skipped++
					continue
				}
				tolerance += trust * t.estimate[i]
			}
			if l.wild && !same(x, y) {
				a.c.report.Skipped++
				continue
			}
			a.c.report.Comparisons++
			if !same(x, y) && !(math.Abs(x-y) <= tolerance) {
				a.c.report.Findings = append(a.c.report.Findings, Finding{t.operator, t.label(i), m, Arrays, y, x, tolerance})
			}
		}
	}
}

// sizeOf is the number of elements of a shape.
func sizeOf(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
