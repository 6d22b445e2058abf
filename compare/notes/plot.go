package notes

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"github.com/quartet-ad/ad/internal/page"
)

// A plot is a picture with axes. It is narrow enough for a phone.
type plot struct {
	w, h        int
	lo, hi      [2]float64 // of x and of y
	x, y        func(float64) float64
	below, on   strings.Builder // what lies below, and above
	keys        float64         // how far the key has come
	left, right float64
	top, bottom float64
}

// An axes says how a plot is framed: the ranges, and titles.
type axes struct {
	w, h           int // 350 by 250 if left out
	x0, x1, y0, y1 float64
	title, xTitle  string
	logX, logY     bool
	bare           bool // no marks
}

// newPlot returns a plot with its axes drawn. Marks are round numbers within the ranges.
func newPlot(a axes) *plot {
	if a.w == 0 {
		a.w, a.h = 350, 250
	}
	p := &plot{w: a.w, h: a.h, lo: [2]float64{a.x0, a.y0}, hi: [2]float64{a.x1, a.y1}, left: 44, right: float64(a.w) - 10, top: 52, bottom: float64(a.h) - 38}
	if a.bare {
		p.left, p.right, p.top, p.bottom = 6, float64(a.w)-6, 24, float64(a.h)-6
	}
	axis := func(lo, hi, from, to float64, logarithmic bool) (func(float64) float64, []float64) {
		if logarithmic {
			scale := page.Scale([]float64{math.Log(lo), math.Log(hi)}, from, to)
			return func(v float64) float64 { return scale(math.Log(v)) }, within(page.Decades(lo, hi), lo, hi)
		}
		return page.Scale([]float64{lo, hi}, from, to), within(page.Ticks(lo, hi), lo, hi)
	}
	var xMarks, yMarks []float64
	p.x, xMarks = axis(a.x0, a.x1, p.left, p.right, a.logX)
	p.y, yMarks = axis(a.y0, a.y1, p.bottom, p.top, a.logY)
	if a.title != "" {
		fmt.Fprintf(&p.below, `<text class="ti" x="4" y="16">%s</text>`, html.EscapeString(a.title))
	}
	if a.bare {
		fmt.Fprintf(&p.below, `<rect class="gr" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, p.left, p.top, p.right-p.left, p.bottom-p.top)
		return p
	}
	for _, m := range thinned(yMarks, 9) {
		fmt.Fprintf(&p.below, `<path class="gr" d="M%.1f %.1fH%.1f"/><text class="mu" x="%.1f" y="%.1f" text-anchor="end">%s</text>`, p.left, p.y(m), p.right, p.left-6, p.y(m)+4, mark(m))
	}
	for _, m := range thinned(xMarks, 8) {
		fmt.Fprintf(&p.below, `<path class="gr" d="M%.1f %.1fV%.1f"/><text class="mu" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, p.x(m), p.top, p.bottom, p.x(m), p.bottom+16, mark(m))
	}
	if a.xTitle != "" {
		fmt.Fprintf(&p.below, `<text class="mu" x="%.1f" y="%d" text-anchor="end">%s</text>`, p.right, a.h-6, html.EscapeString(a.xTitle))
	}
	return p
}

// mark writes a mark of an axis, small and large ones as powers of ten.
func mark(v float64) string {
	if e := math.Log10(math.Abs(v)); v != 0 && (e < -3 || e > 3.5) {
		return "10" + superscript(int(math.Round(e)))
	}
	return page.Number(v)
}

func superscript(n int) string {
	return strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(fmt.Sprint(n))
}

// within returns the marks in a range.
func within(marks []float64, lo, hi float64) (in []float64) {
	for _, m := range marks {
		if slack := 1e-9 * (hi - lo); m >= lo-slack && m <= hi+slack {
			in = append(in, m)
		}
	}
	return in
}

// thinned returns marks that have room: the powers of ten alone, or every third.
func thinned(marks []float64, most int) (few []float64) {
	if len(marks) <= most {
		return marks
	}
	for _, m := range marks {
		if e := math.Log10(m); math.Abs(e-math.Round(e)) < 1e-9 {
			few = append(few, m)
		}
	}
	if len(few) >= 2 && len(few) <= most {
		return few
	}
	few = nil
	for k := 0; k < len(marks); k += 3 {
		few = append(few, marks[k])
	}
	return few
}

// inside reports whether a point is in the frame.
func (p *plot) inside(x, y float64) bool {
	return x >= p.lo[0] && x <= p.hi[0] && y >= p.lo[1] && y <= p.hi[1]
}

// line draws points joined by lines, of which it leaves out what is outside of the frame.
func (p *plot) line(class string, xs, ys []float64) {
	var d strings.Builder
	drawing := false
	put := func(x, y float64) {
		letter := "L"
		if !drawing {
			letter = "M"
		}
		fmt.Fprintf(&d, "%s%.1f %.1f", letter, p.x(x), p.y(y))
		drawing = true
	}
	for i := range xs {
		in := p.inside(xs[i], ys[i])
		if i > 0 && in != p.inside(xs[i-1], ys[i-1]) {
			if x, y, ok := p.crossing(xs[i-1], ys[i-1], xs[i], ys[i]); ok {
				put(x, y)
			}
		}
		if in {
			put(xs[i], ys[i])
		} else {
			drawing = false
		}
	}
	if d.Len() > 0 {
		fmt.Fprintf(&p.on, `<path class="%s" d="%s"/>`, class, d.String())
	}
}

// crossing returns where the line between two points, one of them inside, meets the frame.
func (p *plot) crossing(x0, y0, x1, y1 float64) (x, y float64, ok bool) {
	if math.IsNaN(y0+y1) || math.IsInf(y0, 0) || math.IsInf(y1, 0) {
		return 0, 0, false
	}
	if !p.inside(x0, y0) {
		x0, y0, x1, y1 = x1, y1, x0, y0
	}
	a, b := 0.0, 1.0 // inside, outside
	for range 30 {
		if m := (a + b) / 2; p.inside(x0+m*(x1-x0), y0+m*(y1-y0)) {
			a = m
		} else {
			b = m
		}
	}
	return x0 + a*(x1-x0), y0 + a*(y1-y0), true
}

// curve draws a function over the whole frame, with a gap where it jumps.
func (p *plot) curve(class string, f func(float64) float64) {
	const n = 160
	xs, ys := span(p.lo[0], p.hi[0], n), make([]float64, n+1)
	begin := 0
	for i, x := range xs {
		ys[i] = f(x)
		if i > 0 && math.Abs(ys[i]-ys[i-1]) > 0.1*(p.hi[1]-p.lo[1]) {
			p.line(class, xs[begin:i], ys[begin:i])
			begin = i
		}
	}
	p.line(class, xs[begin:], ys[begin:])
}

// dots draws points as circles of a radius.
func (p *plot) dots(class string, radius float64, xs, ys []float64) {
	for i := range xs {
		if p.inside(xs[i], ys[i]) {
			fmt.Fprintf(&p.on, `<circle class="%s" cx="%.1f" cy="%.1f" r="%.1f"/>`, class, p.x(xs[i]), p.y(ys[i]), radius)
		}
	}
}

// crosses draws points as crosses.
func (p *plot) crosses(class string, xs, ys []float64) {
	for i := range xs {
		if p.inside(xs[i], ys[i]) {
			fmt.Fprintf(&p.on, `<path class="%s" d="M%.1f %.1fm-3 -3l6 6m0 -6l-6 6"/>`, class, p.x(xs[i]), p.y(ys[i]))
		}
	}
}

// bar draws a bar of the width w around x, in the units of the axes, up from the bottom.
func (p *plot) bar(class string, x, w, y float64) {
	y = min(y, p.hi[1])
	fmt.Fprintf(&p.on, `<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, class, p.x(x-w/2), p.y(y), p.x(x+w/2)-p.x(x-w/2), max(0, p.bottom-p.y(y)))
}

// text writes at a point. The anchor is start, middle or end.
func (p *plot) text(x, y float64, dx, dy float64, anchor, text string) {
	fmt.Fprintf(&p.on, `<text class="hal" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`, p.x(x)+dx, p.y(y)+dy, anchor, html.EscapeString(text))
}

// key adds to the key above the plot. The class of dots begins with a d.
func (p *plot) key(class, text string) {
	x, y := 4+p.keys, 32.0
	if strings.HasPrefix(class, "d") {
		fmt.Fprintf(&p.on, `<circle class="%s" cx="%.1f" cy="%.1f" r="3.5"/>`, class, x+11, y)
	} else {
		fmt.Fprintf(&p.on, `<path class="%s" d="M%.1f %.1fh20"/>`, class, x, y)
	}
	fmt.Fprintf(&p.on, `<text x="%.1f" y="%.1f">%s</text>`, x+25, y+4, html.EscapeString(text))
	p.keys += 25 + 7.8*float64(len([]rune(text))) + 8
}

// done returns the picture.
func (p *plot) done(label string) template.HTML {
	return page.SVG("plot", p.w, p.h, label, p.below.String()+p.on.String())
}

// span returns n+1 numbers from a to b.
func span(a, b float64, n int) []float64 {
	xs := make([]float64, n+1)
	for i := range xs {
		xs[i] = a + (b-a)*float64(i)/float64(n)
	}
	return xs
}
