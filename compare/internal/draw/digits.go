package draw

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

// A digitRow is a method with its gradient.
type digitRow struct {
	method, how string
	digits      []string
	distance    string
	cost        string
}

// Signs of a verdict, beside its words.
const (
	check = `<svg class="ic" viewBox="0 0 14 14" aria-hidden="true"><path d="M2 7.6 5.6 11 12 3.4" fill="none" stroke="currentColor" stroke-width="2.2"/></svg>`
	cross = `<svg class="ic" viewBox="0 0 14 14" aria-hidden="true"><path d="M2.5 2.5l9 9M11.5 2.5l-9 9" stroke="currentColor" stroke-width="2.2"/></svg>`
)

// DigitsTable shows the gradient by every method, with all digits, and what the judge says.
func (v *View) DigitsTable() string {
	var b strings.Builder
	b.WriteString(`<table class="digits"><caption class="vh">The gradient by every method</caption><thead><tr><th scope="col">Method</th>`)
	var names []string
	for _, i := range v.Shown {
		name := html.EscapeString("∂" + v.Output + "/∂" + v.Inputs[i].Name)
		names = append(names, name)
		fmt.Fprintf(&b, `<th scope="col">%s</th>`, name)
	}
	b.WriteString(`<th scope="col">Distance</th><th scope="col">Cost</th></tr></thead><tbody>` + "\n")
	for _, r := range v.digitRows() {
		fmt.Fprintf(&b, `<tr><th scope="row">%s<small>%s</small></th>`, r.method, r.how)
		for k, d := range r.digits {
			fmt.Fprintf(&b, `<td class="dg" data-l="%s"><span>%s</span></td>`, names[k], d)
		}
		fmt.Fprintf(&b, `<td class="ui" data-l="distance">%s</td><td class="ui" data-l="cost">%s</td></tr>`+"\n", r.distance, r.cost)
	}
	if v.refereed() {
		v.referee(&b, names)
	}
	v.judge(&b)
	b.WriteString("</tbody></table>\n")
	if n := len(v.Inputs) - len(v.Shown); n > 0 {
		fmt.Fprintf(&b, `<p class="ui">The other %d inputs are in the text and in -json.</p>`, n)
	}
	for _, l := range v.Lacks {
		fmt.Fprintf(&b, "<p>Not shown: %s</p>", html.EscapeString(l))
	}
	return b.String()
}

// refereed reports whether there is a referee for all inputs that are shown.
func (v *View) refereed() bool {
	for _, i := range v.Shown {
		if v.Gradient[i].Referee == "" {
			return false
		}
	}
	return true
}

// referee writes the row of what the methods are held against.
func (v *View) referee(b *strings.Builder, names []string) {
	b.WriteString(`<tr class="truth"><th scope="row">200-bit arithmetic<small>the referee</small></th>`)
	for k, i := range v.Shown {
		fmt.Fprintf(b, `<td class="dg" data-l="%s"><span>%s</span></td>`, names[k], html.EscapeString(Sign(Clip(v.Gradient[i].Referee, 22))))
	}
	b.WriteString(`<td class="ui" data-l="distance">what the others are held against</td><td class="ui" data-l="cost"></td></tr>` + "\n")
}

// judge writes the row of the verdict.
func (v *View) judge(b *strings.Builder) {
	j := v.Verdict
	says := "△ " + j.Verdict
	switch j.Verdict {
	case "agree":
		says = `<span class="ok">` + check + "all agree</span>"
	case "disagree":
		says = `<span class="bad">` + cross + "disagree: " + html.EscapeString(j.Culprit) + "</span>"
	}
	class := ""
	if !v.refereed() {
		class = ` class="truth"`
	}
	fmt.Fprintf(b, `<tr%s><th scope="row">The judge<small>compares each with each</small></th><td class="ui" colspan="%d">%s`, class, len(v.Shown), says)
	if j.Class == "" {
		b.WriteString(`</td><td class="ui"></td><td class="ui"></td></tr>`)
		return
	}
	at := "at a point that is " + j.Class
	if j.Class == "smooth" && slices.ContainsFunc(v.Gradient, func(s trace.Slope) bool { return s.Reverse-s.Reverse != 0 }) {
		at = "where a slope is not finite"
	}
	fmt.Fprintf(b, `, %s</td><td class="ui" data-l="worst">%.2g ulp among exact methods; a difference is off by %.2g of its estimate</td><td class="ui" data-l="cost">%d comparisons</td></tr>`,
		at, float64(j.WorstULP), float64(j.WorstEstimate), j.Comparisons)
}

// digitRows shows the digits of every method, those past its error apart.
func (v *View) digitRows() []digitRow {
	by := []struct {
		method, how, cost string
		of                func(trace.Slope) trace.Float
	}{
		{"Dual numbers", "carry value and slope together", fmt.Sprintf("%d passes", len(v.Inputs)), func(s trace.Slope) trace.Float { return s.Dual }},
		{"Tape, reverse mode", "record, then pull back", "1 sweep", func(s trace.Slope) trace.Float { return s.Reverse }},
		{"Symbolic", "rewrite the formula", "1 formula each", func(s trace.Slope) trace.Float { return s.Symbolic }},
		{"Differences", "ask the function, twice, nearby", "", func(s trace.Slope) trace.Float { return s.Differences }},
	}
	if len(v.Inputs) == 1 {
		by[0].cost = "1 pass"
	}
	var rows []digitRow
	refereed := v.refereed()
	for k, m := range by {
		r := digitRow{method: m.method, how: m.how, cost: m.cost}
		var distance []string
		evals := 0
		for _, i := range v.Shown {
			g := v.Gradient[i]
			truth := g.Reverse
			if refereed {
				truth = g.Nearest
			}
			err := math.Abs(float64(m.of(g) - truth))
			r.digits = append(r.digits, split(m.of(g), err))
			evals += g.Evaluations
			switch {
			case k == 3:
				distance = append(distance, fmt.Sprintf("%s (its own estimate: %s)", tens(err), tens(float64(g.Estimate))))
			case k != 1 || refereed:
				distance = append(distance, ulps(units(m.of(g), truth)))
			}
		}
		if k == 3 {
			r.cost = fmt.Sprintf("%d evaluations", evals)
		}
		r.distance = strings.Join(distance, ", ")
		if k == 1 && !refereed {
			r.distance = "what the others are held against here"
		}
		rows = append(rows, r)
	}
	return rows
}

// units returns how many units in the last place lie between two numbers.
func units(a, b trace.Float) float64 {
	if equal(a, b) {
		return 0
	}
	x := math.Abs(float64(b))
	return math.Abs(float64(a-b)) / (math.Nextafter(x, math.Inf(1)) - x)
}

// ulps writes a distance in units in the last place.
func ulps(n float64) string {
	if n > 1e6 {
		return tens(n) + " ulp"
	}
	return fmt.Sprintf("%.0f ulp", n)
}

// split marks the digits that are past an error.
func split(x trace.Float, err float64) string {
	text := Sign(Digits(x))
	if err == 0 || strings.ContainsAny(text, "eNI") {
		return html.EscapeString(text)
	}
	right := int(math.Floor(math.Log10(math.Abs(float64(x))) - math.Log10(2*err)))
	seen, leading := 0, true
	for i, r := range text {
		if leading = leading && (r < '1' || r > '9'); leading || r < '0' || r > '9' {
			continue
		}
		if seen++; seen > right+1 {
			return html.EscapeString(text[:i]) + `<span class="off">` + html.EscapeString(text[i:]) + "</span>"
		}
	}
	return html.EscapeString(text)
}
