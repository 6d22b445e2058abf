package draw

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/internal/page"
)

// The frame of a curve of errors, in pixels and in powers of ten.
const (
	curveLeft, curveRight, curveTop, curveBottom = 44, 548, 14, 300
	curveLow, curveHigh                          = -17, 1
)

// Curves shows the errors of differences by the first inputs. It is empty if there are none.
func (v *View) Curves() string {
	var b strings.Builder
	for _, s := range v.Studies[:min(len(v.Studies), 2)] {
		name := html.EscapeString("∂" + v.Output + "/∂" + v.Inputs[s.Input].Name)
		picture := "<p>There is no derivative here to hold differences against.</p>"
		if finite(float64(s.Exact)) {
			picture = curve(v.Trace, s)
		}
		fmt.Fprintf(&b, `<figure class="avoid"><h3>%s</h3>%s</figure>`, name, picture)
	}
	if b.Len() == 0 {
		return ""
	}
	return `<div class="vcs">` + b.String() + "</div>"
}

// curve draws the error of difference quotients against their step, both logarithmic, with
// the truncation error that the Taylor series knows, and what needs no step.
func curve(t *trace.Trace, s trace.Study) string {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, q := range s.Points {
		lo, hi = min(lo, math.Log10(float64(q.Step))), max(hi, math.Log10(float64(q.Step)))
	}
	if !(lo < hi) {
		return ""
	}
	scale := math.Abs(float64(s.Exact))
	if !(scale > 0) || math.IsInf(scale, 0) {
		scale = 1
	}
	right, down := page.Scale([]float64{lo, hi}, curveLeft, curveRight), page.Scale([]float64{curveLow, curveHigh}, curveBottom, curveTop)
	x := func(step trace.Float) float64 { return right(math.Log10(float64(step))) }
	y := func(err trace.Float) float64 {
		return down(min(max(math.Log10(math.Abs(float64(err))/scale), curveLow), curveHigh))
	}
	var b strings.Builder
	for e := curveLow + 1; e <= curveHigh; e += 4 {
		fmt.Fprintf(&b, `<path class="gr" d="M%d %.1fH%d"/><text class="mu" x="%d" y="%.1f" text-anchor="end">%s</text>`, curveLeft, down(float64(e)), curveRight, curveLeft-6, down(float64(e))+4, power(e))
	}
	for e := int(math.Ceil(lo)); float64(e) <= hi; e += 3 {
		fmt.Fprintf(&b, `<path class="gr" d="M%.1f %dV%d"/><text class="mu" x="%.1f" y="%d" text-anchor="middle">%s</text>`, right(float64(e)), curveTop, curveBottom, right(float64(e)), curveBottom+18, power(e))
	}
	fmt.Fprintf(&b, `<text class="mu" x="%d" y="%d" text-anchor="middle">step h</text>`, (curveLeft+curveRight)/2, curveBottom+36)
	var marks strings.Builder
	for _, scheme := range []string{"forward", "central"} {
		line := ""
		for _, q := range s.Points {
			if q.Scheme != scheme {
				continue
			}
			if q.Truncation != 0 && math.Abs(float64(q.Truncation))/scale > 1e-17 {
				line += fmt.Sprintf("%.1f %.1f ", x(q.Step), y(q.Truncation))
			}
			if scheme == "forward" {
				fmt.Fprintf(&marks, `<rect class="d1" x="%.1f" y="%.1f" width="5" height="5"/>`, x(q.Step)-2.5, y(q.Err)-2.5)
			} else {
				fmt.Fprintf(&marks, `<circle class="d2" cx="%.1f" cy="%.1f" r="2.6"/>`, x(q.Step), y(q.Err))
			}
		}
		if line != "" {
			fmt.Fprintf(&b, `<path class="th" d="M%s"/>`, strings.TrimSpace(line))
		}
	}
	b.WriteString(marks.String())
	named := make(map[string]bool)
	for _, q := range s.Points {
		if d := math.Log10(float64(q.Step)); !named[q.Scheme] && d < hi-2.2 && q.Err != 0 {
			named[q.Scheme] = true
			fmt.Fprintf(&b, `<text class="hal" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, x(q.Step)-9, y(q.Err)-4, q.Scheme)
		}
	}
	label := fmt.Sprintf("Relative error of difference quotients for the derivative by %s against the step, both in powers of ten.", t.Inputs[s.Input].Name)
	for k, i := range s.Best {
		q := s.Points[i]
		label += fmt.Sprintf(" The best %s step is %.1e, with the error %.1e.", q.Scheme, q.Step, q.Err)
		if q.Scheme == "central" || k == len(s.Best)-1 {
			fmt.Fprintf(&b, `<circle class="pick" cx="%.1f" cy="%.1f" r="8"/><text class="hal" x="%.1f" y="%.1f">best step %s</text>`,
				x(q.Step), y(q.Err), min(x(q.Step)+13, curveRight-110), y(q.Err)-4, tens(float64(q.Step)))
		}
	}
	if finite(float64(s.Found.Err)) {
		fmt.Fprintf(&b, `<path class="fr" d="M%d %.1fH%d"/><text class="hal" x="%d" y="%.1f">extrapolation, told no step: %s</text>`,
			curveLeft, y(s.Found.Err), curveRight, curveLeft+6, y(s.Found.Err)-6, tens(math.Abs(float64(s.Found.Err))/scale))
	}
	fmt.Fprintf(&b, `<text class="mu hal" x="%d" y="%d">← rounding wins</text><text class="mu hal" x="%d" y="%.1f" text-anchor="end">truncation wins →</text>`,
		curveLeft+46, curveTop+8, curveRight-2, down(-10))
	return string(page.SVG("curve", curveRight+8, curveBottom+42, Sign(label), b.String()))
}

// power writes a power of ten.
func power(e int) string {
	if e == 0 {
		return "1"
	}
	return "10" + strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(fmt.Sprint(e))
}

// tens writes a number with one digit and a power of ten.
func tens(x float64) string {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return fmt.Sprint(x)
	}
	e := int(math.Floor(math.Log10(math.Abs(x)) + 1e-9))
	m := math.Round(x / math.Pow(10, float64(e)))
	if math.Abs(m) >= 10 {
		m, e = m/10, e+1
	}
	if e == 0 {
		return fmt.Sprintf("%.0f", m)
	}
	return fmt.Sprintf("%.0f × %s", m, power(e))
}

// PriceChart draws what forward and backward cost as the inputs grow, in multiples of the
// function, both doubling. It is empty if no size but one was counted.
func (v *View) PriceChart() string {
	var list []trace.Price
	for _, p := range v.Prices {
		if p.Results == 1 {
			list = append(list, p)
		}
	}
	const left, right, top, bottom = 44, 360, 14, 190
	most := 1.0
	for _, p := range list {
		most = max(most, float64(p.Forward)/math.Max(1, float64(p.Operations)))
	}
	if len(list) < 2 {
		return ""
	}
	x := page.Scale([]float64{math.Log2(float64(list[0].Inputs)), math.Log2(float64(list[len(list)-1].Inputs))}, left+14, right-76)
	y := page.Scale([]float64{0, math.Ceil(math.Log2(most*1.3)) + .2}, bottom, top)
	var b strings.Builder
	for e := 0; y(float64(e)) >= top; e += 2 {
		fmt.Fprintf(&b, `<path class="gr" d="M%d %.1fH%d"/><text class="mu" x="%d" y="%.1f" text-anchor="end">×%d</text>`, left, y(float64(e)), right-60, left-6, y(float64(e))+4, 1<<e)
	}
	for _, p := range list {
		fmt.Fprintf(&b, `<text class="mu" x="%.1f" y="%d" text-anchor="middle">%d</text>`, x(math.Log2(float64(p.Inputs))), bottom+18, p.Inputs)
	}
	for _, c := range []struct {
		class, name string
		of          func(trace.Price) int
	}{{"tl", "forward", func(p trace.Price) int { return p.Forward }}, {"al", "reverse", func(p trace.Price) int { return p.Backward }}} {
		line, lastY := "", 0.0
		for _, p := range list {
			lastY = y(math.Log2(math.Max(1, float64(c.of(p))/math.Max(1, float64(p.Operations)))))
			line += fmt.Sprintf("%.1f %.1f ", x(math.Log2(float64(p.Inputs))), lastY)
			fmt.Fprintf(&b, `<circle class="%sd" cx="%.1f" cy="%.1f" r="3.4"/>`, c.class, x(math.Log2(float64(p.Inputs))), lastY)
		}
		fmt.Fprintf(&b, `<path class="%s" d="M%s"/><text x="%d" y="%.1f">%s</text>`, c.class, strings.TrimSpace(line), right-68, lastY+4, c.name)
	}
	fmt.Fprintf(&b, `<text class="mu" x="%d" y="%d" text-anchor="middle">inputs, one result</text>`, (left+right-60)/2, bottom+36)
	return string(page.SVG("curve small", right, bottom+42, "Operations of forward and of reverse mode, in multiples of the function's, against the number of inputs; the table holds the numbers.", b.String()))
}
