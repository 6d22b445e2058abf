package notes

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"github.com/quartet-ad/ad/internal/page"
)

// A drawing is a picture without axes, in pixels.
type drawing struct {
	w, h int
	b    strings.Builder
}

func (d *drawing) add(format string, args ...any) { fmt.Fprintf(&d.b, format, args...) }

// text writes in a class, at a place.
func (d *drawing) text(class string, x, y float64, anchor, text string) {
	d.add(`<text class="%s" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`, class, x, y, anchor, html.EscapeString(text))
}

// arrow draws an arrow to the right or downwards.
func (d *drawing) arrow(x0, y0, x1, y1 float64) {
	d.add(`<path class="ax" d="M%.1f %.1fL%.1f %.1f"/>`, x0, y0, x1, y1)
	if y0 == y1 {
		d.add(`<path class="ax" d="M%.1f %.1fm-5 -4l5 4l-5 4"/>`, x1, y1)
	} else {
		d.add(`<path class="ax" d="M%.1f %.1fm-4 -5l4 5l4 -5"/>`, x1, y1)
	}
}

func (d *drawing) done(label string) template.HTML {
	return page.SVG("drawing", d.w, d.h, label, d.b.String())
}

// cells draws an array of numbers, row by row, with its corner at x, y. A class may be given to
// every cell; "" is the usual one.
func (d *drawing) cells(x, y, size float64, columns int, values []float64, class func(row, column int) string) {
	for k, v := range values {
		row, column := k/columns, k%columns
		c := ""
		if class != nil {
			c = class(row, column)
		}
		if c == "" {
			c = "cell"
		}
		cx, cy := x+size*float64(column), y+size*float64(row)
		d.add(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, c, cx, cy, size, size)
		if size >= 18 {
			d.text("sm", cx+size/2, cy+size/2+4, "middle", short(v))
		}
	}
}

// window draws a frame around cells.
func (d *drawing) window(x, y, size float64, row, column, rows, columns int) {
	d.add(`<rect class="win" x="%.1f" y="%.1f" width="%.1f" height="%.1f"/>`, x+size*float64(column), y+size*float64(row), size*float64(columns), size*float64(rows))
}

// short writes a number into a cell.
func short(v float64) string {
	text := strings.TrimSuffix(fix(v, 1), ".0")
	if v != 0 && v > -0.05 && v < 0.05 {
		text = "≈0"
	}
	return text
}
