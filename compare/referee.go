package compare

import (
	"fmt"
	"math"
	"strings"

	"github.com/quartet-ad/ad/compare/internal/rounding"
)

// refereed compares every method with the reference.
func (j *judgement) refereed(ref Reference) {
	if ref.Value == nil && ref.Jacobian == nil && ref.Hessian == nil {
		return
	}
	e := j.e
	if e.loose != nil { // what methods have in common may be off by more than they differ
		wide, form := *e, *e.form
		form.trace = e.loose
		wide.form = &form
		wide.limits()
		if e.fn.scalar && e.curved && j.report.Class != Undefined {
			wide.limitsSecond()
		}
		e = &wide
	}
	j.refereeTable(&e.value, ref.Value)
	j.refereeTable(&e.jacobian, ref.Jacobian)
	if ref.Hessian == nil {
		return
	}
	if j.report.Class == Undefined || !e.curved {
		return
	}
	n := len(e.x)
	if len(ref.Hessian) != n*n {
		panic(fmt.Sprintf("compare: Against: the Hessian of %s has %d entries, want %d", e.fn.Name, len(ref.Hessian), n*n))
	}
	var triangle []float64
	for i := range n {
		triangle = append(triangle, ref.Hessian[i*n+i:(i+1)*n]...)
	}
	j.refereeTable(&e.hessian, triangle)
}

func (j *judgement) refereeTable(t *table, want []float64) {
	if want == nil {
		return
	}
	if len(want) != t.size() {
		panic(fmt.Sprintf("compare: Against: the %s of %s has %d entries, want %d", t.operator, j.e.fn.Name, len(want), t.size()))
	}
	for i, w := range want {
		for m := range Method(methods) {
			if t.asked(m, i) {
				j.refereePair(t, i, m, w)
			}
		}
	}
}

// refereePair compares one number with that of the reference. The value may be off
// by a few units in the last place, and derivatives by what the rounding of
// arguments and slopes amounts to. Differences that are wrong where a convention decides
// are no finding: they cannot know it.
func (j *judgement) refereePair(t *table, i int, m Method, want float64) {
	y, l := t.by[m][i], t.limits[i]
	share := slack
	tolerance := l.Err + 8*rounding.Unit*(l.Size+math.Abs(want))
	if m == Differences && t.order > 0 {
		if j.report.Class != Smooth {
			j.without(j.silent())
			return
		}
		if !finite(y) || !finite(t.estimate[i]) {
			j.without(j.limitless(t, i))
			return
		}
		tolerance += trust * t.estimate[i]
		share = blunt
	}
	switch outcome := j.compare(t, i, y, want, tolerance, share); {
	case outcome == fits:
		j.report.Comparisons++
	case outcome != apart:
		j.without(outcome)
	case m == Differences && t.order > 0 && (j.ground.conventional(t.order)):
		j.without(Convention)
	default:
		j.report.Comparisons++
		j.report.Findings = append(j.report.Findings, Finding{t.operator, t.label(i), m, Referee, y, want, tolerance})
	}
}

// outvoted names the methods that a reference refutes. Where they are all exact methods that
// took part, and no two methods disagree, the reference stands alone: either it is wrong, or
// all methods are wrong alike.
func outvoted(disagree disagreement, refuted []string) string {
	among := false
	for a := range methods {
		for b := range methods {
			among = among || disagree[a][b]
		}
	}
	if among || len(refuted) < 3 {
		return strings.Join(refuted, ", ")
	}
	return fmt.Sprintf("the reference, or what all methods have in common: the reference stands alone against %d that agree (%s)", len(refuted), strings.Join(refuted, ", "))
}
