package report

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/internal/page"
)

// The frame of a chart, in pixels.
const (
	chartLeft, chartRight, chartTop, chartBottom = 52, 520, 14, 236
)

// A line of a chart is a number for every epoch, of which those that are not finite are left out.
type line struct {
	name   string
	class  string
	values []float64
}

// curves draws lines over the epochs 1, 2, …, with a ring at the epoch best of the last one,
// counted from 0. The scale is logarithmic if that is asked for and all numbers are above
// 1e-300.
func curves(label string, logarithmic bool, best int, lines ...line) template.HTML {
	var all []float64
	epochs := 0
	for _, l := range lines {
		epochs = max(epochs, len(l.values))
		for _, v := range l.values {
			if finite(v) {
				all = append(all, v)
			}
		}
	}
	if len(all) == 0 {
		return ""
	}
	marks := page.Ticks(slices.Min(all), slices.Max(all))
	y := page.Scale(marks, chartBottom, chartTop)
	if logarithmic && slices.Min(all) > 1e-300 {
		marks = page.Decades(slices.Min(all), slices.Max(all))
		linear := page.Scale([]float64{math.Log(marks[0]), math.Log(marks[len(marks)-1])}, chartBottom, chartTop)
		y = func(v float64) float64 { return linear(math.Log(v)) }
	}
	x := func(epoch int) float64 {
		return chartLeft + 8 + float64(chartRight-chartLeft-16)*float64(epoch)/float64(max(1, epochs-1))
	}
	var b strings.Builder
	for _, m := range marks {
		fmt.Fprintf(&b, `<path class="grid" d="M%d %.1fH%d"/><text class="mu" x="%d" y="%.1f" text-anchor="end">%s</text>`,
			chartLeft, y(m), chartRight, chartLeft-6, y(m)+4, page.Number(m))
	}
	every := 1
	for epochs > 12*every {
		every *= 5
	}
	for e := every - 1; e < epochs; e += every {
		fmt.Fprintf(&b, `<text class="mu" x="%.1f" y="%d" text-anchor="middle">%d</text>`, x(e), chartBottom+18, e+1)
	}
	for i, l := range lines {
		var points []string
		for e, v := range l.values {
			if finite(v) {
				points = append(points, fmt.Sprintf("%.1f,%.1f", x(e), y(v)))
			}
		}
		fmt.Fprintf(&b, `<polyline class="line %s" points="%s"/>`, l.class, strings.Join(points, " "))
		if len(points) == 1 {
			px, py, _ := strings.Cut(points[0], ",")
			fmt.Fprintf(&b, `<circle class="ce" cx="%s" cy="%s" r="3"/>`, px, py)
		}
		if i == len(lines)-1 && best >= 0 && best < len(l.values) && finite(l.values[best]) {
			fmt.Fprintf(&b, `<circle class="pick" cx="%.1f" cy="%.1f" r="6"/>`, x(best), y(l.values[best]))
		}
	}
	return page.SVG("plot", chartRight+8, chartBottom+26, label, b.String())
}

// Scatter draws predicted numbers against true ones, with the line on which both are equal. Pairs that
// are not finite are left out; without others there is no picture.
//
// Scatter panics if the lists differ in length.
func Scatter(truth, found []float64) template.HTML {
	if len(truth) != len(found) {
		panic(fmt.Sprintf("report: Scatter of %d true numbers and %d predicted ones", len(truth), len(found)))
	}
	var xs, ys []float64
	for i := range truth {
		if finite(truth[i]) && finite(found[i]) {
			xs, ys = append(xs, truth[i]), append(ys, found[i])
		}
	}
	if len(xs) == 0 {
		return ""
	}
	const lo, hi = 48, 340
	both := slices.Concat(xs, ys)
	marks := page.Ticks(slices.Min(both), slices.Max(both))
	x, y := page.Scale(marks, lo, hi), page.Scale(marks, hi-lo/2, 12)
	var b strings.Builder
	for _, m := range marks {
		fmt.Fprintf(&b, `<path class="grid" d="M%.1f %.1fH%.1f"/><text class="mu" x="%d" y="%.1f" text-anchor="end">%s</text><text class="mu" x="%.1f" y="%d" text-anchor="middle">%s</text>`,
			x(marks[0]), y(m), x(marks[len(marks)-1]), lo-8, y(m)+4, page.Number(m), x(m), hi-lo/2+20, page.Number(m))
	}
	fmt.Fprintf(&b, `<path class="line va" d="M%.1f %.1fL%.1f %.1f"/>`, x(marks[0]), y(marks[0]), x(marks[len(marks)-1]), y(marks[len(marks)-1]))
	for i := range xs {
		fmt.Fprintf(&b, `<circle class="ce" cx="%.1f" cy="%.1f" r="3"/>`, x(xs[i]), y(ys[i]))
	}
	return page.SVG("square", hi+8, hi, fmt.Sprintf("Predicted against true values of %d samples.", len(xs)), b.String())
}

func finite(v float64) bool { return v-v == 0 }
