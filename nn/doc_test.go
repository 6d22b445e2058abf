package nn_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocFiles: every package comment names the files of its package, and no other.
func TestDocFiles(t *testing.T) {
	name := regexp.MustCompile(`\w+(_\*)?\.go\b`)
	for _, doc := range []string{"doc.go", "optim/doc.go", "data/doc.go", "metric/doc.go", "vision/doc.go", "train/main.go"} {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		comment, _, _ := strings.Cut(string(text), "\npackage ")
		_, table, _ := strings.Cut(comment, "# Files\n")
		if table == "" {
			_, table, _ = strings.Cut(comment, "The files:\n")
		}
		names := name.FindAllString(table, -1)
		files, err := filepath.Glob(filepath.Join(filepath.Dir(doc), "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, file := range files {
			base := filepath.Base(file)
			if strings.HasSuffix(base, "_test.go") || base == "doc.go" {
				continue
			}
			i := slices.IndexFunc(names, func(pattern string) bool { ok, _ := filepath.Match(pattern, base); return ok })
			if i < 0 {
				t.Errorf("%s does not name %s", doc, base)
				continue
			}
			seen[names[i]] = true
		}
		for _, n := range names {
			if !seen[n] {
				t.Errorf("%s names %s, which is not there", doc, n)
			}
		}
	}
}
