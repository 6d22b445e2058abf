package compare

import (
	"fmt"
	"slices"
)

// Check differentiates fn at x by every method and compares the results.
//
// Cost: some hundred evaluations of fn, and for a scalar function of n inputs
// some 30n² more for the Hessian by differences. Of more than 16 inputs they are asked
// for its diagonal, its largest entries and its product with a vector, some 200n
// evaluations.
//
// Check panics if x is empty.
func Check(fn Func, x []float64) Report {
	r := Against(fn, x, Reference{})
	if !r.agreed() {
		r.smaller = func() []float64 {
			return shrink(r.X, func(x []float64) bool {
				other := Against(fn, x, Reference{})
				return !other.agreed() && other.Culprit == r.Culprit && other.seen() == r.seen()
			})
		}
	}
	return r
}

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
	e := gather(fn, x)
	e.measure()
	e.limits()
	report := Report{Name: fn.Name, X: slices.Clone(x)}
	j := &judgement{e: e, report: &report}
	j.firstOrder()
	if fn.scalar && report.Class != Undefined {
		e.gatherSecond()
		e.measureSecond()
		j.secondOrder()
	}
	j.refereed(ref)
	j.conclude(ref)
	return report
}

// firstOrder compares values and first derivatives, and hears the differences.
func (j *judgement) firstOrder() {
	e := j.e
	j.exact(&e.value, &e.jacobian, &e.jvp, &e.vjp)
	unanimous := j.report.agreed()
	j.values()
	j.testimony = hear(e)
	j.unanimous, j.report.Class = unanimous, j.class
	j.differences(&e.jacobian, &e.jvp, &e.vjp)
	j.dotProduct()
}

// secondOrder judges the gradient and the second derivatives.
func (j *judgement) secondOrder() {
	e := j.e
	if e.curved {
		e.limitsSecond()
	}
	j.exact(&e.gradient, &e.hessian, &e.hvp)
	j.unanimous = j.report.agreed()
	j.differences(&e.gradient, &e.hessian, &e.hvp)
	j.hessianTimesVector()
}

// conclude names the culprit, and looks at columns where there is none.
func (j *judgement) conclude(ref Reference) {
	r, e := j.report, j.e
	r.Lacks = e.lacks
	r.Power = e.power()
	r.undecided = r.evident == 0 && r.Class != Undefined && len(e.w)*len(e.x) > 0
	u := uses(e.trace)
	j.texts()
	if r.agreed() {
		j.columns(append(u, e.probes()...))
	}
	r.Culprit = j.culprit(u, ref)
}
