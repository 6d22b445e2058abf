package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/quartet-ad/ad/compare"
)

// wantedEvidence is the share of comparisons, in percent, that must be evidence in a full
// run: of those that have a right answer. Where there is none by definition, at a jump,
// outside of the domain, and where slopes are agreed, differences are not asked for one.
const wantedEvidence = 99

// evidence is how much of what was compared proves something.
type evidence struct {
	proved  int
	lacking compare.Reasons
	moot    compare.Reasons
}

func (l line) evidence() evidence {
	e := evidence{proved: l.comparisons}
	e.lacking, e.moot = l.without.Split()
	return e
}

// percent returns the share of evidence in the comparisons that have a right answer.
func (e evidence) percent() float64 {
	all := e.proved + e.lacking.Total()
	if all == 0 {
		return 100
	}
	return 100 * float64(e.proved) / float64(all)
}

// String returns what lacks evidence, and why, "" where nothing does.
func (e evidence) String() string {
	n := e.lacking.Total()
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%.2f %%, without %d (%v)", e.percent(), n, e.lacking)
}

// shown is how many functions that lack evidence are listed in a table that is not verbose.
const shown = 8

// printEvidence prints the share of evidence and the functions that lack some, those with
// the least share first, and reports whether the share of all together is as wanted.
func (t *table) printEvidence(sum line) bool {
	e := sum.evidence()
	fmt.Fprintf(t.out, "%.2f %% of %d comparisons that have a right answer are evidence", e.percent(), e.proved+e.lacking.Total())
	if e.lacking.Total() > 0 {
		fmt.Fprintf(t.out, "; not %v", e.lacking)
	}
	if n := e.moot.Total(); n > 0 {
		fmt.Fprintf(t.out, "\n%d more have none by definition: %v", n, e.moot)
	}
	fmt.Fprintln(t.out)
	list := lacking(t.lines)
	for i, l := range list {
		if i == shown && !t.verbose {
			fmt.Fprintf(t.out, "    and of %d more: -v lists them\n", len(list)-i)
			break
		}
		fmt.Fprintf(t.out, "    %-28s %v\n", l.group+"/"+l.name, l.evidence())
	}
	return e.percent() >= wantedEvidence
}

// lacking returns the lines that lack evidence, those with the least share first.
func lacking(lines []line) []line {
	list := slices.DeleteFunc(slices.Clone(lines), func(l line) bool { return l.evidence().lacking.Total() == 0 })
	slices.SortStableFunc(list, func(a, b line) int { return cmp.Compare(a.evidence().percent(), b.evidence().percent()) })
	return list
}

// power returns the least relative fault of a slope that would be noticed, in the median of
// all points and at the worst; ok is false where no function of the table occurs.
func (l line) power() (median, worst float64, ok bool) {
	n := len(l.powers)
	if n == 0 {
		return 0, 0, false
	}
	p := slices.Sorted(slices.Values(l.powers))
	return p[n/2], p[n-1], true
}

// printPower prints the power of the job, and of every function if verbose.
func (t *table) printPower(sum line) {
	median, worst, ok := sum.power()
	if !ok {
		return
	}
	at := slices.MaxFunc(t.lines, func(a, b line) int {
		_, x, _ := a.power()
		_, y, _ := b.power()
		return cmp.Compare(x, y)
	})
	fmt.Fprintf(t.out, "the least fault of a slope that exact methods would notice is %.1g in the median, %.1g at worst, of %s/%s\n",
		median, worst, at.group, at.name)
	if !t.verbose {
		return
	}
	fmt.Fprintf(t.out, "%-32s %8s %8s\n", "the same by function", "median", "worst")
	for _, l := range t.lines {
		if median, worst, ok := l.power(); ok {
			fmt.Fprintf(t.out, "    %-28s %8.1g %8.1g\n", l.group+"/"+l.name, median, worst)
		}
	}
}
