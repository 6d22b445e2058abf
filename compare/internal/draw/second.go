package draw

import (
	"fmt"
	"html"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

// SecondName names the second derivative by two inputs.
func SecondName(t *trace.Trace, i, j int) string {
	if i == j {
		return "∂²/∂" + t.Inputs[i].Name + "²"
	}
	return "∂²/∂" + t.Inputs[i].Name + "∂" + t.Inputs[j].Name
}

// SecondOrder shows cross terms, rates of adjoints, and the Hessian by every method. It is
// empty if there are none.
func (v *View) SecondOrder() string {
	s := v.Second
	if s == nil {
		return ""
	}
	crosses, rates := s.Crosses[:min(len(s.Crosses), 6)], s.Rates[:min(len(s.Rates), mostOnPage)]
	heads := []string{"Line"}
	for _, c := range crosses {
		heads = append(heads, SecondName(v.Trace, c.I, c.J))
	}
	for _, r := range rates {
		heads = append(heads, "∂v̄/∂"+v.Inputs[r.Input].Name)
	}
	var rows [][]string
	for i, l := range v.Lines[:min(len(v.Lines), mostNodes)] {
		row := []string{l.Name + " = " + Sign(l.Text.Text)}
		for _, c := range crosses {
			row = append(row, Sign(trace.Short(float64(c.Terms[i]))))
		}
		for _, r := range rates {
			row = append(row, Sign(trace.Short(float64(r.Rates[i]))))
		}
		rows = append(rows, row)
	}
	text := numbers("Cross terms and rates of adjoints", heads, rows) + "\n"
	rows = nil
	for _, e := range s.Hessian[:min(len(s.Hessian), 10)] {
		rows = append(rows, []string{strings.Replace(SecondName(v.Trace, e.I, e.J), "∂²", "∂²"+v.Output, 1), Sign(Digits(e.Dual)), Sign(Digits(e.Reverse)),
			Sign(Digits(e.Symbolic)), Sign(Digits(e.Differences)) + " ± " + tens(float64(e.Estimate))})
	}
	return text + numbers("The Hessian by every method", []string{"Hessian", "hyper-dual", "tape", "symbolic", "differences"}, rows)
}

// PriceTable shows the operations that were counted.
func (v *View) PriceTable() string {
	var rows [][]string
	for _, p := range v.Prices {
		rows = append(rows, []string{fmt.Sprintf("%d → %d", p.Inputs, p.Results), fmt.Sprint(p.Operations), Sign(Times(p.Forward, p.Operations)),
			Sign(Times(p.Backward, p.Operations)), Sign(Times(p.Paper, p.Operations)), Sign(Times(p.Differences, p.Operations))})
	}
	return numbers("Counted operations", []string{"Inputs → results", v.Output + " alone", "dual", "tape", "paper", "differences"}, rows)
}

// numbers returns a table of numbers, whose first column names the rows. It scrolls where it
// is wide, by keyboard, too.
func numbers(caption string, heads []string, rows [][]string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<div class="scroll" tabindex="0" role="region" aria-label="%s"><table class="nums2 ui"><caption class="vh">%[1]s</caption><thead><tr>`, caption)
	for _, h := range heads {
		fmt.Fprintf(&b, `<th scope="col">%s</th>`, html.EscapeString(h))
	}
	b.WriteString("</tr></thead><tbody>")
	for _, row := range rows {
		for k, c := range row {
			if k == 0 {
				fmt.Fprintf(&b, `<tr><th scope="row">%s</th>`, html.EscapeString(c))
			} else {
				fmt.Fprintf(&b, `<td>%s</td>`, html.EscapeString(c))
			}
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</tbody></table></div>")
	return b.String()
}
