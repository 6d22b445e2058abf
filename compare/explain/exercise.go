package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/quartet-ad/ad"
	"github.com/quartet-ad/ad/compare/internal/draw"
	"github.com/quartet-ad/ad/compare/trace"
	"github.com/quartet-ad/ad/symbolic"
)

// exercise asks for the column of adjoints, or of tangents by the first input, line by
// line, and checks every answer against the engines. A wrong one gets a hint, a second
// wrong one the answer.
func exercise(t *trace.Trace, q question, in io.Reader, out io.Writer) error {
	w := writer{new(strings.Builder), t, q}
	fmt.Fprintf(w, "%s = %s\n\nThe values are there:\n", t.Output, draw.Title(t))
	var rows [][]string
	for _, l := range t.Lines {
		rows = append(rows, []string{l.Name + " = " + l.Text.Text, trace.Short(float64(l.Value))})
	}
	w.table(rows)
	if q.exercise == "adjoints" {
		fmt.Fprintf(w, "\nSweep back, from %s = 1. Three decimals are enough; a formula such as 5*cos(5) will do.\n\n", w.seed())
	} else {
		fmt.Fprintf(w, "\nPush forward: %s moves, and its tangent is 1. Three decimals are enough.\n\n", t.Inputs[w.inputs()[0]].Name)
	}
	if _, err := io.WriteString(out, w.String()); err != nil {
		return err
	}
	answers := bufio.NewScanner(in)
	right, all := 0, w.tasks()
	for _, task := range all {
		for try := 0; ; try++ {
			fmt.Fprintf(out, "%s = ? ", task.name)
			if !answers.Scan() {
				fmt.Fprintf(out, "\n%d of %d at the first try\n", right, len(all))
				return answers.Err()
			}
			if near(answers.Text(), float64(task.answer)) {
				fmt.Fprintln(out, "  right")
				if try == 0 {
					right++
				}
				break
			}
			if try > 0 {
				fmt.Fprintf(out, "  no: %s = %s\n", task.hint, trace.Short(float64(task.answer)))
				break
			}
			fmt.Fprintf(out, "  no: it is %s\n", task.hint)
		}
	}
	_, err := fmt.Fprintf(out, "%d of %d at the first try\n", right, len(all))
	return err
}

func (w writer) seed() string {
	_, barred := w.Accented(w.Result)
	return barred
}

// A task is a number to find.
type task struct {
	name, hint string
	answer     trace.Float
}

// tasks are the numbers of a column, in the order of the sweep.
func (w writer) tasks() (list []task) {
	if w.q.exercise == "adjoints" {
		for _, c := range w.Contributions {
			row := w.contribution(c)
			name, formula, _ := strings.Cut(row[0], " ")
			when := ""
			if !c.First {
				when = ", now that a second share comes"
			}
			formula = strings.TrimPrefix(formula, "= ")
			list = append(list, task{name + " (from " + w.Lines[c.From].Name + when + ")", formula + " " + row[1], c.Sum})
		}
		return list
	}
	column := w.inputs()[0]
	for k, l := range w.Lines[len(w.Inputs):] {
		dotted, _ := w.Accented(k + len(w.Inputs))
		hint := l.Tangent.Text
		if len(l.TangentNumbers) > 0 {
			hint += " = " + l.TangentNumbers[column]
		}
		list = append(list, task{dotted, hint, l.Tangents[column]})
	}
	return list
}

// near reports whether an answer is the number, to three decimals or digits.
func near(text string, want float64) bool {
	e, err := symbolic.Parse(text)
	if err != nil || len(e.Vars()) > 0 {
		return false
	}
	got := float64(symbolic.Eval(e, nil, []ad.Real{}))
	tolerance := 1e-3 * math.Max(1, math.Abs(want))
	if want != 0 && math.Abs(want) < 0.01 {
		tolerance = 0.01 * math.Abs(want)
	}
	return got == want || got != got && want != want || math.Abs(got-want) <= tolerance
}
