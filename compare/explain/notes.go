package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/quartet-ad/ad/compare/notes"
)

// showNotes lists the chapters of package notes, prints one, or writes all of them as pages to the
// folder that -html names.
func showNotes(q question, names []string, out io.Writer) error {
	if q.html != "" {
		if len(names) > 0 {
			return fmt.Errorf("-notes -html DIR writes all chapters: leave %s out", short(strings.Join(names, " ")))
		}
		pages, err := notes.Pages()
		if err != nil {
			return err
		}
		if err := site(pages).write(q.html); err != nil {
			return err
		}
		_, err = fmt.Fprintf(out, "%s and %d chapters\n", filepath.Join(q.html, "index.html"), len(notes.Chapters()))
		return err
	}
	if len(names) == 0 {
		for _, c := range notes.Chapters() {
			about := c.Section
			if c.Range() != "" {
				about += ", " + c.Range()
			}
			fmt.Fprintf(out, "%-14s %-36s %s\n", c.Name, c.Title, about)
		}
		_, err := fmt.Fprintln(out, "\ngo run ./compare/explain -notes NAME prints one of them; -notes -html DIR writes all as pages")
		return err
	}
	c, ok := notes.Find(names[0])
	if !ok || len(names) > 1 {
		var known []string
		for _, c := range notes.Chapters() {
			known = append(known, c.Name)
		}
		return fmt.Errorf("-notes %s: write one of %s", short(strings.Join(names, " ")), strings.Join(known, ", "))
	}
	return c.WriteText(out)
}
