package compare

import (
	"fmt"
	"math"
	"strings"
)

// single says what one wrong entry looks like.
func (q *inquest) single(e int) string {
	one := []int{e}
	if g := q.samples[0].got[e]; !finite(g) {
		return fmt.Sprintf("%s: %v where there is a derivative", q.label(e), g)
	}
	for _, explain := range []func([]int) string{q.sign, q.factor} {
		if m := explain(one); m != "" {
			return q.label(e) + ": " + m
		}
	}
	if q.fits(one, func(*sample, int) guess { return guess{} }) {
		return q.label(e) + ": a missing term (0: nothing was computed)"
	}
	for other := range q.rows * q.cols {
		if other != e && !(q.symmetric && other/q.cols > other%q.cols) && q.moves(other) &&
			q.fits(one, func(s *sample, _ int) guess { return s.right[other] }) {
			return fmt.Sprintf("%s: a wrong index (this is the value of %s)", q.label(e), q.label(other))
		}
	}
	return q.label(e) + ": " + q.term(e)
}

// moves reports whether an entry is more than a constant, which others may be too.
func (q *inquest) moves(e int) bool {
	first := q.samples[0]
	for _, s := range q.samples[1:] {
		if math.Abs(s.right[e].value-first.right[e].value) > s.right[e].err+first.right[e].err {
			return true
		}
	}
	return len(q.samples) == 1 && first.right[e].value != 0
}

// term describes what an entry lacks, or has too much of.
func (q *inquest) term(e int) string {
	lacks := func(s *sample) float64 { return s.right[e].value - s.got[e] }
	first := q.samples[0]
	r := lacks(first)
	if !finite(r) {
		return fmt.Sprintf("a missing term: the derivative is %v", first.right[e].value)
	}
	if len(q.samples) > 1 && q.lacking(e, lacks, r, func(*sample) float64 { return 1 }) {
		return fmt.Sprintf("a missing term, %.6g", r)
	}
	for i, xi := range first.x {
		if xi != 0 && len(q.samples) > 1 && q.lacking(e, lacks, r/xi, func(s *sample) float64 { return s.x[i] }) {
			return fmt.Sprintf("a missing term, %.6g·x[%d]", r/xi, i)
		}
	}
	return fmt.Sprintf("a missing term, %.6g here%s", r, q.depends(e, r))
}

// lacking reports whether what an entry lacks is c times a factor everywhere.
func (q *inquest) lacking(e int, lacks func(*sample) float64, c float64, factor func(*sample) float64) bool {
	for _, s := range q.samples {
		want := c * factor(s)
		if !(math.Abs(lacks(s)-want) <= s.right[e].err+1e-6*math.Abs(want)) {
			return false
		}
	}
	return true
}

// mostCoordinates is how many coordinates are moved to see which of them a term depends on.
const mostCoordinates = 32

// depends says which coordinates what an entry lacks depends on.
func (q *inquest) depends(e int, r float64) string {
	x := q.samples[0].x
	if len(x) > mostCoordinates {
		return ""
	}
	var list []string
	for i := range x {
		near := copied(x)
		near[i] = neighbor(x, 1)[i]
		s := q.sample(near)
		if s == nil {
			return ""
		}
		if math.Abs(s.right[e].value-s.got[e]-r) > s.right[e].err+q.samples[0].right[e].err+1e-6*math.Abs(r) {
			list = append(list, fmt.Sprintf("x[%d]", i))
		}
	}
	if len(list) == 0 {
		return ""
	}
	return ", which depends on " + strings.Join(list, ", ")
}
