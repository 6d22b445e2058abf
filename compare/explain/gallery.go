package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/quartet-ad/ad/compare/explain/playground"
)

// showGallery lists the gallery, or explains one of its formulas with its lesson.
func showGallery(q question, names []string, out io.Writer) error {
	if len(names) == 0 {
		for _, s := range playground.Gallery {
			fmt.Fprintf(out, "%-15s %s at %s\n%15s %s\n", s.Name, s.Formula, s.Point, "", s.Lesson)
		}
		_, err := fmt.Fprintln(out, "\ngo run ./compare/explain -gallery NAME explains one of them")
		return err
	}
	var known []string
	for _, s := range playground.Gallery {
		known = append(known, s.Name)
		if s.Name != names[0] || len(names) > 1 {
			continue
		}
		fmt.Fprintf(out, "%s\n\n", s.Lesson)
		args := append([]string{s.Formula}, strings.Fields(s.Point)...)
		for _, a := range q.args {
			if a != "-gallery" && a != "--gallery" && a != s.Name {
				args = append(args, a)
			}
		}
		return run(args, out)
	}
	return fmt.Errorf("-gallery %s: write one of %s", short(strings.Join(names, " ")), strings.Join(known, ", "))
}
