package main

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/internal/page"
	"github.com/quartet-ad/ad/internal/replace"
)

//go:embed page.html
var pageText string

// pageTemplate is the page that -html writes.
var pageTemplate = page.Parse(pageText, template.FuncMap{
	"count":  count,
	"plural": plural,
	"units":  units,
	"level":  level,
	"small":  small,
})

// A report is what the template shows.
type report struct {
	Title                        string
	Comparisons, Points, Skipped int
	Patterns                     []legend
	Evidence                     float64     // its share, in percent, of what has a right answer
	Median, Worst                float64     // the least fault that would be noticed
	Lacking                      []lackingOf // evidence
	Look                         []row       // to look at first
	Cases                        []failure
	Groups                       []group
	Shares                       []share
	Legend                       []legend
	Spreads                      []spreadRow
	Fits                         []fitView
	Curves                       []curveView

	sections int // numbered so far
}

// Section returns the number of the next section: those that a page lacks are not counted.
func (r *report) Section() int {
	r.sections++
	return r.sections
}

// A group is the functions of one kind.
type group struct {
	Name, About string
	Rows        []row
	Points      int
}

// A row is a line of the table of agreement.
type row struct {
	Group, Name   string
	Points        int
	Comparisons   int
	ULP, Estimate float64 // the worst of the exact methods, and of differences
	Verdict       string
	Failed        bool
	Glyph         template.HTML
}

// A lackingOf is a function that lacks evidence.
type lackingOf struct {
	Name    string
	Percent float64
	Number  int
	Why     string
}

// A failure is a function that the methods disagree on.
type failure struct {
	Name, Culprit string
	At            string
	Findings      []string
}

// A share compares the methods' accuracy of one order of derivative with
// PyTorch's.
type share struct {
	Order   string
	Numbers int
	Limit   float64 // in units in the last place
	By      []percent
}

type percent struct {
	Name    string
	Percent float64
}

// A spreadRow shows how far one function's numbers are from the true ones: its
// value, then its first and second derivatives by rule and on paper.
type spreadRow struct {
	Name  string
	Cells []spreadCell
	worst float64
}

type spreadCell struct {
	Label string
	Bar   template.HTML
	Worst float64
}

// A fitView is a regression with the picture of its digits.
type fitView struct {
	nistResult
	Plot template.HTML
}

type curveView struct {
	Name              string
	X                 float64
	Plot              template.HTML
	BestStep, BestErr float64 // of the central quotients
	FoundErr          float64 // of the extrapolation, and its own estimate
	Estimate          float64
}

type legend struct {
	Glyph template.HTML
	Text  string
}

// about says what a group of functions is.
var about = map[string]string{
	"elementary": "the functions of package ad, row by row",
	"helper":     "rows that only the texts of other rows make use of",
	"rule":       "the rules of differentiation at ±0, ±Inf, NaN and subnormal numbers",
	"vector":     "functions of many numbers",
	"activation": "activations in their textbook form",
	"loss":       "losses in their textbook form",
	"problem":    "test problems of optimization",
	"residual":   "their residuals",
	"objective":  "a mixture of Gaussians, fitted to points",
	"array":      "operations on arrays, held against the same over scalars",
	"nn":         "layers and losses of networks, held against their textbook form over scalars",
	"regression": "sums of squares on NIST's data",
	"golden":     "functions whose derivatives are known from 60-digit arithmetic: the referee",
}

// lookAt is how many rows are listed to look at first, besides the failed ones.
const lookAt = 8

// writePage writes the results to a file as a page.
func (r results) writePage(name string) error {
	if err := replace.File(name, r.render); err != nil {
		return fmt.Errorf("-html: %w", err)
	}
	return nil
}

func (r results) render(w io.Writer) error { return pageTemplate.Execute(w, r.report()) }

func (r results) report() *report {
	p := &report{Patterns: patterns()}
	for _, l := range r.lines {
		p.Points += l.points
		p.Comparisons += l.comparisons
		p.Skipped += l.skipped
		row := row{Group: l.group, Name: l.name, Points: l.points, ULP: l.worstULP, Estimate: l.worstEstimate,
			Verdict: l.verdict(), Failed: len(l.failed) > 0, Glyph: l.glyph(), Comparisons: l.comparisons}
		if len(p.Groups) == 0 || p.Groups[len(p.Groups)-1].Name != l.group {
			p.Groups = append(p.Groups, group{Name: l.group, About: about[l.group]})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Rows = append(g.Rows, row)
		g.Points += l.points
		p.Look = append(p.Look, row)
		if row.Failed {
			p.Cases = append(p.Cases, newFailure(l))
		}
	}
	sum := total(r.lines)
	p.Evidence = sum.evidence().percent()
	p.Median, p.Worst, _ = sum.power()
	for _, l := range lacking(r.lines) {
		e := l.evidence()
		p.Lacking = append(p.Lacking, lackingOf{l.group + "/" + l.name, e.percent(), e.lacking.Total(), e.lacking.String()})
	}
	slices.SortStableFunc(p.Look, worseFirst)
	p.Look = p.Look[:min(len(p.Look), len(p.Cases)+lookAt)]
	p.Title = r.title(len(p.Cases))
	p.accuracy(r.accuracy)
	for _, f := range r.fits {
		p.Fits = append(p.Fits, fitView{f, f.plot()})
	}
	for _, c := range r.curves {
		b := best(c.central)
		p.Curves = append(p.Curves, curveView{c.name, c.x, c.plot(), b.step, b.err, c.found.err, c.estimate})
	}
	return p
}

// patterns explains what a glyph may look like.
func patterns() []legend {
	const differences, dual, reverse, symbolic, referee = compare.Differences, compare.Dual, compare.Reverse, compare.Symbolic, compare.Referee
	show := func(pairs ...[2]compare.Method) template.HTML {
		l := line{group: "golden"}
		if len(pairs) > 0 {
			l.failed = make([]compare.Report, 1)
		}
		for _, pair := range pairs {
			l.failed[0].Findings = append(l.failed[0].Findings, compare.Finding{A: pair[0], B: pair[1]})
		}
		return l.glyph()
	}
	return []legend{
		{show(), "all agree, and the referee with them"},
		{show([2]compare.Method{symbolic, dual}, [2]compare.Method{symbolic, reverse}, [2]compare.Method{symbolic, differences}),
			"one stands alone: its mechanism, or its column of a rule, is wrong"},
		{show([2]compare.Method{dual, symbolic}, [2]compare.Method{dual, differences}, [2]compare.Method{reverse, symbolic}, [2]compare.Method{reverse, differences}),
			"two against two: a slope or curve that dual and reverse share"},
		{show([2]compare.Method{dual, referee}, [2]compare.Method{reverse, referee}, [2]compare.Method{symbolic, referee}, [2]compare.Method{differences, referee}),
			"all agree, the referee does not: a cause they share"},
	}
}

func (r results) title(failed int) string {
	switch {
	case failed > 0:
		return fmt.Sprintf("The methods disagree on %d of %d %s", failed, len(r.lines), plural(len(r.lines), "function"))
	case !r.ok:
		return "The methods agree, but the run falls short"
	}
	return fmt.Sprintf("Four methods agree on %d %s", len(r.lines), plural(len(r.lines), "function"))
}

// worseFirst orders rows: failed ones, then by the disagreement of the exact
// methods.
func worseFirst(a, b row) int {
	switch {
	case a.Failed != b.Failed && a.Failed, a.Failed == b.Failed && a.ULP > b.ULP:
		return -1
	case a.Failed != b.Failed, a.ULP < b.ULP:
		return 1
	}
	return 0
}

func newFailure(l line) failure {
	r := l.failed[0]
	f := failure{Name: l.group + "/" + l.name, Culprit: r.Culprit, At: fmt.Sprint(r.X)}
	for i, finding := range r.Findings {
		if i == 6 {
			f.Findings = append(f.Findings, fmt.Sprintf("and %d more", len(r.Findings)-i))
			break
		}
		f.Findings = append(f.Findings, finding.String())
	}
	return f
}

func (p *report) accuracy(a accuracy) {
	if len(a.functions) == 0 {
		return
	}
	for o := range orders {
		s := share{Order: orderNames[o], Limit: limits[o]}
		for m := range exact {
			t := a.sum(m)[o]
			s.Numbers = t.n
			s.By = append(s.By, percent{methodNames[m], t.percent()})
		}
		s.By = append(s.By, percent{"PyTorch 1.13.1", pytorch[o]})
		p.Shares = append(p.Shares, s)
	}
	const rule, paper = 1, 2 // dual has the same rows as reverse
	for _, f := range a.functions {
		row := spreadRow{Name: f.name}
		cell := func(label string, t tally) {
			row.Cells = append(row.Cells, spreadCell{label, t.bar(), t.ulp})
			row.worst = max(row.worst, t.ulp)
		}
		cell("value", f.by[rule][0])
		cell("first, by rule", f.by[rule][1])
		cell("first, on paper", f.by[paper][1])
		cell("second, by rule", f.by[rule][2])
		cell("second, on paper", f.by[paper][2])
		p.Spreads = append(p.Spreads, row)
	}
	slices.SortStableFunc(p.Spreads, func(a, b spreadRow) int { return int(math.Copysign(1, b.worst-a.worst)) })
	for i, text := range []string{"exact", "within 1 ulp", "2", "4", "16", "beyond"} {
		var t tally
		t.n, t.spread[i] = 1, 1
		p.Legend = append(p.Legend, legend{t.bar(), text})
	}
}

// count writes a number with its thousands apart.
func count(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// plural returns a noun, with an s unless there is one of it.
func plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// units writes units in the last place: a power of ten if there are many.
func units(ulp float64) string {
	switch {
	case math.IsInf(ulp, 0):
		return "∞"
	case ulp >= 1e4:
		return power(int(math.Round(math.Log10(ulp))))
	case ulp >= 10 || ulp == math.Trunc(ulp):
		return fmt.Sprintf("%.0f", ulp)
	}
	return strings.TrimRight(fmt.Sprintf("%.2f", ulp), "0")
}

// level tells how dark a number of units is printed.
func level(ulp float64) int {
	i := 0
	for ulp > spreadLimits[i] {
		i++
	}
	return i
}

// small writes a small number as a product with a power of ten.
func small(x float64) string {
	if x == 0 {
		return "0"
	}
	e := int(math.Floor(math.Log10(x)))
	m := x / math.Pow(10, float64(e))
	if m >= 9.95 {
		m, e = 1, e+1
	}
	return fmt.Sprintf("%.2g × 10%s", m, superscript(e))
}
