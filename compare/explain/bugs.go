package main

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/quartet-ad/ad/compare/notes/exercises"
)

// bugs shows engines with a planted bug, and asks which method is wrong and which bug it is. A
// wrong answer gets what the judge says, or a hint, and a second wrong one the answer.
func bugs(in io.Reader, out io.Writer) error {
	problems := exercises.Problems(exercises.Broken)
	fmt.Fprint(out, "Four methods differentiate a function, and one of them has been broken. Which one, and how?\nThe bugs:\n")
	var names []string
	for _, p := range problems {
		names = append(names, p.Name)
		fmt.Fprintf(out, "  %-11s %s\n", p.Name, p.Bug)
	}
	answers := bufio.NewScanner(in)
	right, asked := 0, 0
	ask := func(question, want string, choice []string, hint string) (more bool) {
		asked++
		for try := 0; ; try++ {
			fmt.Fprintf(out, "%s (%s)? ", question, strings.Join(choice, ", "))
			if !answers.Scan() {
				fmt.Fprintln(out)
				return false
			}
			if strings.TrimSpace(answers.Text()) == want {
				fmt.Fprintln(out, "  right")
				if try == 0 {
					right++
				}
				return true
			}
			if try > 0 {
				fmt.Fprintf(out, "  no: it is %s\n", want)
				return true
			}
			fmt.Fprintf(out, "  no: %s\n", hint)
		}
	}
	order := []int{2, 0, 4, 1, 3} // not that of the list of bugs
	for k, i := range order {
		p := problems[i]
		var at []string
		for j, v := range p.X {
			at = append(at, fmt.Sprintf("%s = %g", string(rune('a'+j)), v))
		}
		fmt.Fprintf(out, "\n%d of %d: the gradient of %s at %s\n", k+1, len(order), p.Formula, strings.Join(at, ", "))
		gradients := p.Gradients()
		for _, m := range methods {
			fmt.Fprintf(out, "  %-10s", m)
			for _, g := range gradients[m] {
				fmt.Fprintf(out, "  %-20.12g", g)
			}
			fmt.Fprintln(out)
		}
		hint := "differences may be off in the last digits, but not by that much"
		if p.Method != "numeric" {
			hint = "compare.Check says:\n    " + firstLines(p.Check().String(), 5)
		}
		if !ask("Which method is wrong", p.Method, methods, hint) || !ask("Which bug is it", p.Name, slices.Sorted(slices.Values(names)), p.Hint) {
			break
		}
		fmt.Fprintf(out, "  %s. Mend it in compare/notes/exercises/%s.go, until this passes:\n  go test -tags exercises -run %s ./compare/notes/exercises\n", p.Bug, p.Name, strings.ToUpper(p.Name[:1])+p.Name[1:])
	}
	_, err := fmt.Fprintf(out, "\n%d of %d at the first try\n", right, asked)
	return err
}

// firstLines returns the first n lines of a text, indented.
func firstLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[:min(n, len(lines))], "\n    ")
}
