package compare

import (
	"fmt"
	"math"
)

// refereed compares every method with the reference.
func (c *checker) refereed() {
	c.refereeTable(&c.value, c.ref.Value)
	c.refereeTable(&c.jacobian, c.ref.Jacobian)
	if c.ref.Hessian == nil {
		return
	}
	if c.report.Class == Undefined {
		return
	}
	n := len(c.x)
	if len(c.ref.Hessian) != n*n {
		panic(fmt.Sprintf("compare: Against: the Hessian of %s has %d entries, want %d", c.fn.Name, len(c.ref.Hessian), n*n))
	}
	var triangle []float64
	for i := range n {
		triangle = append(triangle, c.ref.Hessian[i*n+i:(i+1)*n]...)
	}
	c.refereeTable(&c.hessian, triangle)
}

func (c *checker) refereeTable(t *table, want []float64) {
	if want == nil {
		return
	}
	if len(want) != len(t.by[Dual]) {
		panic(fmt.Sprintf("compare: Against: the %s of %s has %d entries, want %d", t.operator, c.fn.Name, len(want), len(t.by[Dual])))
	}
	for i, w := range want {
		for m := range Method(methods) {
			if i < len(t.by[m]) {
				c.refereePair(t, i, m, w)
			}
		}
	}
}

// refereePair compares one number with that of the reference. The value may be off
// by a few units in the last place, and derivatives by what the rounding of
// arguments and slopes amounts to. Differences that are wrong where a convention decides
// are no finding: they cannot know it.
func (c *checker) refereePair(t *table, i int, m Method, want float64) {
	y, l := t.by[m][i], t.bounds[i]
	tolerance := l.err + roundValue*(l.magnitude+math.Abs(want)) + 0x1p-1050
	if m == Differences && t != &c.value {
		if c.report.Class != Smooth || !finite(y) || !finite(t.estimate[i]) {
			c.report.Skipped++
			return
		}
		tolerance += trust * t.estimate[i]
	}
	if (l.wild || l.unknown(y, want)) && !same(y, want) {
		c.report.Skipped++
		return
	}
	c.report.Comparisons++
	if same(y, want) || math.Abs(y-want) <= tolerance {
		return
	}
	if m == Differences && t != &c.value && c.ground.conventional(t.order) {
		return
	}
	c.report.Findings = append(c.report.Findings, Finding{t.operator, t.label(i), m, Referee, y, want, tolerance})
}
