package compare

import (
	"fmt"
	"math"
	"slices"

	"github.com/quartet-ad/ad/compare/internal/rounding"
	"github.com/quartet-ad/ad/numeric"
	"github.com/quartet-ad/ad/reverse"
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
// roundings of the largest terms. Where the function over scalars is NaN since it divides
// by 0, or meets an infinity on the way, arrays with a number there are not contradicted.
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
	e := gather(fn.Func, x)
	e.measure()
	e.limits()
	report := Report{Name: fn.Name, X: slices.Clone(x)}
	j := &judgement{e: e, report: &report}
	j.firstOrder()
	second := j.weighted()
	j.conclude(Reference{})
	a := arrayForm{fn, j}
	value, jvp, vjp, hvp := a.derive()
	a.compare(&e.value, value)
	a.compare(&e.jvp, jvp)
	a.compare(&e.vjp, vjp)
	if second != nil {
		a.compare(second, hvp)
	}
	if report.Culprit == "" && !report.agreed() {
		report.Culprit = Arrays.String()
	}
	return report
}

// weighted compares the HVP of the results weighted with w by every method, and
// returns the table, nil where there is no second derivative.
func (j *judgement) weighted() *table {
	e := j.e
	if j.report.Class == Undefined || !e.curved {
		return nil
	}
	w := e.w
	real, tape := weightedSum(e.fn.real, w), weightedSum(e.fn.tape, w)
	e.gatherHVP(weightedSum(e.fn.hyper, w), tape, weightedSum(e.fn.paper, w), e.v)
	e.hvp.measured(numeric.HVPResult(real, e.x, e.v))
	e.hvp.limits = e.limitsWeighted()
	sum := *e
	sum.fn = New(e.fn.Name, real, weightedSum(e.fn.number, w), weightedSum(e.fn.hyper, w), tape, weightedSum(e.fn.paper, w))
	sum.fn.scalar = false // its trace is that of all results
	second := *j
	testimony := *j.testimony
	testimony.e = &sum
	second.e, second.testimony = &sum, &testimony
	second.exact(&sum.hvp)
	second.unanimous = j.report.agreed()
	second.differences(&sum.hvp)
	return &e.hvp
}

// arrayForm is the array form in a CheckArray under way.
type arrayForm struct {
	fn ArrayFunc
	j  *judgement
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
		params = append(params, tape.Param(a.j.e.x[at:][:n:n], grads[len(grads)-1], s...))
		v = append(v, a.j.e.v[at:][:n:n])
		at += n
	}
	y := a.fn.Array(params)
	value = slices.Clone(y.Values())
	if len(value) != len(a.j.e.w) {
		panic(fmt.Sprintf("compare: CheckArray of %s: arrays give %d results, scalars %d", a.fn.Name, len(value), len(a.j.e.w)))
	}
	y.BackwardFrom(a.j.e.w)
	jvp = y.JVP(params, v)
	return value, jvp, slices.Concat(grads...), slices.Concat(y.HVP(a.j.e.w, params, v)...)
}

// compare compares the arrays' results with those of every method.
func (a arrayForm) compare(t *table, got []float64) {
	j := a.j
	for i, x := range got {
		l := t.limits[i]
		for m := range Method(methods) {
			if len(t.by[m]) == 0 {
				continue
			}
			y := t.by[m][i]
			share := slack
			tolerance := 4*l.Err + 64*rounding.Unit*max(l.Size, math.Abs(y))
			difference := m == Differences && t != &j.e.value
			if difference {
				if j.report.Class != Smooth {
					j.without(j.silent())
					continue
				}
				if !finite(t.estimate[i]) || !finite(x) {
					j.without(j.limitless(t, i))
					continue
				}
				tolerance += trust * t.estimate[i]
				share = blunt
			}
			switch outcome := j.compare(t, i, y, x, tolerance, share); {
			case outcome == fits:
				j.report.Comparisons++
			case outcome == apart && finite(x) && (y != y || !finite(y) && j.report.Class == Undefined) && j.e.edge():
				j.without(NotANumber)
			case outcome == apart && difference && j.agreesExactly(t, i, x):
				j.without(Misled) // as by the scalars' exact methods
			case outcome == apart:
				j.report.Comparisons++
				j.report.Findings = append(j.report.Findings, Finding{t.operator, t.label(i), m, Arrays, y, x, tolerance})
			default:
				j.without(outcome)
			}
		}
	}
}

// edge reports whether something on the way is infinite, or divided by 0: a formula that
// was stated without a thought for such points may be NaN where one that was is not.
// Outside of the domain of a function, as of a logarithm, both are.
func (e *evidence) edge() bool {
	if e.trace == nil {
		return false
	}
	for i := range e.trace.Statements {
		s := &e.trace.Statements[i]
		x, y := s.Slopes()
		if s.Kind == rounding.Div && s.VB == 0 || math.IsInf(s.V, 0) || math.IsInf(x, 0) || math.IsInf(y, 0) {
			return true
		}
	}
	return false
}

// agreesExactly reports whether a result of arrays is that of all exact methods.
func (j *judgement) agreesExactly(t *table, i int, x float64) bool {
	l := t.limits[i]
	for m := Dual; m < methods; m++ {
		if len(t.by[m]) > 0 && l.compare(t.by[m][i], x, 4*l.Err+64*rounding.Unit*max(l.Size, math.Abs(x))) == apart {
			return false
		}
	}
	return true
}

// sizeOf is the number of elements of a shape.
func sizeOf(shape []int) int {
	n := 1
	for _, d := range shape {
		n *= d
	}
	return n
}
