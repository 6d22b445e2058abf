package draw

import (
	"fmt"
	"html"
	"strings"
)

// OnPaper shows the derivation by every input that is shown, a rule a line.
func (v *View) OnPaper() string {
	var b strings.Builder
	size := 0
	for _, i := range v.Shown {
		if i >= len(v.Derivations) {
			break
		}
		d, name := v.Derivations[i], v.partial(v.Inputs[i])
		fmt.Fprintf(&b, `<section class="dv card"><h3>%s</h3><ol>`, spoken("∂"+v.Output+"/∂"+v.Inputs[i].Name, maths(name)))
		line := func(rule, class, mathML string) {
			fmt.Fprintf(&b, `<li><span class="rule ui">%s</span><div%s>%s</div></li>`, html.EscapeString(rule), class, mathML)
		}
		more := 0
		for k, s := range d.Steps {
			if size += len(s.MathML); size > mostDerivation {
				more = len(d.Steps) - k
				break
			}
			asked := "<mfrac><mi>d</mi><mrow><mi>d</mi>" + inner(v.Inputs[i].MathML) + "</mrow></mfrac><mo>(</mo>"
			line(s.Rule, "", maths(asked, inner(s.Part.MathML), "<mo>)</mo>")+" "+maths(equals, inner(s.After.MathML)))
		}
		if len(d.Result.MathML) < 3000 {
			line("so", "", maths(name, equals, inner(d.Result.MathML)))
		}
		line("at the point", ` class="res"`, maths(equals, "<mn>"+html.EscapeString(Sign(Digits(d.Value)))+"</mn>"))
		b.WriteString("</ol>")
		if more > 0 {
			fmt.Fprintf(&b, "<p>%d more steps: -method symbolic has all of them.</p>", more)
		}
		b.WriteString("</section>")
	}
	if b.Len() == 0 {
		return ""
	}
	return `<div class="dvs">` + b.String() + "</div>"
}

// spoken returns mathematics with its text for those who listen: not every reader knows
// MathML within a heading.
func spoken(text, mathML string) string {
	return `<span class="vh">` + html.EscapeString(text) + `</span><span aria-hidden="true">` + mathML + "</span>"
}
