package main

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

// text returns the mathematics of a formula, or its text where there are many.
func (v *view) text(f trace.Formula) string {
	if len(v.Lines) > mostFormulas || f.MathML == "" {
		return "<mtext>" + html.EscapeString(sign(f.Text)) + "</mtext>"
	}
	return inner(f.MathML)
}

// rows fills in the three traces.
func (v *view) rows() {
	sent := make(map[int][]trace.Contribution)
	for _, c := range v.Contributions {
		sent[c.From] = append(sent[c.From], c)
	}
	for i, l := range v.Lines[:min(len(v.Lines), mostRows)] {
		dotted, barred := v.AccentedMathML(i)
		r := row{ID: i, Result: l.Value, Place: l.Place, Input: i < len(v.Inputs), Adjoint: l.Adjoint}
		r.Value = maths(l.MathML, equals, v.text(l.Text))
		if r.Input {
			r.Tangent = maths(dotted, equals, "<mi>∂</mi>", inner(v.Inputs[i].MathML))
			r.AdjointName = maths(barred, equals, v.partial(v.Inputs[i]))
		} else {
			r.Numbers = sign(l.Numbers)
			r.Tangent = maths(dotted)
			if l.Tangent.Text != "" {
				r.Tangent = maths(dotted, equals, v.text(l.Tangent))
			}
		}
		for _, k := range v.Shown {
			r.Tangents = append(r.Tangents, l.Tangents[k])
			if len(l.TangentNumbers) > k {
				r.TangentNumbers = append(r.TangentNumbers, sign(l.TangentNumbers[k]))
			}
		}
		for _, c := range sent[i][:min(len(sent[i]), 12)] {
			r.Adjoints = append(r.Adjoints, v.adjoint(c))
		}
		if r.Height = 12 + 43*max(1, len(r.Adjoints)); r.Place != "" {
			r.Height = max(r.Height, 75)
		}
		v.Rows = append(v.Rows, r)
	}
	v.MoreRows = len(v.Lines) - len(v.Rows)
}

// adjoint returns a += as a row.
func (v *view) adjoint(c trace.Contribution) adjointRow {
	_, to := v.AccentedMathML(c.To)
	_, from := v.AccentedMathML(c.From)
	o := v.Lines[c.From].Operands[c.Operand]
	sum, more := equals, ""
	if !c.First {
		sum = `<mo class="pe">+=</mo>`
		more = trace.Short(float64(c.Sum-c.Term)) + " + "
	}
	term := from + "<mo>·</mo><mn>" + sign(bracket(trace.Short(float64(c.Slope)))) + "</mn>"
	if o.Text.Text != "1" && o.Text.Text != "-1" && o.Term.Text != "" {
		term = v.text(o.Term)
	}
	return adjointRow{Math: maths(to, sum, term), More: sign(more + bracket(trace.Short(float64(c.Adjoint))) + "·" + bracket(trace.Short(float64(c.Slope)))), Sum: c.Sum, First: c.First}
}

// pathRows fills in the paths of the inputs that are shown, each with a bar.
func (v *view) pathRows() {
	for _, i := range v.Shown {
		p := v.Paths[i]
		r := pathRow{Paths: p, Name: maths(v.partial(v.Inputs[i])), Input: v.Inputs[i].Name}
		most := 0.0
		for _, path := range p.List {
			most = math.Max(most, math.Abs(float64(path.Product)))
		}
		for _, path := range p.List[:min(len(p.List), 8)] {
			var names, slopes []string
			for k, line := range path.Lines {
				names = append(names, v.Lines[line].Name)
				if k > 0 {
					slopes = append(slopes, bracket(trace.Short(float64(path.Slopes[k-1]))))
				}
			}
			if len(names) > 9 {
				names = append(append(names[:4:4], "…"), names[len(names)-4:]...)
				slopes = append(append(slopes[:4:4], "…"), slopes[len(slopes)-4:]...)
			}
			r.List = append(r.List, pathLine{strings.Join(names, " → "), sign(strings.Join(slopes, " · ")), path.Product, bar(float64(path.Product), most)})
		}
		if n := float64(p.Count) - float64(len(r.List)); n > 0 {
			r.More = "and " + plural(n, "more path")
		}
		v.PathRows = append(v.PathRows, r)
	}
}

// bar draws a product to the right if it is positive, and hollow to the left if not.
func bar(x, most float64) template.HTML {
	w := 0.0
	if most > 0 && !math.IsInf(most, 0) && x == x {
		w = 100 * math.Abs(x) / most
	}
	left, class := 110.0, "w1"
	if x < 0 {
		left, class = 110-w, "w2"
	}
	return template.HTML(fmt.Sprintf(`<svg class="bar" viewBox="0 0 220 16" aria-hidden="true"><path class="ax" d="M110 0V16"/><rect class="%s" x="%.1f" y="3" width="%.1f" height="10"/></svg>`, class, left, w))
}

// papers fills in the derivations.
func (v *view) papers() {
	size := 0
	for _, i := range v.Shown {
		if i >= len(v.Derivations) {
			return
		}
		d := v.Derivations[i]
		p := paperRow{Name: maths(v.partial(v.Inputs[i]))}
		for k, s := range d.Steps {
			if size += len(s.MathML); size > mostDerivation {
				p.More = len(d.Steps) - k
				break
			}
			d := "<mfrac><mi>d</mi><mrow><mi>d</mi>" + inner(v.Inputs[i].MathML) + "</mrow></mfrac><mo>(</mo>"
			p.Steps = append(p.Steps, paperStep{Rule: s.Rule, Math: maths(d, inner(s.Part.MathML), "<mo>)</mo>") + " " + maths(equals, inner(s.After.MathML))})
		}
		if len(d.Result.MathML) < 3000 {
			p.Steps = append(p.Steps, paperStep{Rule: "so", Math: maths(v.partial(v.Inputs[i]), equals, inner(d.Result.MathML))})
		}
		p.Steps = append(p.Steps, paperStep{Rule: "at the point", Math: maths(equals, "<mn>"+html.EscapeString(sign(digits(d.Value)))+"</mn>"), Last: true})
		v.Papers = append(v.Papers, p)
	}
}

// second fills in second derivatives.
func (v *view) second() {
	if v.Trace.Second == nil {
		return
	}
	w := writer{Trace: v.Trace}
	s := v.Trace.Second
	crosses := s.Crosses[:min(len(s.Crosses), 6)]
	for _, c := range crosses {
		v.SecondHeads = append(v.SecondHeads, w.second2(c.I, c.J))
	}
	rates := s.Rates[:min(len(s.Rates), mostOnPage)]
	for _, r := range rates {
		v.SecondHeads = append(v.SecondHeads, "∂v̄/∂"+v.Inputs[r.Input].Name)
	}
	for i, l := range v.Lines[:min(len(v.Lines), mostNodes)] {
		row := []string{l.Name + " = " + sign(l.Text.Text)}
		for _, c := range crosses {
			row = append(row, sign(trace.Short(float64(c.Terms[i]))))
		}
		for _, r := range rates {
			row = append(row, sign(trace.Short(float64(r.Rates[i]))))
		}
		v.SecondRows = append(v.SecondRows, row)
	}
	for _, e := range s.Hessian[:min(len(s.Hessian), 10)] {
		v.HessianRows = append(v.HessianRows, []string{strings.Replace(w.second2(e.I, e.J), "∂²", "∂²"+v.Output, 1), sign(digits(e.Dual)), sign(digits(e.Reverse)),
			sign(digits(e.Symbolic)), sign(digits(e.Differences)) + " ± " + tens(float64(e.Estimate))})
	}
}
