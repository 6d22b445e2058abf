package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/internal/page"
	"github.com/quartet-ad/ad/internal/replace"
)

//go:embed page.html
var pageText string

var pageTemplate = page.Parse(pageText, template.FuncMap{
	"short": func(x trace.Float) string { return sign(trace.Short(float64(x))) },
	"sign":  sign,
	"inc":   func(i int) int { return i + 1 },
	"times": func(n, of int) string { return sign(times(n, of)) },
	"tens":  func(x trace.Float) string { return tens(float64(x)) },
})

// writePage writes the page to a file.
func writePage(name string, t *trace.Trace, q question) error {
	return replace.File(name, func(w io.Writer) error { return render(w, t, q) })
}

func render(w io.Writer, t *trace.Trace, q question) error {
	v, err := newView(t, q)
	if err != nil {
		return err
	}
	return pageTemplate.Execute(w, v)
}

// What a page shows of large functions, so that it stays readable and small.
const (
	mostRows       = 100    // of the traces
	mostFormulas   = 40     // lines whose operations are set as mathematics
	mostOnPage     = 4      // inputs with a column, and a derivation
	mostDerivation = 16_000 // bytes of the derivations
)

// A view is what the template shows.
type view struct {
	*trace.Trace
	Title, Heading, Answer, Command string
	Point                           template.HTML
	Math                            template.HTML
	Shown                           []int // inputs that have columns
	Digits                          []digitRow
	Graphs                          []template.HTML
	Rows                            []row
	Folded                          bool
	MoreRows                        int
	PathRows                        []pathRow
	Papers                          []paperRow
	Curves                          []template.HTML
	PriceChart                      template.HTML
	Steps, Data                     template.JS
	SecondHeads                     []string
	SecondRows                      [][]string
	HessianRows                     [][]string
}

// A digitRow is a method with its gradient.
type digitRow struct {
	Method, How string
	Digits      []template.HTML
	Distance    string
	Cost        string
}

// A row is a line in the three traces.
type row struct {
	ID, Height          int // in pixels, at least, so that the tables stand side by side
	Value, Tangent      template.HTML
	Numbers, TangentsBy string
	TangentNumbers      []string
	Result              trace.Float
	Tangents            []trace.Float
	Adjoints            []adjointRow
	Final               bool
	Place               string
	Input               bool
	Adjoint             trace.Float
	AdjointName         template.HTML
}

// An adjointRow is a += of the sweep.
type adjointRow struct {
	Math  template.HTML
	More  string // the numbers
	Sum   trace.Float
	First bool
}

type pathRow struct {
	trace.Paths
	Name  template.HTML
	List  []pathLine
	More  string
	Input string
}

type pathLine struct {
	Names, Slopes string
	Product       trace.Float
	Bar           template.HTML
}

type paperRow struct {
	Name  template.HTML
	Steps []paperStep
	More  int
}

type paperStep struct {
	Rule string
	Math template.HTML
	Last bool
}

// inner returns what stands within <math>.
func inner(mathML string) string {
	i := strings.Index(mathML, ">")
	if i < 0 {
		return ""
	}
	return "<mrow>" + strings.TrimSuffix(mathML[i+1:], "</math>") + "</mrow>"
}

// maths returns an element <math> in a line of text.
func maths(parts ...string) template.HTML {
	return template.HTML("<math><mrow>" + strings.Join(parts, "") + "</mrow></math>")
}

const equals = "<mo>=</mo>"

// partial returns ∂y/∂x of an input, on one line.
func (v *view) partial(in trace.Input) string {
	return "<mrow><mi>∂</mi><mi>" + v.Output + "</mi></mrow><mo lspace=\"0.08em\" rspace=\"0.08em\">∕</mo><mrow><mi>∂</mi>" + inner(in.MathML) + "</mrow>"
}

func number(x trace.Float) string {
	return "<mn>" + html.EscapeString(sign(trace.Short(float64(x)))) + "</mn>"
}

func (v *view) output() string { return "<mi>" + v.Output + "</mi>" }

func newView(t *trace.Trace, q question) (*view, error) {
	v := &view{Trace: t, Title: sign(title(t)) + ", differentiated four ways", Folded: len(t.Lines) > mostNodes}
	if len(v.Title) > 120 {
		v.Title = "A function, differentiated four ways"
	}
	v.Command = "go run ./compare/explain " + quoted(q.args)
	asked := slices.IndexFunc(t.Inputs, func(in trace.Input) bool { return in.Name == q.why })
	if asked >= 0 {
		v.Shown = append(v.Shown, asked)
	}
	for i := range t.Inputs {
		if i != asked && len(v.Shown) < mostOnPage {
			v.Shown = append(v.Shown, i)
		}
	}
	slices.Sort(v.Shown)
	v.Math = maths(v.output(), equals, inner(t.Formula.MathML))
	if v.Heading = sign(title(t)); title(t) != t.Formula.Text {
		v.Math = template.HTML(`<span class="long">` + html.EscapeString(t.Output+" = "+clip(v.Heading, 300)) + "</span>")
	}
	var at []string
	for i, in := range t.Inputs {
		if i == 8 {
			at = append(at, fmt.Sprintf("and %d more", len(t.Inputs)-i))
			break
		}
		at = append(at, string(maths(inner(in.MathML), equals, "<mn>"+html.EscapeString(sign(digits(in.Value)))+"</mn>")))
	}
	v.Point = template.HTML("at " + strings.Join(at, ", ") + ", where " + string(maths(v.output(), equals, number(t.Value))))
	v.Answer = answerOf(t)
	v.Digits = digitRows(t, v.Shown)
	v.Graphs = []template.HTML{template.HTML(graph(t, wide, v.Shown)), template.HTML(graph(t, narrow, v.Shown))}
	v.rows()
	v.pathRows()
	v.papers()
	for _, s := range t.Studies[:min(len(t.Studies), 2)] {
		v.Curves = append(v.Curves, curve(t, s))
	}
	var growing []trace.Price
	for _, p := range t.Prices {
		if p.Results == 1 {
			growing = append(growing, p)
		}
	}
	v.PriceChart = priceChart(growing)
	v.second()
	steps, err := json.Marshal(v.steps())
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(plain(t))
	if err != nil {
		return nil, err
	}
	v.Steps, v.Data = template.JS(steps), template.JS(data)
	return v, nil
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
	return clip(strings.Join(list, " "), 400)
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// plain returns a trace without its mathematics, which the page shows, and without the
// numbers that it does not.
func plain(t *trace.Trace) *trace.Trace {
	c := *t
	c.Formula = trace.Formula{Text: clip(c.Formula.Text, 4000)}
	c.Name, c.Verdict.Text = clip(c.Name, 4000), clip(c.Verdict.Text, 4000)
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
		d.Result = trace.Formula{Text: clip(d.Result.Text, 1000)}
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

// answerOf says in a sentence what the gradient is, and whether the methods agree.
func answerOf(t *trace.Trace) string {
	var list []string
	same, within := true, true
	for i, g := range t.Gradient {
		if i < 6 {
			list = append(list, sign(trace.Short(float64(g.Reverse))))
		}
		same = same && equal(g.Dual, g.Reverse) && equal(g.Dual, g.Symbolic)
		within = within && math.Abs(float64(g.Differences-g.Dual)) <= float64(g.Estimate)
	}
	if len(t.Gradient) > 6 {
		list = append(list, "…")
	}
	text := "The gradient is (" + strings.Join(list, ", ") + ")."
	if len(t.Gradient) == 1 {
		text = "The derivative is " + list[0] + "."
	}
	switch {
	case t.Verdict.Verdict == "disagree":
		return text + " The methods disagree; the culprit is " + t.Verdict.Culprit + "."
	case t.Verdict.Verdict == "undecided":
		return text + " The judge finds no evidence that it is right."
	case same:
		text += " Three exact methods give the same bits"
	default:
		text += " Three exact methods agree but for rounding"
	}
	if within {
		return text + "; the fourth, which only ever asks for values, lands within its own error estimate."
	}
	return text + "; the fourth only ever asks for values."
}

func equal(a, b trace.Float) bool { return a == b || a != a && b != b }

// digitRows shows the digits of every method, those past its error apart.
func digitRows(t *trace.Trace, shown []int) []digitRow {
	by := []struct {
		method, how, cost string
		of                func(trace.Slope) trace.Float
	}{
		{"Dual numbers", "carry value and slope together", fmt.Sprintf("%d passes", len(t.Inputs)), func(s trace.Slope) trace.Float { return s.Dual }},
		{"Tape, reverse mode", "record, then pull back", "1 sweep", func(s trace.Slope) trace.Float { return s.Reverse }},
		{"Symbolic", "rewrite the formula", "1 formula each", func(s trace.Slope) trace.Float { return s.Symbolic }},
		{"Differences", "ask the function, twice, nearby", "", func(s trace.Slope) trace.Float { return s.Differences }},
	}
	if len(t.Inputs) == 1 {
		by[0].cost = "1 pass"
	}
	var rows []digitRow
	for k, m := range by {
		r := digitRow{Method: m.method, How: m.how, Cost: m.cost}
		var distance []string
		evals := 0
		for _, i := range shown {
			g := t.Gradient[i]
			err := math.Abs(float64(m.of(g) - g.Reverse))
			r.Digits = append(r.Digits, split(m.of(g), err))
			evals += g.Evaluations
			switch {
			case k == 3:
				distance = append(distance, fmt.Sprintf("%s (its own estimate: %s)", tens(err), tens(float64(g.Estimate))))
			case k != 1:
				distance = append(distance, fmt.Sprintf("%.0f ulp", units(m.of(g), g.Reverse)))
			}
		}
		if k == 3 {
			r.Cost = fmt.Sprintf("%d evaluations", evals)
		}
		r.Distance = strings.Join(distance, ", ")
		if k == 1 {
			r.Distance = "what the others are held against here"
		}
		rows = append(rows, r)
	}
	return rows
}

// units returns how many units in the last place lie between two numbers.
func units(a, b trace.Float) float64 {
	if equal(a, b) {
		return 0
	}
	x := math.Abs(float64(b))
	return math.Abs(float64(a-b)) / (math.Nextafter(x, math.Inf(1)) - x)
}

// split marks the digits that are past an error.
func split(x trace.Float, err float64) template.HTML {
	text := sign(digits(x))
	if err == 0 || strings.ContainsAny(text, "eNI") {
		return template.HTML(html.EscapeString(text))
	}
	right := int(math.Floor(math.Log10(math.Abs(float64(x))) - math.Log10(2*err)))
	seen, leading := 0, true
	for i, r := range text {
		if leading = leading && (r < '1' || r > '9'); leading || r < '0' || r > '9' {
			continue
		}
		if seen++; seen > right+1 {
			return template.HTML(html.EscapeString(text[:i]) + `<span class="off">` + html.EscapeString(text[i:]) + "</span>")
		}
	}
	return template.HTML(html.EscapeString(text))
}
