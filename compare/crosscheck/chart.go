package main

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"github.com/quartet-ad/ad/compare"
	"github.com/quartet-ad/ad/internal/page"
)

// corners places the methods in the square of a glyph, by corner.
var corners = []struct {
	method compare.Method
	x, y   int
}{
	{compare.Dual, 7, 7}, {compare.Reverse, 31, 7}, {compare.Symbolic, 31, 31}, {compare.Differences, 7, 31},
}

// glyph draws who agrees with whom: a line for every pair of methods that do, a
// ring in place of the dot of one that agrees with none, and in the middle the
// referee where there is one, crossed out if it refutes what the methods agree on.
func (l line) glyph() template.HTML {
	apart := make(map[[2]compare.Method]bool)
	for _, r := range l.failed {
		for _, f := range r.Findings {
			apart[[2]compare.Method{f.A, f.B}] = true
			apart[[2]compare.Method{f.B, f.A}] = true
		}
	}
	var lines, dots strings.Builder
	refuted := 0
	for i, a := range corners {
		alone := true
		for j, b := range corners {
			if i == j || apart[[2]compare.Method{a.method, b.method}] {
				continue
			}
			alone = false
			if i < j {
				fmt.Fprintf(&lines, `<path class="ga" d="M%d %dL%d %d"/>`, a.x, a.y, b.x, b.y)
			}
		}
		if alone {
			fmt.Fprintf(&dots, `<circle class="go" cx="%d" cy="%d" r="5"/>`, a.x, a.y)
		} else {
			fmt.Fprintf(&dots, `<circle class="gc" cx="%d" cy="%d" r="4"/>`, a.x, a.y)
		}
		if apart[[2]compare.Method{a.method, compare.Referee}] {
			refuted++
		}
	}
	if l.group == "golden" {
		dots.WriteString(`<circle class="gr" cx="19" cy="19" r="4.6"/>`)
		if refuted == len(corners) {
			dots.WriteString(`<path class="gx" d="M16.2 16.2l5.6 5.6M21.8 16.2l-5.6 5.6"/>`)
		} else {
			dots.WriteString(`<circle class="gc" cx="19" cy="19" r="2.2"/>`)
		}
	}
	return page.SVG("gl", 38, 38, l.pattern(), lines.String()+dots.String())
}

// pattern says in words what a glyph shows.
func (l line) pattern() string {
	switch {
	case len(l.failed) > 0:
		return "disagreement; culprit: " + l.failed[0].Culprit
	case l.group == "golden":
		return "all pairs agree, and agree with the referee"
	}
	return "all pairs agree"
}

// bar draws a tally as a strip: the shares of numbers that are exact, within 1, 2,
// 4 and 16 units in the last place, and beyond, each darker than the last.
func (t tally) bar() template.HTML {
	const w, h = 132, 12
	var b strings.Builder
	x := 0.0
	for i, n := range t.spread {
		if n == 0 {
			continue
		}
		width := float64(w) * float64(n) / float64(t.n)
		fmt.Fprintf(&b, `<rect class="s%d" x="%.1f" width="%.1f" height="%d"/>`, i, x, max(width, 1.5), h)
		x += width
	}
	return page.SVG(`bar" preserveAspectRatio="none`, w, h, "", b.String())
}

// plot draws the digits that a regression's fits found, on a scale from 0 to what
// is certified: a ring for the first start, a dot for the second, and a tick at
// what is wanted of each.
func (r nistResult) plot() template.HTML {
	const w, h, mid = 240, 16, 8
	x := func(digits float64) float64 { return 6 + (w-12)*digits/certifiedDigits }
	var b strings.Builder
	fmt.Fprintf(&b, `<path class="grid" d="M%.1f %dH%.1f"/>`, x(0), mid, x(certifiedDigits))
	for _, wanted := range []float64{wantedDigits1, wantedDigits2} {
		fmt.Fprintf(&b, `<path class="grid" d="M%.1f 3V13"/>`, x(wanted))
	}
	fmt.Fprintf(&b, `<circle class="pick" cx="%.1f" cy="%d" r="5"/><circle class="ce" cx="%.1f" cy="%d" r="2.6"/>`,
		x(r.Fits[0].Digits), mid, x(r.Fits[1].Digits), mid)
	return page.SVG("dots", w, h, "", b.String())
}

// The frame of a step curve, in pixels and in powers of ten.
const (
	left, right, top, bottom = 40, 276, 12, 176
	low, high                = -17, 1
)

// plot draws the error of differences against their step, both logarithmic.
func (c curve) plot() template.HTML {
	x := func(step float64) float64 {
		return left + (right-left)*(math.Log10(step)+decades)/decades
	}
	y := func(err float64) float64 {
		e := min(max(math.Log10(err), low), high)
		return bottom - (bottom-top)*(e-low)/(high-low)
	}
	var b strings.Builder
	for _, e := range []int{0, -4, -8, -12, -16} {
		at := y(math.Pow(10, float64(e)))
		fmt.Fprintf(&b, `<path class="grid" d="M%d %.1fH%d"/><text class="mu" x="%d" y="%.1f" text-anchor="end">%s</text>`,
			left, at, right, left-6, at+4, power(e))
	}
	for _, e := range []int{-15, -10, -5, 0} {
		fmt.Fprintf(&b, `<text class="mu" x="%.1f" y="%d" text-anchor="middle">%s</text>`, x(math.Pow(10, float64(e))), bottom+18, power(e))
	}
	for _, s := range c.forward {
		fmt.Fprintf(&b, `<rect class="fw" x="%.1f" y="%.1f" width="4" height="4"/>`, x(s.step)-2, y(s.err)-2)
	}
	for _, s := range c.central {
		fmt.Fprintf(&b, `<circle class="ce" cx="%.1f" cy="%.1f" r="1.9"/>`, x(s.step), y(s.err))
	}
	s := best(c.central)
	fmt.Fprintf(&b, `<circle class="pick" cx="%.1f" cy="%.1f" r="6"/>`, x(s.step), y(s.err))
	fmt.Fprintf(&b, `<path class="est" d="M%.1f %.1fV%.1f"/><path class="def" d="M%.1f %.1fl5 5l-5 5l-5-5z"/>`,
		x(c.found.step), y(c.estimate), y(c.found.err), x(c.found.step), y(c.found.err)-5)
	fmt.Fprintf(&b, `<path class="exact" d="M%d %.1fH%d"/><text class="halo" x="%d" y="%.1f">exact methods</text>`,
		left, y(1e-16), right, left, y(1e-16)-6)
	label := fmt.Sprintf("Relative error of difference quotients of %s at %g against the step: the best central one errs by %.1g with the step %.1g; extrapolation errs by %.1g and estimates %.1g.",
		c.name, c.x, s.err, s.step, c.found.err, c.estimate)
	return page.SVG("plot", right+8, bottom+26, label, b.String())
}

// power writes 10^e, with 1 for e = 0.
func power(e int) string {
	if e == 0 {
		return "1"
	}
	return "10" + superscript(e)
}

func superscript(e int) string {
	return strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(fmt.Sprint(e))
}
