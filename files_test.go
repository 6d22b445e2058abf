package ad_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestFiles: a package comment that has a table of files names all of them, and no other. A package of more than
// twenty has one.
func TestFiles(t *testing.T) {
	name := regexp.MustCompile(`[\w*]+\.go\b`)
	tables := 0
	err := filepath.WalkDir(".", func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		sources, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return err
		}
		sources = slices.DeleteFunc(sources, func(path string) bool { return strings.HasSuffix(path, "_test.go") })
		table := ""
		for _, path := range sources {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			comment, _, _ := strings.Cut(string(text), "\npackage ")
			if _, after, ok := strings.Cut(comment, "// # Files\n"); ok {
				table, _, _ = strings.Cut(after, "\n// # ")
			}
		}
		if table == "" {
			if len(sources) > 20 {
				t.Errorf("%s has %d files and no table of them", dir, len(sources))
			}
			return nil
		}
		tables++
		names := name.FindAllString(table, -1)
		matches := func(pattern, path string) bool {
			ok, err := filepath.Match(pattern, filepath.Base(path))
			return ok && err == nil
		}
		for _, path := range sources {
			if filepath.Base(path) != "doc.go" && !slices.ContainsFunc(names, func(n string) bool { return matches(n, path) }) {
				t.Errorf("the table of %s does not name %s", dir, filepath.Base(path))
			}
		}
		for _, n := range names {
			if !slices.ContainsFunc(sources, func(path string) bool { return matches(n, path) }) {
				t.Errorf("the table of %s names %s, which is not there", dir, n)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if tables < 16 {
		t.Errorf("%d tables", tables)
	}
}
