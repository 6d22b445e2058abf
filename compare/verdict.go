package compare

import (
	"math"

	"github.com/quartet-ad/ad/compare/internal/rounding"
)

// slack is what share of what is compared a limit may be: an agreement within more than
// that is no evidence.
const slack = 0x1p-20

// quiet is what share a limit may be of the function's variation about the point, where
// the entry itself vanishes, as at a minimum.
const quiet = slack * slack

// blunt is the same for differences.
const blunt = 0x1p-7

// A Verdict is what a Report comes to.
type Verdict int

// Verdicts.
const (
	Agree     Verdict = iota // all methods agree, and there is evidence of it
	Disagree                 // some methods disagree
	Undecided                // nothing that was compared is evidence of right derivatives
)

var verdictNames = [...]string{"agree", "disagree", "undecided"}

// String returns "agree", "disagree" or "undecided".
func (v Verdict) String() string { return verdictNames[v] }

// judgement is a comparison of all evidence under way.
type judgement struct {
	e *evidence
	*testimony
	report    *Report
	convicted string               // a column that no comparison of methods was needed for
	guards    []map[string][]limit // of perturbed traces, by operator
}

// without counts a comparison that is no evidence.
func (j *judgement) without(r Reason) {
	j.report.Without[r]++
	j.report.Skipped++
}

// exact compares the exact methods pair by pair.
func (j *judgement) exact(tables ...*table) {
	for _, t := range tables {
		for a := Dual; a < methods; a++ {
			for b := a + 1; b < methods; b++ {
				for i := range min(len(t.by[a]), len(t.by[b])) {
					j.pair(t, i, a, b)
				}
			}
		}
	}
}

// values compares the exact methods' values with that over plain floats.
func (j *judgement) values() {
	t := &j.e.value
	for b := Dual; b < methods; b++ {
		for i := range t.by[b] {
			j.pair(t, i, Differences, b)
		}
	}
}

// pair compares two results that may differ by rounding alone.
func (j *judgement) pair(t *table, i int, a, b Method) {
	x, y, l := t.by[a][i], t.by[b][i], t.limits[i]
	outcome := j.compare(t, i, x, y, l.Err, slack)
	if outcome == apart {
		l = j.guarded(t, i)
		outcome = l.compare(x, y, l.Err)
		if outcome == fits { // within a product of two errors
			outcome = Cancellation
		}
	}
	switch outcome {
	case fits:
		j.report.Comparisons++
		j.report.worst(x, y, l)
		j.report.evident += count(t.order > 0)
	case apart:
		j.report.Comparisons++
		j.finding(t, i, a, b, l.Err)
	default:
		j.without(outcome)
		if t.order == 1 && l.Err > 0 {
			j.report.Condition = max(j.report.Condition, l.Err/(rounding.RoundSlope*max(math.Abs(x), math.Abs(y), 0x1p-1000)))
		}
	}
}

// Outcomes of a comparison, beside the Reason why there is none.
const (
	fits  Reason = -1
	apart Reason = -2
)

// compare compares two numbers of an entry that may lie err apart, which is evidence if
// that is no more than a share of them.
func (j *judgement) compare(t *table, i int, x, y, err, share float64) (outcome Reason) {
	l := t.limits[i]
	outcome = l.compare(x, y, err)
	size := max(math.Abs(x), math.Abs(y), l.Size)
	switch {
	case outcome != fits || !finite(x) || !finite(err), err <= share*size, same(x, y) && err <= least:
		return outcome
	case share == blunt && j.nothingBeside(err, t, i, y):
		return fits
	case share == blunt:
		return Blunt
	case j.still(t, i, x, y, err):
		return fits
	case size < 0x1p-900:
		return Underflow
	}
	return Cancellation
}

// still reports whether an entry vanishes, as at a minimum: it is 0 by both methods, or
// may be off by no more than what a rounding of the inputs would change; and that is
// nothing beside the function's variation about the point.
func (j *judgement) still(t *table, i int, x, y, err float64) bool {
	l := t.limits[i]
	vanishes := x == 0 && y == 0 || err <= 0x1p10*rounding.Unit*l.Input
	return vanishes && err <= quiet*j.variation(t, i)
}

// compare compares two numbers that may lie err apart.
func (l limit) compare(x, y, err float64) (outcome Reason) {
	switch {
	case same(x, y):
		return fits
	case !finite(x) || !finite(y):
		if l.unknown(x, y) {
			return Overflow
		}
		return apart
	case !finite(err):
		return Overflow
	case math.Abs(x-y) <= err+least:
		return fits
	case l.Hazard:
		return Overflow
	}
	return apart
}

// least is how far results at the lower end of the range may lie apart, which are
// multiples of 2⁻¹⁰⁷⁴.
const least = 0x1p-1050

// differences compares every exact method with differences, as far as those can tell.
func (j *judgement) differences(tables ...*table) {
	for _, t := range tables {
		for i := range t.by[Differences] {
			for b := Dual; b < methods; b++ {
				if len(t.by[b]) > 0 && t.asked(Differences, i) {
					j.difference(t, i, b)
				}
			}
		}
	}
}

// trust is how many times its own error estimate a difference may be off.
const trust = 10

func (j *judgement) difference(t *table, i int, b Method) {
	x, y, l := t.by[Differences][i], t.by[b][i], t.limits[i]
	estimate := t.estimate[i]
	lo, hi := x, x
	switch j.report.Class {
	case Kink:
		s, usable := j.sides.of(t, i)
		if !usable {
			j.without(j.silent())
			return
		}
		lo, hi, estimate = s.lo, s.hi, s.err
	case Undefined, Jump:
		j.without(j.silent())
		return
	}
	switch {
	case !finite(lo) || !finite(hi) || !finite(estimate):
		j.without(j.limitless(t, i))
		return
	case !finite(y) || !finite(l.Err) || l.Hazard:
		j.without(Overflow)
		return
	}
	distance := max(lo-y, y-hi, 0)
	allowed := trust*estimate + l.Err
	agree := same(x, y) || distance <= allowed
	if !agree && j.report.Class == Smooth {
		allowed += j.blur(t, i, t.steps[i])
		agree = distance <= allowed
	}
	if !agree && distance <= allowed+trust*j.guarded(t, i).Err { // within a product of two errors
		j.without(Cancellation)
		return
	}
	if !agree && j.unanimous {
		if r, excused := j.excuse(t, i, b, distance); excused {
			j.without(r)
			return
		}
	}
	if agree && !same(x, y) && !j.nothingBeside(allowed, t, i, y) {
		j.without(Blunt)
		return
	}
	j.report.Comparisons++
	j.report.Measured++
	if estimate <= 1e-6*max(math.Abs(y), 1) {
		j.report.Sharp++
	}
	if agree {
		j.report.WorstEstimate = max(j.report.WorstEstimate, ratio(distance-(allowed-trust*estimate), estimate))
		return
	}
	j.finding(t, i, Differences, b, allowed)
}

// nothingBeside reports whether err is nothing beside what an entry is made from, as
// differences see it: beside its terms, or the function over a distance of 1.
func (j *judgement) nothingBeside(err float64, t *table, i int, y float64) bool {
	size := max(math.Abs(y), t.limits[i].Size)
	for _, y := range j.e.value.by[Differences] {
		size = max(size, math.Abs(y))
	}
	return err <= blunt*size || err <= blunt*j.variation(t, i)
}

// variation returns how large an entry would be if it were made from values of the
// function at the point and a quarter of the point's size away.
func (j *judgement) variation(t *table, i int) float64 {
	v, w := j.e.v, axis(len(j.e.w), i%len(j.e.w))
	if t.entry != nil {
		v, w = t.entry(i)
	}
	if t.order == 2 {
		w = axis(1, 0)
	}
	h := 0.25
	for k, vk := range v {
		if vk != 0 {
			h = max(h, math.Abs(j.e.x[k])/4)
		}
	}
	s, y := 0.0, j.e.value.by[Differences]
	see := func(c float64) {
		if c = math.Abs(c) / math.Pow(h, float64(t.order)); finite(c) {
			s = max(s, c)
		}
	}
	for _, side := range [...]float64{h, -h} {
		far := j.e.plain(moved(j.e.x, v, side))
		for k, wk := range w {
			see(wk * (far[k] - y[k]))
			see(wk * y[k])
		}
	}
	return s
}

// finding notes a disagreement.
func (j *judgement) finding(t *table, i int, a, b Method, tolerance float64) {
	j.report.Findings = append(j.report.Findings, Finding{
		Operator: t.operator, Entry: t.label(i), A: a, B: b,
		ValueA: t.by[a][i], ValueB: t.by[b][i], Tolerance: tolerance,
	})
}

// ratio returns a/b, 0 where a is not positive.
func ratio(a, b float64) float64 {
	if !(a > 0) {
		return 0
	}
	return a / b
}

// same reports whether two results are the same number, or both NaN.
func same(x, y float64) bool { return x == y || x != x && y != y }

func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }
