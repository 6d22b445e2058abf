package draw

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

const (
	mostPaths = 8  // that are listed by input
	mostDots  = 24 // lines of a graph on which paths are drawn
)

// ByPaths shows the paths from every input that is shown to the result: each on the graph,
// with its slopes and their product, and a bar for the product.
func (v *View) ByPaths() string {
	var b strings.Builder
	small := v.dots()
	for _, i := range v.Shown {
		p := v.Paths[i]
		name := "∂" + v.Output + "/∂" + v.Inputs[i].Name
		fmt.Fprintf(&b, `<div class="paths avoid"><p class="big">%s = <b>%s</b></p>`, maths(v.partial(v.Inputs[i])), short(p.Sum))
		list := p.List[:min(len(p.List), mostPaths)]
		if len(list) == 0 {
			fmt.Fprintf(&b, "<p>No path leads from %s to the result.</p>", html.EscapeString(v.Inputs[i].Name))
		} else {
			most := 0.0
			for _, path := range p.List {
				most = math.Max(most, math.Abs(float64(path.Product)))
			}
			fmt.Fprintf(&b, `<table class="ui"><caption class="vh">The paths of %s</caption><tbody>`, html.EscapeString(name))
			for _, path := range list {
				names, slopes := v.along(path)
				fmt.Fprintf(&b, `<tr>%s<td>%s<div class="sl">%s = <b>%s</b></div></td><td class="bc">%s</td></tr>`, small.path(path), names, slopes, short(path.Product), bar(float64(path.Product), most))
			}
			b.WriteString("</tbody></table>")
		}
		if n := float64(p.Count) - float64(len(list)); n > 0 {
			fmt.Fprintf(&b, "<p>… and %s</p>", Plural(n, "more path"))
		}
		b.WriteString("</div>")
	}
	return b.String()
}

// along returns the lines of a path, and its slopes, both shortened where they are many.
func (v *View) along(p trace.Path) (names, slopes string) {
	var n, s []string
	for k, line := range p.Lines {
		n = append(n, v.Lines[line].Name)
		if k > 0 {
			s = append(s, Bracket(trace.Short(float64(p.Slopes[k-1]))))
		}
	}
	if len(n) > 9 {
		n = append(append(n[:4:4], "…"), n[len(n)-4:]...)
		s = append(append(s[:4:4], "…"), s[len(s)-4:]...)
	}
	return strings.Join(n, " → "), html.EscapeString(Sign(strings.Join(s, " · ")))
}

// A dots is a small picture of the graph: a dot for each line.
type dots struct {
	ends   [][2]int
	routes [][]int
	at     []point // of every spot of the layout
	width  float64
	height float64
}

type point struct{ x, y float64 }

// dots lays the graph out, small. There are none if it has too many lines.
func (v *View) dots() *dots {
	if len(v.Lines) > mostDots {
		return nil
	}
	nodes := drawn(v.Trace)
	_, ends := edges(v.Trace, nodes)
	g := lay(len(nodes), ends, 30)
	d := &dots{ends: ends, routes: g.routes, height: max(46, g.hi-g.lo+4)}
	const left, apart = 12, 72
	for _, s := range g.spots {
		d.at = append(d.at, point{left + apart*float64(s.layer), s.at - (g.lo+g.hi)/2 + d.height/2})
	}
	d.width = 2*left + apart*float64(len(g.layers)-1)
	return d
}

// path returns a table's cell with a path on the graph, and a slope at each of its edges.
func (d *dots) path(p trace.Path) string {
	if d == nil {
		return ""
	}
	on := make(map[[2]int]trace.Float)
	dot := make(map[int]bool)
	for k, line := range p.Lines {
		dot[line] = true
		if k > 0 {
			on[[2]int{p.Lines[k-1], line}] = p.Slopes[k-1]
		}
	}
	var off, above, text strings.Builder
	for k, e := range d.ends {
		line := ""
		for j, spot := range d.routes[k] {
			q := d.at[spot]
			line += fmt.Sprintf("%c%.1f %.1f", "ML"[min(j, 1)], q.x, q.y)
		}
		slope, ok := on[e]
		if !ok {
			fmt.Fprintf(&off, `<path class="poff" d="%s"/>`, line)
			continue
		}
		fmt.Fprintf(&above, `<path class="pon" d="%s"/>`, line)
		a, b := d.at[d.routes[k][0]], d.at[d.routes[k][1]]
		fmt.Fprintf(&text, `<text class="hal" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, (a.x+b.x)/2, (a.y+b.y)/2-5, short(slope))
	}
	for i, q := range d.at[:len(d.at)] {
		switch {
		case dot[i]:
			fmt.Fprintf(&above, `<circle class="non" cx="%.1f" cy="%.1f" r="6"/>`, q.x, q.y)
		case d.isLine(i):
			fmt.Fprintf(&off, `<circle class="noff" cx="%.1f" cy="%.1f" r="4"/>`, q.x, q.y)
		}
	}
	return fmt.Sprintf(`<td class="pc"><svg viewBox="0 0 %.0f %.0f" style="max-width:%.0fpx" aria-hidden="true">%s%s%s</svg></td>`, d.width, d.height, d.width, off.String(), above.String(), text.String())
}

// isLine reports whether a spot is a line of the trace, and no bend of an edge.
func (d *dots) isLine(spot int) bool {
	for _, r := range d.routes {
		for _, bend := range r[1 : len(r)-1] {
			if bend == spot {
				return false
			}
		}
	}
	return true
}

// bar draws a product to the right if it is positive, and hollow to the left if not.
func bar(x, most float64) string {
	w := 0.0
	if most > 0 && !math.IsInf(most, 0) && x == x {
		w = math.Abs(x) / most * 100
	}
	left, class := 110.0, "w1"
	if x < 0 {
		left, class = 110-w, "w2"
	}
	return fmt.Sprintf(`<svg class="bar" viewBox="0 0 220 16" aria-hidden="true"><path class="ax" d="M110 0V16"/><rect class="%s" x="%.1f" y="3" width="%.1f" height="10"/></svg>`, class, left, w)
}
