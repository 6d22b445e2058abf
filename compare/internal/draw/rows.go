package draw

import (
	"fmt"
	"html"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

// text returns the mathematics of a formula, or its text where there are many.
func (v *View) text(f trace.Formula) string {
	if len(v.Lines) > mostFormulas || f.MathML == "" {
		return "<mtext>" + html.EscapeString(Sign(f.Text)) + "</mtext>"
	}
	return inner(f.MathML)
}

// Traces shows values, tangents and adjoints, line by line, beside each other.
func (v *View) Traces() string {
	var b strings.Builder
	lines := v.Lines[:min(len(v.Lines), mostRows)]
	if v.Folded() {
		fmt.Fprintf(&b, "<details><summary>The three traces, %d of %d lines</summary>", len(lines), len(v.Lines))
	}
	sent := make(map[int][]trace.Contribution)
	for _, c := range v.Contributions {
		sent[c.From] = append(sent[c.From], c)
	}
	row := func(class string, i int) {
		height := 12 + 43*max(1, min(len(sent[i]), 12)) // in pixels, at least, so that the tables stand side by side
		if lines[i].Place != "" {
			height = max(height, 75)
		}
		fmt.Fprintf(&b, `<tr data-r="%s%d" style="--h:%dpx">`, class, i, height)
	}
	b.WriteString(`<div class="traces"><table class="tr card ui v"><caption>Values ↓</caption><tbody>`)
	for i, l := range lines {
		row("p", i)
		fmt.Fprintf(&b, `<td class="fx">%s`, maths(l.MathML, equals, v.text(l.Text)))
		if i >= len(v.Inputs) && l.Numbers != "" {
			fmt.Fprintf(&b, `<div class="sb">= %s</div>`, html.EscapeString(Sign(l.Numbers)))
		}
		if l.Place != "" {
			fmt.Fprintf(&b, `<div class="sb">%s</div>`, html.EscapeString(l.Place))
		}
		fmt.Fprintf(&b, `</td><td class="nm">%s</td></tr>`, short(l.Value))
	}
	b.WriteString("</tbody></table>\n" + `<table class="tr card ui f"><caption>Tangents ↓<span class="hd">`)
	for _, k := range v.Shown {
		fmt.Fprintf(&b, `<span class="nm">%s</span>`, html.EscapeString(v.Inputs[k].Name))
	}
	b.WriteString("</span></caption><tbody>")
	for i := range lines {
		row("t", i)
		v.tangent(&b, i)
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>\n" + `<table class="tr card ui b"><caption>Adjoints ↑ <small>read upwards</small></caption><tbody>`)
	for i := range lines {
		row("a", i)
		v.adjoints(&b, i, sent[i])
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table>\n</div>\n")
	if n := len(v.Lines) - len(lines); n > 0 {
		fmt.Fprintf(&b, "<p>%d more lines: the text and -json have all of them.</p>", n)
	}
	if v.Folded() {
		b.WriteString("</details>")
	}
	return b.String()
}

// tangent writes the cells of a line's tangents.
func (v *View) tangent(b *strings.Builder, i int) {
	l := v.Lines[i]
	dotted, _ := v.AccentedMathML(i)
	switch {
	case i < len(v.Inputs):
		dotted = maths(dotted, equals, "<mi>∂</mi>", inner(v.Inputs[i].MathML))
	case l.Tangent.Text != "":
		dotted = maths(dotted, equals, v.text(l.Tangent))
	default:
		dotted = maths(dotted)
	}
	fmt.Fprintf(b, `<td class="fx">%s`, dotted)
	for k, input := range v.Shown {
		if input < len(l.TangentNumbers) {
			fmt.Fprintf(b, `<div class="sb"><span class="s s%d">= %s</span></div>`, k+1, html.EscapeString(Sign(l.TangentNumbers[input])))
		}
	}
	b.WriteString("</td>")
	for _, input := range v.Shown {
		fmt.Fprintf(b, `<td class="nm">%s</td>`, short(l.Tangents[input]))
	}
}

// adjoints writes the cells of what a line sends to its operands.
func (v *View) adjoints(b *strings.Builder, i int, sent []trace.Contribution) {
	if i < len(v.Inputs) {
		_, barred := v.AccentedMathML(i)
		fmt.Fprintf(b, `<td class="fx fin">%s</td><td class="nm fin">%s</td>`, maths(barred, equals, v.partial(v.Inputs[i])), short(v.Lines[i].Adjoint))
		return
	}
	b.WriteString(`<td class="fx">`)
	for _, c := range sent[:min(len(sent), 12)] {
		_, to := v.AccentedMathML(c.To)
		_, from := v.AccentedMathML(c.From)
		o := v.Lines[c.From].Operands[c.Operand]
		sum, more := equals, ""
		if !c.First {
			sum = `<mo class="pe">+=</mo>`
			more = trace.Short(float64(c.Sum-c.Term)) + " + "
		}
		term := from + "<mo>·</mo><mn>" + html.EscapeString(Sign(Bracket(trace.Short(float64(c.Slope))))) + "</mn>"
		if o.Text.Text != "1" && o.Text.Text != "-1" && o.Term.Text != "" {
			term = v.text(o.Term)
		}
		more = Sign(more + Bracket(trace.Short(float64(c.Adjoint))) + "·" + Bracket(trace.Short(float64(c.Slope))))
		fmt.Fprintf(b, `<div class="ad"><span class="fx">%s</span><span class="nm">%s</span></div><div class="sb">= %s</div>`, maths(to, sum, term), short(c.Sum), html.EscapeString(more))
	}
	if len(sent) == 0 {
		fmt.Fprintf(b, `<span class="sb">%s does not depend on it</span>`, v.Output)
	}
	b.WriteString("</td>")
}
