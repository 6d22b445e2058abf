package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/compare/catalog"
)

// How many comparisons a full run makes at the least. One that makes fewer has
// lost checks on the way, and that is a failure too.
const (
	atLeast      = 1_400_000
	atLeastSharp = 500_000 // with differences that are good to six digits
)

// closeULP is how many units in the last place of the largest term count as close.
const closeULP = 4

// A line of the table is one function checked at all its points.
type line struct {
	group, name          string
	points               int
	comparisons, skipped int
	without              compare.Reasons
	powers               []float64 // at every point where a function of the table occurs
	measured, sharp      int       // comparisons with a difference, and with a good one
	worstULP             float64
	worstEstimate        float64 // of the differences' own estimates
	close                int     // points where the exact methods are within closeULP
	classes              [4]int  // points of every compare.Class
	failed               []compare.Report
}

// listed returns the catalogs of package compare, of functions and of
// operations on arrays, and the regressions.
func listed() ([]job, error) {
	entries := catalog.Functions()
	all, err := regressions()
	for _, p := range all {
		entries = append(entries, p.entry())
	}
	var jobs []job
	for _, e := range entries {
		jobs = append(jobs, job{e.Group + "/" + e.Func.Name, func() (line, *function, error) { return check(e), nil, nil }})
	}
	jobs = append(jobs, arrays("array", catalog.Arrays())...)
	return append(jobs, arrays("nn", append(catalog.Layers(), catalog.Losses()...))...), err
}

// arrays returns a group of operations on arrays, each with all of its cases.
func arrays(group string, entries []catalog.ArrayEntry) []job {
	cases := make(map[string][]catalog.ArrayEntry)
	var names []string
	for _, e := range entries {
		if cases[e.Operation] == nil {
			names = append(names, e.Operation)
		}
		cases[e.Operation] = append(cases[e.Operation], e)
	}
	var jobs []job
	for _, name := range names {
		jobs = append(jobs, job{group + "/" + name, func() (line, *function, error) {
			l := line{group: group, name: name}
			for _, e := range cases[name] {
				for _, x := range e.Points {
					l.add(compare.CheckArray(e.Func, x))
				}
			}
			return l, nil, nil
		}})
	}
	return jobs
}

// check checks an entry of the catalog.
func check(e catalog.Entry) line {
	l := line{group: e.Group, name: e.Func.Name}
	for _, x := range e.Points {
		l.add(compare.Check(e.Func, x))
	}
	return l
}

// add adds what the judge says of one point.
func (l *line) add(r compare.Report) {
	l.points++
	l.comparisons += r.Comparisons
	l.skipped += r.Skipped
	for k, n := range r.Without {
		l.without[k] += n
	}
	if r.Power == r.Power {
		l.powers = append(l.powers, r.Power)
	}
	l.measured += r.Measured
	l.sharp += r.Sharp
	l.worstULP = max(l.worstULP, r.WorstULP)
	l.worstEstimate = max(l.worstEstimate, r.WorstEstimate)
	if r.WorstULP <= closeULP {
		l.close++
	}
	l.classes[r.Class]++
	if !r.OK() {
		l.failed = append(l.failed, r)
	}
}

// verdict says in words whether the methods agree, and where differences had
// nothing to say.
func (l line) verdict() string {
	if len(l.failed) > 0 {
		return fmt.Sprintf("DISAGREE at %d of %d %s; culprit: %s", len(l.failed), l.points, plural(l.points, "point"), l.failed[0].Culprit)
	}
	var at []string
	for _, c := range []compare.Class{compare.Kink, compare.Jump, compare.Undefined} {
		switch n := l.classes[c]; {
		case n > 1 && c != compare.Undefined:
			at = append(at, fmt.Sprintf("%d %ss", n, c))
		case n > 0:
			at = append(at, fmt.Sprintf("%d %s", n, c))
		}
	}
	if len(at) == 0 {
		return "agree"
	}
	return "agree (" + strings.Join(at, ", ") + ")"
}

// table prints lines as they come and sums them up.
type table struct {
	out     io.Writer
	verbose bool
	lines   []line
	failed  int // lines among them
}

// fullReports is how many functions that fail are reported in full, at one point each. Verbose
// tables report all of them, at all points.
const fullReports = 3

func (t *table) add(l line) {
	if len(t.lines) == 0 {
		fmt.Fprintf(t.out, "%-32s %7s %12s %10s  %s\n", "function", "points", "comparisons", "worst ulp", "verdict")
	}
	t.lines = append(t.lines, l)
	fmt.Fprintf(t.out, "%-32s %7d %12d %10.2f  %s\n", l.group+"/"+l.name, l.points, l.comparisons, l.worstULP, l.verdict())
	if len(l.failed) > 0 {
		t.failed++
	}
	for i, r := range l.failed {
		if !t.verbose && (i > 0 || t.failed > fullReports) {
			break
		}
		fmt.Fprintf(t.out, "    %s\n", strings.ReplaceAll(r.String(), "\n", "\n    "))
	}
}

// summary prints the totals and reports whether all lines agree, and whether
// there were enough comparisons if the run was a full one.
func (t *table) summary(full bool) bool {
	if len(t.lines) == 0 {
		return true
	}
	sum, worst, failed := total(t.lines), line{}, 0
	for _, l := range t.lines {
		if l.worstULP > worst.worstULP {
			worst = l
		}
		failed += min(len(l.failed), 1)
	}
	fmt.Fprintf(t.out, "\n%d %s at %d %s, %d %s (%d without an answer): ",
		len(t.lines), plural(len(t.lines), "function"), sum.points, plural(sum.points, "point"),
		sum.comparisons, plural(sum.comparisons, "comparison"), sum.skipped)
	if failed > 0 {
		fmt.Fprintf(t.out, "%d DISAGREE\n", failed)
		return false
	}
	fmt.Fprintf(t.out, "all agree\nexact methods within %d ulp at %.1f %% of the points", closeULP, 100*float64(sum.close)/float64(sum.points))
	if worst.worstULP > closeULP {
		fmt.Fprintf(t.out, "; worst %.0f ulp, %s/%s", worst.worstULP, worst.group, worst.name)
	}
	fmt.Fprintln(t.out)
	proved := t.printEvidence(sum)
	t.printPower(sum)
	fmt.Fprintf(t.out, "differences are good to six digits in %.1f %% of %d comparisons with them\n", 100*float64(sum.sharp)/float64(sum.measured), sum.measured)
	if full && (sum.comparisons < atLeast || sum.sharp < atLeastSharp) {
		fmt.Fprintf(t.out, "a full run makes at least %d comparisons, %d of them with good differences: checks were lost\n", atLeast, atLeastSharp)
		return false
	}
	if full && !proved {
		fmt.Fprintf(t.out, "a full run has evidence for %d %% of them\n", wantedEvidence)
	}
	return proved || !full
}

// total returns the sums of all lines.
func total(lines []line) (sum line) {
	for _, l := range lines {
		sum.points += l.points
		sum.comparisons += l.comparisons
		sum.skipped += l.skipped
		for k, n := range l.without {
			sum.without[k] += n
		}
		sum.powers = append(sum.powers, l.powers...)
		sum.measured += l.measured
		sum.sharp += l.sharp
		sum.close += l.close
	}
	return sum
}
