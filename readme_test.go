package ad_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadme: every block of Go in README.md and GUIDE.md stands in a test file, where
// it is compiled, and run if it is part of an Example with output.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	guide, err := os.ReadFile("GUIDE.md")
	if err != nil {
		t.Fatal(err)
	}
	var sources []string
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, "example_test.go") {
			var source []byte
			source, err = os.ReadFile(path)
			sources = append(sources, squeeze(string(source)))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	blocks := append(strings.Split(string(readme), "```go\n")[1:], strings.Split(string(guide), "```go\n")[1:]...)
	for _, block := range blocks {
		code, _, _ := strings.Cut(block, "```")
		found := false
		for _, source := range sources {
			found = found || strings.Contains(source, squeeze(code))
		}
		if !found {
			t.Errorf("no example contains this block:\n%s", code)
		}
	}
	if len(blocks) != 7 {
		t.Errorf("the documents have %d blocks of Go, want 7", len(blocks))
	}
	for _, command := range []string{"go run ./compare/crosscheck ", "go test ./... "} {
		if !strings.Contains(string(readme), "\n"+command) {
			t.Errorf("README.md does not have the command %q", command)
		}
	}
}

// squeeze drops how a text is spaced.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
