package main

import (
	_ "embed"
	"encoding/json"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare/internal/draw"
	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/internal/page"
	"github.com/quartet-ad/ad/internal/replace"
)

//go:embed page.html
var pageText string

var pageTemplate = page.Parse(pageText, template.FuncMap{
	"html":   func(s string) template.HTML { return template.HTML(s) }, // pieces of package draw
	"css":    func() template.CSS { return template.CSS(draw.Style) },
	"script": func() template.JS { return template.JS(draw.Script) },
})

// writePage writes the page to a file.
func writePage(name string, t *trace.Trace, q question) error {
	return replace.File(name, func(w io.Writer) error { return render(w, t, q) })
}

func render(w io.Writer, t *trace.Trace, q question) error {
	v, err := newDocument(t, q)
	if err != nil {
		return err
	}
	return pageTemplate.Execute(w, v)
}

// A document is what the template shows.
type document struct {
	*draw.View
	Title, Command  string
	Data, StepsJSON template.JS
}

// Controls step through the sweeps.
func (d *document) Controls() string { return draw.Bars(d.Moves()) }

func newDocument(t *trace.Trace, q question) (*document, error) {
	d := &document{View: draw.New(t, q.why)}
	if d.Title = d.Heading() + ", differentiated four ways"; len(d.Title) > 120 {
		d.Title = "A function, differentiated four ways"
	}
	d.Command = "go run ./compare/explain " + quoted(q.args)
	steps, err := json.Marshal(d.Steps())
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(plain(t))
	if err != nil {
		return nil, err
	}
	d.StepsJSON, d.Data = template.JS(steps), template.JS(data)
	return d, nil
}

// quoted returns arguments as a shell reads them.
func quoted(args []string) string {
	list := make([]string, len(args))
	for i, a := range args {
		list[i] = a
		if strings.ContainsAny(a, " '\"()*^|&;<>$`\\#!{}[]?~") {
			list[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
	}
	return draw.Clip(strings.Join(list, " "), 400)
}

// mostRows is how many lines of a trace are in a page's data.
const mostRows = 100

// plain returns a trace without its mathematics, which the page shows, and without the
// numbers that it does not.
func plain(t *trace.Trace) *trace.Trace {
	c := *t
	c.Formula = trace.Formula{Text: draw.Clip(c.Formula.Text, 4000)}
	c.Name, c.Verdict.Text = draw.Clip(c.Name, 4000), draw.Clip(c.Verdict.Text, 4000)
	c.Lines, c.Derivations, c.Inputs, c.Paths = nil, nil, nil, nil
	for _, in := range t.Inputs {
		in.MathML = ""
		c.Inputs = append(c.Inputs, in)
	}
	for _, l := range t.Lines {
		l.MathML, l.TangentNumbers, l.Numbers = "", nil, ""
		l.Text, l.Tangent = trace.Formula{Text: l.Text.Text}, trace.Formula{Text: l.Tangent.Text}
		if len(t.Lines)*len(t.Inputs) > 1000 && len(c.Lines) != t.Result {
			l.Tangents = nil
		}
		var operands []trace.Operand
		for _, o := range l.Operands[:min(len(l.Operands), 20)] {
			operands = append(operands, trace.Operand{Line: o.Line, Value: o.Value, Slope: o.Slope})
		}
		l.Operands = operands
		c.Lines = append(c.Lines, l)
	}
	for _, d := range t.Derivations[:min(len(t.Derivations), 8)] {
		d.Steps, d.Simplified = nil, trace.Formula{}
		d.Result = trace.Formula{Text: draw.Clip(d.Result.Text, 1000)}
		c.Derivations = append(c.Derivations, d)
	}
	for _, p := range t.Paths[:min(len(t.Paths), 8)] {
		p.List = p.List[:min(len(p.List), 2)]
		c.Paths = append(c.Paths, p)
	}
	c.Studies = nil
	for _, s := range t.Studies[:min(len(t.Studies), 2)] {
		var points []trace.Quotient
		for k, q := range s.Points {
			if k%4 == 0 || slices.Contains(s.Best, k) {
				points = append(points, q)
			}
		}
		s.Points, s.Best = points, nil
		c.Studies = append(c.Studies, s)
	}
	if len(t.Contributions) > 200 {
		c.Contributions = nil
	}
	if len(t.Lines) > mostRows {
		c.Lines, c.Contributions, c.Paths, c.Second = c.Lines[:mostRows], nil, nil, nil
	}
	return &c
}
