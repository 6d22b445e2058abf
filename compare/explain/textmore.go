package main

import (
	"fmt"
	"strings"

	"github.com/quartet-ad/ad/compare/internal/draw"
	"github.com/quartet-ad/ad/compare/trace"
)

// why writes the paths from inputs to the result, with their products.
func (w writer) why() {
	w.title("Why: the derivative is the sum over all paths")
	for _, p := range w.Paths {
		if w.q.why != "" && w.Inputs[p.Input].Name != w.q.why {
			continue
		}
		w.paths(p)
	}
}

func (w writer) paths(p trace.Paths) {
	most := trace.MostPaths
	if w.q.why == "" {
		most = 4
	}
	var rows [][]string
	for _, path := range p.List[:min(len(p.List), most)] {
		var names, slopes []string
		for k, line := range path.Lines {
			names = append(names, w.Lines[line].Name)
			if k > 0 {
				slopes = append(slopes, draw.Bracket(trace.Short(float64(path.Slopes[k-1]))))
			}
		}
		if len(names) > 12 {
			names = append(append(names[:5:5], "…"), names[len(names)-5:]...)
			slopes = append(append(slopes[:5:5], "…"), slopes[len(slopes)-5:]...)
		}
		rows = append(rows, []string{strings.Join(names, " → "), strings.Join(slopes, "·"), "= " + trace.Short(float64(path.Product))})
	}
	fmt.Fprintf(w, "  %s = %s, over %s\n", w.partial(p.Input), trace.Short(float64(p.Sum)), draw.Plural(float64(p.Count), "path"))
	w.table(rows)
	if p.Count > trace.Float(len(rows)) {
		fmt.Fprintf(w, "  … and %s\n", draw.Plural(float64(p.Count)-float64(len(rows)), "more path"))
	}
}

// derivations writes how symbolic derives the formula.
func (w writer) derivations() {
	w.title("On paper: one rule a line")
	for _, i := range w.inputs() {
		d := w.Derivations[i]
		var rows [][]string
		for _, s := range d.Steps {
			rows = append(rows, []string{s.Rule, strings.TrimPrefix(s.Text, s.Rule+": ")})
		}
		name := w.partial(i)
		rows = append(rows, []string{"so", name + " = " + d.Result.Text})
		if d.Simplified.Text != "" && draw.Width(d.Simplified.Text) < draw.Width(d.Result.Text) {
			rows = append(rows, []string{"or", name + " = " + d.Simplified.Text})
		}
		w.table(append(rows, []string{"here", name + " = " + draw.Digits(d.Value)}))
	}
}

// differences writes the errors of difference quotients over a range of steps.
func (w writer) differences() {
	w.title("By differences: a step may be too long and too short")
	if len(w.Studies) == 0 {
		w.WriteString("  the function is too large to be studied over a range of steps\n")
		return
	}
	list := w.inputs()
	for _, i := range list[:min(len(list), 2)] {
		w.study(w.Studies[i])
	}
	if len(list) > 2 {
		fmt.Fprintf(w, "  -why %s shows another input\n", w.Inputs[list[2]].Name)
	}
}

func (w writer) study(s trace.Study) {
	fmt.Fprintf(w, "  %s\n", w.partial(s.Input))
	rows := [][]string{{"step", "forward", "error", "truncation", "rounding", "central", "error", "truncation", "rounding", "own estimate"}}
	byStep := make(map[trace.Float][]trace.Quotient)
	var steps []trace.Float
	for _, q := range s.Points {
		if byStep[q.Step] == nil {
			steps = append(steps, q.Step)
		}
		byStep[q.Step] = append(byStep[q.Step], q)
	}
	for i, h := range steps {
		pair := byStep[h]
		if i%3 != 0 || len(pair) < 2 {
			continue
		}
		row := []string{fmt.Sprintf("%.0e", h)}
		for _, q := range pair {
			row = append(row, fmt.Sprintf("%.9g", q.Value), small(q.Err), small(q.Truncation), small(q.Rounding))
		}
		rows = append(rows, append(row, small(pair[1].Estimate)))
	}
	w.table(rows)
	for _, k := range s.Best {
		q := s.Points[k]
		fmt.Fprintf(w, "  best %s step: %.0e, with the error %s\n", q.Scheme, q.Step, small(q.Err))
	}
	fmt.Fprintf(w, "  extrapolated:%s %s, with the error %s; its own estimate is %s\n", strings.Repeat(" ", 1), draw.Digits(s.Found.Value), small(s.Found.Err), small(s.Found.Estimate))
}

// small writes an error.
func small(x trace.Float) string {
	if x == 0 {
		return "0"
	}
	return fmt.Sprintf("%.1e", x)
}

// second writes cross terms, rates of adjoints, and the Hessian.
func (w writer) second() {
	w.title("Second order: cross terms of hyper-dual numbers, and rates of adjoints")
	head := []string{""}
	for _, c := range w.Second.Crosses {
		head = append(head, draw.SecondName(w.Trace, c.I, c.J))
	}
	for _, r := range w.Second.Rates {
		head = append(head, "∂v̄/∂"+w.Inputs[r.Input].Name)
	}
	rows := [][]string{head}
	for k, l := range w.Lines[:min(len(w.Lines), mostLines)] {
		row := []string{l.Name + " = " + l.Text.Text}
		for _, c := range w.Second.Crosses {
			row = append(row, trace.Short(float64(c.Terms[k])))
		}
		for _, r := range w.Second.Rates {
			if k < len(r.Rates) {
				row = append(row, trace.Short(float64(r.Rates[k])))
			}
		}
		rows = append(rows, row)
	}
	w.table(rows)
	w.more(len(w.Lines))
	w.WriteByte('\n')
	rows = [][]string{{"Hessian", "dual", "reverse", "symbolic", "differences", "± their estimate"}}
	for _, e := range w.Second.Hessian {
		rows = append(rows, []string{strings.Replace(draw.SecondName(w.Trace, e.I, e.J), "∂²", "∂²"+w.Output, 1), draw.Digits(e.Dual), draw.Digits(e.Reverse), draw.Digits(e.Symbolic), draw.Digits(e.Differences), fmt.Sprintf("%.1e", e.Estimate)})
	}
	w.table(rows)
}

// prices writes what larger functions cost.
func (w writer) prices() {
	if len(w.Prices) < 2 {
		return
	}
	w.title("The price: operations counted while the engines run")
	rows := [][]string{{"inputs", "results", "function", "dual", "reverse", "symbolic", "differences"}}
	for _, p := range w.Prices {
		rows = append(rows, []string{fmt.Sprint(p.Inputs), fmt.Sprint(p.Results), fmt.Sprint(p.Operations), draw.Times(p.Forward, p.Operations),
			draw.Times(p.Backward, p.Operations), draw.Times(p.Paper, p.Operations), draw.Times(p.Differences, p.Operations)})
	}
	w.table(rows)
}
