package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/quartet-ad/ad/compare/internal/draw"
	"github.com/quartet-ad/ad/compare/trace"
)

// A writer collects the text.
type writer struct {
	*strings.Builder
	*trace.Trace
	q question
}

// writeText writes a trace for a terminal.
func writeText(out io.Writer, t *trace.Trace, q question) error {
	w := writer{new(strings.Builder), t, q}
	w.head()
	all := q.method == ""
	if all || q.method == "dual" {
		w.forward()
	}
	if all || q.method == "reverse" {
		w.backward()
	}
	if all || q.why != "" {
		w.why()
	}
	if (all || q.method == "symbolic") && len(t.Derivations) > 0 {
		w.derivations()
	}
	if all || q.method == "numeric" {
		w.differences()
	}
	if t.Second != nil {
		w.second()
	}
	if all {
		w.prices()
		w.verdict()
	}
	for _, lack := range t.Lacks {
		fmt.Fprintf(w, "\nNot shown: %s\n", lack)
	}
	_, err := io.WriteString(out, w.String())
	return err
}

// inputs are those that are asked about.
func (w writer) inputs() []int {
	var list []int
	for i, in := range w.Inputs {
		if w.q.why == "" || w.q.why == in.Name {
			list = append(list, i)
		}
	}
	return list
}

func (w writer) title(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	fmt.Fprintf(w, "\n%s\n%s\n", text, strings.Repeat("-", draw.Width(text)))
}

// head says what is differentiated, and what comes of it, by every method.
func (w writer) head() {
	name := draw.Title(w.Trace)
	if w.OnPath {
		name += "   (on the path taken at this point)"
	}
	fmt.Fprintf(w, "%s = %s\n", w.Output, name)
	var at []string
	for _, in := range w.Inputs {
		at = append(at, in.Name+" = "+draw.Digits(in.Value))
	}
	fmt.Fprintf(w, "at %s\n\n", strings.Join(at, ", "))
	fmt.Fprintf(w, "%s = %s\n", w.Output, trace.Short(float64(w.Value)))
	for _, i := range w.inputs() {
		fmt.Fprintf(w, "%s = %s\n", w.partial(i), trace.Short(float64(w.Gradient[i].Reverse)))
	}
	w.WriteByte('\n')
	rows := [][]string{{"", "dual", "reverse", "symbolic", "differences", "± their estimate"}}
	for _, i := range w.inputs() {
		g := w.Gradient[i]
		rows = append(rows, []string{w.partial(i), draw.Digits(g.Dual), draw.Digits(g.Reverse), draw.Digits(g.Symbolic), draw.Digits(g.Differences),
			fmt.Sprintf("%.1e", g.Estimate)})
	}
	w.table(rows)
	for _, i := range w.inputs() {
		if r := w.Gradient[i].Referee; r != "" {
			fmt.Fprintf(w, "  in 200-bit arithmetic, the referee: %s = %s\n", w.partial(i), r)
		}
	}
}

// partial returns the name of a derivative.
func (w writer) partial(input int) string { return "∂" + w.Output + "/∂" + w.Inputs[input].Name }

// mostLines is how many lines of a trace are listed.
const mostLines = 500

// forward writes values, and the tangents of dual numbers.
func (w writer) forward() {
	column := w.inputs()[0]
	w.title("Forward: values, and the tangents of dual numbers")
	head := []string{"value", "", "", "tangent", "with " + w.Inputs[column].Name + " moving"}
	for _, i := range w.inputs() {
		head = append(head, "∂/∂"+w.Inputs[i].Name)
	}
	if w.hasPlaces() {
		head = append(head, "written in")
	}
	rows := [][]string{head}
	for k, l := range w.Lines[:min(len(w.Lines), mostLines)] {
		dotted, _ := w.Accented(k)
		row := []string{l.Name + " = " + l.Text.Text, "= " + l.Numbers, trace.Short(float64(l.Value)), dotted + " = " + l.Tangent.Text, ""}
		switch {
		case k < len(w.Inputs):
			row[1], row[3] = "", dotted+" = ∂"+l.Text.Text
		case l.Tangent.Text == "":
			row[1], row[3] = "", dotted
		default:
			row[4] = "= " + l.TangentNumbers[column]
		}
		for _, i := range w.inputs() {
			row = append(row, trace.Short(float64(l.Tangents[i])))
		}
		rows = append(rows, append(row, l.Place))
	}
	result := []string{w.Output + " = " + w.resultName(), "", trace.Short(float64(w.Value))}
	if w.Result >= 0 {
		dotted, _ := w.Accented(w.Result)
		result = append(result, "∂"+w.Output+" = "+dotted, "")
		for _, i := range w.inputs() {
			result = append(result, trace.Short(float64(w.Lines[w.Result].Tangents[i])))
		}
	}
	w.table(append(rows, result))
	w.more(len(w.Lines))
}

func (w writer) hasPlaces() bool { return w.Lines[len(w.Lines)-1].Place != "" }

func (w writer) resultName() string {
	if w.Result < 0 {
		return "a constant"
	}
	return w.Lines[w.Result].Name
}

func (w writer) more(n int) {
	if n > mostLines {
		fmt.Fprintf(w, "  … and %d more: -json has all of them\n", n-mostLines)
	}
}

// backward writes what the sweep over the tape adds to adjoints, in its order.
func (w writer) backward() {
	w.title("Backward: the adjoints on the tape, in the order of the sweep")
	if w.Result < 0 {
		w.WriteString("  the result is a constant: no adjoint moves\n")
		return
	}
	_, seed := w.Accented(w.Result)
	rows := [][]string{{seed + " = ∂" + w.Output + "/∂" + w.Output, "", "1"}}
	for _, c := range w.Contributions[:min(len(w.Contributions), mostLines)] {
		rows = append(rows, w.contribution(c))
	}
	for _, i := range w.inputs() {
		_, barred := w.Accented(i)
		rows = append(rows, []string{w.partial(i) + " = " + barred, "", trace.Short(float64(w.Lines[i].Adjoint))})
	}
	w.table(rows)
	w.more(len(w.Contributions))
}

// contribution returns a += as a row: in names, in numbers, and what comes of it.
func (w writer) contribution(c trace.Contribution) []string {
	_, to := w.Accented(c.To)
	_, from := w.Accented(c.From)
	o := w.Lines[c.From].Operands[c.Operand]
	sign, before := "= ", ""
	if !c.First {
		sign, before = "+= ", trace.Short(float64(c.Sum-c.Term))+" + "
	}
	text := o.Term.Text
	if o.Text.Text == "1" || o.Text.Text == "-1" || text == "" {
		text = from + "·" + draw.Bracket(trace.Short(float64(c.Slope)))
	}
	return []string{to + " " + sign + text, "= " + before + draw.Bracket(trace.Short(float64(c.Adjoint))) + "·" + draw.Bracket(trace.Short(float64(c.Slope))),
		trace.Short(float64(c.Sum))}
}

// verdict writes what the judge says.
func (w writer) verdict() {
	w.title("Do they agree?")
	fmt.Fprintf(w, "  %s\n", strings.ReplaceAll(w.Verdict.Text, "\n", "\n  "))
}

// table writes rows with their columns aligned.
func (w writer) table(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for k, cell := range row {
			if k == len(widths) {
				widths = append(widths, 0)
			}
			widths[k] = max(widths[k], min(draw.Width(cell), 60))
		}
	}
	for _, row := range rows {
		line := " "
		for k, cell := range row {
			line += " " + cell + strings.Repeat(" ", max(0, widths[k]-draw.Width(cell))+1)
		}
		w.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}
