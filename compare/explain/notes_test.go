package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNotes: the chapters are listed, printed one by one, and written as pages to a folder that is made.
func TestNotes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pages")
	for _, c := range []struct {
		args string
		want string // in the output, or in the error
	}{
		{"-notes", "dualnumbers    A number that carries its slope      Section 6.3: dual numbers, equations (24)–(27)"},
		{"-notes dualnumbers", "f′(2) = 1.9726023611"},
		{"-notes dual", "write one of descent, activations"},
		{"-notes descent activations", "write one of descent, activations"},
		{"-notes dualnumbers -html " + dir, "leave \"dualnumbers\" out"},
		{"-notes -html " + dir, "index.html and 15 chapters"},
	} {
		var b strings.Builder
		err := run(strings.Fields(c.args), &b)
		got := b.String()
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.args, got)
		}
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 16 {
		t.Errorf("%d pages, %v", len(files), err)
	}
}
