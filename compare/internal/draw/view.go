package draw

import (
	_ "embed"
	"fmt"
	"html"
	"math"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare/trace"
)

// Style is the style sheet of the pieces, beside that of package page.
//
//go:embed draw.css
var Style string

// Script steps through the sweeps: sweeps(steps) shows what Steps holds.
//
//go:embed sweeps.js
var Script string

// What a page shows of large functions, so that it stays readable and small.
const (
	mostRows       = 100    // of the traces
	mostFormulas   = 40     // lines whose operations are set as mathematics
	mostOnPage     = 4      // inputs with a column, and a derivation
	mostDerivation = 16_000 // bytes of the derivations
)

// A View is what a page shows of a trace.
type View struct {
	*trace.Trace
	Shown []int // inputs that have columns
}

// New returns a view: an input that is asked about, by name, is shown, and the first others.
func New(t *trace.Trace, asked string) *View {
	v := &View{Trace: t}
	i := slices.IndexFunc(t.Inputs, func(in trace.Input) bool { return in.Name == asked })
	if i >= 0 {
		v.Shown = append(v.Shown, i)
	}
	for k := range t.Inputs {
		if k != i && len(v.Shown) < mostOnPage {
			v.Shown = append(v.Shown, k)
		}
	}
	slices.Sort(v.Shown)
	return v
}

// Folded reports whether there are more lines than are drawn.
func (v *View) Folded() bool { return len(v.Lines) > mostNodes }

// inner returns what stands within <math>.
func inner(mathML string) string {
	i := strings.Index(mathML, ">")
	if i < 0 {
		return ""
	}
	return "<mrow>" + strings.TrimSuffix(mathML[i+1:], "</math>") + "</mrow>"
}

// maths returns an element <math> in a line of text.
func maths(parts ...string) string {
	return "<math><mrow>" + strings.Join(parts, "") + "</mrow></math>"
}

const equals = "<mo>=</mo>"

// partial returns ∂y/∂x of an input, on one line.
func (v *View) partial(in trace.Input) string {
	return "<mrow><mi>∂</mi><mi>" + v.Output + "</mi></mrow><mo lspace=\"0.08em\" rspace=\"0.08em\">∕</mo><mrow><mi>∂</mi>" + inner(in.MathML) + "</mrow>"
}

func number(x trace.Float) string { return "<mn>" + short(x) + "</mn>" }

// short returns a number with three decimals.
func short(x trace.Float) string { return html.EscapeString(Sign(trace.Short(float64(x)))) }

// Heading returns the formula as text.
func (v *View) Heading() string { return Sign(Title(v.Trace)) }

// Formula returns y = f as mathematics, or as text where it is long.
func (v *View) Formula() string {
	if Title(v.Trace) != v.Trace.Formula.Text {
		return `<span class="long">` + html.EscapeString(v.Output+" = "+Clip(v.Heading(), 300)) + "</span>"
	}
	return maths("<mi>"+v.Output+"</mi>", equals, inner(v.Trace.Formula.MathML))
}

// Point says where, and what the value is there.
func (v *View) Point() string {
	var at []string
	for i, in := range v.Inputs {
		if i == 8 {
			at = append(at, fmt.Sprintf("and %d more", len(v.Inputs)-i))
			break
		}
		at = append(at, maths(inner(in.MathML), equals, "<mn>"+html.EscapeString(Sign(Digits(in.Value)))+"</mn>"))
	}
	return "at " + strings.Join(at, ", ") + ", where " + maths("<mi>"+v.Output+"</mi>", equals, number(v.Value))
}

// Answer says what the gradient is, whether the methods agree, and where the referee differs
// from them all.
func (v *View) Answer() string {
	text := v.agreement()
	for i, g := range v.Gradient {
		if g.Referee != "" && !(units(g.Reverse, g.Nearest) <= 1e6) {
			return text + fmt.Sprintf(" In 200-bit arithmetic ∂%s/∂%s is %s: 53 bits lose it on the way.", v.Output, v.Inputs[i].Name, Sign(trace.Short(float64(g.Nearest))))
		}
	}
	return text
}

func (v *View) agreement() string {
	t := v.Trace
	var list []string
	same, within := true, true
	for i, g := range t.Gradient {
		if i < 6 {
			list = append(list, Sign(trace.Short(float64(g.Reverse))))
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
