package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/symbolic/internal/source"
)

// TestDoc: the command writes what its comment shows, from what its comment shows.
func TestDoc(t *testing.T) {
	text, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	var shown []string // functions
	for line := range strings.Lines(string(text)) {
		code, ok := strings.CutPrefix(line, "//\t")
		switch {
		case !ok:
		case strings.HasPrefix(code, "func "):
			shown = append(shown, code)
		case len(shown) > 0 && !strings.HasSuffix(shown[len(shown)-1], "\n}\n"):
			shown[len(shown)-1] += code
		}
	}
	if len(shown) != 2 {
		t.Fatalf("%d functions", len(shown))
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "valley.go"), []byte("package p\n\n"+shown[0]), 0o666); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if code := source.Run(dir, []string{"-func", "valley", "-modes", "reverse", "-n", "valley.go"}, &out, &errs); code != 0 {
		t.Fatal(errs.String())
	}
	_, got, _ := strings.Cut(out.String(), "\nfunc ")
	optest.Equal(t, "the gradient", "func "+got, shown[1])
}
