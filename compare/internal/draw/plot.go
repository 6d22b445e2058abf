package draw

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/internal/page"
)

// A Plot shows a function along one of its inputs: f with the tangent and a secant, f′ and f″.
type Plot struct {
	Name    string // of the input
	Method  string // of the derivatives, as it is shown
	Lo, Hi  float64
	Profile *trace.Profile
	Beside  *trace.Profile // of another formula, or nil
}

// A frame is the size of a plot, in pixels.
type frame struct {
	name        string
	width       float64
	left, right float64
	tall, low   float64 // heights of the panel of f, and of the others
}

var frames = []frame{
	{"wide", 660, 58, 16, 300, 124},
	{"narrow", 358, 46, 8, 240, 104},
}

// Window returns how a fraction of the width of a plot is a number of its input.
func Window(narrow bool, lo, hi float64) func(fraction float64) float64 {
	f := frames[0]
	if narrow {
		f = frames[1]
	}
	return func(fraction float64) float64 {
		return lo + (hi-lo)*(fraction*f.width-f.left)/(f.width-f.left-f.right)
	}
}

// Draw returns the plot for a wide or for a narrow page.
func (p Plot) Draw(slim bool) string {
	var b strings.Builder
	if slim {
		p.draw(&b, frames[1])
	} else {
		p.draw(&b, frames[0])
	}
	return b.String()
}

const betweenPanels = 34

// A panel is a part of a plot, with an axis of its own.
type panel struct {
	title string
	of    func(trace.Sample) float64
	top   float64
	tall  float64
	id    string
	y     func(v float64) float64
	lo    float64
	hi    float64
}

func (p Plot) draw(b *strings.Builder, f frame) {
	panels := []panel{
		{title: "f", of: func(s trace.Sample) float64 { return float64(s.Value) }, tall: f.tall},
		{title: "f′", of: func(s trace.Sample) float64 { return float64(s.Slope) }, tall: f.low},
		{title: "f″", of: func(s trace.Sample) float64 { return float64(s.Curve) }, tall: f.low},
	}
	x := page.Scale([]float64{p.Lo, p.Hi}, f.left, f.width-f.right)
	top := 20.0
	var body strings.Builder
	least := 0.0 // a range that would show rounding alone
	for k := range panels {
		q := &panels[k]
		q.top, q.id = top, fmt.Sprintf("clip-%s-%d", f.name, k)
		marks := q.scale(p, least)
		least = 1e-9 * max(math.Abs(q.lo), math.Abs(q.hi)) / (p.Hi - p.Lo)
		fmt.Fprintf(&body, `<clipPath id="%s"><rect x="%.1f" y="%.1f" width="%.1f" height="%.1f"/></clipPath>`, q.id, f.left, q.top-1, f.width-f.left-f.right, q.tall+2)
		for _, m := range marks {
			class := "gr"
			if m == 0 {
				class = "zero"
			}
			fmt.Fprintf(&body, `<path class="%s" d="M%.1f %.1fH%.1f"/><text class="mu" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, class, f.left, q.y(m), f.width-f.right, f.left-6, q.y(m)+4, page.Number(m))
		}
		by := ""
		if k > 0 {
			by = " by " + p.Method
		}
		fmt.Fprintf(&body, `<text class="ttl" x="%.1f" y="%.1f">%s<tspan class="mu by">%s</tspan></text>`, f.left, q.top-7, q.title, by)
		top += q.tall + betweenPanels
	}
	bottom := top - betweenPanels
	for _, m := range page.Ticks(p.Lo, p.Hi) {
		if m < p.Lo || m > p.Hi {
			continue
		}
		fmt.Fprintf(&body, `<path class="gr" d="M%.1f 20V%.1f"/><text class="mu" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, x(m), bottom, x(m), bottom+17, page.Number(m))
	}
	fmt.Fprintf(&body, `<text class="mu" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, f.width-f.right, bottom+34, html.EscapeString(p.Name))
	for k, q := range panels {
		fmt.Fprintf(&body, `<g clip-path="url(#%s)">`, q.id)
		if p.Beside != nil {
			fmt.Fprintf(&body, `<path class="g2" d="%s"/>`, q.curve(p.Beside.Samples, x))
		}
		fmt.Fprintf(&body, `<path class="g1" d="%s"/>`, q.curve(p.Profile.Samples, x))
		if k == 0 {
			p.lines(&body, q, x)
		}
		body.WriteString("</g>")
		if at := p.Profile.At; finite(float64(at.X)) && p.inside(float64(at.X)) {
			fmt.Fprintf(&body, `<path class="here" d="M%.1f %.1fV%.1f"/>`, x(float64(at.X)), q.top, q.top+q.tall)
			if v := q.of(at); v >= q.lo && v <= q.hi {
				fmt.Fprintf(&body, `<circle class="dot" cx="%.1f" cy="%.1f" r="%s"/>`, x(float64(at.X)), q.y(v), [...]string{"7", "4.5", "4.5"}[k])
			}
		}
	}
	b.WriteString(string(page.SVG("plot "+f.name, int(f.width), int(bottom+40), p.label(), body.String())))
}

func (p Plot) inside(x float64) bool { return x >= p.Lo && x <= p.Hi }

// lines draws the tangent and the secant.
func (p Plot) lines(b *strings.Builder, q panel, x func(float64) float64) {
	at, end := p.Profile.At, p.Profile.End
	line := func(class string, slope float64) {
		if !finite(slope) || !finite(float64(at.Value)) {
			return
		}
		y := func(v float64) float64 { return q.y(float64(at.Value) + slope*(v-float64(at.X))) }
		if y0, y1 := y(p.Lo), y(p.Hi); math.Abs(y0) < 1e6 && math.Abs(y1) < 1e6 {
			fmt.Fprintf(b, `<path class="%s" d="M%.1f %.1fL%.1f %.1f"/>`, class, x(p.Lo), y0, x(p.Hi), y1)
		}
	}
	line("sec", float64(p.Profile.Secant.Value))
	line("tan", float64(at.Slope))
	for _, s := range []trace.Sample{at, end} {
		if v := float64(s.Value); p.inside(float64(s.X)) && v >= q.lo && v <= q.hi {
			fmt.Fprintf(b, `<rect class="sq" x="%.1f" y="%.1f" width="8" height="8"/>`, x(float64(s.X))-4, q.y(float64(s.Value))-4)
		}
	}
}

// label describes the plot to those who do not see it.
func (p Plot) label() string {
	at := p.Profile.At
	text := fmt.Sprintf("The function along %s from %s to %s, and below it its first and second derivative. At %s = %s the value is %s, the slope of the tangent %s, that of the secant %s, and the second derivative %s.",
		p.Name, page.Number(p.Lo), page.Number(p.Hi), p.Name, Digits(at.X), trace.Short(float64(at.Value)), trace.Short(float64(at.Slope)), trace.Short(float64(p.Profile.Secant.Value)), trace.Short(float64(at.Curve)))
	if p.Beside != nil {
		text += " The other formula is drawn dotted."
	}
	return Sign(text)
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// scale chooses the range of a panel: all but the most extreme values, and that at the point.
func (q *panel) scale(p Plot, least float64) []float64 {
	var list []float64
	add := func(s trace.Sample) {
		if v := q.of(s); finite(v) && math.Abs(v) < 1e300 {
			list = append(list, v)
		}
	}
	for _, f := range []*trace.Profile{p.Profile, p.Beside} {
		if f != nil {
			for _, s := range f.Samples {
				add(s)
			}
		}
	}
	slices.Sort(list)
	lo, hi := -1.0, 1.0
	if n := len(list); n > 0 {
		lo, hi = list[n/25], list[n-1-n/25]
		if all := list[n-1] - list[0]; all <= 2.5*(hi-lo) { // no pole
			lo, hi = list[0], list[n-1]
		}
		if v := q.of(p.Profile.At); finite(v) && math.Abs(v) < 1e300 && p.inside(float64(p.Profile.At.X)) {
			lo, hi = min(lo, v), max(hi, v)
		}
		if hi-lo < least {
			lo, hi = lo-max(1, math.Abs(lo)/2), hi+max(1, math.Abs(hi)/2)
		}
		if size := max(math.Abs(lo), math.Abs(hi)); hi-lo <= 1e-9*size {
			lo, hi = lo-max(size/2, 1e-300), hi+max(size/2, 1e-300)
		}
		if !(hi-lo > 1e-290) { // ticks have to be numbers, too
			lo, hi = -1, 1
		}
	}
	marks := page.Ticks(lo, hi)
	q.lo, q.hi = marks[0], marks[len(marks)-1]
	q.y = page.Scale(marks, q.top+q.tall, q.top)
	return marks
}

var stroke = map[bool]byte{false: 'M', true: 'L'}

// curve returns the path through samples. It is broken where there is no number, and where
// the slopes say that the function jumps.
func (q panel) curve(list []trace.Sample, x func(float64) float64) string {
	var b strings.Builder
	pen := false
	for i, s := range list {
		v := q.of(s)
		if !finite(v) {
			pen = false
			continue
		}
		if pen && q.jumps(list[i-1], s) {
			pen = false
		}
		y := min(max(q.y(v), q.top-3*q.tall), q.top+4*q.tall)
		fmt.Fprintf(&b, "%c%.1f %.1f", stroke[pen], x(float64(s.X)), y)
		if pen = true; (i == 0 || !finite(q.of(list[i-1]))) && (i+1 == len(list) || !finite(q.of(list[i+1]))) {
			b.WriteString("h.1") // a number alone
		}
	}
	return b.String()
}

// jumps reports whether a curve jumps between neighbors: its panel sees a step that the
// slopes at both do not explain, or a pole.
func (q panel) jumps(a, b trace.Sample) bool {
	rise, height := q.of(b)-q.of(a), q.hi-q.lo
	if math.Abs(rise) < 0.02*height {
		return false
	}
	slope := func(s trace.Sample) float64 {
		switch q.title {
		case "f":
			return float64(s.Slope)
		case "f′":
			return float64(s.Curve)
		}
		return math.NaN()
	}
	s, t, run := slope(a), slope(b), float64(b.X-a.X)
	if !finite(s) || !finite(t) {
		return q.title == "f″" && math.Abs(rise) > 0.5*height
	}
	if s*rise < 0 && t*rise < 0 && math.Abs(rise) > 0.3*height {
		return true
	}
	return math.Abs(rise) > 4*run*(math.Abs(s)+math.Abs(t))+0.02*height
}
