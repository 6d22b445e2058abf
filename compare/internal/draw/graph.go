package draw

import (
	"fmt"
	"html"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

// A look is how large a graph is drawn, and which way it goes: from left to right on a wide
// page, from above on a narrow one.
type look struct {
	name          string
	down          bool
	width, height float64 // of a node
	gap           float64 // between layers
	apart         float64 // between nodes of a layer
	least         float64 // the scale that it is drawn with at the least
	digits        bool    // nodes have all digits in a title
}

var (
	wide   = look{name: "wide", width: 176, height: 92, gap: 120, apart: 26, least: 0.72, digits: true}
	narrow = look{name: "narrow", down: true, width: 112, height: 98, gap: 58, apart: 10, least: 0.8}
)

// mostNodes is how many lines are drawn: of a larger function the last ones.
const mostNodes = 40

// drawn returns the lines that are drawn: all, or those nearest to the result.
func drawn(t *trace.Trace) []int {
	var list []int
	if len(t.Lines) <= mostNodes {
		for i := range t.Lines {
			list = append(list, i)
		}
		return list
	}
	if t.Result < 0 {
		return nil
	}
	seen := map[int]bool{t.Result: true}
	list = []int{t.Result}
	for k := 0; k < len(list) && len(list) < 14; k++ {
		for _, o := range t.Lines[list[k]].Operands {
			if o.Line >= 0 && !seen[o.Line] && len(list) < 14 {
				seen[o.Line] = true
				list = append(list, o.Line)
			}
		}
	}
	var sorted []int
	for i := range t.Lines {
		if seen[i] {
			sorted = append(sorted, i)
		}
	}
	return sorted
}

// An edge of the graph stands for all uses of a line by another.
type edge struct {
	from, to int // lines
	label    []string
}

func edges(t *trace.Trace, nodes []int) (list []edge, ends [][2]int) {
	place := make(map[int]int)
	for k, i := range nodes {
		place[i] = k
	}
	known := make(map[[2]int]int)
	for _, i := range nodes {
		for _, o := range t.Lines[i].Operands {
			if _, ok := place[o.Line]; !ok || o.Line < 0 {
				continue
			}
			key := [2]int{place[o.Line], place[i]}
			k, ok := known[key]
			if !ok {
				k = len(list)
				known[key] = k
				list = append(list, edge{from: o.Line, to: i})
				ends = append(ends, key)
			}
			list[k].label = append(list[k].label, slopeLabel(o))
		}
	}
	return list, ends
}

// slopeLabel returns a slope in names and in numbers.
func slopeLabel(o trace.Operand) string {
	number := Sign(trace.Short(float64(o.Slope)))
	if o.Text.Text == "" || Sign(o.Text.Text) == number || len([]rune(o.Text.Text)) > 12 {
		return number
	}
	return Sign(o.Text.Text) + " = " + number
}

// Sign writes a true minus.
func Sign(s string) string { return strings.ReplaceAll(s, "-", "−") }

// Graph returns the graph for a wide or for a narrow page.
func (v *View) Graph(slim bool) string {
	if slim {
		return graph(v.Trace, narrow, v.Shown)
	}
	return graph(v.Trace, wide, v.Shown)
}

// Graphs returns the graph twice: one is hidden, by the width of the page.
func (v *View) Graphs() string { return v.Graph(false) + v.Graph(true) }

// graph draws the lines as a graph: a box for each with value, tangent and adjoint, and on
// each edge the local slope. The tangents are those by the inputs that are shown.
func graph(t *trace.Trace, l look, shown []int) string {
	nodes := drawn(t)
	list, ends := edges(t, nodes)
	across, along := l.height, l.width
	if l.down {
		across, along = l.width, l.height
	}
	g := lay(len(nodes), ends, across+l.apart)
	at := func(i int) (x, y float64) { // the middle of a spot
		s := g.spots[i]
		a, b := float64(s.layer)*(along+l.gap)+along/2, s.at-g.lo-l.apart/2
		if l.down {
			return b, a
		}
		return a, b
	}
	w, h := float64(len(g.layers))*(along+l.gap)-l.gap, g.hi-g.lo-l.apart
	if l.down {
		w, h = h, w
	}
	w = max(w, 1)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="graph %s" viewBox="-4 -6 %.0f %.0f" style="max-width:%.0fpx;min-width:%.0fpx" role="img" aria-labelledby="g%s"><title id="g%s">%s</title>`,
		l.name, w+8, h+12, w*1.05+8, w*l.least, l.name, l.name, html.EscapeString(describeGraph(t, nodes)))
	for _, m := range []string{"", "t", "a"} {
		fmt.Fprintf(&b, `<marker id="h%s%s" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path class="ah%s" d="M0 .6 8 4 0 7.4z"/></marker>`, l.name, m, m)
	}
	var labels strings.Builder
	turn := make(map[int]int)
	for k, e := range list {
		n := turn[e.from]
		if len(list) < 12 {
			n = 0
		}
		turn[e.from]++
		drawEdge(&b, &labels, l, g.routes[k], e, at, along, n)
	}
	b.WriteString(labels.String())
	for k, i := range nodes {
		x, y := at(k)
		node(&b, t, l, i, shown, x-l.width/2, y-l.height/2)
	}
	b.WriteString("</svg>")
	return b.String()
}

func describeGraph(t *trace.Trace, nodes []int) string {
	text := fmt.Sprintf("Graph of %s = %s: %d nodes with value, tangent and adjoint; the tables below hold the same numbers.", t.Output, Title(t), len(nodes))
	if len(nodes) < len(t.Lines) {
		text = fmt.Sprintf("The %d of %d operations that are nearest to the result, with value, tangent and adjoint.", len(nodes), len(t.Lines))
	}
	return Sign(text)
}

// drawEdge draws an edge along its route, and its slope near the beginning.
func drawEdge(b, labels *strings.Builder, l look, route []int, e edge, at func(int) (x, y float64), along float64, turn int) {
	id := fmt.Sprintf("%d_%d", e.from, e.to)
	// Along the layers and across them, whichever way the graph goes.
	turned := func(a, c float64) (x, y float64) {
		if l.down {
			return c, a
		}
		return a, c
	}
	var path strings.Builder
	var fromA, fromC float64
	for k, i := range route {
		a, c := turned(at(i))
		switch k {
		case 0:
			fromA, fromC = a+along/2, c
			x, y := turned(fromA, fromC)
			fmt.Fprintf(&path, "M%.1f %.1f", x, y)
			continue
		case len(route) - 1:
			a -= along / 2
		}
		x1, y1 := turned((fromA+a)/2, fromC)
		x2, y2 := turned((fromA+a)/2, c)
		x, y := turned(a, c)
		fmt.Fprintf(&path, "C%.1f %.1f %.1f %.1f %.1f %.1f", x1, y1, x2, y2, x, y)
		if k == 1 { // edges that begin together have their slopes at different places
			t := [...]float64{0.5, 0.38, 0.62}[turn%3]
			if Width(strings.Join(e.label, " + ")) > 8 {
				t = 0.5
			}
			lx, ly := turned(fromA+(a-fromA)*t, fromC+(c-fromC)*t*t*(3-2*t))
			label(labels, l, id, e, lx, ly)
		}
		fromA, fromC = a, c
	}
	fmt.Fprintf(b, `<path class="edge" data-e="%s" d="%s"/>`, id, path.String())
}

func label(b *strings.Builder, l look, id string, e edge, x, y float64) {
	if len(e.label) > 3 {
		e.label = []string{fmt.Sprintf("%d slopes", len(e.label))}
	}
	text := strings.Join(e.label, " + ")
	if l.down && len([]rune(text)) > 9 {
		for k, s := range e.label {
			if i := strings.LastIndex(s, "= "); i >= 0 {
				e.label[k] = s[i+2:]
			}
		}
		text = strings.Join(e.label, " + ")
	}
	if r := []rune(text); len(r) > 22 {
		text = string(r[:21]) + "…"
	}
	w := 8 + 7.2*float64(Width(text))
	fmt.Fprintf(b, `<g class="el" data-e="%s"><rect x="%.1f" y="%.1f" width="%.1f" height="20" rx="10"/><text class="m" x="%.1f" y="%.1f" text-anchor="middle">%s</text></g>`,
		id, x-w/2, y-10, w, x, y+4.5, html.EscapeString(text))
}

// node draws the box of a line.
func node(b *strings.Builder, t *trace.Trace, l look, i int, shown []int, x, y float64) {
	line := t.Lines[i]
	w, h := l.width, l.height
	const head = 32
	title := ""
	if l.digits {
		title = fmt.Sprintf("%s = %s = %v; adjoint %v", line.Name, line.Text.Text, float64(line.Value), float64(line.Adjoint))
		title = "<title>" + html.EscapeString(Sign(title)) + "</title>"
	}
	fmt.Fprintf(b, `<g class="node" data-n="%d" transform="translate(%.1f %.1f)">%s<rect class="fill" width="%.0f" height="%.0f" rx="7"/>`, i, x, y, title, w, h)
	text := line.Name + " = " + line.Text.Text
	size := 16.0
	if l.down {
		size = 14
	}
	size = min(size, size*(w-12)/(0.56*size*float64(max(1, Width(text)))))
	if size < 9 {
		text, size = line.Name+" = "+line.Op+" …", 12
	}
	cell := func(k int, class string) (cx, cy, nx, ny float64) {
		if l.down {
			top := head + float64(k)*(h-head)/3
			fmt.Fprintf(b, `<rect class="%sbg" x="0" y="%.1f" width="%.0f" height="%.1f"/>`, class, top, w, (h-head)/3)
			return 7, top + 15, w - 7, top + 15.5
		}
		left := float64(k) * w / 3
		fmt.Fprintf(b, `<rect class="%sbg" x="%.1f" y="%d" width="%.1f" height="%.0f"/>`, class, left, head, w/3, h-head)
		return left + w/6, head + 17, left + w/6, head + 43
	}
	for k, c := range []struct{ class, word, key string }{{"v", "value", "v"}, {"t", "tangent", "t"}, {"a", "adjoint", "a"}} {
		wx, wy, nx, ny := cell(k, c.class)
		fmt.Fprintf(b, `<text class="lb l%s" x="%.0f" y="%.0f">%s</text>`, c.class, wx, wy, c.word)
		number := func(class, key string, v trace.Float) {
			s := Sign(trace.Short(float64(v)))
			style := ""
			if n := Width(s); n > 5 {
				style = fmt.Sprintf(` style="font-size:%.1fpx"`, 15.5*5.4/float64(n))
			}
			fmt.Fprintf(b, `<text class="num %s" data-k="%s" x="%.0f" y="%.0f"%s>%s</text>`, class, key, nx, ny, style, s)
		}
		switch c.class {
		case "v":
			number("nv", fmt.Sprintf("v%d", i), line.Value)
		case "a":
			number("na", fmt.Sprintf("a%d", i), line.Adjoint)
		default:
			for j, input := range shown {
				number(fmt.Sprintf("nt s s%d", j+1), fmt.Sprintf("t%d", i), line.Tangents[input])
			}
		}
	}
	fmt.Fprintf(b, `<path class="sep" d="M0 %dH%.0f"/>`, head, w)
	fmt.Fprintf(b, `<rect class="box" width="%.0f" height="%.0f" rx="7"/><text class="m hd" x="%.1f" y="21" text-anchor="middle" style="font-size:%.1fpx">%s</text></g>`, w, h, w/2, size, html.EscapeString(Sign(text)))
}
