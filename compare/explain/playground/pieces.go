package playground

import (
	"fmt"
	"html"
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare/internal/draw"
	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/internal/page"
	"github.com/quartet-ad/ad/symbolic"
)

const samples = 141 // of a plot

// moves is the choice of the input that moves: the plot follows it, and tangents are by it.
func (a *Answer) moves(v *draw.View) string {
	var b strings.Builder
	for i, in := range v.Inputs {
		id, checked := "", ""
		if k := slices.Index(v.Shown, i); k >= 0 {
			id = fmt.Sprintf(` id="seed%d"`, k+1)
		}
		if in.Name == a.State.Along {
			checked = " checked"
		}
		fmt.Fprintf(&b, `<label><input type="radio" name="seed"%s value="%s"%s>%s</label>`, id, html.EscapeString(in.Name), checked, html.EscapeString(in.Name))
	}
	return b.String()
}

// sliders fills in the fields of the inputs.
func (a *Answer) sliders(v *draw.View, x []float64) {
	var b strings.Builder
	for i, p := range a.State.Point {
		s := Slider{Name: p.Name, Text: p.Text, Position: p.position(x[i]), Lo: page.Number(p.Lo), Hi: page.Number(p.Hi)}
		a.Sliders = append(a.Sliders, s)
		fmt.Fprintf(&b, `<div class="in"><label for="value%[1]d">%[2]s =</label><input id="value%[1]d" data-name="%[2]s" value="%[3]s" autocomplete="off" spellcheck="false" aria-describedby="mistake-value%[1]d">`+
			`<input type="range" id="slide%[1]d" data-name="%[2]s" min="0" max="%[4]d" value="%[5]d" aria-label="%[2]s" aria-valuetext="%[3]s">`+
			`<span class="ends" aria-hidden="true"><span id="lo%[1]d">%[6]s</span><span id="hi%[1]d">%[7]s</span></span><p class="mistake" id="mistake-value%[1]d" role="status"></p></div>`,
			i, html.EscapeString(p.Name), html.EscapeString(p.Text), mostParts, s.Position, s.Lo, s.Hi)
	}
	a.Pieces["sliders"] = b.String()
}

// plot follows the formulas along the input that moves.
func (a *Answer) plot(q Question, v, beside *draw.View, names []string, x []float64, along int) error {
	p := a.State.Point[along]
	method, shown := a.State.Method, "dual numbers"
	switch method {
	case "all":
		method = "dual"
	case "reverse":
		shown = "the tape"
	case "symbolic":
		shown = "the formula of the derivative"
	case "numeric":
		shown = "differences"
	}
	n := samples
	if method == "numeric" { // which takes a hundred evaluations for each
		n = samples/2 + 1
	}
	at := make([]float64, n)
	for i := range at {
		at[i] = p.Lo + (p.Hi-p.Lo)*float64(i)/float64(n-1)
	}
	way := trace.Along{Input: along, Method: method, At: at, Step: a.State.secant(p)}
	f, err := trace.TextAlong(a.State.Formula, names, x, way)
	if err != nil {
		return err
	}
	plot := draw.Plot{Name: p.Name, Method: shown, Lo: p.Lo, Hi: p.Hi, Profile: f}
	if beside != nil {
		if plot.Beside, err = trace.TextAlong(a.State.Beside, names, x, way); err != nil {
			return &mistake{"beside", err}
		}
	}
	a.Pieces["plot"] = q.both(plot.Draw)
	a.Pieces["legend"] = legend(v, p.Name, f)
	a.Pieces["compare"] = ""
	if beside != nil {
		a.Pieces["compare"] = besides(v, beside, along)
	}
	return nil
}

// legend says the numbers of a plot at the point.
func legend(v *draw.View, name string, f *trace.Profile) string {
	row := func(key, what string, x trace.Float, more string) string {
		return fmt.Sprintf(`<div><dt>%s%s</dt><dd>%s%s</dd></div>`, key, what, html.EscapeString(draw.Sign(trace.Short(float64(x)))), more)
	}
	key := func(class string) string {
		return `<svg class="key" width="26" height="10" viewBox="0 0 26 10" aria-hidden="true"><path class="` + class + `" d="M1 5H25"/></svg>`
	}
	off := ""
	if err := math.Abs(float64(f.Secant.Err)); !math.IsNaN(err) {
		off = fmt.Sprintf(` <small>step h = %.2g, off by %.1g</small>`, float64(f.Secant.Step), err)
	}
	return `<dl class="ui">` + row(key("g1"), v.Output+" = f", f.At.Value, "") + row(key("tan"), "f′, the tangent’s slope", f.At.Slope, "") +
		row(key("sec"), "the secant’s slope", f.Secant.Value, off) + row(key(""), "f″", f.At.Curve, "") + "</dl>"
}

// besides compares two formulas at the point, by every method.
func besides(v, u *draw.View, along int) string {
	by := []struct {
		name string
		of   func(trace.Slope) trace.Float
	}{
		{"dual", func(s trace.Slope) trace.Float { return s.Dual }}, {"tape", func(s trace.Slope) trace.Float { return s.Reverse }},
		{"symbolic", func(s trace.Slope) trace.Float { return s.Symbolic }}, {"differences", func(s trace.Slope) trace.Float { return s.Differences }},
	}
	var b strings.Builder
	b.WriteString(`<div class="scroll" tabindex="0" role="region" aria-label="Both formulas at the point"><table class="nums2 ui"><caption class="vh">Both formulas at the point</caption><thead><tr><th scope="col">Formula</th><th scope="col">value</th>`)
	for _, m := range by {
		fmt.Fprintf(&b, `<th scope="col">∂/∂%s, %s</th>`, html.EscapeString(v.Inputs[along].Name), m.name)
	}
	b.WriteString("</tr></thead><tbody>")
	for _, w := range []*draw.View{v, u} {
		fmt.Fprintf(&b, `<tr><th scope="row">%s</th><td class="dg">%s</td>`, html.EscapeString(draw.Clip(w.Heading(), 60)), html.EscapeString(draw.Sign(draw.Digits(w.Value))))
		for _, m := range by {
			fmt.Fprintf(&b, `<td class="dg">%s</td>`, html.EscapeString(draw.Sign(draw.Digits(m.of(w.Gradient[along])))))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table></div>")
	for _, w := range []*draw.View{v, u} {
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(draw.Sign(unusual(w, along))))
	}
	return b.String()
}

// unusual says where on the way a formula meets a number that is not finite, first in its
// values, then in the slopes that tangents are multiplied by.
func unusual(v *draw.View, along int) string {
	name := draw.Clip(v.Heading(), 60)
	finite := func(x trace.Float) bool { return !math.IsNaN(float64(x)) && !math.IsInf(float64(x), 0) }
	for _, l := range v.Lines {
		if !finite(l.Value) {
			return fmt.Sprintf("%s: %s = %s is %s on the way; what comes of it is no longer a number to trust.", name, l.Name, l.Text.Text, trace.Short(float64(l.Value)))
		}
	}
	for i, l := range v.Lines {
		for _, o := range l.Operands {
			if o.Line < 0 || finite(o.Slope) {
				continue
			}
			from := v.Lines[o.Line]
			dotted, _ := v.Accented(i)
			return fmt.Sprintf("%s: %s = %s has the slope %s in %s = %s, and the tangent that arrives there is %s: so %s is %s.", name, l.Name, l.Text.Text,
				trace.Short(float64(o.Slope)), from.Name, trace.Short(float64(from.Value)), trace.Short(float64(from.Tangents[along])), dotted, trace.Short(float64(l.Tangents[along])))
		}
	}
	return name + ": every slope on the way is finite."
}

// late fills in what takes longer.
func (a *Answer) late(v, beside *draw.View, e, other symbolic.Expr) {
	a.Pieces["answer"] = html.EscapeString(v.Answer())
	a.Pieces["digits"] = v.DigitsTable()
	a.Pieces["curves"] = v.Curves()
	a.Pieces["same"] = ""
	if beside != nil {
		a.Pieces["same"] = map[symbolic.Verdict]string{
			symbolic.Yes:     "Package symbolic proves that the two are equal wherever both have a value.",
			symbolic.No:      "The two are not the same function: package symbolic finds a point at which they differ.",
			symbolic.Unknown: "Package symbolic can neither prove that the two are equal, nor find a point at which they differ.",
		}[symbolic.Equal(e, other)]
	}
}
